import * as z from 'zod/mini';
import { AgentNameSchema } from '../../contract/names.ts';
import type { DetailProtocol, DetailSnapshot } from '../../contract/webview/detail.ts';
import { type Handlers, MessageError } from '../../contract/webview/messenger.ts';

/** What the detail screen can ask of the extension. */
export interface DetailActions {
  snapshot(): Promise<DetailSnapshot>;
  install(): Promise<void>;
  update(): Promise<void>;
  remove(): Promise<void>;
  retry(): Promise<void>;
  openAgent(name: string): Promise<void>;
  openLink(url: string): Promise<void>;
  openEvidence(path: string, line: number): Promise<void>;
}

const NameSchema = z.object({ name: AgentNameSchema });
const LinkSchema = z.object({ url: z.string().check(z.maxLength(2_000)) });
const EvidenceSchema = z.object({
  path: z.string().check(z.minLength(1), z.maxLength(500)),
  line: z.int().check(z.minimum(1)),
});

/** Handlers of DetailProtocol. Parameters are parsed here: a page that shows third-party text is not to be believed. */
export function detailHandlers(actions: DetailActions): Handlers<DetailProtocol> {
  return {
    ready: () => actions.snapshot(),
    install: () => done(actions.install()),
    update: () => done(actions.update()),
    remove: () => done(actions.remove()),
    retry: () => done(actions.retry()),
    openAgent: (params) => done(actions.openAgent(parse(NameSchema, params).name)),
    openLink: (params) => done(actions.openLink(webAddress(parse(LinkSchema, params).url))),
    openEvidence: (params) => {
      const { path, line } = parse(EvidenceSchema, params);
      return done(actions.openEvidence(path, line));
    },
  };
}

/** The parsed value; a request of another shape is answered as `invalid_request`. */
export function parse<S extends z.core.$ZodType>(schema: S, params: unknown): z.output<S> {
  const parsed = z.safeParse(schema, params);
  if (!parsed.success) throw new MessageError('invalid_request', 'the request has another shape');
  return parsed.data;
}

/** Only web addresses and mail leave the editor: `command:`, `file:` and `vscode:` could start something. */
export function webAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['https:', 'http:', 'mailto:'].includes(parsed.protocol)) {
    throw new MessageError('invalid_request', 'this link cannot be opened');
  }
  return parsed.href;
}

async function done(work: Promise<void>): Promise<undefined> {
  await work;
  return undefined;
}
