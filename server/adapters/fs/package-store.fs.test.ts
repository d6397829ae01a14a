import { hash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFsPackageStore } from './package-store.fs.ts';

const bytes = Buffer.from('a tarball');
const key = hash('sha512', bytes, 'hex');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'coditect-blobs-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('package store on disk', () => {
  it('gives back what was put, and knows what was not', async () => {
    const store = createFsPackageStore(root);
    await store.put(key, bytes);
    const blob = (await store.get(key))!;
    expect(blob.sizeBytes).toBe(bytes.length);
    expect((await buffer(blob.stream())).equals(bytes)).toBe(true);
    expect(await store.has(key)).toBe(true);
    expect(await store.get('0'.repeat(128))).toBeUndefined();
    expect(await store.has('0'.repeat(128))).toBe(false);
  });

  it('takes the same bytes twice and from many writers at once, and leaves no temporary file', async () => {
    const store = createFsPackageStore(root);
    await Promise.all(Array.from({ length: 8 }, () => store.put(key, bytes)));
    await store.put(key, bytes);
    expect(await files()).toEqual([key.slice(2)]);
  });

  it('says storage_full on a full disk and leaves nothing behind', async () => {
    const store = createFsPackageStore(root, {
      async writeDurably(path) {
        await writeFile(path, 'half');
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    });
    await expect(store.put(key, bytes)).rejects.toMatchObject({ code: 'storage_full' });
    expect(await files()).toEqual([]);
    expect(await store.has(key)).toBe(false);
  });

  it('refuses keys that are no hash, whatever path they hide', async () => {
    const store = createFsPackageStore(root);
    await expect(store.get('../../etc/passwd')).rejects.toThrow(TypeError);
    await expect(store.put(key.toUpperCase(), bytes)).rejects.toThrow(TypeError);
  });

  it('removes unfinished writes of a crash, but not those of a moment ago', async () => {
    const store = createFsPackageStore(root);
    await store.put(key, bytes);
    await writeFile(join(root, 'tmp', 'old'), 'x');
    await writeFile(join(root, 'tmp', 'young'), 'x');
    await utimes(join(root, 'tmp', 'old'), new Date(0), new Date(0));
    await store.removeLeftovers();
    expect((await files()).sort()).toEqual([key.slice(2), 'young'].sort());
  });
});
