import { summarizeComponents } from '../../contract/components.ts';
import { type HostId, hostName } from '../../contract/hosts.ts';
import type { ConsentItem, HostPlan, InstallPlan } from '../../installer/install-plan.ts';
import { plural, t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';

export interface ConsentLine {
  readonly text: string;
  /** Where the package proves it, as `path:line`. */
  readonly proof?: string;
  readonly path?: string;
  readonly line?: number;
  readonly isNew: boolean;
}
export interface ConsentSection {
  readonly title: string;
  readonly lines: readonly ConsentLine[];
}
export interface ConsentText {
  readonly title: string;
  readonly sections: readonly ConsentSection[];
  readonly canGoWithoutHooks: boolean;
}

/** True when a person must be asked: something new it can do, a restriction that a chosen host drops, a withdrawn recommendation. */
export function needsQuestion(plan: InstallPlan): boolean {
  return plan.needsConsent || plan.deprecation !== undefined || plan.hosts.some((host) => !host.isFaithful);
}

/** The consent screen in words: what it will be able to do, what it adds, what it writes, what a host cannot hold. */
export function consentText(plan: InstallPlan): ConsentText {
  const isUpdate = plan.fromVersion !== undefined && plan.fromVersion !== plan.version;
  const fresh = new Set(plan.newConsents.map((item) => item.key));
  const lineOf = (item: ConsentItem): ConsentLine => ({
    text: item.text,
    isNew: isUpdate && fresh.has(item.key),
    ...(item.path === undefined
      ? {}
      : { path: item.path, proof: item.line === undefined ? item.path : `${item.path}:${item.line}` }),
    ...(item.line === undefined ? {} : { line: item.line }),
  });
  const able = plan.consents.filter((item) => item.kind !== 'finding');
  const findings = plan.consents.filter((item) => item.kind === 'finding');
  // An update asks about what it gains: that stands first.
  const ordered = [...able].sort((a, b) => Number(fresh.has(b.key)) - Number(fresh.has(a.key)));
  const sections: ConsentSection[] = [
    { title: t('It will be able to'), lines: ordered.map(lineOf) },
    { title: t('The checks noticed'), lines: findings.map(lineOf) },
    { title: t('It adds'), lines: [plain(componentsText(plan))] },
    { title: t('It writes'), lines: plan.hosts.map((host) => plain(writesText(host, plan))) },
    { title: t('What a host cannot hold'), lines: plan.hosts.flatMap((host) => lossLines(host)) },
    { title: t('Not for'), lines: unsupportedLines(plan) },
    ...(plan.deprecation === undefined ? [] : [{ title: t('Deprecated'), lines: [plain(plan.deprecation)] }]),
  ];
  return { title: titleOf(plan, isUpdate), sections: sections.filter(hasLines), canGoWithoutHooks: plan.canGoWithoutHooks };
}

function titleOf(plan: InstallPlan, isUpdate: boolean): string {
  const scope = plan.agent.slice(0, plan.agent.indexOf('/'));
  const signed = plan.signature === 'verified' ? t('signature verified') : t('not signed');
  if (isUpdate) return t('Update {0} from {1} to {2}? ({3})', plan.displayName, plan.fromVersion ?? '', plan.version, signed);
  return t('Install {0} {1} from {2}? ({3})', plan.displayName, plan.version, scope, signed);
}

function componentsText(plan: InstallPlan): string {
  const tokens = plan.contextTokens > 0 ? t(' · about {0} tokens in each request', plan.contextTokens.toLocaleString()) : '';
  return `${summarizeComponents(plan.components)}${tokens}`;
}

function writesText(host: HostPlan, plan: InstallPlan): string {
  const own = plan.files.filter((file) => file.hosts.includes(host.host));
  const kept = own.filter((file) => file.action === 'kept' || file.action === 'conflict').length;
  const files = plural(host.fileCount, '1 file for {1}', '{0} files for {1}').replace('{1}', hostName(host.host));
  return kept === 0 ? files : t('{0}, {1} of yours kept', files, kept);
}

function lossLines(host: HostPlan): ConsentLine[] {
  return host.losses.map((loss) => plain(t('{0}: {1} ({2})', hostName(host.host), loss.what, loss.component)));
}

function unsupportedLines(plan: InstallPlan): ConsentLine[] {
  const left = plan.otherHosts.filter((host) => !host.isFaithful && host.fileCount > 0);
  return left.map((host) =>
    plain(
      t('{0}: {1}', hostName(host.host), listText(host.losses.filter((loss) => loss.isRestriction).map((loss) => loss.what))),
    ),
  );
}

function plain(text: string): ConsentLine {
  return { text, isNew: false };
}
function hasLines(section: ConsentSection): boolean {
  return section.lines.some((line) => line.text !== '');
}

/** "Review Board is ready in Claude Code and VS Code." with what to do so that the hosts see it. */
export function doneText(
  displayName: string,
  hosts: readonly HostId[],
  nextSteps: readonly { readonly host: HostId; readonly text: string }[],
): string {
  const ready = t('{0} is ready in {1}.', displayName, listText(hosts.map(hostName)));
  const byText = new Map<string, HostId[]>();
  for (const { host, text } of nextSteps) if (text !== '') byText.set(text, [...(byText.get(text) ?? []), host]);
  const steps = [...byText].map(([text, which]) => `${listText(which.map(hostName))}: ${text}.`);
  return [ready, ...steps].join(' ').replace(/\.\.(?=\s|$)/g, '.');
}
