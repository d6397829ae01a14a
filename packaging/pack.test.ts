import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { integrityOf, shasumOf } from './integrity.ts';
import { PackageError, type PackageFile } from './model.ts';
import { packDirectory, packFiles } from './pack.ts';
import { packFilter } from './pack-list.ts';
import { readTarball } from './read-tarball.ts';
import { codesOf, manifestText, SUBAGENT } from './testing.ts';

const folders: string[] = [];

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pack-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

const BASE = { 'package.json': manifestText(), 'agents/reviewer.md': SUBAGENT };

describe('packDirectory', () => {
  it('packs the author’s files with generated plugin manifests that agree with package.json', async () => {
    const packed = await packDirectory(
      await folderWith({
        ...BASE,
        'package.json': manifestText({
          author: 'Ada <ada@acme.dev> (https://acme.dev)',
          repository: { url: 'git+https://git.acme.dev/board.git' },
        }),
      }),
    );
    const files = await readTarball(packed.tarball);
    expect([...files.keys()]).toEqual(['.claude-plugin/plugin.json', 'agents/reviewer.md', 'package.json', 'plugin.json']);
    const claude: unknown = JSON.parse(Buffer.from(files.get('.claude-plugin/plugin.json')!.bytes).toString());
    expect(claude).toEqual({
      name: 'review-board',
      version: '1.2.0',
      description: 'Reviews a change from three sides.',
      author: { name: 'Ada', email: 'ada@acme.dev', url: 'https://acme.dev' },
      repository: 'https://git.acme.dev/board',
      license: 'MIT',
      displayName: 'Review Board',
    });
    const neutral = JSON.parse(Buffer.from(files.get('plugin.json')!.bytes).toString()) as Record<string, unknown>;
    expect(neutral).toMatchObject({
      $schema: 'https://agent-plugins.org/schemas/1.0.0/plugin.schema.json',
      name: 'review-board',
      version: '1.2.0',
    });
    expect(packed.integrity).toBe(integrityOf(packed.tarball));
    expect(packed.shasum).toBe(shasumOf(packed.tarball));
    expect(codesOf(packed.inspection).filter((code) => !code.startsWith('notice'))).toEqual([]);
  });

  it('keeps the author’s own manifests and refuses them when they contradict package.json', async () => {
    const own = JSON.stringify({ name: 'review-board', version: '9.9.9' });
    const packed = await packDirectory(await folderWith({ ...BASE, '.claude-plugin/plugin.json': own }));
    expect(Buffer.from(packed.files.get('.claude-plugin/plugin.json')!.bytes).toString()).toBe(own);
    expect(codesOf(packed.inspection)).toContain('refused manifest_contradiction');
  });

  it('leaves out what never belongs into a package', async () => {
    const folder = await folderWith({
      ...BASE,
      'node_modules/x/index.js': '',
      'skills/a/node_modules/y.js': '',
      '.git/config': '',
      '.DS_Store': '',
      '.npmrc': 'secret',
      '.env': 'A=1',
      '.env.local': 'A=1',
      'old-1.0.0.tgz': '',
      'package-lock.json': '{}',
    });
    expect([...(await packDirectory(folder)).files.keys()].sort()).toEqual([
      '.claude-plugin/plugin.json',
      'agents/reviewer.md',
      'package.json',
      'plugin.json',
    ]);
  });

  it('follows files and .npmignore like npm', async () => {
    const folder = await folderWith({
      ...BASE,
      'package.json': manifestText({ files: ['agents', 'skills/**/*.md'] }),
      'agents/draft.txt': '',
      'skills/a/SKILL.md': 'x',
      'skills/a/x.py': '',
      'notes.md': '',
      LICENSE: 'MIT',
      '.npmignore': 'draft.txt\n',
    });
    expect([...(await packDirectory(folder)).files.keys()].sort()).toEqual([
      '.claude-plugin/plugin.json',
      'LICENSE',
      'agents/reviewer.md',
      'package.json',
      'plugin.json',
      'skills/a/SKILL.md',
    ]);
  });

  it('refuses links by name', async () => {
    const folder = await folderWith(BASE);
    await symlink('/etc/passwd', join(folder, 'agents/evil.md'));
    const error = await packDirectory(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PackageError);
    expect((error as PackageError).findings).toMatchObject([{ code: 'link_refused', path: 'agents/evil.md' }]);
  });

  it('gives the same bytes for the same files, whatever their times, order and umask', async () => {
    const files = { ...BASE, 'skills/z/SKILL.md': 'z', 'skills/a/SKILL.md': 'a', 'run.sh': '#!/bin/sh\n' };
    const first = await folderWith(files);
    const second = await folderWith(Object.fromEntries(Object.entries(files).reverse()));
    await utimes(join(second, 'package.json'), 1, 1);
    await chmod(join(second, 'agents/reviewer.md'), 0o600);
    expect((await packDirectory(first)).integrity).toBe((await packDirectory(second)).integrity);
  });

  it('packs what inspection refuses too, so that validate can show why', async () => {
    const packed = await packDirectory(await folderWith({ 'SKILL.md': '---\nname: x\ndescription: y\n---\n' }));
    expect(packed.inspection.pkg).toBeUndefined();
    expect(codesOf(packed.inspection)).toContain('refused manifest_missing');
  });
});

describe('packFiles', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/).filter((text) => !/^(?:con|nul|prn|aux|(?:com|lpt)\d)$/.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((segments) => `${segments.join('/')}.md`);
  const file = fc.record({ bytes: fc.uint8Array({ maxLength: 1500 }), isExecutable: fc.boolean() });

  it('round-trips any files and does not depend on their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, file, { minKeys: 1, maxKeys: 8 }), async (record) => {
        const entries: [string, PackageFile][] = Object.entries(record).map(([key, { bytes, isExecutable }]) => [
          key,
          { bytes: Buffer.from(bytes), isExecutable },
        ]);
        const tarball = await packFiles(new Map(entries));
        expect(Buffer.compare(tarball, await packFiles(new Map(entries.toReversed())))).toBe(0);
        const read = await readTarball(tarball);
        expect(new Map([...read].sort())).toEqual(new Map(entries.sort()));
      }),
      { numRuns: 60 },
    );
  });
});

describe('packFilter', () => {
  it('anchors, negates and covers folders', () => {
    const isPacked = packFilter({ npmignore: '# notes\n*.log\n/build\n!keep.log\ndocs/' });
    expect(['a.log', 'x/b.log', 'build/a', 'docs/a.md'].map(isPacked)).toEqual([false, false, false, false]);
    expect(['keep.log', 'src/build/a', 'README.md'].map(isPacked)).toEqual([true, true, true]);
  });
});
