import type { AgentPackage, Inspection, PackageFiles } from '../../packaging/model.ts';
import { sha256 } from '../digest.ts';
import type { UserCache } from './user-cache.ts';

/** A package that the checks let pass. */
export interface Judged {
  readonly pkg: AgentPackage;
  readonly inspection: Inspection;
}

/**
 * Verdicts over tarballs that passed, by the tarball's integrity and the state of the checks: the same bytes and the same checks
 * give the same verdict. Refusals are never kept. It lies in the user's own folder, like the credentials.
 */
export class VerdictCache {
  constructor(
    private readonly cache: UserCache,
    private readonly checksStamp: string | undefined,
  ) {}

  /** The files come from the verified tarball itself; only what was concluded from them is kept. */
  async find(integrity: string, files: PackageFiles): Promise<Judged | undefined> {
    if (this.checksStamp === undefined) return undefined;
    const value = (await this.cache.readJson(this.#path(integrity))) as Partial<Inspection> | undefined;
    if (value?.pkg === undefined || !Array.isArray(value.findings)) return undefined;
    const pkg = { ...value.pkg, files };
    return { pkg, inspection: { ...(value as Inspection), pkg } };
  }

  async keep(integrity: string, judged: Judged): Promise<void> {
    if (this.checksStamp === undefined) return;
    const { files: _, ...pkg } = judged.pkg;
    await this.cache.write(this.#path(integrity), JSON.stringify({ ...judged.inspection, pkg }));
  }

  #path(integrity: string): string {
    return `cache/verdicts/${sha256(`${this.checksStamp} ${integrity}`)}.json`;
  }
}
