import { splitAgentName } from '../contract/names.ts';
import type { ConsentItem, InstallPlan } from '../installer/install-plan.ts';
import type { Style } from './io.ts';

const MAX_ITEMS = 12;

/** What the user reads before agreeing: who it is from, what it can do, what it writes, what is lost. */
export function planLines(plan: InstallPlan, style: Style): string[] {
  const { scope } = splitAgentName(plan.agent);
  const change =
    plan.fromVersion === undefined || plan.fromVersion === plan.version ? plan.version : `${plan.fromVersion} -> ${plan.version}`;
  const signature = plan.signature === 'verified' ? style.green('signature verified') : style.yellow('not signed');
  const stale = plan.source === 'cache' ? ', from the cache' : '';
  return [
    `${style.bold(plan.displayName)} ${change} from ${scope}, ${signature}${stale}`,
    ...(plan.deprecation === undefined ? [] : [style.yellow(`  deprecated: ${plan.deprecation}`)]),
    ...abilityLines(plan, style),
    `  ${plan.hosts.map((host) => `${host.host}  ${count(host.fileCount, 'file')}`).join('   ')}`,
    ...plan.hosts.flatMap((host) => host.losses.map((loss) => style.dim(`  ${host.host}: ${loss.component}: ${loss.what}`))),
    ...conflictLines(plan, style),
  ];
}

function abilityLines(plan: InstallPlan, style: Style): string[] {
  const abilities = plan.consents.filter((item) => item.kind === 'capability').map((item) => item.text);
  const asked = plan.newConsents.filter((item) => item.kind !== 'capability');
  const gained = plan.fromVersion !== undefined && plan.newConsents.length > 0 ? 'new: ' : '';
  return [
    ...(abilities.length === 0 ? [] : [`  can ${abilities.slice(0, MAX_ITEMS).join(', ')}${more(abilities.length)}`]),
    ...asked
      .slice(0, MAX_ITEMS)
      .map((item) => `  ${style.yellow(`${gained}${kindText(item)}`)} ${item.text}${placeOf(item, style)}`),
    ...(asked.length > MAX_ITEMS ? [`  and ${asked.length - MAX_ITEMS} more; all of them with --dry-run --json`] : []),
  ];
}

const KINDS: Record<ConsentItem['kind'], string> = {
  capability: 'can',
  hook: 'hook',
  mcp: 'MCP server',
  'inline-shell': 'command',
  executable: 'program',
  network: 'network',
  secret: 'secret',
  finding: 'flagged',
};
function kindText(item: ConsentItem): string {
  return `${KINDS[item.kind]}:`;
}

function placeOf(item: ConsentItem, style: Style): string {
  if (item.path === undefined) return '';
  return style.dim(` (${item.path}${item.line === undefined ? '' : `:${item.line}`})`);
}

function conflictLines(plan: InstallPlan, style: Style): string[] {
  const reasons = {
    edited: 'you edited it',
    unmanaged: 'it was there already',
    other_agent: 'another agent has it',
    invalid_json: 'it cannot be read as JSON',
  };
  return plan.files
    .filter((file) => file.action === 'conflict' && file.conflict !== undefined)
    .map((file) =>
      style.yellow(`  in the way: ${fileName(file)} (${file.conflict === undefined ? '' : reasons[file.conflict.reason]})`),
    );
}

export function fileName(file: { readonly path: string; readonly pointer?: string }): string {
  return file.pointer === undefined ? file.path : `${file.path} ${file.pointer}`;
}

/** Each file with what happens to it, for `--dry-run`. */
export function fileLines(plan: InstallPlan): string[] {
  return plan.files.map((file) => `  ${file.action.padEnd(9)}  ${fileName(file)}`);
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function more(total: number): string {
  return total > MAX_ITEMS ? ` and ${total - MAX_ITEMS} more` : '';
}
