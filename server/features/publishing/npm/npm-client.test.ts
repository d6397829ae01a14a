import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentFiles } from '../../../testing/agent-tarball.ts';
import { startTestService, type TestService } from '../../../testing/test-service.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let service: TestService;
let home: string;
let token: string;

beforeAll(async () => {
  service = await startTestService();
  token = await service.signIn('ada');
  home = await mkdtemp(join(tmpdir(), 'coditect-npm-'));
  await writeFile(join(home, '.npmrc'), `//${new URL(service.url).host}/npm/:_authToken=${token}\n`);
});
afterAll(async () => {
  await service.close();
  await rm(home, { recursive: true, force: true });
});

/** The real npm client, with a home of its own: nothing of the machine's or the running script's npm settings gets in. */
function npm(folder: string, ...command: string[]): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_globalconfig: join(home, 'globalrc'),
    npm_config_cache: join(home, 'cache'),
    npm_config_registry: `${service.url}/npm/`,
    npm_config_update_notifier: 'false',
    npm_config_fetch_retries: '0',
  };
  return new Promise((resolve) => {
    execFile('npm', command, { cwd: folder, env, timeout: 60_000, shell: process.platform === 'win32' }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

async function packageFolder(name: string, version = '1.0.0'): Promise<string> {
  const folder = join(home, 'packages', `${name.replace('/', '-')}-${version}`);
  for (const [path, file] of agentFiles({ name, version })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), file.bytes);
  }
  return folder;
}

describe('the real npm client', () => {
  it('publishes, views, packs and installs', async () => {
    const folder = await packageFolder('@ada/tool');
    const published = await npm(folder, 'publish');
    expect(published.out, published.err).toContain('+ @ada/tool@1.0.0');

    const view = await npm(home, 'view', '@ada/tool', '--json');
    expect(JSON.parse(view.out)).toMatchObject({ name: '@ada/tool', version: '1.0.0', 'dist-tags': { latest: '1.0.0' } });

    const pack = await npm(home, 'pack', '@ada/tool');
    expect(pack.out.trim()).toBe('ada-tool-1.0.0.tgz');

    const project = join(home, 'project');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), '{"name":"project","private":true}');
    const install = await npm(project, 'install', '@ada/tool');
    expect(install.code, install.err).toBe(0);
    expect(install.err).not.toMatch(/warn/i);
    expect(await readFile(join(project, 'node_modules/@ada/tool/agents/helper.md'), 'utf8')).toContain('name: helper');
    const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity: string }>;
    };
    expect(lock.packages['node_modules/@ada/tool']?.integrity).toMatch(/^sha512-/);
  }, 120_000);

  it('prints our text when a version is there already', async () => {
    const folder = await packageFolder('@ada/twice');
    await npm(folder, 'publish');
    const again = await npm(folder, 'publish', '--force');
    expect(again.code).not.toBe(0);
    expect(again.err).toMatch(/409|previously published/);
    expect(again.err).toMatch(/already published|cannot publish over/);
  }, 60_000);

  it('prints who owns a foreign scope, and the file and line of a finding', async () => {
    const foreign = await npm(await packageFolder('@bob/tool'), 'publish');
    expect(foreign.err).toContain('@bob is not yours: ada owns @ada.');
    const folder = await packageFolder('@ada/broken');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ ...manifest, agent: { displayName: 'Broken', categories: ['no such'] } }, null, 2),
    );
    const refused = await npm(folder, 'publish');
    expect(refused.code).not.toBe(0);
    expect(refused.err).toMatch(/package\.json:\d+: /);
  }, 60_000);

  it('answers ping, whoami, dist-tag, deprecate, and refuses unpublish with the reason', async () => {
    await npm(await packageFolder('@ada/life'), 'publish');
    expect((await npm(home, 'whoami')).out.trim()).toBe('ada');
    expect((await npm(home, 'ping')).code).toBe(0);
    expect((await npm(home, 'dist-tag', 'add', '@ada/life@1.0.0', 'stable')).out).toContain('+stable');
    expect((await npm(home, 'dist-tag', 'ls', '@ada/life')).out).toContain('stable: 1.0.0');
    expect((await npm(home, 'deprecate', '@ada/life@1.0.0', 'old')).code).toBe(0);
    expect((await npm(home, 'view', '@ada/life', 'deprecated')).out.trim()).toBe('old');
    expect((await npm(home, 'unpublish', '@ada/life@1.0.0', '--force')).err).toContain('Published versions stay');
  }, 120_000);
});
