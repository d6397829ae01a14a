import { summarizeComponents } from '../../contract/components.ts';
import { type HostId, hostName } from '../../contract/hosts.ts';
import type { ConsentItem, HostPlan, InstallPlan } from '../../installer/install-plan.ts';
import { plural, t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';

export interface ConsentLine {
  readonly text: string;
  /** Codicon that tells the kinds apart at a glance. */
  readonly icon: string;
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

const ICONS: Record<ConsentItem['kind'], string> = {
  capability: 'shield',
  hook: 'zap',
  mcp: 'plug',
  'inline-shell': 'terminal',
  executable: 'file-binary',
  network: 'globe',
  secret: 'key',
  finding: 'warning',
};

/** True when a person must be asked: something new it can do, a restriction that a chosen host drops, a withdrawn recommendation. */
export function needsQuestion(plan: InstallPlan): boolean {
  return plan.needsConsent || plan.deprecation !== undefined || plan.hosts.some((host) => !host.isFaithful);
}

/** The consent screen in words: what it will be able to do, what it adds, what it writes, what a host cannot hold. */
export function consentText(plan: InstallPlan): ConsentText {
  const isUpdate = plan.fromVersion !== undefined && plan.fromVersion !== plan.version;
  const fresh = new Set(plan.newConsents.map((item) => item.key));
  const lineOf = (item: ConsentItem): ConsentLine => ({
    text: sentence(item.text),
    icon: ICONS[item.kind],
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
    { title: t('It adds'), lines: [plain(componentsText(plan), 'add')] },
    { title: t('It writes'), lines: plan.hosts.map((host) => plain(writesText(host, plan), 'files')) },
    { title: t('What a host cannot hold'), lines: plan.hosts.flatMap((host) => lossLines(host)) },
    { title: t('Not for'), lines: unsupportedLines(plan) },
    ...(plan.source === 'service'
      ? []
      : [{ title: t('Offline'), lines: [plain(t('From the cache: there may be a newer version.'), 'debug-disconnect')] }]),
    ...(plan.deprecation === undefined ? [] : [{ title: t('Deprecated'), lines: [plain(plan.deprecation, 'warning')] }]),
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
  return host.losses.map((loss) => plain(`${ofHost(host.host, loss.what)} (${loss.component})`, 'warning'));
}

function unsupportedLines(plan: InstallPlan): ConsentLine[] {
  const left = plan.otherHosts.filter((host) => !host.isFaithful && host.fileCount > 0);
  return left.map((host) => {
    const restrictions = host.losses.filter((loss) => loss.isRestriction).map((loss) => loss.what);
    return plain(ofHost(host.host, listText([...new Set(restrictions)])), 'circle-slash');
  });
}

/** "Cursor: hooks are not supported there"; texts that name the host already stay as they are. */
function ofHost(host: HostId, text: string): string {
  const name = hostName(host);
  return text.startsWith(name) ? text : `${name}: ${text}`;
}

/** The package's own folder is meant by the variable; without it a command can be read. */
function sentence(text: string): string {
  const short = text.replace(/\$\{CLAUDE_PLUGIN_ROOT\}\//g, '').replace(/`/g, '');
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function plain(text: string, icon: string): ConsentLine {
  return { text, icon, isNew: false };
}
function hasLines(section: ConsentSection): boolean {
  return section.lines.some((line) => line.text !== '');
}

/**
 * A text in rows that a picker shows whole: it cuts a longer row off, and what is agreed to must be readable to its end.
 * Words longer than a row are broken.
 */
export function wrapForRows(text: string, width = 76): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((each) => each.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])) {
    if (row !== '' && row.length + 1 + word.length > width) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return row === '' ? rows : [...rows, row];
}

/** "Review Board is ready in Claude Code: start a new session." with what to do so that the hosts see it. */
export function doneText(
  displayName: string,
  hosts: readonly HostId[],
  nextSteps: readonly { readonly host: HostId; readonly text: string }[],
): string {
  const byText = new Map<string, HostId[]>();
  for (const { host, text } of nextSteps) {
    const step = text.replace(/\.$/, '');
    if (hosts.includes(host) && step !== '') byText.set(step, [...(byText.get(step) ?? []), host]);
  }
  const names = (which: readonly HostId[]) => listText(which.map(hostName));
  const [only] = byText;
  if (only === undefined) return t('{0} is ready in {1}.', displayName, names(hosts));
  if (byText.size === 1 && only[1].length === hosts.length)
    return t('{0} is ready in {1}: {2}.', displayName, names(hosts), only[0]);
  const steps = [...byText].map(([step, which]) => `${names(which)}: ${step}.`).join(' ');
  return t('{0} is ready in {1}. {2}', displayName, names(hosts), steps);
}
