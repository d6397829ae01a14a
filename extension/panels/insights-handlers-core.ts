import * as z from 'zod/mini';
import { AgentNameSchema } from '../../contract/names.ts';
import type { InsightsProtocol, InsightsSnapshot } from '../../contract/webview/insights.ts';
import type { Handlers } from '../../contract/webview/messenger.ts';
import { parse } from './detail-handlers-core.ts';

export type InsightsDays = InsightsSnapshot['days'];

/** What the Insights screen can ask of the extension. */
export interface InsightsActions {
  snapshot(): Promise<InsightsSnapshot>;
  select(choice: { readonly agent?: string | undefined; readonly days?: InsightsDays | undefined }): Promise<void>;
  refresh(): Promise<void>;
  openAgent(name: string): Promise<void>;
  run(command: 'browse' | 'signIn' | 'openSettings'): Promise<void>;
}

const SelectSchema = z.object({ agent: z.optional(AgentNameSchema), days: z.optional(z.literal([7, 30, 90])) });
const NameSchema = z.object({ name: AgentNameSchema });
const CommandSchema = z.object({ command: z.enum(['browse', 'signIn', 'openSettings']) });

/** Handlers of InsightsProtocol; parameters are parsed here. */
export function insightsHandlers(actions: InsightsActions): Handlers<InsightsProtocol> {
  return {
    ready: () => actions.snapshot(),
    select: async (params) => {
      await actions.select(parse(SelectSchema, params));
      return undefined;
    },
    refresh: async () => {
      await actions.refresh();
      return undefined;
    },
    openAgent: async (params) => {
      await actions.openAgent(parse(NameSchema, params).name);
      return undefined;
    },
    runCommand: async (params) => {
      await actions.run(parse(CommandSchema, params).command);
      return undefined;
    },
  };
}
