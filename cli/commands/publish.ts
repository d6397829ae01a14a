import { isErrorCode, ProblemSchema } from '../../contract/errors.ts';
import { splitAgentName } from '../../contract/names.ts';
import type { PackedAgent } from '../../packaging/pack.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { findingLines, findingSummary } from '../findings-text.ts';
import { packFolder, refused } from '../pack-folder.ts';

const TIMEOUT_MS = 120_000;

/** Packs a folder and puts it through the npm protocol, as `npm publish` would. */
export async function publish(context: CommandContext): Promise<Outcome> {
  const packed = await packFolder(context, EXIT.refused);
  const { findings, pkg } = packed.inspection;
  if (pkg === undefined || findings.some((finding) => finding.level === 'refused'))
    throw refused(context, findings, EXIT.refused);
  const { name, version } = pkg.manifest;
  const summary = {
    name,
    version,
    integrity: packed.integrity,
    fileCount: packed.files.size,
    packedBytes: packed.tarball.length,
    findings,
  };
  const notes = findingLines(findings, context.style);
  if (context.options['dry-run'] === true)
    return { json: summary, lines: [...notes, `${name} ${version} would be published. Nothing was sent.`] };
  const token = await context.session.token(context.serviceUrl);
  if (token === undefined) {
    throw new CliError('unauthenticated', `Sign in to publish at ${context.serviceUrl}.`, {
      exit: EXIT.signIn,
      next: 'Sign in with: coditect-agents login',
    });
  }
  const tag = tagOption(context);
  context.say(`Publishing ${name} ${version}…`);
  await send(
    context,
    token,
    publishDocument(packed, { ...pkg.manifest, name, version }, { tag, serviceUrl: context.serviceUrl }),
  );
  const page = `${context.serviceUrl}/agents/${name}`;
  return { json: { ...summary, page }, lines: [...notes, `Published ${name} ${version} (${findingSummary(findings)}).`, page] };
}

function tagOption(context: CommandContext): string {
  const { tag } = context.options;
  if (tag === undefined) return 'latest';
  if (typeof tag === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(tag)) return tag;
  throw usageError('--tag takes a word such as next.');
}

type Manifest = Readonly<Record<string, unknown>> & { readonly name: string; readonly version: string };

/** The document npm sends: one version, its tarball as a base64 attachment. */
function publishDocument(packed: PackedAgent, manifest: Manifest, given: { readonly tag: string; readonly serviceUrl: string }) {
  const { name, version } = manifest;
  const file = `${splitAgentName(name).slug}-${version}.tgz`;
  const dist = { integrity: packed.integrity, shasum: packed.shasum, tarball: `${given.serviceUrl}/npm/${name}/-/${file}` };
  const data = Buffer.from(packed.tarball).toString('base64');
  return {
    _id: name,
    name,
    description: manifest.description,
    'dist-tags': { [given.tag]: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    access: 'public',
    _attachments: {
      [`${name}-${version}.tgz`]: { content_type: 'application/octet-stream', data, length: packed.tarball.length },
    },
  };
}

async function send(context: CommandContext, token: string, document: ReturnType<typeof publishDocument>): Promise<void> {
  const url = `${context.serviceUrl}/npm/${document.name.replace('/', '%2f')}`;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(document),
      signal: AbortSignal.any([context.io.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  } catch (cause) {
    if (context.io.signal.aborted)
      throw new CliError('cancelled', 'Cancelled. Look whether it was published.', { exit: EXIT.cancelled, cause });
    throw new CliError('unreachable', `${context.serviceUrl} does not answer.`, {
      exit: EXIT.unreachable,
      next: 'Check the address and the network, then try again.',
      cause,
    });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problem(context, response.status, body);
}

const EXITS: Readonly<Record<string, ExitCode>> = {
  unauthenticated: EXIT.signIn,
  forbidden: EXIT.signIn,
  scope_taken: EXIT.signIn,
  package_refused: EXIT.refused,
  integrity_mismatch: EXIT.refused,
  version_exists: EXIT.conflict,
  payload_too_large: EXIT.refused,
};
const NEXT: Readonly<Record<string, string>> = {
  unauthenticated: 'Sign in with: coditect-agents login',
  version_exists: 'Raise the version in package.json, then publish again.',
  scope_taken: 'Publish under the scope of your own name.',
};

function problem(context: CommandContext, status: number, body: unknown): CliError {
  const parsed = ProblemSchema.safeParse(body);
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    return new CliError('unexpected_answer', `${context.serviceUrl} answered ${status} without a reason.`, {
      exit: EXIT.unreachable,
    });
  }
  const { code, title, detail, findings = [] } = parsed.data;
  const next = NEXT[code];
  return new CliError(code, detail ?? title, {
    exit: EXITS[code] ?? EXIT.failed,
    lines: findingLines(findings, context.style),
    ...(next === undefined ? {} : { next }),
    ...(findings.length === 0 ? {} : { details: { findings } }),
  });
}
