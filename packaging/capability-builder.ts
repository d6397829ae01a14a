import { CAPABILITY_IDS, type CapabilityId, type CapabilityManifest, type Evidence } from '../contract/capabilities.ts';

const MAX_EVIDENCE = 20;

type Entry = CapabilityManifest['capabilities'][number];

function pushOnce(list: Evidence[], evidence: Evidence): void {
  const isKnown = list.some((known) => known.path === evidence.path && known.line === evidence.line);
  if (!isKnown && list.length < MAX_EVIDENCE) list.push(evidence);
}

/** Gathers capability uses; a use without limits makes the whole capability unlimited. */
export class CapabilityBuilder {
  readonly #uses = new Map<CapabilityId, { details: Set<string>; isUnlimited: boolean; evidence: Evidence[] }>();
  readonly commands: CapabilityManifest['commands'] = [];
  readonly mcpServers: CapabilityManifest['mcpServers'] = [];
  readonly models = new Set<string>();
  readonly #hosts = new Map<string, Evidence>();
  readonly #secrets = new Map<string, Evidence>();

  use(id: CapabilityId, evidence: Evidence, detail?: string): void {
    const entry = this.#uses.get(id) ?? { details: new Set<string>(), isUnlimited: false, evidence: [] };
    this.#uses.set(id, entry);
    if (detail === undefined) entry.isUnlimited = true;
    else entry.details.add(detail);
    pushOnce(entry.evidence, evidence);
  }

  host(host: string, evidence: Evidence): void {
    if (!this.#hosts.has(host)) this.#hosts.set(host, evidence);
  }

  secret(name: string, evidence: Evidence): void {
    if (!this.#secrets.has(name)) this.#secrets.set(name, evidence);
  }

  capabilities(): Entry[] {
    return CAPABILITY_IDS.flatMap((id) => {
      const entry = this.#uses.get(id);
      return entry === undefined
        ? []
        : [{ id, details: entry.isUnlimited ? [] : [...entry.details].sort(), evidence: entry.evidence }];
    });
  }

  networkHosts(): CapabilityManifest['networkHosts'] {
    return [...this.#hosts].map(([host, evidence]) => ({ host, evidence })).sort((a, b) => (a.host < b.host ? -1 : 1));
  }

  secrets(): CapabilityManifest['secrets'] {
    return [...this.#secrets].map(([name, evidence]) => ({ name, evidence })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
