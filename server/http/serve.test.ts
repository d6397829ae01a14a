import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Agent, get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { serve } from './serve.ts';

describe('the HTTP server', () => {
  it('is alive but not ready until the real listener is put in', async () => {
    const server = await serve('127.0.0.1', 0);
    const url = `http://127.0.0.1:${server.port}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const early = await fetch(`${url}/npm/x`);
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await early.json()).toMatchObject({ code: 'unavailable' });
    server.use((_request, response) => response.end('real'));
    expect(await (await fetch(`${url}/npm/x`)).text()).toBe('real');
    expect(await server.stop(1_000)).toBe(true);
  });

  it('lets a running request end while it stops, and closes kept-alive connections', async () => {
    const server = await serve('127.0.0.1', 0);
    const agent = new Agent({ keepAlive: true });
    const arrived = new Promise<ServerResponse>((resolve) => {
      server.use((request, response) => {
        if (request.url === '/slow') resolve(response);
        else response.end('fast');
      });
    });
    const idle = get({ port: server.port, path: '/fast', agent });
    (await once(idle, 'response'))[0].resume();
    const slow = get({ port: server.port, path: '/slow' });
    const answered = once(slow, 'response');
    const response = await arrived;
    const stopped = server.stop(5_000);
    response.end('done');
    expect((await answered)[0].statusCode).toBe(200);
    expect(await stopped).toBe(true);
    agent.destroy();
  });

  it('cuts what runs longer than the deadline', async () => {
    const server = await serve('127.0.0.1', 0);
    const arrived = new Promise<void>((resolve) => {
      server.use(() => resolve());
    });
    const request = get({ port: server.port, path: '/' });
    const broken = once(request, 'error');
    await arrived;
    expect(await server.stop(50)).toBe(false);
    expect((await broken)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('rejects when the port is taken', async () => {
    const server = await serve('127.0.0.1', 0);
    await expect(serve('127.0.0.1', server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.stop(0);
  });
});
