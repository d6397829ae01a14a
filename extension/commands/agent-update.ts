import { runInstall } from '../install/install-flow.ts';
import { t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';
import { installedTarget } from './pick-installed.ts';

/** Updates an agent to its newest version for the hosts it has. What the new version gains is asked for first. */
export async function updateAgent(context: CommandContext, target: unknown): Promise<void> {
  const { ref, row } = await installedTarget(context, target, {
    title: t('Update which agent?'),
    fits: (each) => each.latest !== undefined,
    none: t('No installed agent has an update. Check for updates to ask the service again.'),
  });
  await runInstall(context, { ...ref, hosts: row.agent.hosts, view: context.progressView() });
  context.panels.refreshStatistics(ref.agent);
}
