import type { InstallResult } from '../../installer/engine-types.ts';
import { applyPlan } from '../apply-plan.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { askConsent, conflictOption } from '../consent.ts';
import { count, fileLines, planLines } from '../plan-text.ts';

/** Restores what agents.lock.json records. It came with the repository, so its agents are shown and asked like new ones. */
export async function install(context: CommandContext): Promise<Outcome> {
  const startedAt = Date.now();
  const engine = await context.engine();
  const onConflict = conflictOption(context);
  const request = {
    isOffline: context.isOffline,
    signal: context.io.signal,
    ...(onConflict === undefined ? {} : { onConflict }),
  };
  const plans = await engine.planRestore(request);
  if (plans.length === 0) return { json: { restored: [] }, lines: ['agents.lock.json lists nothing.'] };
  if (context.options['dry-run'] === true) {
    const lines = plans.flatMap((plan) => [...planLines(plan, context.style), ...fileLines(plan)]);
    return { json: { plans }, lines: [...lines, 'Nothing was written.'] };
  }
  for (const plan of plans) {
    if (plan.needsConsent && context.io.ask !== undefined) for (const line of planLines(plan, context.style)) context.say(line);
    await askConsent(context, plan);
  }
  const results: InstallResult[] = [];
  for (const plan of plans) results.push(await applyPlan(context, engine, plan));
  const written = results
    .flatMap((result) => result.files)
    .filter((file) => file.action === 'create' || file.action === 'update').length;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  return {
    json: { restored: results.map(({ agent, version, hosts, kind }) => ({ agent, version, hosts, kind })), written },
    lines: [`${count(results.length, 'agent')} in place, ${count(written, 'file')} written in ${seconds} s.`],
  };
}
