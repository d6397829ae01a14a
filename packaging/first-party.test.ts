import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packDirectory } from './pack.ts';
import { readTarball } from './read-tarball.ts';

const ROOT = fileURLToPath(new URL('../agents/', import.meta.url));
const PACKAGES = readdirSync(ROOT).filter((name) => existsSync(`${ROOT}${name}/package.json`));

describe('first-party packages', () => {
  it('are there', () => {
    expect(PACKAGES.length).toBeGreaterThanOrEqual(12);
  });

  it.each(PACKAGES)('%s passes every check and can be read back', async (name) => {
    const packed = await packDirectory(`${ROOT}${name}`);
    expect(packed.inspection.findings.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(await readTarball(packed.tarball)).toEqual(new Map([...packed.files].sort(([a], [b]) => (a < b ? -1 : 1))));
  });
});
