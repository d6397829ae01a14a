import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Problem, ProblemSchema } from '../contract/errors.ts';
import { startTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = ProblemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

/** A request with a Host header of our choice, which fetch does not allow. */
function rawPost(path: string, headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> {
  const { port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('the HTTP edge', () => {
  it('is alive and ready', async () => {
    expect(await (await service.request('/healthz')).text()).toBe('ok\n');
    expect(await (await service.request('/readyz')).text()).toBe('ready\n');
  });

  it('gives every answer a request id and the security headers, and keeps a harmless id of the caller', async () => {
    const response = await service.request('/healthz', { headers: { 'x-request-id': 'trace-12345' } });
    expect(response.headers.get('x-request-id')).toBe('trace-12345');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-powered-by')).toBeNull();
    const foreign = await service.request('/nowhere', { headers: { 'x-request-id': 'a"b\tc d' } });
    const problem = await problemOf(foreign);
    expect(problem.requestId).toBe(foreign.headers.get('x-request-id'));
    expect(problem.requestId).not.toContain('"');
  });

  it('answers 404 to unknown paths and 405 with Allow to unknown methods', async () => {
    expect((await problemOf(await service.request('/api/v1/nowhere'))).code).toBe('not_found');
    const response = await service.request('/api/v1/me/tokens', { method: 'PUT' });
    expect((await problemOf(response)).code).toBe('method_not_allowed');
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    const dev = await service.request('/api/v1/auth/dev');
    expect(dev.status).toBe(405);
    expect(dev.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['malformed JSON', '{"name": "ada"', 'application/json', 400, 'invalid_json'],
    ['an empty body', '', 'application/json', 400, 'invalid_json'],
    ['another type', 'name=ada', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['a wrong shape', '{"name": 7}', 'application/json', 400, 'invalid_request'],
    ['a name that is none', '{"name": "../etc"}', 'application/json', 400, 'invalid_request'],
    ['null', 'null', 'application/json', 400, 'invalid_request'],
  ])('refuses %s', async (_, body, type, status, code) => {
    const response = await service.request('/api/v1/auth/dev', { method: 'POST', body, headers: { 'content-type': type } });
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });

  it('names the field of a malformed request', async () => {
    const problem = await problemOf(await service.request('/api/v1/auth/dev', { method: 'POST', json: { name: 'UPPER' } }));
    expect(problem.issues).toEqual([{ path: 'body.name', message: 'use lowercase letters, digits and single hyphens' }]);
  });

  it('refuses 20 MB, and 20 MB that hide in a small gzip body', async () => {
    const big = Buffer.alloc(20 * 1024 * 1024, 0x20);
    const headers = { 'content-type': 'application/json' };
    const plain = await service.request('/api/v1/auth/dev', { method: 'POST', body: big, headers });
    expect((await problemOf(plain)).code).toBe('payload_too_large');
    const hidden = await service.request('/api/v1/auth/dev', {
      method: 'POST',
      body: gzipSync(big),
      headers: { ...headers, 'content-encoding': 'gzip' },
    });
    expect((await problemOf(hidden)).code).toBe('payload_too_large');
  });

  it('refuses a big body that does not say its size, while it is still coming', async () => {
    const { port } = new URL(service.url);
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/api/v1/auth/dev', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      for (let part = 0; part < 20; part += 1) request.write(Buffer.alloc(1024 * 1024, 0x20));
      request.end();
    });
    expect(status).toBe(413);
  });

  it('reads compressed bodies, and refuses broken and unknown compression', async () => {
    const body = gzipSync(JSON.stringify({ name: 'zoe' }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await service.request('/api/v1/auth/dev', { method: 'POST', body, headers })).status).toBe(200);
    const broken = await service.request('/api/v1/auth/dev', { method: 'POST', body: Buffer.from('no gzip'), headers });
    expect((await problemOf(broken)).code).toBe('invalid_request');
    const unknown = { ...headers, 'content-encoding': 'lzma' };
    const foreign = await service.request('/api/v1/auth/dev', { method: 'POST', body, headers: unknown });
    expect((await problemOf(foreign)).code).toBe('unsupported_media_type');
  });

  it('answers 400 to broken percent-encoding', async () => {
    const { port } = new URL(service.url);
    const status = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET /api/v1/agents/%ZZ/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text.split('\r\n', 1)[0] ?? ''));
    });
    expect(status).toBe('HTTP/1.1 400 Bad Request');
  });

  it('shows no stack and no inner text of an unexpected error', async () => {
    const broken = await startTestService();
    await broken.stores.close();
    const response = await broken.request('/npm/@ada/x');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/sqlite|database|\.ts|at /i);
    expect((await broken.request('/readyz')).status).toBe(503);
    await broken.close().catch(() => {});
  });

  it('counts requests by route in the metrics', async () => {
    await service.request('/api/v1/auth/methods');
    const text = await (await service.request('/metrics')).text();
    expect(text).toMatch(/coditect_http_requests_total\{route="listSignInMethods",status="200"\} \d/);
  });
});

