import * as vscode from 'vscode';
import { t } from '../platform/text-core.ts';
import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';
import { pickAgent } from './pick-agent.ts';

const DEFAULT_SERVICE = 'http://127.0.0.1:3900';

/** Copies the terminal command that installs an agent, with the service when it is not the usual one. */
export async function copyInstallCommand(context: CommandContext, target: unknown): Promise<void> {
  const { agent } = agentRefOf(target) ?? (await pickAgent(context));
  const service = context.service.url === DEFAULT_SERVICE ? '' : ` --service ${context.service.url}`;
  await vscode.env.clipboard.writeText(`npx coditect-agents add ${agent}${service}`);
  vscode.window.setStatusBarMessage(t('Copied the install command for {0}', agent), 3_000);
}
