import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstallErrorCode } from './errors.ts';
import { InstallError } from './errors.ts';
import { MemoryWorkspace } from './test-support/memory-workspace.ts';
import { LOUD_FILES, packTestPackage, QUIET_FILES } from './test-support/packages.ts';
import { TestRegistry } from './test-support/registry.ts';
import { TestWorkspace } from './test-support/workspace.ts';

const AGENT = '@acme/review-board';
const RULE = '.claude/rules/style.md';
let registry: TestRegistry;
let workspace: MemoryWorkspace;

beforeEach(async () => {
  registry = new TestRegistry();
  workspace = new MemoryWorkspace(registry);
  await registry.publish();
});

async function codeOf(call: Promise<unknown>): Promise<InstallErrorCode | 'none'> {
  return call.then(
    () => 'none',
    (error: unknown) => (error instanceof InstallError ? error.code : Promise.reject(error)),
  );
}

async function install(version?: string, onConflict?: 'keep' | 'replace') {
  const engine = workspace.engine();
  const request = {
    agent: AGENT,
    hosts: ['claude-code'] as const,
    ...(version ? { version } : {}),
    ...(onConflict ? { onConflict } : {}),
  };
  return engine.apply(await engine.planInstall(request));
}

describe('files the user owns', () => {
  it('stops at a file that is there already, and keeps or replaces it as told', async () => {
    workspace.put(RULE, 'my own rule\n');
    const before = workspace.tree();
    const plan = await workspace.engine().planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(plan.files.filter((file) => file.action === 'conflict')).toMatchObject([
      { path: RULE, conflict: { reason: 'unmanaged' } },
    ]);
    expect(await codeOf(workspace.engine().apply(plan))).toBe('conflict');
    expect(workspace.tree()).toEqual(before);
    await install(undefined, 'keep');
    expect(workspace.read(RULE)).toBe('my own rule\n');
    await workspace.engine().remove(AGENT);
    expect(workspace.tree()).toEqual(before);
    await install(undefined, 'replace');
    expect(workspace.read(RULE)).toBe(QUIET_FILES['rules/style.md']);
  });

  it('leaves an edited file at removal and says so', async () => {
    await install();
    workspace.put(RULE, 'changed\n');
    expect((await workspace.engine().verify())[0]?.files.filter((file) => file.state !== 'ok')).toEqual([
      { path: RULE, state: 'edited' },
    ]);
    const removed = await workspace.engine().remove(AGENT);
    expect(removed.left).toEqual([{ path: RULE, why: 'edited' }]);
    expect(workspace.read(RULE)).toBe('changed\n');
    expect(workspace.read('agents.lock.json')).toBeUndefined();
  });

  it('leaves a file that had the very bytes before the install', async () => {
    workspace.put(RULE, QUIET_FILES['rules/style.md'] ?? '');
    const before = workspace.tree();
    await install();
    expect((await workspace.engine().remove(AGENT)).left).toEqual([{ path: RULE, why: 'preexisting' }]);
    expect(workspace.tree()).toEqual(before);
  });

  it('does not overwrite an edit at an update, and asks again only for what changed', async () => {
    await install();
    workspace.put(RULE, 'changed\n');
    await registry.publish({ version: '1.1.0', files: { ...QUIET_FILES, 'rules/style.md': 'New.\n' } });
    expect(await codeOf(install('1.1.0'))).toBe('conflict');
    await install('1.1.0', 'keep');
    expect(workspace.read(RULE)).toBe('changed\n');
    expect((await install('1.1.0')).kind).toBe('unchanged');
    await registry.publish({ version: '1.2.0', files: QUIET_FILES });
    await install('1.2.0', 'replace');
    expect(workspace.read(RULE)).toBe(QUIET_FILES['rules/style.md']);
  });

  it('refuses a plan whose workspace changed meanwhile', async () => {
    const engine = workspace.engine();
    const plan = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    workspace.put(RULE, 'came meanwhile\n');
    expect(await codeOf(engine.apply(plan))).toBe('plan_stale');
    expect(workspace.read(RULE)).toBe('came meanwhile\n');
  });

  it('does not touch settings that cannot be read', async () => {
    await registry.publish({ version: '2.0.0', files: LOUD_FILES });
    workspace.put('.mcp.json', '{ "mcpServers": { broken');
    workspace.put('.claude/settings.json', '{ "hooks": [] }');
    const before = workspace.tree();
    const plan = await workspace.engine().planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(plan.files.find((file) => file.path === '.mcp.json')?.conflict).toEqual({ reason: 'invalid_json', canReplace: false });
    expect(await codeOf(install())).toBe('conflict');
    expect(workspace.tree()).toEqual(before);
    await install(undefined, 'keep');
    expect(workspace.read('.mcp.json')).toBe('{ "mcpServers": { broken');
    expect(workspace.read('.claude/settings.json')).toBe('{ "hooks": [] }');
  });

  it('keeps a hook that was edited from coming back twice', async () => {
    await registry.publish({ version: '2.0.0', files: LOUD_FILES });
    await install();
    workspace.put(
      '.claude/settings.json',
      (workspace.read('.claude/settings.json') ?? '').replace('"timeout": 10', '"timeout": 99'),
    );
    expect(await codeOf(install())).toBe('conflict');
    await install(undefined, 'keep');
    expect(workspace.read('.claude/settings.json')?.match(/check\.mjs/g)).toHaveLength(1);
  });

  it('lets two agents share a file, and stops when they disagree', async () => {
    await install();
    await registry.publish({ name: '@acme/same', files: { 'rules/style.md': QUIET_FILES['rules/style.md'] ?? '' } });
    await registry.publish({ name: '@acme/other', files: { 'rules/style.md': 'Other.\n' } });
    const engine = workspace.engine();
    await engine.apply(await engine.planInstall({ agent: '@acme/same', hosts: ['claude-code'] }));
    const other = await engine.planInstall({ agent: '@acme/other', hosts: ['claude-code'], onConflict: 'replace' });
    expect(other.files[0]?.conflict).toMatchObject({ reason: 'other_agent', canReplace: false });
    await engine.remove(AGENT);
    expect(workspace.read(RULE)).toBe(QUIET_FILES['rules/style.md']);
    await engine.remove('@acme/same');
    expect(workspace.read(RULE)).toBeUndefined();
  });
});

