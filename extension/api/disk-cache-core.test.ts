import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskCache } from './disk-cache-core.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('DiskCache', () => {
  it('gives back what was kept, with its time', async () => {
    const cache = new DiskCache(directory, () => new Date('2026-11-01T10:00:00Z'));
    expect(await cache.write('a', { n: 1 })).toBe(true);
    expect(await cache.read('a')).toEqual({ value: { n: 1 }, savedAt: '2026-11-01T10:00:00.000Z' });
    expect(await cache.read('b')).toBeUndefined();
  });

  it('treats a damaged file as absent', async () => {
    const cache = new DiskCache(directory);
    await cache.write('a', 1);
    const [file] = await readdir(directory);
    await writeFile(join(directory, file!), '{"key":"a"');
    expect(await cache.read('a')).toBeUndefined();
  });

  it('does not fail its caller when nothing can be written', async () => {
    await writeFile(join(directory, 'taken'), '');
    expect(await new DiskCache(join(directory, 'taken')).write('a', 1)).toBe(false);
  });
});
