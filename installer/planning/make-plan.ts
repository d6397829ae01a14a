import type { HostId } from '../../contract/hosts.ts';
import type { AgentName } from '../../contract/names.ts';
import { InstallError } from '../errors.ts';
import type { HostFiles } from '../hosts/host-files.ts';
import { SUPPORTED_HOSTS, translatorOf } from '../hosts/registry.ts';
import type { ConflictChoice, HostPlan, InstallOptions, InstallPlan } from '../install-plan.ts';
import { type LockedAgent, sortHosts } from '../lockfile.ts';
import type { VerifiedPackage } from '../package-source.ts';
import { recordFiles } from './build-change.ts';
import { consentKeys, listConsents, newConsents } from './consents.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Snapshot } from './snapshot.ts';
import { type MergedTarget, mergeTargets } from './targets.ts';

/** A package translated for the chosen hosts, before the workspace is looked at. */
export interface Translation {
  readonly hosts: readonly HostId[];
  readonly options: InstallOptions;
  readonly chosen: readonly HostFiles[];
  readonly targets: readonly MergedTarget[];
}

export interface HostChoice {
  readonly hosts: readonly HostId[];
  /** Found rather than chosen: hosts that would lose a restriction are left out. */
  readonly areDefault: boolean;
}

/** @throws InstallError `no_hosts`, `host_not_supported`, `hosts_unfaithful`, `nothing_to_install` */
export function translate(source: VerifiedPackage, choice: HostChoice, options: InstallOptions): Translation {
  if (choice.hosts.length === 0) throw new InstallError('no_hosts', { details: { hosts: SUPPORTED_HOSTS } });
  const wanted = choice.areDefault ? choice.hosts.filter((host) => isFaithful(source, host)) : choice.hosts;
  const agent = source.pkg.manifest.name;
  if (wanted.length === 0) {
    const what = choice.hosts.flatMap((host) => restrictionsOf(source, host)).slice(0, 2);
    throw new InstallError('hosts_unfaithful', { details: { agent, hosts: choice.hosts, what } });
  }
  const all = translateAll(source, sortHosts(wanted), options);
  const chosen = all.filter((each) => each.targets.length > 0);
  if (chosen.length === 0) {
    const notes = all.flatMap((each) => each.losses).map((loss) => loss.what);
    throw new InstallError('nothing_to_install', { details: { agent, hosts: wanted, what: notes.slice(0, 2) } });
  }
  const hosts = chosen.map((each) => each.host);
  return { hosts, options, chosen, targets: mergeTargets(chosen, agent, source.version) };
}

function translateAll(source: VerifiedPackage, hosts: readonly HostId[], options: InstallOptions): HostFiles[] {
  const alongside = new Set(hosts);
  return hosts.map((host) =>
    translatorOf(host)(source.pkg, {
      alongside,
      withoutHooks: options.withoutHooks,
      acceptsLosses: options.acceptLosses.includes(host),
    }),
  );
}

function isFaithful(source: VerifiedPackage, host: HostId): boolean {
  return source.inspection.hosts.find((support) => support.host === host)?.isFaithful ?? true;
}

function restrictionsOf(source: VerifiedPackage, host: HostId): string[] {
  const support = source.inspection.hosts.find((each) => each.host === host);
  return (support?.losses ?? []).filter((loss) => loss.isRestriction).map((loss) => loss.what);
}

export interface PlanInput {
  readonly source: VerifiedPackage;
  readonly translation: Translation;
  readonly snapshot: Snapshot;
  readonly choose: (key: string) => ConflictChoice | undefined;
  /** Consent given earlier counts, unless the plan restores what came with a clone. */
  readonly countsEarlierConsent: boolean;
}

export interface PlannedInstall {
  readonly plan: InstallPlan;
  readonly decisions: readonly Decision[];
  /** What the lockfile will say. */
  readonly next: LockedAgent;
}

