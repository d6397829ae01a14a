import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import type { FileSystem, InstallerPorts } from '../ports.ts';
import { MemoryFs } from './memory-fs.ts';
import type { TestRegistry } from './registry.ts';

const ROOT = '/home/ada/project';
const USER_DIR = '/home/ada/.local/share/coditect-agents';

/** A workspace in memory; `clone` makes a second one in the same state. */
export class MemoryWorkspace {
  constructor(
    private readonly registry: TestRegistry,
    readonly fs: MemoryFs = new MemoryFs(),
  ) {
    if (fs.text(`${ROOT}/.keep`) === undefined) fs.put(`${ROOT}/.keep`, '');
  }

  clone(): MemoryWorkspace {
    return new MemoryWorkspace(this.registry, this.fs.clone());
  }

  put(path: string, text: string): void {
    this.fs.put(`${ROOT}/${path}`, text);
  }

  read(path: string): string | undefined {
    return this.fs.text(`${ROOT}/${path}`);
  }

  tree(): Record<string, string> {
    return this.fs.tree(ROOT);
  }

  /** Each engine is a process of its own, so a lock left behind by another one is stale. */
  engine(fs: FileSystem = this.fs): Engine {
    pid += 1;
    let ids = 0;
    const ports: InstallerPorts = {
      fs,
      fetch: this.registry.httpGet,
      now: () => 1_800_000_000_000,
      randomId: () => `id-${pid}-${ids++}`,
      processes: { self: { pid, startedAt: String(pid) }, isRunning: async () => false },
      platform: 'linux',
    };
    return createEngine({
      ports,
      serviceUrl: 'http://registry.test',
      workspaceRoot: ROOT,
      userDir: USER_DIR,
      checksStamp: 'test',
    });
  }
}
let pid = 1000;
