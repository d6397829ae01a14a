import { createHash, createVerify } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, writeSample } from '../lib/agents.ts';
import { type RunResult, run } from '../lib/run.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';

const NAME = '@ada/line-counter';

describe('the real npm client', () => {
  let service: Service;
  let home = '';
  let folder = '';
  let registry = '';

  beforeAll(async () => {
    service = await startService({ env: { SEED_DIR: '' } });
    registry = `${service.url}/npm/`;
    const token = await signIn(service.url, 'ada');
    home = makeTempFolder('npm');
    folder = join(home, 'line-counter');
    writeSample(folder, { name: NAME });
    const host = registry.slice('http:'.length);
    writeFileSync(
      join(home, '.npmrc'),
      `registry=${registry}\n${host}:_authToken=${token}\nupdate-notifier=false\nfund=false\naudit=false\n`,
    );
  });
  afterAll(async () => {
    await service?.dispose();
    removeTempFolder(home);
  });

  /** npm with a home of its own: no setting of the machine's user, and none of the npm that runs this test, reaches it. */
  function npm(args: readonly string[], cwd = folder, userconfig = join(home, '.npmrc')): Promise<RunResult> {
    const inherited = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
    const cleared = Object.fromEntries(inherited.map((name) => [name, undefined]));
    const own = { HOME: home, npm_config_userconfig: userconfig, npm_config_cache: join(home, 'cache') };
    return run('npm', args, { cwd, env: { ...cleared, ...own } });
  }

  it('pings the registry', async () => {
    const result = await npm(['ping']);
    expect(result.stderr).toMatch(/PONG/i);
    expect(result.code).toBe(0);
  });

  it('says who the token belongs to', async () => {
    const result = await npm(['whoami']);
    expect(result.stdout.trim()).toBe('ada');
  });

  it('publishes with a token', async () => {
    const result = await npm(['publish', '--json']);
    expect(result.stderr).not.toMatch(/npm error/);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain(`"id": "${NAME}@1.0.0"`);
  });

  it('views what was published', async () => {
    const result = await npm(['view', NAME, '--json']);
    const view = JSON.parse(result.stdout) as Record<string, unknown>;
    expect(view).toMatchObject({ name: NAME, version: '1.0.0', license: 'MIT', 'dist-tags': { latest: '1.0.0' } });
  });

  it('refuses the same version again with 409 and says why', async () => {
    writeFileSync(join(folder, 'README.md'), '# Line Counter\n\nOther words.\n');
    const result = await npm(['publish']);
    expect(result.code).not.toBe(0);
    // npm itself looks at the packument first and stops; the answer of the service is asked for in test/crash/bad-input.test.ts
    expect(result.stderr).toMatch(/previously published|409|already published/i);
  });

  it('refuses a publish without a token', async () => {
    const bare = join(home, 'bare.npmrc');
    writeFileSync(bare, `registry=${registry}\n`);
    const result = await npm(['publish'], folder, bare);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(/ENEEDAUTH|E401/);
  });

  it('publishes a second version under another tag, and moves the tag', async () => {
    writeSample(folder, { name: NAME, version: '1.1.0' });
    expect((await npm(['publish', '--tag', 'beta'])).code).toBe(0);
    const before = await npm(['dist-tag', 'ls', NAME]);
    expect(before.stdout.trim().split('\n').sort()).toEqual(['beta: 1.1.0', 'latest: 1.0.0']);
    expect((await npm(['dist-tag', 'add', `${NAME}@1.1.0`, 'latest'])).code).toBe(0);
    expect((await npm(['dist-tag', 'rm', NAME, 'beta'])).code).toBe(0);
    const after = await npm(['dist-tag', 'ls', NAME]);
    expect(after.stdout.trim()).toBe('latest: 1.1.0');
  });

  it('packs the very bytes that the packument promises', async () => {
    const target = join(home, 'packed');
    mkdirSync(target);
    const result = await npm(['pack', `${NAME}@1.0.0`, '--json'], target);
    const [packed] = Object.values(JSON.parse(result.stdout) as Record<string, { filename: string; integrity: string }>);
    const bytes = readFileSync(join(target, packed?.filename ?? ''));
    const view = await npm(['view', `${NAME}@1.0.0`, 'dist.integrity']);
    expect(`sha512-${createHash('sha512').update(bytes).digest('base64')}`).toBe(view.stdout.trim());
  });

  it('installs the result', async () => {
    const project = join(home, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"name":"project","version":"1.0.0","private":true}\n');
    const result = await npm(['install', NAME], project);
    expect(result.stderr).not.toMatch(/npm error/);
    expect(readFileSync(join(project, 'node_modules', NAME, 'agents/line-counter.md'), 'utf8')).toContain('version 1.1.0');
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity: string }>;
    };
    expect(lock.packages[`node_modules/${NAME}`]?.integrity).toMatch(/^sha512-/);
  });

  // `npm audit signatures` itself fetches sigstore's root from the internet even for a registry of one's own
  it('finds a valid registry signature, checked as npm audit signatures does', async () => {
    const view = await npm(['view', NAME, '--json', 'name', 'version', 'dist']);
    const { version, dist } = JSON.parse(view.stdout) as {
      version: string;
      dist: { integrity: string; signatures: { keyid: string; sig: string }[] };
    };
    const answer = await fetch(`${registry}-/npm/v1/keys`);
    const { keys } = (await answer.json()) as { keys: { keyid: string; key: string }[] };
    const [signature] = dist.signatures;
    const key = keys.find((each) => each.keyid === signature?.keyid)?.key ?? '';
    const pem = `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`;
    const verify = createVerify('SHA256').update(`${NAME}@${version}:${dist.integrity}`);
    expect(verify.verify(pem, signature?.sig ?? '', 'base64')).toBe(true);
  });

  it('deprecates a version, and says so at the next install', async () => {
    const done = await npm(['deprecate', `${NAME}@1.0.0`, 'use 1.1.0']);
    expect(done.stderr).not.toMatch(/npm error/);
    const view = await npm(['view', `${NAME}@1.0.0`, 'deprecated']);
    expect(view.stdout.trim()).toBe('use 1.1.0');
    expect((await npm(['view', `${NAME}@1.1.0`, 'deprecated'])).stdout.trim()).toBe('');
  });

  it('finds it by search', async () => {
    const result = await npm(['search', 'line-counter', '--json']);
    expect((JSON.parse(result.stdout) as { name: string }[]).map((hit) => hit.name)).toContain(NAME);
  });

  it('is told which finding refused a package', async () => {
    const broken = join(home, 'broken');
    writeSample(broken, {
      name: '@ada/broken',
      files: { 'agents/broken.md': 'no front matter\n' },
      manifest: { agent: { displayName: 'Broken', categories: ['Nowhere'] } },
    });
    const result = await npm(['publish'], broken);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(/422|refused/i);
    expect(result.stderr).toMatch(/categor/i);
    expect((await npm(['view', '@ada/broken'])).stderr).toMatch(/E404/);
  });
});
