import type { UsageEvent } from '../contract/events.ts';
import type { Engine, InstallResult, InstallStep } from '../installer/engine-types.ts';
import type { InstallPlan } from '../installer/install-plan.ts';
import type { CommandContext } from './command.ts';
import { count } from './plan-text.ts';

const QUIET_MS = 500;
const STEPS: Partial<Record<InstallStep, string>> = { plan: 'Checking…', stage: 'Preparing files…', swap: 'Writing files…' };

/** Applies a plan; whoever waits longer than half a second is told what is going on. */
export async function applyPlan(context: CommandContext, engine: Engine, plan: InstallPlan): Promise<InstallResult> {
  const startedAt = Date.now();
  let told: InstallStep | undefined;
  return engine.apply(plan, {
    signal: context.io.signal,
    onProgress: ({ step }) => {
      const text = STEPS[step];
      if (step === told || text === undefined || Date.now() - startedAt < QUIET_MS) return;
      told = step;
      context.say(text);
    },
  });
}

export function installEvents(result: InstallResult): UsageEvent[] {
  const { agent, version, hosts, fromVersion } = result;
  if (result.kind === 'unchanged') return [];
  if (fromVersion !== undefined)
    return [{ name: 'Agent Updated', properties: { agent, version, fromVersion, hosts: [...hosts] } }];
  return [{ name: 'Agent Installed', properties: { agent, version, hosts: [...hosts], durationMs: result.durationMs } }];
}

/** One line for a person, with the way back. */
export function resultLine(result: InstallResult, startedAt: number): string {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (result.kind === 'unchanged') return `${result.agent} ${result.version} is installed already.`;
  if (result.kind === 'updated' && result.fromVersion !== result.version) {
    return `Updated to ${result.version} in ${seconds} s. Back with: coditect-agents add ${result.agent}@${result.fromVersion ?? ''}`;
  }
  return `Installed in ${seconds} s. Undo with: coditect-agents remove ${result.agent}`;
}

export function keptLine(result: InstallResult): string[] {
  const kept = result.files.filter((file) => file.action === 'kept');
  return kept.length === 0 ? [] : [`Kept as they are: ${count(kept.length, 'file')} of yours.`];
}

export function stepLines(result: InstallResult): string[] {
  return result.nextSteps.filter((step) => step.text !== 'available now').map((step) => `  ${step.host}: ${step.text}`);
}
