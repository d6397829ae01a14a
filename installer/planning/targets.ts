import type { HostId } from '../../contract/hosts.ts';
import { canonicalJson, sha256 } from '../digest.ts';
import { InstallError } from '../errors.ts';
import type { HostFiles, HostTarget } from '../hosts/host-files.ts';
import { entryKey, sortHosts } from '../lockfile.ts';

/** A target with all hosts that read it. */
export interface MergedTarget {
  readonly target: HostTarget;
  readonly pointer?: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly hosts: readonly HostId[];
}

/**
 * What several hosts share is one target. Two different contents for one place are the package's fault: two of its parts
 * have the same name. @throws InstallError `package_refused`
 */
export function mergeTargets(translations: readonly HostFiles[], agent: string, version: string): MergedTarget[] {
  const merged = new Map<string, MergedTarget>();
  for (const { host, targets } of translations) {
    for (const target of targets) {
      const fresh = describe(target, host);
      const key = entryKey({ path: target.path, pointer: fresh.pointer, sha256: fresh.sha256 });
      const known = merged.get(key);
      if (known !== undefined && known.sha256 !== fresh.sha256) {
        const findings = [`${known.target.component} and ${target.component} both want ${target.path}`];
        throw new InstallError('package_refused', { details: { agent, version, findings } });
      }
      merged.set(key, known === undefined ? fresh : { ...known, hosts: sortHosts([...known.hosts, host]) });
    }
  }
  return [...merged.values()];
}

function describe(target: HostTarget, host: HostId): MergedTarget {
  if (target.kind === 'file') {
    return { target, sha256: sha256(target.bytes), sizeBytes: target.bytes.length, hosts: [host] };
  }
  const text = canonicalJson(target.value);
  return { target, pointer: target.pointer, sha256: sha256(text), sizeBytes: Buffer.byteLength(text), hosts: [host] };
}
