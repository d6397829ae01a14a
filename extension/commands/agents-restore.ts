import * as vscode from 'vscode';
import { hostName } from '../../contract/hosts.ts';
import type { InstallPlan } from '../../installer/install-plan.ts';
import { chooseFolder } from '../install/workspace-guard.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { VIEWS } from '../platform/ids.ts';
import { plural, t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';
import type { CommandContext } from './context.ts';

/** Installs what agents.lock.json records, each version and host as recorded. A lockfile comes with a clone, so it is asked first. */
export async function restoreAgents(context: CommandContext): Promise<void> {
  const folder = await chooseFolder();
  const engine = await context.agents.engine(folder);
  const location = { viewId: VIEWS.installed };
  const plans = await vscode.window.withProgress({ location, title: t('Reading agents.lock.json') }, () =>
    engine.planRestore({ onConflict: 'keep' }),
  );
  const missing = plans.filter((plan) => !plan.isNoop);
  if (missing.length === 0) {
    void vscode.window.showInformationMessage(t('Everything in agents.lock.json is installed.'));
    return;
  }
  const chosen = await choose(missing);
  await vscode.window.withProgress({ location, title: t('Restoring agents') }, async (progress) => {
    for (const wanted of chosen) {
      progress.report({ message: wanted.displayName });
      // Each install changes the lockfile that the next plan was made over: plan again.
      const fresh = (await engine.planRestore({ onConflict: 'keep' })).find(
        (plan) => plan.agent === wanted.agent && !plan.isNoop,
      );
      if (fresh === undefined) continue;
      const { agent, version, hosts, durationMs } = await engine.apply(fresh);
      context.usage({
        name: 'Agent Installed',
        properties: { agent, version, hosts: [...hosts], durationMs: Math.round(durationMs) },
      });
    }
  });
  context.agents.invalidate();
  await context.names.remember(chosen.map((plan) => ({ name: plan.agent, displayName: plan.displayName })));
  void vscode.window.showInformationMessage(plural(chosen.length, '1 agent was restored.', '{0} agents were restored.'));
}

/** Everything is ticked; the detail says what each agent can do, since somebody else may have chosen it. Throws Cancelled. */
async function choose(plans: readonly InstallPlan[]): Promise<readonly InstallPlan[]> {
  const items = plans.map((plan) => ({
    label: plan.displayName,
    description: `${plan.version} · ${listText(plan.hosts.map((host) => hostName(host.host)))}`,
    detail: listText(plan.consents.map((item) => item.text)),
    picked: true,
    plan,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Restore from agents.lock.json'),
    placeHolder: t('What is ticked will be able to do what stands below it'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.length === 0) throw new Cancelled();
  return picked.map((item) => item.plan);
}