describe('comparing', () => {
  it('shows mine and theirs of a planned and of an installed path', async () => {
    await registry.publish({ version: '2.0.0', files: { ...QUIET_FILES, ...LOUD_FILES } });
    workspace.put('.mcp.json', '{ "mcpServers": {} }');
    const engine = workspace.engine();
    const plan = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(await engine.compare(plan, RULE)).toEqual({ path: RULE, theirs: QUIET_FILES['rules/style.md'] });
    const settings = await engine.compare(plan, '.mcp.json');
    expect(settings.mine).toBe('{ "mcpServers": {} }');
    expect(settings.theirs).toContain('"notes"');
    await engine.apply(plan);
    workspace.put(RULE, 'mine\n');
    const edited = await engine.compareInstalled(AGENT, RULE);
    expect(edited).toEqual({ path: RULE, mine: 'mine\n', theirs: QUIET_FILES['rules/style.md'] });
  });
});

describe('lockfile', () => {
  it('restores a clone byte for byte, without changing the lockfile', async () => {
    await registry.publish({ version: '2.0.0', files: { ...QUIET_FILES, ...LOUD_FILES } });
    await install();
    const clone = new MemoryWorkspace(registry);
    clone.put('agents.lock.json', workspace.read('agents.lock.json') ?? '');
    const plans = await clone.engine().planRestore();
    expect(plans).toHaveLength(1);
    expect(plans[0]?.needsConsent).toBe(true);
    for (const plan of plans) await clone.engine().apply(plan);
    expect(clone.tree()).toEqual(workspace.tree());
  });

  it.each([
    ['broken JSON', '{', 'lockfile_invalid'],
    ['a newer format', '{"lockVersion":2,"agents":{}}', 'lockfile_too_new'],
    ['a path outside the hosts’ folders', lockWith('src/app.ts'), 'lockfile_invalid'],
    ['a path that climbs', lockWith('.claude/rules/../../x.md'), 'lockfile_invalid'],
    ['a git hook', lockWith('.git/hooks/pre-commit'), 'lockfile_invalid'],
  ])('refuses %s and touches nothing', async (_, text, code) => {
    workspace.put('agents.lock.json', text);
    workspace.put('src/app.ts', 'x');
    const before = workspace.tree();
    expect(await codeOf(workspace.engine().list())).toBe(code);
    expect(await codeOf(install())).toBe(code);
    expect(await codeOf(workspace.engine().remove(AGENT))).toBe(code);
    expect(workspace.tree()).toEqual(before);
  });
});

function lockWith(path: string): string {
  const file = { path, kind: 'file', sha256: 'a'.repeat(64), hosts: ['claude-code'] };
  const agent = {
    version: '1.0.0',
    integrity: `sha512-${'A'.repeat(86)}==`,
    resolved: '/npm/x',
    hosts: ['claude-code'],
    consents: [],
    files: [file],
  };
  return JSON.stringify({ lockVersion: 1, folders: [], agents: { [AGENT]: agent } });
}