/** The plan over a snapshot of the workspace. Pure. */
export function makePlan(input: PlanInput): PlannedInstall {
  const { source, translation, snapshot } = input;
  const { pkg, inspection } = source;
  const agent = pkg.manifest.name as AgentName;
  const installed = snapshot.lockfile.agents[agent];
  const decisions = decide({ agent, targets: translation.targets, snapshot, choose: input.choose });
  const consents = listConsents(pkg, inspection, translation.options.withoutHooks);
  const next = nextRecord(input, decisions, consentKeys(consents));
  const asked = newConsents(consents, input.countsEarlierConsent ? (installed?.consents ?? []) : []);
  const files = decisions.map((decision) => decision.planned);
  const isNoop =
    installed !== undefined &&
    JSON.stringify(sortedRecord(installed)) === JSON.stringify(sortedRecord(next)) &&
    files.every((file) => file.action === 'unchanged' || file.action === 'kept');
  const plan: InstallPlan = {
    agent,
    displayName: pkg.manifest.agent.displayName,
    summary: pkg.manifest.description,
    version: source.version,
    ...(installed === undefined ? {} : { fromVersion: installed.version }),
    integrity: source.integrity,
    resolved: source.resolved,
    signature: source.signature,
    source: source.source,
    ...(source.deprecation === undefined ? {} : { deprecation: source.deprecation }),
    components: inspection.components,
    capabilityManifest: inspection.capabilityManifest,
    findings: inspection.findings,
    contextTokens: inspection.contextTokens,
    hosts: translation.chosen.map((files) => hostPlan(source, files)),
    otherHosts: otherHosts(source, translation),
    files,
    hasConflicts: files.some((file) => file.action === 'conflict'),
    isNoop,
    consents,
    newConsents: isNoop ? [] : asked,
    needsConsent: !isNoop && asked.length > 0,
    canGoWithoutHooks: pkg.hooks.length > 0 && !translation.options.withoutHooks,
    options: translation.options,
    lockfileSha256: snapshot.lockfileSha256,
  };
  return { plan, decisions, next };
}

function nextRecord(input: PlanInput, decisions: readonly Decision[], consents: readonly string[]): LockedAgent {
  const { source, translation } = input;
  const { withoutHooks, acceptLosses } = translation.options;
  const kept = decisions
    .filter(({ planned, merged }) => planned.action === 'kept' && merged !== undefined)
    .map(({ planned }) => (planned.pointer === undefined ? planned.path : `${planned.path}#${planned.pointer}`));
  return {
    version: source.version,
    integrity: source.integrity,
    resolved: source.resolved,
    hosts: translation.hosts,
    ...(withoutHooks ? { withoutHooks } : {}),
    ...(acceptLosses.length > 0 ? { acceptLosses } : {}),
    ...(kept.length > 0 ? { kept } : {}),
    consents: [...consents].sort(),
    files: recordFiles(decisions),
  };
}

/** For comparing only: lists in one order. */
function sortedRecord(agent: LockedAgent): unknown {
  const files = agent.files.map((file) =>
    JSON.stringify([file.path, file.pointer, file.sha256, file.hosts, file.isExecutable ?? false]),
  );
  const kept = [...(agent.kept ?? [])].sort();
  return [
    agent.version,
    agent.integrity,
    sortHosts(agent.hosts),
    agent.withoutHooks ?? false,
    agent.acceptLosses ?? [],
    kept,
    [...agent.consents].sort(),
    files.sort(),
  ];
}

function hostPlan(source: VerifiedPackage, files: HostFiles): HostPlan {
  const hasRestriction = files.losses.some((loss) => loss.isRestriction);
  return {
    host: files.host,
    fileCount: new Set(files.targets.map((target) => JSON.stringify([target.path, target.kind === 'file' ? '' : target.value])))
      .size,
    isFaithful: !hasRestriction && isFaithful(source, files.host),
    losses: files.losses,
    nextStep: files.nextStep,
  };
}

function otherHosts(source: VerifiedPackage, translation: Translation): HostPlan[] {
  return SUPPORTED_HOSTS.filter((host) => !translation.hosts.includes(host)).map((host) => {
    const files = translatorOf(host)(source.pkg, {
      alongside: new Set([...translation.hosts, host]),
      withoutHooks: translation.options.withoutHooks,
      acceptsLosses: translation.options.acceptLosses.includes(host),
    });
    const support = source.inspection.hosts.find((each) => each.host === host);
    const losses = [...files.losses, ...(support?.losses ?? []).filter((loss) => loss.isRestriction)];
    return { ...hostPlan(source, files), losses };
  });
}
