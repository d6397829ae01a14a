import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  readonly port: number;
  /** Puts the real listener in the place of the one that only says "starting". */
  use(listener: RequestListener): void;
  /** Takes no new connections, lets running requests end until the deadline, then cuts. Resolves true when nothing was cut. */
  stop(deadlineMs: number): Promise<boolean>;
}

/** While the stores open: alive, not ready. */
const starting: RequestListener = (request, response) => {
  if (request.url === '/healthz') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok\n');
    return;
  }
  const problem = {
    type: '/api/docs#error-unavailable',
    title: 'The service is not ready.',
    status: 503,
    code: 'unavailable',
    detail: 'The service is still starting.',
  };
  response
    .writeHead(503, {
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '1',
      'cache-control': 'no-store',
    })
    .end(JSON.stringify({ ...problem, error: problem.detail }));
};

/** Listens on an address; rejects with Node's error (EADDRINUSE and its like). Port 0 takes a free one. */
export async function serve(host: string, port: number): Promise<HttpServer> {
  let listener = starting;
  let isStopping = false;
  const server = createServer(
    { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (isStopping) response.setHeader('connection', 'close');
      listener(request, response);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    use(next) {
      listener = next;
    },
    stop(deadlineMs) {
      isStopping = true;
      return drain(server, deadlineMs);
    },
  };
}

/** `close` alone would wait for every kept-alive connection. */
async function drain(server: Server, deadlineMs: number): Promise<boolean> {
  let isWhole = true;
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => {
    isWhole = false;
    server.closeAllConnections();
  }, deadlineMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearInterval(sweep);
  clearTimeout(cut);
  return isWhole;
}
