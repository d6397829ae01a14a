import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import { npmPath, packSample, publish, signIn } from '../lib/agents.ts';
import { packWithEntry } from '../lib/hostile-tarball.ts';
import type { Problem } from '../lib/problem.ts';
import { type Service, startService } from '../lib/service.ts';

const MIB = 1024 * 1024;

describe('bad input over HTTP', () => {
  let service: Service;
  let token = '';

  beforeAll(async () => {
    service = await startService({ env: { SEED_DIR: '' } });
    token = await signIn(service.url, 'ada');
  });
  afterAll(() => service?.dispose());

  /** Sends a body and gives the problem answer; the service must be ready for others right after. */
  async function send(method: string, path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Problem> {
    const answer = await fetch(service.url + path, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    });
    const problem = (await answer.json()) as Problem;
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.[jt]s:\d+|node:internal/); // no stack
    return { ...problem, status: answer.status };
  }

  it('answers 413 to a publish of 20 MB', async () => {
    const problem = await send('PUT', npmPath('@ada/huge'), 'x'.repeat(20 * MIB));
    expect(problem).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it('answers 413 to 20 MB of events', async () => {
    const problem = await send('POST', '/v1/batch', JSON.stringify({ batch: ['x'.repeat(20 * MIB)] }));
    expect(problem).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it('answers 413 to a small compressed body that inflates to 200 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MIB));
    const problem = await send('POST', '/v1/batch', bomb as unknown as BodyInit, { 'content-encoding': 'gzip' });
    expect(problem).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it('answers 400 to a body that is no JSON, and to JSON of another shape', async () => {
    expect(await send('PUT', npmPath('@ada/odd'), '{"name": ')).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await send('POST', '/v1/batch', '[1,2')).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await send('POST', '/v1/batch', '{"batch": 7}')).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await send('POST', '/api/v1/auth/dev', '{"name": {"$gt": ""}}')).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
  });

  it('refuses a tarball that does not match its hash', async () => {
    const packed = await packSample({ name: '@ada/liar' });
    const other = await packSample({ name: '@ada/liar', files: { 'README.md': '# Other\n' } });
    const lies = [{ integrity: other.integrity }, { shasum: other.shasum }];
    for (const lie of lies) {
      const answer = await publish(service.url, token, packed, lie);
      expect(await answer.json()).toMatchObject({ status: 422, code: 'integrity_mismatch' });
    }
    expect((await fetch(`${service.url}${npmPath('@ada/liar')}`)).status).toBe(404);
  });

  const traversals = [
    'package/../../outside.txt',
    '/etc/outside.txt',
    'package/agents/../../../outside.txt',
    'package\\..\\outside.txt',
  ];
  for (const path of traversals) {
    it(`refuses a tarball with the path ${path}`, async () => {
      const packed = await packWithEntry('@ada/traversal', { path, type: 'File', body: 'out' });
      const answer = await publish(service.url, token, packed);
      const problem = (await answer.json()) as Problem;
      expect(problem).toMatchObject({ status: 422, code: 'package_refused' });
      expect(problem.findings?.[0]?.code).toMatch(/^path_(traversal|absolute)$/);
      expect((await fetch(`${service.url}${npmPath('@ada/traversal')}`)).status).toBe(404);
    });
  }

  for (const type of ['SymbolicLink', 'Link', 'CharacterDevice', 'FIFO'] as const) {
    it(`refuses a tarball with a ${type}`, async () => {
      const packed = await packWithEntry('@ada/linked', { path: 'package/agents/link.md', type });
      const answer = await publish(service.url, token, packed);
      const problem = (await answer.json()) as Problem;
      expect(problem).toMatchObject({ status: 422, code: 'package_refused' });
      expect(problem.findings?.[0]?.code).toMatch(/^(link|special_file)_refused$/);
    });
  }

  it('refuses a truncated tarball and bytes that are none', async () => {
    const packed = await packSample({ name: '@ada/torn' });
    for (const bytes of [packed.tarball.slice(0, packed.tarball.length >> 1), Buffer.from('not a tarball')]) {
      const torn = { ...packed, tarball: bytes, integrity: integrityOf(bytes), shasum: shasumOf(bytes) };
      const answer = await publish(service.url, token, torn);
      expect(await answer.json()).toMatchObject({ status: 422, code: 'package_refused' });
    }
  });

  it('refuses a publish under somebody else’s scope', async () => {
    await signIn(service.url, 'grace');
    const answer = await publish(service.url, token, await packSample({ name: '@grace/taken' }));
    expect(await answer.json()).toMatchObject({ status: 403, code: 'scope_taken' });
  });

  it('answers 409 with a clear text to other bytes for a published version', async () => {
    const first = await publish(service.url, token, await packSample({ name: '@ada/twice' }));
    expect(first.status).toBeLessThan(300);
    const answer = await publish(service.url, token, await packSample({ name: '@ada/twice', files: { 'README.md': '# New\n' } }));
    const problem = (await answer.json()) as Problem & { error?: string };
    expect(problem).toMatchObject({ status: 409, code: 'version_exists' });
    expect(`${problem.title} ${problem.detail}`).toMatch(/already published|1\.0\.0/);
  });
});
