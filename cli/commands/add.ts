import type { Engine, InstallResult } from '../../installer/engine-types.ts';
import type { InstallPlan, PlanRequest } from '../../installer/install-plan.ts';
import { applyPlan, installEvents, keptLine, resultLine, stepLines } from '../apply-plan.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { askConsent, conflictOption, settleConflicts } from '../consent.ts';
import { EXIT } from '../exit-codes.ts';
import { chooseHosts } from '../hosts-option.ts';
import { fileLines, planLines } from '../plan-text.ts';

interface Wanted {
  readonly request: PlanRequest;
  readonly plan: InstallPlan;
}

/** Plans everything first, asks, then writes: a misspelt second name must not leave the first one installed alone. */
export async function add(context: CommandContext): Promise<Outcome> {
  const startedAt = Date.now();
  const engine = await context.engine();
  const wanted: Wanted[] = [];
  const installed = await engine.list();
  for (const text of context.args) {
    const { agent, version } = splitSpec(text);
    const hosts = await chooseHosts(
      context,
      engine,
      installed.find((each) => each.agent === agent),
    );
    wanted.push(
      await plan(context, engine, { agent, ...(version === undefined ? {} : { version }), ...hosts, ...requestOptions(context) }),
    );
  }
  return finish(context, engine, { wanted, startedAt });
}

/** `@scope/name@1.2.3`: the version starts at the second `@`. */
export function splitSpec(text: string): { readonly agent: string; readonly version?: string } {
  const at = text.indexOf('@', 1);
  return at < 0 ? { agent: text } : { agent: text.slice(0, at), version: text.slice(at + 1) || 'latest' };
}

export function requestOptions(context: CommandContext): Partial<PlanRequest> {
  const onConflict = conflictOption(context);
  return {
    isOffline: context.isOffline,
    signal: context.io.signal,
    withoutHooks: context.options['without-hooks'] === true,
    trustNewKeys: context.options['trust-new-keys'] === true,
    ...(onConflict === undefined ? {} : { onConflict }),
  };
}

export async function plan(context: CommandContext, engine: Engine, request: PlanRequest): Promise<Wanted> {
  const withLosses = context.options['accept-losses'] === true ? { ...request, acceptLosses: request.hosts } : request;
  return { request: withLosses, plan: await settleConflicts(context, engine, withLosses) };
}

/** Shows, asks, applies. Each later plan is made anew, since the one before changed the lockfile. */
export async function finish(
  context: CommandContext,
  engine: Engine,
  given: { readonly wanted: readonly Wanted[]; readonly startedAt: number },
): Promise<Outcome> {
  const { wanted } = given;
  if (context.options['dry-run'] === true) return dryRun(context, wanted);
  for (const each of wanted) {
    if (
      !context.isJson &&
      !each.plan.isNoop &&
      (each.plan.needsConsent ? context.io.ask !== undefined || context.options.yes === true : true)
    ) {
      for (const line of planLines(each.plan, context.style)) context.say(line);
    }
    await askConsent(context, each.plan);
  }
  const results: InstallResult[] = [];
  for (const [index, each] of wanted.entries()) {
    const current = index === 0 ? each.plan : await planAgain(engine, each);
    results.push(await applyPlan(context, engine, current));
  }
  return {
    json: {
      installed: results.map(({ files, ...rest }) => ({
        ...rest,
        files: files.map(({ path, pointer, action }) => ({ path, pointer, action })),
      })),
    },
    lines: results.flatMap((result) => [resultLine(result, given.startedAt), ...keptLine(result), ...stepLines(result)]),
    events: results.flatMap(installEvents),
  };
}

async function planAgain(engine: Engine, wanted: Wanted): Promise<InstallPlan> {
  const again = await engine.planInstall({ ...wanted.request, version: wanted.plan.version });
  if (again.integrity !== wanted.plan.integrity) {
    throw new CliError('plan_stale', `${again.agent} changed while this was planned.`, {
      exit: EXIT.conflict,
      next: 'Try again.',
    });
  }
  return again;
}

function dryRun(context: CommandContext, wanted: readonly Wanted[]): Outcome {
  return {
    json: { plans: wanted.map((each) => each.plan) },
    lines: wanted.flatMap(({ plan: each }) => [...planLines(each, context.style), ...fileLines(each), 'Nothing was written.']),
  };
}
