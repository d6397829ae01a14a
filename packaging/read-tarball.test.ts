import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../contract/limits.ts';
import { PackageError } from './model.ts';
import { packFiles } from './pack.ts';
import { readTarball } from './read-tarball.ts';
import { packageOf, paxEntry, type TarEntry, tarOf, tgzOf } from './testing.ts';

async function refusalOf(tarball: Uint8Array): Promise<string[]> {
  try {
    await readTarball(tarball);
  } catch (error) {
    if (error instanceof PackageError) return error.findings.map((finding) => finding.code);
    throw error;
  }
  return [];
}

const GOOD: TarEntry = { path: 'package/package.json', body: '{}' };

describe('readTarball', () => {
  it('reads files with their bytes and executable bits and strips the root folder', async () => {
    const files = await readTarball(tgzOf([GOOD, { path: 'package/bin/run', body: '#!/bin/sh', mode: 0o755 }]));
    expect([...files.keys()]).toEqual(['package.json', 'bin/run']);
    expect(files.get('bin/run')).toEqual({ bytes: Buffer.from('#!/bin/sh'), isExecutable: true });
    expect(files.get('package.json')?.isExecutable).toBe(false);
  });

  it('accepts any single root folder, leading ./ and folder entries, as npm does', async () => {
    const files = await readTarball(
      tgzOf([
        { path: './', type: 'Directory' },
        { path: './my-agent/', type: 'Directory' },
        { path: './my-agent/SKILL.md', body: 'x' },
      ]),
    );
    expect([...files.keys()]).toEqual(['SKILL.md']);
  });

  it('reads names outside ASCII and names longer than a header', async () => {
    const long = `${'a'.repeat(120)}/${'b'.repeat(120)}.md`;
    const files = packageOf({ 'docs/größe-日本.md': 'x', [long]: 'y' });
    expect(await readTarball(await packFiles(files))).toEqual(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  it.each<[string, readonly TarEntry[], string]>([
    ['parent folders', [{ path: 'package/../../etc/passwd' }], 'path_traversal'],
    ['parent folders as the root', [{ path: '../evil.md' }], 'path_traversal'],
    ['parent folders in a pax header', [paxEntry('path', 'package/../../evil.md'), { path: 'package/ok.md' }], 'path_traversal'],
    ['absolute paths', [{ path: '/etc/cron.d/evil' }], 'path_absolute'],
    ['drive letters', [{ path: 'C:/Windows/evil.md' }], 'path_absolute'],
    ['drive letters below the root', [{ path: 'package/C:/evil.md' }], 'path_windows_unsafe'],
    ['backslashes', [{ path: 'package\\..\\evil.md' }], 'path_traversal'],
    ['symbolic links', [{ path: 'package/a', type: 'SymbolicLink', linkpath: '/etc/passwd' }], 'link_refused'],
    ['hard links', [{ path: 'package/a', type: 'Link', linkpath: 'package/package.json' }], 'link_refused'],
    ['links that claim to lead inside', [{ path: 'package/a', type: 'SymbolicLink', linkpath: './b' }], 'link_refused'],
    ['character devices', [{ path: 'package/tty', type: 'CharacterDevice' }], 'special_file_refused'],
    ['block devices', [{ path: 'package/sda', type: 'BlockDevice' }], 'special_file_refused'],
    ['pipes', [{ path: 'package/pipe', type: 'FIFO' }], 'special_file_refused'],
    ['Windows devices', [{ path: 'package/nul.md' }], 'path_windows_unsafe'],
    ['Windows devices as folders', [{ path: 'package/COM1/a.md' }], 'path_windows_unsafe'],
    ['NTFS streams', [{ path: 'package/a.md:hidden' }], 'path_windows_unsafe'],
    ['names ending in a dot', [{ path: 'package/a./b.md' }], 'path_windows_unsafe'],
    ['names ending in a space', [{ path: 'package/a.md ' }], 'path_windows_unsafe'],
    ['control characters', [{ path: 'package/a\u0001b.md' }], 'path_invalid'],
    ['escape sequences', [{ path: 'package/\u001b[31mred.md' }], 'path_invalid'],
    ['invisible characters in names', [{ path: 'package/a\u202Egnp.md' }], 'path_invalid'],
    ['names that are not UTF-8', [{ path: 'package/a\uFFFD.md' }], 'path_invalid'],
    ['case collisions', [{ path: 'package/README.md' }, { path: 'package/readme.md' }], 'path_case_collision'],
    ['case collisions of folders', [{ path: 'package/Docs/a.md' }, { path: 'package/docs/b.md' }], 'path_case_collision'],
    [
      'names that meet by Unicode case folding',
      [{ path: 'package/straße.md' }, { path: 'package/STRASSE.md' }],
      'path_case_collision',
    ],
    ['names that are not normalised', [{ path: 'package/e\u0301.md' }], 'path_not_normalized'],
    ['duplicate names', [{ path: 'package/a.md' }, { path: 'package/a.md' }], 'path_duplicate'],
    ['a file that is also a folder', [{ path: 'package/a' }, { path: 'package/a/b' }], 'path_duplicate'],
    ['a folder that is also a file', [{ path: 'package/a/b' }, { path: 'package/a' }], 'path_duplicate'],
    ['several roots', [{ path: 'other/a.md' }], 'root_folder_mixed'],
    ['files without a root', [{ path: 'a.md' }], 'root_folder_missing'],
    ['empty folder names', [{ path: 'package//a.md' }], 'path_invalid'],
    ['names too long for file systems', [paxEntry('path', `package/${'a'.repeat(256)}`), { path: 'package/x' }], 'path_too_long'],
  ])('refuses %s', async (_what, entries, code) => {
    expect(await refusalOf(tgzOf([GOOD, ...entries]))).toContain(code);
  });

  it('refuses a NUL that hides the end of a name', async () => {
    expect(await refusalOf(tgzOf([GOOD, paxEntry('path', 'package/a.md\0/../../evil'), { path: 'package/x' }]))).toEqual([
      'tarball_corrupt',
    ]);
  });

  it('names every fault of a package, not only the first', async () => {
    expect(await refusalOf(tgzOf([GOOD, { path: 'package/../a' }, { path: 'package/con' }]))).toEqual([
      'path_traversal',
      'path_windows_unsafe',
    ]);
  });

  it('refuses what is not gzip, not tar, doubly compressed, empty or cut off', async () => {
    const whole = tgzOf([GOOD]);
    expect(await refusalOf(Buffer.from('<html>not found</html>'))).toEqual(['tarball_not_gzip']);
    expect(await refusalOf(Buffer.alloc(0))).toEqual(['tarball_not_gzip']);
    expect(await refusalOf(tarOf([GOOD]))).toEqual(['tarball_not_gzip']);
    expect(await refusalOf(gzipSync('hello '.repeat(500)))).toEqual(['tarball_corrupt']);
    expect(await refusalOf(gzipSync(whole))).toEqual(['tarball_corrupt']);
    expect(await refusalOf(gzipSync(Buffer.alloc(1024)))).toEqual(['tarball_corrupt']);
    expect(await refusalOf(tgzOf([{ path: 'package/', type: 'Directory' }]))).toEqual(['package_empty']);
    expect(await refusalOf(whole.subarray(0, whole.length - 12))).toEqual(['tarball_truncated']);
    expect(await refusalOf(gzipSync(tarOf([{ path: 'package/a', body: 'x'.repeat(600) }]).subarray(0, 700)))).toEqual([
      'tarball_truncated',
    ]);
  });

  it('refuses a header that promises more than the archive holds', async () => {
    expect(await refusalOf(tgzOf([{ path: 'package/a', body: 'short', size: 40 * 1024 * 1024 }]))).toEqual(['tarball_truncated']);
    expect(await refusalOf(tgzOf([{ path: 'package/a', body: 'short', size: 60 * 1024 * 1024 }]))).toEqual([
      'unpacked_too_large',
    ]);
  });

  it('refuses bombs: one huge file, many files, many folders, blank archives, large tarballs', async () => {
    const bomb = gzipSync(
      Buffer.concat([
        tarOf([{ path: 'package/a', size: LIMITS.unpackedBytes }]).subarray(0, 512),
        Buffer.alloc(80 * 1024 * 1024),
      ]),
    );
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusalOf(bomb)).toEqual(['unpacked_too_large']);
    const many = Array.from({ length: LIMITS.packageFiles + 1 }, (_, index) => ({ path: `package/${index}.md` }));
    expect(await refusalOf(tgzOf(many))).toEqual(['too_many_files']);
    const folders = Array.from({ length: LIMITS.packageFiles * 2 + 1 }, (_, index) => ({
      path: `package/${index}/`,
      type: 'Directory' as const,
    }));
    expect(await refusalOf(tgzOf(folders))).toEqual(['too_many_files']);
    expect(await refusalOf(gzipSync(Buffer.alloc(100 * 1024 * 1024)))).toEqual(['unpacked_too_large']);
    expect(await refusalOf(Buffer.alloc(LIMITS.packedBytes + 1, 0x1f))).toEqual(['tarball_too_large']);
  });

  it('accepts exactly the limits', async () => {
    const many = Array.from({ length: LIMITS.packageFiles }, (_, index) => ({ path: `package/${index}.md` }));
    expect((await readTarball(tgzOf(many))).size).toBe(LIMITS.packageFiles);
  });

  it('escapes what a path could do to a terminal', async () => {
    const error = await readTarball(tgzOf([{ path: 'package/\u001b[2J.md' }])).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PackageError);
    expect((error as PackageError).message).not.toContain('\u001b');
  });

  it('answers any mutation with files or a PackageError', async () => {
    const archive = tarOf([
      GOOD,
      { path: 'package/agents/a.md', body: 'x'.repeat(700) },
      { path: 'package/docs/', type: 'Directory' },
    ]);
    const mutation = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(mutation, fc.nat(archive.length), async (changes, cut) => {
        const mutated = Buffer.from(archive);
        for (const [offset, value] of changes) mutated[offset] = value;
        await refusalOf(gzipSync(cut % 3 === 0 ? mutated.subarray(0, cut) : mutated, { level: 1 }));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any bytes after the gzip mark with a PackageError or files', async () => {
    const whole = tgzOf([GOOD]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), async (changes) => {
        const mutated = Buffer.from(whole);
        for (const [offset, value] of changes) mutated[offset] = value;
        await refusalOf(mutated);
      }),
      { numRuns: 300 },
    );
  });

  it('never lets a header write outside the root, whatever its path says', async () => {
    const segment = fc.oneof(
      fc.constantFrom('..', '.', '', 'package', 'a', 'A', 'con', 'C:', '\\', 'x:y'),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 5 }), async (segments) => {
        const path = segments.join('/').replaceAll('\0', '');
        if (path === '') return;
        const files = await readTarball(tgzOf([GOOD, paxEntry('path', path), { path: 'package/x', body: 'x' }])).catch(
          () => new Map(),
        );
        for (const key of files.keys()) {
          expect(key.split('/')).not.toContain('..');
          expect(key).not.toMatch(/^[/\\]|[\\:]|\/\//);
        }
      }),
      { numRuns: 300 },
    );
  });
});
