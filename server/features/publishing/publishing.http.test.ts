import { createHash, createVerify } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../../contract/errors.ts';
import { type Packument, PackumentSchema, RegistryKeysSchema } from '../../../contract/npm.ts';
import { agentTarball, publishDocument } from '../../testing/agent-tarball.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';

let service: TestService;
let ada: string;

beforeAll(async () => {
  service = await startTestService();
  ada = await service.signIn('ada');
});
afterAll(() => service.close());

async function problemOf(response: Response): Promise<Problem & { error?: string }> {
  return (await response.json()) as Problem & { error?: string };
}

function put(name: string, document: unknown, token = ada): Promise<Response> {
  return service.request(`/npm/${encodeURIComponent(name)}`, { method: 'PUT', token, json: document });
}

async function packument(name: string): Promise<Packument> {
  const response = await service.request(`/npm/${name}`);
  expect(response.status).toBe(200);
  return PackumentSchema.parse(await response.json());
}

/** A tarball with entries of our making, for what no honest packer writes. */
function rawTarball(
  entries: readonly { path: string; body?: string; type?: 'File' | 'SymbolicLink'; linkpath?: string }[],
): Buffer {
  const blocks = entries.flatMap(({ path, body = '', type = 'File', linkpath }) => {
    const block = Buffer.alloc(512);
    new Header({
      path,
      size: body.length,
      type,
      mode: 0o644,
      mtime: new Date(0),
      ...(linkpath === undefined ? {} : { linkpath }),
    }).encode(block);
    return [block, Buffer.from(body), Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

describe('publishing over the npm protocol', () => {
  it('publishes under both spellings of the address and shows the version at once', async () => {
    expect((await service.publish(ada, { name: '@ada/first' })).status).toBe(201);
    const tarball = await agentTarball({ name: '@ada/second' });
    const response = await service.request('/npm/@ada/second', {
      method: 'PUT',
      token: ada,
      json: publishDocument(tarball, { name: '@ada/second' }),
    });
    expect(response.status).toBe(201);
    const document = await packument('@ada%2fsecond');
    expect(document['dist-tags']).toEqual({ latest: '1.0.0' });
    const { dist } = document.versions['1.0.0']!;
    const download = await fetch(dist.tarball);
    expect(download.headers.get('cache-control')).toContain('immutable');
    const bytes = Buffer.from(await download.arrayBuffer());
    expect(`sha512-${createHash('sha512').update(bytes).digest('base64')}`).toBe(dist.integrity);
    expect(bytes.equals(tarball)).toBe(true);
  });

  it('signs what it publishes with the key it names', async () => {
    await service.publish(ada, { name: '@ada/signed' });
    const { keys } = RegistryKeysSchema.parse(await (await service.request('/npm/-/npm/v1/keys')).json());
    const version = (await packument('@ada/signed')).versions['1.0.0']!;
    const [signature] = version.dist.signatures!;
    const key = keys.find((candidate) => candidate.keyid === signature!.keyid)!;
    const verify = createVerify('SHA256').update(`@ada/signed@1.0.0:${version.dist.integrity}`);
    const pem = `-----BEGIN PUBLIC KEY-----\n${key.key}\n-----END PUBLIC KEY-----`;
    expect(verify.verify(pem, signature!.sig, 'base64')).toBe(true);
  });

  it('refuses the same version again with 409 and a text that says what to do', async () => {
    await service.publish(ada, { name: '@ada/once' });
    const again = await service.publish(ada, { name: '@ada/once' });
    expect(again.status).toBe(409);
    const problem = await problemOf(again);
    expect(problem.code).toBe('version_exists');
    expect(problem.error).toBe(
      '@ada/once@1.0.0 is already published; versions cannot be replaced. Raise the version in package.json and publish again.',
    );
  });

  it('lets exactly one of ten racing publishes of one version win', async () => {
    const race = Array.from({ length: 10 }, (_, index) =>
      service.publish(ada, { name: '@ada/raced', files: { 'README.md': `# Try ${index}\n` } }),
    );
    const statuses = (await Promise.all(race)).map((response) => response.status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('keeps every version of racing publishes of different versions', async () => {
    const versions = Array.from({ length: 8 }, (_, index) => `1.${index}.0`);
    const answers = await Promise.all(versions.map((version) => service.publish(ada, { name: '@ada/many', version })));
    expect(answers.map((response) => response.status)).toEqual(versions.map(() => 201));
    expect(Object.keys((await packument('@ada/many')).versions).sort()).toEqual(versions);
  });

  it('refuses a scope of somebody else, and a publish without or with an unknown token', async () => {
    const bob = await service.signIn('bob');
    const foreign = await service.publish(bob, { name: '@ada/stolen' });
    expect(foreign.status).toBe(403);
    expect((await problemOf(foreign)).error).toBe('@ada is not yours: bob owns @bob.');
    expect((await service.publish('cdt_wrong', { name: '@ada/stolen' })).status).toBe(401);
    const anonymous = await service.request('/npm/@ada/stolen', { method: 'PUT', json: {} });
    expect(anonymous.status).toBe(401);
    expect((await service.request('/npm/@ada/stolen')).status).toBe(404);
  });

  it('refuses a tarball that lies about its hash', async () => {
    const other = await agentTarball({ name: '@ada/liar', files: { 'README.md': 'other' } });
    const tarball = await agentTarball({ name: '@ada/liar' });
    const integrity = `sha512-${createHash('sha512').update(other).digest('base64')}`;
    const response = await put('@ada/liar', publishDocument(tarball, { name: '@ada/liar', integrity }));
    expect(response.status).toBe(422);
    expect((await problemOf(response)).code).toBe('integrity_mismatch');
    const document = publishDocument(tarball, { name: '@ada/liar' });
    Object.values(document._attachments as Record<string, { length: number }>)[0]!.length = 5;
    expect((await problemOf(await put('@ada/liar', document))).code).toBe('integrity_mismatch');
    expect((await service.request('/npm/@ada/liar')).status).toBe(404);
  });

  it.each([
    ['path traversal', [{ path: 'package/../../evil.md', body: 'x' }], 'evil'],
    ['an absolute path', [{ path: '/etc/passwd', body: 'x' }], 'passwd'],
    ['a link', [{ path: 'package/link', type: 'SymbolicLink' as const, linkpath: '/etc/passwd' }], 'link'],
  ])('refuses a tarball with %s and says where', async (_, entries, where) => {
    const response = await put('@ada/evil', publishDocument(rawTarball(entries), { name: '@ada/evil' }));
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem.code).toBe('package_refused');
    expect(problem.findings!.length).toBeGreaterThan(0);
    expect(problem.error).toContain(where);
  });

  it('refuses a gzip bomb, a truncated tarball, and what is no tarball', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const whole = await agentTarball({ name: '@ada/broken' });
    for (const bytes of [bomb, whole.subarray(0, whole.length - 20), Buffer.from('hello'), Buffer.alloc(0)]) {
      const response = await put('@ada/broken', publishDocument(bytes, { name: '@ada/broken' }));
      expect(response.status).toBe(422);
      expect((await problemOf(response)).code).toBe('package_refused');
    }
  }, 30_000);

  it('refuses a manifest that contradicts the document', async () => {
    const tarball = await agentTarball({ name: '@ada/inner', version: '2.0.0' });
    const response = await put('@ada/outer', publishDocument(tarball, { name: '@ada/outer' }));
    expect(response.status).toBe(422);
    const codes = (await problemOf(response)).findings!.map((finding) => finding.code);
    expect(codes).toEqual(expect.arrayContaining(['name_mismatch', 'version_mismatch']));
  });

  it.each([
    ['no JSON', 'not json', 'invalid_json'],
    ['an empty body', '', 'invalid_json'],
    ['an array', '[]', 'invalid_request'],
    ['another package', JSON.stringify({ name: '@ada/else' }), 'invalid_request'],
    ['no tarball and no versions', JSON.stringify({ name: '@ada/bad' }), 'invalid_request'],
    [
      'bad base64',
      JSON.stringify({
        name: '@ada/bad',
        versions: { '1.0.0': { name: '@ada/bad', version: '1.0.0' } },
        _attachments: { a: { data: '%%%' } },
      }),
      'invalid_request',
    ],
  ])('answers 400 to %s', async (_, body, code) => {
    const response = await service.request('/npm/@ada%2fbad', {
      method: 'PUT',
      token: ada,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).code).toBe(code);
  });

  it('answers 413 to a body of 20 MB, plain and gzipped', async () => {
    const big = Buffer.alloc(20 * 1024 * 1024, 0x20);
    const headers = { 'content-type': 'application/json' };
    const plain = await service.request('/npm/@ada%2fbig', { method: 'PUT', token: ada, body: big, headers });
    expect(plain.status).toBe(413);
    expect((await problemOf(plain)).code).toBe('payload_too_large');
    const zipped = await service.request('/npm/@ada%2fbig', {
      method: 'PUT',
      token: ada,
      body: gzipSync(big),
      headers: { ...headers, 'content-encoding': 'gzip' },
    });
    expect(zipped.status).toBe(413);
  }, 20_000);
});

describe('reading over the npm protocol', () => {
  it('answers the install form only with what an install needs, and 304 to what the client has', async () => {
    await service.publish(ada, { name: '@ada/forms' });
    const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*';
    for (const round of ['made', 'kept ready']) {
      const response = await service.request('/npm/@ada%2fforms', { headers: { accept } });
      expect(response.headers.get('content-type'), round).toContain('application/vnd.npm.install-v1+json');
      expect(response.headers.get('x-request-id')).toBeTruthy();
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const body = (await response.json()) as Packument;
      expect(body.time).toBeUndefined();
      expect(body.versions['1.0.0']).not.toHaveProperty('agent');
      const etag = response.headers.get('etag')!;
      const again = await service.request('/npm/@ada%2fforms', { headers: { accept, 'if-none-match': etag } });
      expect(again.status).toBe(304);
    }
    expect(Object.keys((await packument('@ada%2fforms')).time!)).toEqual(['created', 'modified', '1.0.0']);
  });

  it('shows a new version, a tag and a deprecation although the packument was kept ready', async () => {
    await service.publish(ada, { name: '@ada/fresh' });
    await packument('@ada/fresh');
    await packument('@ada/fresh');
    await service.publish(ada, { name: '@ada/fresh', version: '1.1.0', tag: 'next' });
    expect((await packument('@ada/fresh'))['dist-tags']).toEqual({ latest: '1.0.0', next: '1.1.0' });
    const tags = '/npm/-/package/@ada%2ffresh/dist-tags';
    expect((await service.request(`${tags}/latest`, { method: 'PUT', token: ada, json: '1.1.0' })).status).toBe(200);
    expect((await service.request(`${tags}/next`, { method: 'DELETE', token: ada })).status).toBe(200);
    expect(await (await service.request(tags)).json()).toEqual({ latest: '1.1.0' });
    const document = await packument('@ada/fresh');
    document.versions['1.0.0']!.deprecated = 'use 1.1.0';
    expect((await put('@ada/fresh', document)).status).toBe(200);
    expect((await packument('@ada/fresh')).versions['1.0.0']!.deprecated).toBe('use 1.1.0');
    document.versions['1.0.0']!.deprecated = '';
    await put('@ada/fresh', document);
    expect((await packument('@ada/fresh')).versions['1.0.0']).not.toHaveProperty('deprecated');
  });

  it('answers single versions by number and by tag', async () => {
    await service.publish(ada, { name: '@ada/single' });
    for (const path of ['/npm/@ada/single/1.0.0', '/npm/@ada%2fsingle/latest', '/npm/@ada/single/latest']) {
      expect(await (await service.request(path)).json()).toMatchObject({ name: '@ada/single', version: '1.0.0' });
    }
    const missing = await service.request('/npm/@ada/single/9.9.9');
    expect((await problemOf(missing)).code).toBe('version_not_found');
    expect((await service.request('/npm/@ada/single/constructor')).status).toBe(404);
  });

  it('answers 404 with an npm error to unknown packages, tarballs and paths', async () => {
    for (const path of [
      '/npm/lodash',
      '/npm/@ada/nothing',
      '/npm/@ada/single/-/single-9.9.9.tgz',
      '/npm/@ada/single/-/x',
      '/npm/-/unknown',
    ]) {
      const response = await service.request(path);
      expect(response.status, path).toBe(404);
      expect((await problemOf(response)).error, path).toBeTruthy();
    }
  });

  it('refuses tags that read as versions, and moving a tag to a version that is not there', async () => {
    await service.publish(ada, { name: '@ada/tags' });
    const tags = '/npm/-/package/@ada%2ftags/dist-tags';
    expect((await service.request(`${tags}/1.0`, { method: 'PUT', token: ada, json: '1.0.0' })).status).toBe(400);
    expect((await service.request(`${tags}/beta`, { method: 'PUT', token: ada, json: '2.0.0' })).status).toBe(404);
    expect((await service.request(`${tags}/latest`, { method: 'DELETE', token: ada })).status).toBe(400);
    const bob = await service.signIn('bob');
    expect((await service.request(`${tags}/beta`, { method: 'PUT', token: bob, json: '1.0.0' })).status).toBe(403);
  });
});

describe('what a publisher sees', () => {
  it('lists own agents with review state and findings', async () => {
    const eve = await service.signIn('eve');
    await service.publish(eve, { name: '@eve/mine' });
    await service.publish(eve, { name: '@eve/mine', version: '1.1.0' });
    const { items } = (await (await service.request('/api/v1/me/agents', { token: eve })).json()) as { items: unknown[] };
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      name: '@eve/mine',
      displayName: 'Helper',
      latestVersion: '1.1.0',
      versions: [
        { version: '1.1.0', distTags: ['latest'] },
        { version: '1.0.0', distTags: [], changes: '- First of its kind.' },
      ],
    });
  });
});
