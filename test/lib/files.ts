import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageFiles } from '../../packaging/model.ts';

/** Writes package files as a folder. */
export function writeFiles(folder: string, files: PackageFiles): void {
  for (const [path, file] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
    if (file.isExecutable) chmodSync(target, 0o755);
  }
}
