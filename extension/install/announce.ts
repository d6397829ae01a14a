import * as vscode from 'vscode';
import type { Engine, InstalledAgent, InstallResult } from '../../installer/engine-types.ts';
import type { InstallPlan } from '../../installer/install-plan.ts';
import { runCommand } from '../platform/commands.ts';
import { showError } from '../platform/show-error.ts';
import { t } from '../platform/text-core.ts';
import { doneText } from './consent-core.ts';
import type { InstallServices } from './install-flow.ts';

interface Announcement {
  readonly plan: InstallPlan;
  readonly result: InstallResult;
  /** What was installed before. */
  readonly before: InstalledAgent | undefined;
  readonly engine: Engine;
  readonly options: InstallServices;
}

/** One quiet line after an install, with the way to the agent and the way back. Nothing waits for it. */
export function announceInstall(announcement: Announcement): void {
  const { plan, result, options } = announcement;
  const open = t('Open');
  const undo = t('Undo');
  const text = doneText(plan.displayName, result.hosts, result.nextSteps);
  void vscode.window.showInformationMessage(text, open, undo).then(async (pressed) => {
    try {
      if (pressed === open) await runCommand('openAgent', { agent: plan.agent, displayName: plan.displayName });
      else if (pressed === undo) await undoInstall(announcement);
    } catch (error) {
      showError(error, options.log);
    }
  });
}

/** Back to what was before: the earlier version for the earlier hosts, or nothing. Files edited meanwhile stay. */
async function undoInstall({ plan, result, before, engine, options }: Announcement): Promise<void> {
  if (before === undefined) {
    const removed = await engine.remove(plan.agent);
    options.usage({
      name: 'Agent Removed',
      properties: { agent: plan.agent, version: result.version, hosts: [...removed.hosts] },
    });
  } else {
    const added = result.hosts.filter((host) => !before.hosts.includes(host));
    if (before.version === result.version && added.length > 0) await engine.remove(plan.agent, { hosts: added });
    else {
      const { hosts, options: kept, version } = before;
      const back = await engine.planInstall({ agent: plan.agent, version, hosts, ...kept, onConflict: 'keep' });
      await engine.apply(back);
    }
  }
  options.agents.invalidate();
  void vscode.window.setStatusBarMessage(t('Undone: {0}', plan.displayName), 4_000);
}
