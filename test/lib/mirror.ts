import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Service } from './service.ts';

export interface Mirror {
  readonly url: string;
  close(): void;
}

/** Answers like the service, but with each body passed through `change`: a mirror that is broken or means ill. */
export async function startMirror(service: Service, change: (path: string, body: Buffer) => Buffer): Promise<Mirror> {
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' }; // the Host stays, so links lead back here
    const passed = request({ host: '127.0.0.1', port: service.port, path, method: incoming.method, headers }, async (answer) => {
      const body = change(path, Buffer.concat(await answer.toArray()));
      const { 'content-length': _, 'transfer-encoding': __, etag: ___, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': body.length }).end(body);
    });
    passed.once('error', () => outgoing.destroy());
    incoming.pipe(passed);
  };
  const server = createServer(forward).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
}
