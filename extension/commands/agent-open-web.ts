import * as vscode from 'vscode';
import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';
import { pickAgent } from './pick-agent.ts';

/** Opens the agent's page on the service in the browser. */
export async function openOnWeb(context: CommandContext, target: unknown): Promise<void> {
  const { agent } = agentRefOf(target) ?? (await pickAgent(context));
  await vscode.env.openExternal(vscode.Uri.parse(`${context.service.url}/agents/${agent}`, true));
}