describe('accounts', () => {
  it('signs in, shows who that is, lists and revokes tokens', async () => {
    const token = await service.signIn('grace');
    const me = await (await service.request('/api/v1/me', { token })).json();
    expect(me).toMatchObject({ user: { name: 'grace', scopes: ['@grace'] }, token: { scopes: ['read', 'publish'] } });
    const second = await service.signIn('grace');
    const { items } = (await (await service.request('/api/v1/me/tokens', { token })).json()) as { items: { id: string }[] };
    expect(items).toHaveLength(2);
    const secondMe = (await (await service.request('/api/v1/me', { token: second })).json()) as { token: { id: string } };
    expect((await service.request(`/api/v1/me/tokens/${secondMe.token.id}`, { method: 'DELETE', token })).status).toBe(204);
    expect((await service.request('/api/v1/me', { token: second })).status).toBe(401);
    expect((await service.request(`/api/v1/me/tokens/${secondMe.token.id}`, { method: 'DELETE', token })).status).toBe(404);
    expect((await service.request('/api/v1/me', { token })).status).toBe(200);
  });

  it('does not let one account revoke a token of another', async () => {
    const mallory = await service.signIn('mallory');
    const victim = await service.signIn('victim');
    const { token } = (await (await service.request('/api/v1/me', { token: victim })).json()) as { token: { id: string } };
    expect((await service.request(`/api/v1/me/tokens/${token.id}`, { method: 'DELETE', token: mallory })).status).toBe(404);
    expect((await service.request('/api/v1/me', { token: victim })).status).toBe(200);
  });

  it('takes a token as Bearer and as the password of Basic, and challenges without one', async () => {
    const token = await service.signIn('basil');
    const basic = Buffer.from(`basil:${token}`).toString('base64');
    expect((await service.request('/npm/-/whoami', { headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
    const anonymous = await service.request('/api/v1/me');
    expect(anonymous.headers.get('www-authenticate')).toContain('Bearer');
    expect((await problemOf(anonymous)).code).toBe('unauthenticated');
  });

  it('refuses reserved names', async () => {
    for (const name of ['coditect', 'admin', 'npm', 'staff']) {
      const response = await service.request('/api/v1/auth/dev', { method: 'POST', json: { name } });
      expect((await problemOf(response)).code, name).toBe('forbidden');
    }
  });

  it('signs nobody in for a page under a name that was rebound to this machine', async () => {
    const body = JSON.stringify({ name: 'ada' });
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    const { port } = new URL(service.url);
    expect((await rawPost('/api/v1/auth/dev', { ...headers, host: 'evil.example:80' }, body)).status).toBe(403);
    expect((await rawPost('/api/v1/auth/dev', { ...headers, host: '127.0.0.1.evil.example' }, body)).status).toBe(403);
    expect((await rawPost('/api/v1/auth/dev', { ...headers, origin: 'https://evil.example' }, body)).status).toBe(403);
    expect((await rawPost('/api/v1/auth/dev', { ...headers, host: `localhost:${port}` }, body)).status).toBe(200);
  });

  it('offers no development sign-in when it is switched off', async () => {
    const closed = await startTestService({ env: { DEV_SIGNIN: 'false' } });
    expect(await (await closed.request('/api/v1/auth/methods')).json()).toEqual({ methods: [] });
    const response = await closed.request('/api/v1/auth/dev', { method: 'POST', json: { name: 'ada' } });
    expect((await problemOf(response)).code).toBe('dev_signin_disabled');
    await closed.close();
  });
});

describe('limits', () => {
  it('answers 429 with Retry-After by account first, by address for the rest, on both lanes', async () => {
    const limited = await startTestService({ env: { RATE_LIMIT_PER_MINUTE: '8', RATE_LIMIT_LOOPBACK: 'true' } });
    const token = await limited.signIn('ada');
    await limited.publish(token, { name: '@ada/helper' });
    await limited.request('/npm/@ada/helper');
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) statuses.push((await limited.request('/npm/@ada/helper')).status);
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect(statuses.at(-1)).toBe(429);
    const refused = await limited.request('/api/v1/auth/methods');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problemOf(refused)).code).toBe('rate_limited');
    expect((await limited.request('/npm/@ada/helper', { token })).status).toBe(200);
    await limited.close();
  });

  it('throttles sign-ins', async () => {
    const limited = await startTestService({ env: { SIGNIN_LIMIT_PER_MINUTE: '3' } });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      statuses.push((await limited.request('/api/v1/auth/dev', { method: 'POST', json: { name: 'ada' } })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await limited.close();
  });
});
