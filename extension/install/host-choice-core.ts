import { type HostId, hostName } from '../../contract/hosts.ts';
import type { DetectedHost } from '../../installer/engine-types.ts';
import type { HostPlan, InstallPlan } from '../../installer/install-plan.ts';
import { plural, t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';

export interface HostChoice {
  readonly host: HostId;
  readonly label: string;
  readonly description: string;
  /** What this host cannot hold. */
  readonly detail?: string;
  readonly isPicked: boolean;
}

/** The editor itself is a host: told by its name, since forks have their own places for agents. */
export function hostOfEditor(appName: string): HostId {
  if (/cursor/i.test(appName)) return 'cursor';
  if (/windsurf|devin/i.test(appName)) return 'windsurf';
  return 'vscode';
}

/**
 * What the host question offers, from a plan made for any hosts: every host with something to write. Ticked are, in this order of
 * strength: hosts it is installed for, those remembered for this workspace, those of the setting, those found. A host that drops
 * a restriction is never ticked by us.
 */
export function hostChoices(
  plan: Pick<InstallPlan, 'hosts' | 'otherHosts'>,
  known: {
    readonly installed: readonly HostId[];
    readonly remembered: readonly HostId[];
    readonly preferred: readonly HostId[];
    readonly found: readonly DetectedHost[];
    readonly editor: HostId;
  },
): HostChoice[] {
  const offered = [...plan.hosts, ...plan.otherHosts].filter((host) => host.fileCount > 0);
  const found = new Set<HostId>([...known.found.map((each) => each.host), known.editor]);
  const first = [known.installed, known.remembered, known.preferred].find((list) => list.length > 0);
  const ticked = new Set(first ?? found);
  return offered
    .map((host) => ({
      host: host.host,
      label: hostName(host.host),
      description: describe(host, known.found, known.editor),
      ...(host.losses.length === 0 ? {} : { detail: lossText(host) }),
      isPicked: known.installed.includes(host.host) || (host.isFaithful && ticked.has(host.host)),
    }))
    .sort((a, b) => Number(b.isPicked) - Number(a.isPicked) || Number(found.has(b.host)) - Number(found.has(a.host)));
}

function describe(host: HostPlan, found: readonly DetectedHost[], editor: HostId): string {
  const evidence = found.find((each) => each.host === host.host)?.evidence;
  const files = plural(host.fileCount, '1 file', '{0} files');
  if (host.host === editor) return t('{0} · this editor', files);
  return evidence === undefined ? files : t('{0} · found {1}', files, evidence);
}

function lossText(host: HostPlan): string {
  const restrictions = host.losses.filter((loss) => loss.isRestriction);
  const what = listText([...new Set((restrictions.length > 0 ? restrictions : host.losses).map((loss) => loss.what))]);
  return restrictions.length > 0 ? t('$(warning) Drops a restriction: {0}', what) : t('Without {0}', what);
}
