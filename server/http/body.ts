import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { DomainError } from '../domain/errors.ts';

/** How much of a refused body is still read, so that the caller gets the answer instead of a reset connection. */
const DRAIN_BYTES = 64 * 1024 * 1024;

/**
 * Reads and inflates a request body. `limitBytes` holds for the inflated size, so a small bomb ends as early as a big upload.
 * Throws payload_too_large, unsupported_media_type (unknown Content-Encoding), invalid_request (broken compression, caller gone).
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limitBytes) {
    await drain(request, declared);
    throw tooLarge(limitBytes);
  }
  const { source, decoder } = inflated(request);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    if (request.errored === null) await drain(request, 0);
    throw new DomainError('invalid_request', { detail: 'The body could not be read to its end.', cause });
  } finally {
    decoder?.destroy();
  }
  if (size <= limitBytes) return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
  await drain(request, 0);
  throw tooLarge(limitBytes);
}

function tooLarge(limitBytes: number): DomainError {
  return new DomainError('payload_too_large', {
    detail: `At most ${limitBytes} bytes are taken here.`,
    headers: { connection: 'close' },
  });
}

function inflated(request: IncomingMessage): { source: AsyncIterable<unknown>; decoder?: Readable } {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  // Leaving the loop early must not destroy the request: its socket still carries our answer.
  if (encoding === 'identity') return { source: request.iterator({ destroyOnReturn: false }) };
  const make = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[encoding];
  if (make === undefined) {
    throw new DomainError('unsupported_media_type', { detail: `Content-Encoding ${encoding.slice(0, 40)} is not supported.` });
  }
  const decoder = make();
  request.on('error', (error) => decoder.destroy(error));
  request.on('close', () => {
    if (!request.complete) decoder.destroy(new Error('aborted'));
  });
  request.pipe(decoder);
  return { source: decoder, decoder };
}

/** Reads on without keeping anything, up to a bound. */
async function drain(request: IncomingMessage, declared: number): Promise<void> {
  request.unpipe();
  if (declared > DRAIN_BYTES || request.complete || request.destroyed) return;
  let rest = DRAIN_BYTES;
  await new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      rest -= chunk.length;
      if (rest < 0) resolve();
    });
    request.once('end', resolve);
    request.once('close', resolve);
    request.resume();
  });
}

/** Parses JSON text of a body. Throws invalid_json with the parser's position, never with body text. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const detail = position === undefined ? 'The JSON ends too early.' : `The JSON is broken at character ${position}.`;
    throw new DomainError('invalid_json', { detail: body.length === 0 ? 'The body is empty.' : detail, cause });
  }
}