describe('download and signature', () => {
  it('refuses a tarball that lies about its hash', async () => {
    registry.corruptTarball = await packTestPackage({ version: '9.9.9' });
    expect(await codeOf(install())).toBe('integrity_mismatch');
    expect(workspace.tree()).toEqual({ '.keep': expect.any(String) });
  });

  it('pins the keys: a missing, a wrong and a new signature are refused', async () => {
    await install();
    registry.isSigning = false;
    await registry.publish({ version: '1.1.0', files: { ...QUIET_FILES, 'rules/style.md': 'x\n' } });
    expect(await codeOf(install('1.1.0'))).toBe('signature_missing');
    registry.isSigning = true;
    registry.rotateKey();
    expect(await codeOf(install('1.1.0'))).toBe('signature_key_changed');
    const plan = await workspace
      .engine()
      .planInstall({ agent: AGENT, version: '1.1.0', hosts: ['claude-code'], trustNewKeys: true });
    expect(plan.signature).toBe('verified');
    expect((await install('1.1.0')).kind).toBe('updated');
  });

  it('installs from the cache when the service is away, and says so', async () => {
    const engine = workspace.engine();
    await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    const asked = registry.requests.length;
    const plan = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'], isOffline: true });
    expect(registry.requests).toHaveLength(asked);
    expect(plan).toMatchObject({ source: 'cache', signature: 'verified' });
    expect((await engine.apply(plan)).kind).toBe('installed');
    expect(await codeOf(engine.planInstall({ agent: '@acme/unknown', hosts: ['claude-code'], isOffline: true }))).toBe(
      'offline_miss',
    );
  });

  it('downloads once: the second install only asks whether something changed', async () => {
    await install();
    const asked = registry.requests.length;
    await workspace.engine().remove(AGENT);
    await install();
    expect(registry.requests.slice(asked)).toEqual([`/npm/${AGENT}`]);
  });

  it.each([
    [401, 'forbidden'],
    [404, 'agent_not_found'],
    [500, 'unexpected_answer'],
  ] as const)('answers %i with %s', async (status, code) => {
    registry.failWith = status;
    expect(await codeOf(install())).toBe(code);
  });

  it('resolves ranges, and names the versions when there is none', async () => {
    await registry.publish({ version: '1.4.0' });
    await registry.publish({ version: '2.0.0' });
    const plan = await workspace.engine().planInstall({ agent: AGENT, version: '^1.0.0', hosts: ['claude-code'] });
    expect(plan.version).toBe('1.4.0');
    await install('1.4.0');
    expect(await workspace.engine().outdated()).toEqual([{ agent: AGENT, version: '1.4.0', latest: '2.0.0' }]);
    registry.deprecate(AGENT, '1.4.0', 'use 2');
    expect((await workspace.engine().outdated())[0]?.deprecation).toBe('use 2');
    const error = await workspace
      .engine()
      .planInstall({ agent: AGENT, version: '7', hosts: ['claude-code'] })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'version_not_found', details: { versions: ['2.0.0', '1.4.0', '1.0.0'] } });
  });

  it('refuses a package that is not what its name says', async () => {
    registry.publishTarball('@acme/fake', '1.0.0', await packTestPackage());
    expect(await codeOf(workspace.engine().planInstall({ agent: '@acme/fake', hosts: ['claude-code'] }))).toBe('package_refused');
  });
});

describe('the real disk', () => {
  let disk: TestWorkspace;
  beforeEach(() => {
    disk = new TestWorkspace();
  });
  afterEach(() => disk.dispose());
  const engineOf = () => disk.engine('http://registry.test', { fetch: registry.httpGet });
  const plan = () => engineOf().planInstall({ agent: AGENT, hosts: ['claude-code'] });

  it('refuses a link that leads out of the workspace, and a target that is a link', async () => {
    disk.write('../outside/keep', '');
    symlinkSync('../outside', `${disk.root}/.claude`);
    expect(await codeOf(plan())).toBe('unsafe_path');
    disk.remove('.claude');
    disk.write('.claude/rules/x', '');
    symlinkSync('../../src.md', `${disk.root}/${RULE}`);
    expect(await codeOf(plan())).toBe('unsafe_path');
  });

  it('refuses a lockfile that is a link', async () => {
    disk.write('../outside.json', '{}');
    symlinkSync('../outside.json', `${disk.root}/agents.lock.json`);
    expect(await codeOf(engineOf().list())).toBe('unsafe_path');
  });

  it('refuses a neighbour that differs only in case', async () => {
    disk.write('.claude/rules/STYLE.md', 'mine\n');
    expect(await codeOf(plan())).toBe('unsafe_path');
  });

  it('is busy while another living process holds the lock, and takes a dead one’s over', async () => {
    const ready = await plan();
    disk.write('.coditect/lock', JSON.stringify({ pid: process.ppid, startedAt: '' }));
    expect(await codeOf(engineOf().apply(ready))).toBe('workspace_busy');
    disk.write('.coditect/lock', JSON.stringify({ pid: 4_000_000, startedAt: '1' }));
    expect((await engineOf().apply(ready)).kind).toBe('installed');
    expect(Object.keys(disk.tree()).filter((path) => path.startsWith('.coditect'))).toEqual([]);
  });

  it('lets one of two installs at the same time win and tells the other', async () => {
    const ready = await plan();
    const results = await Promise.all([codeOf(engineOf().apply(ready)), codeOf(engineOf().apply(ready))]);
    expect(results.sort()).toEqual(['none', expect.stringMatching(/workspace_busy|plan_stale/)]);
    expect((await engineOf().verify())[0]?.isClean).toBe(true);
  });

  it('ignores a journal that a clone brought along when it names foreign paths', async () => {
    const step = { path: '../outside/keep', beforeSha256: null, afterSha256: null };
    disk.write(
      '.coditect/txn/journal.json',
      JSON.stringify({ version: 1, agents: [], steps: [step], newFolders: [], emptiedFolders: [] }),
    );
    expect(await codeOf(engineOf().list())).toBe('undo_failed');
  });
});
