import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmPath, packSample, publish, signIn } from '../lib/agents.ts';
import { type CliPlace, runCli } from '../lib/cli.ts';
import { packWithEntry } from '../lib/hostile-tarball.ts';
import { type Mirror, startMirror } from '../lib/mirror.ts';
import { freePort, type RunResult } from '../lib/run.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { diffTrees, readTree } from '../lib/tree.ts';

const AGENT = '@ada/line-counter';

describe('downloads that cannot be trusted', () => {
  let base = '';
  let service: Service;
  let mirror: Mirror | undefined;

  beforeAll(async () => {
    base = makeTempFolder('bad-download');
    service = await startService({ env: { SEED_DIR: '' } });
    const token = await signIn(service.url, 'ada');
    expect((await publish(service.url, token, await packSample({ name: AGENT }))).status).toBeLessThan(300);
  });
  afterAll(async () => {
    await service?.dispose();
    removeTempFolder(base);
  });

  /** `add` in a fresh workspace and home; says what it changed there. */
  async function add(serviceUrl: string, name: string): Promise<{ result: RunResult; changed: string[]; place: CliPlace }> {
    const place = { workspace: join(base, name, 'workspace'), home: join(base, name, 'home'), serviceUrl };
    for (const folder of [place.workspace, place.home]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(place.workspace, 'mine.txt'), 'mine\n');
    const before = readTree(place.workspace);
    const result = await runCli(place, ['add', AGENT, '--host', 'claude-code', '--yes']);
    return { result, changed: diffTrees(before, readTree(place.workspace)), place };
  }

  it('refuses a tarball that was changed on its way, keeps nothing of it, and takes the right one afterwards', async () => {
    let isBroken = true;
    mirror = await startMirror(service, (path, body) => {
      if (isBroken && path.endsWith('.tgz')) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
      return body;
    });
    const { result, changed, place } = await add(mirror.url, 'flipped');
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(/integrity_mismatch|does not match its checksum/);
    expect(changed).toEqual([]);
    isBroken = false;
    expect((await runCli(place, ['add', AGENT, '--host', 'claude-code', '--yes'])).code).toBe(0);
    mirror.close();
  });

  it('refuses a mirror that swaps tarball and checksum: the signature does not fit', async () => {
    const other = await packSample({ name: AGENT, files: { 'README.md': '# Another package\n' } });
    mirror = await startMirror(service, (path, body) => {
      if (path.endsWith('.tgz')) return Buffer.from(other.tarball);
      if (!path.startsWith(npmPath(AGENT)) && !path.startsWith(`/npm/${AGENT}`)) return body;
      return Buffer.from(body.toString().replaceAll(/sha512-[A-Za-z0-9+/]{86}==/g, other.integrity));
    });
    const { result, changed } = await add(mirror.url, 'swapped');
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(/signature/);
    expect(changed).toEqual([]);
    mirror.close();
  });

  it('refuses a registry without signatures whose tarball leads outside the workspace', async () => {
    const hostile = await packWithEntry(AGENT, { path: 'package/../../../outside.txt', type: 'File', body: 'out' });
    mirror = await startMirror(service, (path, body) => {
      if (path.endsWith('.tgz')) return Buffer.from(hostile.tarball);
      if (path.endsWith('/keys')) return Buffer.from('{"keys":[]}');
      if (!path.startsWith('/npm/')) return body;
      const packument = body.toString().replaceAll(/sha512-[A-Za-z0-9+/]{86}==/g, hostile.integrity);
      return Buffer.from(packument.replaceAll(/"signatures":\[[^\]]*\]/g, '"signatures":[]'));
    });
    const { result, changed } = await add(mirror.url, 'hostile');
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(/package_refused/);
    expect(changed).toEqual([]);
    expect([...readTree(base).keys()].filter((path) => path.includes('outside'))).toEqual([]);
    mirror.close();
  });

  it('says which address does not answer, with an exit code of its own', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { result, changed } = await add(url, 'down');
    expect(result.code).toBe(6);
    expect(result.stderr).toContain(url.slice('http://'.length));
    expect(changed).toEqual([]);
  });
});
