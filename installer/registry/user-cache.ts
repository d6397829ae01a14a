import { join } from 'node:path';
import { sha256 } from '../digest.ts';
import { makeFolders } from '../folders.ts';
import { errnoOf, orMissing } from '../node-errors.ts';
import type { InstallerPorts } from '../ports.ts';
import { decodeJson } from '../text.ts';

/** Files in the user's folder. Each write is a rename, so readers of other processes never see half a file. */
export class UserCache {
  constructor(
    private readonly ports: InstallerPorts,
    private readonly userDir: string,
  ) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    return orMissing(this.ports.fs.readFile(join(this.userDir, path)));
  }

  async readJson(path: string): Promise<unknown> {
    const bytes = await this.read(path);
    if (bytes === undefined) return undefined;
    try {
      return decodeJson(bytes) as unknown;
    } catch {
      // a damaged cache file is as good as none
      return undefined;
    }
  }

  async write(path: string, bytes: Uint8Array | string): Promise<void> {
    const { fs } = this.ports;
    const target = join(this.userDir, path);
    const fresh = `${target}.${this.ports.randomId()}`;
    try {
      await fs.writeFile(fresh, bytes, { mode: 0o600 });
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      await makeFolders(fs, this.userDir, path.slice(0, path.lastIndexOf('/')));
      await fs.writeFile(fresh, bytes, { mode: 0o600 });
    }
    await fs.rename(fresh, target);
  }
}

/** A short, safe folder name for a service's address. */
export function serviceKey(serviceUrl: string): string {
  return sha256(serviceUrl).slice(0, 16);
}
