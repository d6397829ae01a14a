import { gzipSync } from 'node:zlib';
import { Header } from 'tar/header';
import { inspectPackage } from './inspect.ts';
import type { Inspection, PackageFile, PackageFiles } from './model.ts';

/** Builders for tests; nothing in the product imports this file. */
export interface FileSpec {
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly isExecutable?: boolean;
}

export function filesOf(specs: Readonly<Record<string, string | FileSpec>>): PackageFiles {
  return new Map(
    Object.entries(specs).map(([path, spec]): [string, PackageFile] => {
      const { text = '', bytes, isExecutable = false } = typeof spec === 'string' ? { text: spec } : spec;
      return [path, { bytes: bytes ?? Buffer.from(text), isExecutable }];
    }),
  );
}

/** A valid manifest; `agent` is merged into its agent block. */
export function manifestText({ agent = {}, ...fields }: Record<string, unknown> & { agent?: object } = {}): string {
  return JSON.stringify(
    {
      name: '@acme/review-board',
      version: '1.2.0',
      description: 'Reviews a change from three sides.',
      license: 'MIT',
      ...fields,
      agent: {
        displayName: 'Review Board',
        categories: ['documentation'],
        permissions: { capabilities: ['read', 'search'] },
        ...agent,
      },
    },
    null,
    2,
  );
}

export const SUBAGENT =
  '---\nname: reviewer\ndescription: Reviews a change.\ntools: Read, Grep\n---\n\nRead the change and report.\n';

const README = `# Review Board\n\n${'Reads a change and says what a careful colleague would say about it. '.repeat(6)}\n`;

/** A package without findings; `specs` adds files or replaces them. */
export function packageOf(specs: Readonly<Record<string, string | FileSpec>> = {}): PackageFiles {
  return filesOf({
    'package.json': manifestText(),
    'agents/reviewer.md': SUBAGENT,
    'README.md': README,
    LICENSE: 'MIT License',
    ...specs,
  });
}

/** `level code` of each finding. */
export function codesOf(inspection: Pick<Inspection, 'findings'>): string[] {
  return inspection.findings.map(({ level, code }) => `${level} ${code}`);
}

export function inspectWith(specs: Readonly<Record<string, string | FileSpec>>): Inspection {
  return inspectPackage(packageOf(specs));
}

export interface TarEntry {
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'BlockDevice' | 'FIFO' | 'ExtendedHeader';
  readonly linkpath?: string;
  readonly mode?: number;
  /** Written into the header in place of the body's length. */
  readonly size?: number;
}

/** An uncompressed archive made by hand, so that it can say things no packer would. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const body = Buffer.from(entry.body ?? '');
    const block = Buffer.alloc(512);
    new Header({
      path: entry.path,
      mode: entry.mode ?? 0o644,
      size: entry.size ?? body.length,
      type: entry.type ?? 'File',
      mtime: new Date(0),
      ...(entry.linkpath === undefined ? {} : { linkpath: entry.linkpath }),
    }).encode(block);
    return [block, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function tgzOf(entries: readonly TarEntry[]): Buffer {
  return gzipSync(tarOf(entries));
}

/** A pax header with one record, which the next entry takes over. */
export function paxEntry(key: string, value: string): TarEntry {
  const tail = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(tail) + 1;
  while (Buffer.byteLength(`${length}${tail}`) !== length) length += 1;
  return { path: 'PaxHeader/x', type: 'ExtendedHeader', body: `${length}${tail}` };
}
