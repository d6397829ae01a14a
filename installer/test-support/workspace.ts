import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { nodePorts } from '../node-ports.ts';
import type { InstallerPorts } from '../ports.ts';

/** A workspace and a user folder on the real disk, thrown away after the test. */
export class TestWorkspace {
  readonly base = mkdtempSync(join(tmpdir(), 'coditect-installer-'));
  readonly root = join(this.base, 'workspace');
  readonly userDir = join(this.base, 'user');

  constructor(files: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.root);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  /** Every file, link and folder with mode and content: two equal trees are byte-identical workspaces. */
  tree(): Record<string, string> {
    const found: Record<string, string> = {};
    const walk = (folder: string) => {
      for (const name of readdirSync(join(this.root, folder)).sort()) {
        const path = folder === '' ? name : `${folder}/${name}`;
        const stat = lstatSync(join(this.root, path));
        if (stat.isDirectory()) {
          found[`${path}/`] = 'folder';
          walk(path);
        } else if (stat.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(this.root, path))}`;
        else found[path] = `${(stat.mode & 0o777).toString(8)} ${readFileSync(join(this.root, path), 'latin1')}`;
      }
    };
    walk('');
    return found;
  }

  engine(serviceUrl: string, ports: Partial<InstallerPorts> = {}): Engine {
    return createEngine({ ports: nodePorts(ports), serviceUrl, workspaceRoot: this.root, userDir: this.userDir });
  }

  dispose(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
