import type { Engine } from '../installer/engine-types.ts';
import type { ConflictChoice, InstallPlan, PlanRequest } from '../installer/install-plan.ts';
import { CliError, usageError } from './cli-error.ts';
import type { CommandContext } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { fileName, planLines } from './plan-text.ts';

/** `--on-conflict keep|replace`. */
export function conflictOption(context: CommandContext): ConflictChoice | undefined {
  const given = context.options['on-conflict'];
  if (given === undefined || given === 'keep' || given === 'replace') return given;
  throw usageError(`--on-conflict takes keep or replace, not ${String(given)}.`);
}

/** Shows the plan and asks where there is something to agree to. @throws CliError `consent_required`, `declined` */
export async function askConsent(context: CommandContext, plan: InstallPlan): Promise<void> {
  if (!plan.needsConsent || context.options.yes === true) return;
  const { ask } = context.io;
  if (ask === undefined || context.isJson) {
    throw new CliError('consent_required', `${plan.displayName} ${plan.version} needs your agreement. Nothing was changed.`, {
      exit: EXIT.refused,
      next: 'Read what it can do above, then run again with --yes.',
      lines: context.isJson ? [] : planLines(plan, context.style),
      details: { agent: plan.agent, version: plan.version, consents: plan.newConsents },
    });
  }
  const question = plan.fromVersion === undefined ? 'Install?' : 'Update?';
  if (!(await isYes(context, ask, `${question} (Y/n) `))) {
    throw new CliError('declined', `${plan.displayName} was not installed. Nothing was changed.`, { exit: EXIT.refused });
  }
}

/** Settles conflicts by asking once; without a terminal they stay and `apply` refuses them. */
export async function settleConflicts(context: CommandContext, engine: Engine, request: PlanRequest): Promise<InstallPlan> {
  const plan = await engine.planInstall(request);
  const { ask } = context.io;
  if (
    !plan.hasConflicts ||
    request.onConflict !== undefined ||
    ask === undefined ||
    context.isJson ||
    context.options.yes === true
  )
    return plan;
  const files = plan.files.filter((file) => file.action === 'conflict');
  for (const file of files) context.say(`  in the way: ${fileName(file)}`);
  const answer = (await ask('Keep yours or replace them? (k/r, Enter cancels) ')).trim().toLowerCase();
  const choice = answer.startsWith('k') ? 'keep' : answer.startsWith('r') ? 'replace' : undefined;
  if (choice === undefined) throw new CliError('declined', 'Nothing was changed.', { exit: EXIT.conflict });
  return engine.planInstall({ ...request, onConflict: choice });
}

async function isYes(context: CommandContext, ask: (question: string) => Promise<string>, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await ask(question)).trim().toLowerCase();
    if (answer === '' || answer === 'y' || answer === 'yes') return true;
    if (answer === 'n' || answer === 'no') return false;
    context.say('Answer y or n.');
  }
}
