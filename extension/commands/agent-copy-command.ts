import * as vscode from 'vscode';
import { cliCommand } from '../../contract/downloads.ts';
import { t } from '../platform/text-core.ts';
import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';
import { pickAgent } from './pick-agent.ts';

/** Copies the terminal command that installs an agent with the client of this service. */
export async function copyInstallCommand(context: CommandContext, target: unknown): Promise<void> {
  const { agent } = agentRefOf(target) ?? (await pickAgent(context));
  await vscode.env.clipboard.writeText(cliCommand(context.service.url, `add ${agent}`));
  vscode.window.setStatusBarMessage(t('Copied the install command for {0}', agent), 3_000);
}
