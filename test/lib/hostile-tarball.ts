import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import { type PackedSample, packSample } from './agents.ts';

/** The sample with one more entry of any kind, which no packer would write. */
export async function packWithEntry(
  name: string,
  entry: { path: string; type: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO'; body?: string; linkpath?: string },
): Promise<PackedSample> {
  const packed = await packSample({ name });
  const plain = gunzipSync(packed.tarball);
  const body = Buffer.from(entry.body ?? '');
  const block = Buffer.alloc(512);
  const header = new Header({
    path: entry.path,
    type: entry.type,
    size: body.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: new Date(0),
  });
  if (entry.type === 'SymbolicLink' || entry.type === 'Link') header.linkpath = entry.linkpath ?? '/etc/passwd';
  header.encode(block);
  const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
  const bytes = gzipSync(Buffer.concat([block, body, padding, plain]));
  return { ...packed, tarball: bytes, integrity: integrityOf(bytes), shasum: shasumOf(bytes) };
}
