import { connect, type Socket } from 'node:net';

/**
 * Load generator, a process of its own so that it does not share the service's event loop:
 *   node load.mjs '{"port":3900,"paths":["/healthz"],"connections":50,"seconds":5}'
 * Keeps one request in flight on each connection, cycles through the paths, prints one line of JSON.
 * Plain sockets: node:http's client costs more per request than the service does.
 */
export interface LoadRequest {
  readonly port: number;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** With a body the requests are POSTs of JSON; `{n}` becomes a number that no other request of this run has. */
  readonly body?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx. */
  readonly errors: number;
  readonly bytes: number;
}

/** Runs the load in this process and resolves when all connections are done. */
export async function generateLoad(load: LoadRequest): Promise<LoadResult> {
  const latencies: number[] = [];
  const counts = { errors: 0, bytes: 0, sent: 0 };
  const started = performance.now();
  const end = started + load.seconds * 1000;
  await Promise.all(Array.from({ length: load.connections }, () => drive(load, end, latencies, counts)));
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    errors: counts.errors,
    bytes: counts.bytes,
  };
}

interface Counts {
  errors: number;
  bytes: number;
  sent: number;
}

function drive(load: LoadRequest, end: number, latencies: number[], counts: Counts): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(load.port, '127.0.0.1').setNoDelay(true);
    let buffered: Buffer = Buffer.alloc(0);
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= end) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      writeRequest(socket, load, counts.sent++);
    };
    socket.once('connect', send).once('error', reject);
    socket.on('data', (chunk) => {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      const size = answerSize(buffered);
      if (size === undefined || buffered.length < size) return;
      latencies.push(performance.now() - sentAt);
      counts.bytes += size;
      if (buffered[9] !== 0x32) counts.errors += 1; // "HTTP/1.1 2.."
      buffered = buffered.subarray(size);
      send();
    });
    socket.once('close', () => resolve());
  });
}

function writeRequest(socket: Socket, load: LoadRequest, number: number): void {
  const path = load.paths[number % load.paths.length] ?? '/';
  const body = load.body?.replaceAll('{n}', String(number));
  const type = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  const extra = Object.entries(load.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const method = body === undefined ? 'GET' : 'POST';
  socket.write(`${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${load.port}\r\n${type}${extra.join('')}\r\n${body ?? ''}`);
}

/** Length of the first answer in the buffer, headers included; undefined while its headers or chunks are incomplete. */
function answerSize(buffer: Buffer): number | undefined {
  const headerEnd = buffer.indexOf('\r\n\r\n');
  if (headerEnd < 0) return undefined;
  const head = buffer.toString('latin1', 0, headerEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return headerEnd + 4 + Number(length);
  if (!/^transfer-encoding: *chunked/im.test(head)) return headerEnd + 4;
  const last = buffer.indexOf('0\r\n\r\n', headerEnd + 4);
  return last < 0 ? undefined : last + 5;
}

const given = process.argv[2];
if (given?.startsWith('{')) console.log(JSON.stringify(await generateLoad(JSON.parse(given) as LoadRequest)));
