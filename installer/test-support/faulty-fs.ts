import type { FileSystem } from '../ports.ts';

/** Stands for `kill -9`: from this call on nothing of the process happens any more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export type Fault =
  /** The call does not happen, nor does anything after it. */
  | { readonly kind: 'kill'; readonly at: number }
  /** A write gets half its bytes to the disk; any other call happens; then nothing more. */
  | { readonly kind: 'torn'; readonly at: number }
  /** This call, and only this one, fails. */
  | { readonly kind: 'fail'; readonly at: number; readonly code: string }
  /** The disk is full from this call on: writes fail, removals work. */
  | { readonly kind: 'full'; readonly at: number };

const WRITES = new Set(['writeFile', 'appendFile', 'mkdir']);
const CHANGES = new Set([...WRITES, 'rename', 'unlink', 'rmdir']);

/** Wraps a file system and breaks it at the n-th call (counted from 1). `calls` says how many there were, `changes` which of them wrote. */
export function faultyFs(
  real: FileSystem,
  fault?: Fault,
): { readonly fs: FileSystem; readonly calls: string[]; readonly changes: number[] } {
  const calls: string[] = [];
  const changes: number[] = [];
  let isDead = false;
  const wrap =
    (name: keyof FileSystem) =>
    async (...args: unknown[]): Promise<unknown> => {
      if (isDead) throw new Killed();
      calls.push(`${name} ${String(args[0])}`);
      const number = calls.length;
      if (CHANGES.has(name)) changes.push(number);
      const call = real[name] as (...given: unknown[]) => Promise<unknown>;
      if (fault === undefined) return call.apply(real, args);
      if (fault.kind === 'full' && number >= fault.at && WRITES.has(name)) throw errno('ENOSPC', args[0]);
      if (number !== fault.at || fault.kind === 'full') return call.apply(real, args);
      if (fault.kind === 'fail') throw errno(fault.code, args[0]);
      isDead = true;
      if (fault.kind === 'torn') {
        if (name === 'writeFile')
          args[1] = Buffer.from(args[1] as string).subarray(0, Buffer.from(args[1] as string).length >> 1);
        await call.apply(real, args);
      }
      throw new Killed();
    };
  const names: (keyof FileSystem)[] = [
    'readFile',
    'writeFile',
    'appendFile',
    'rename',
    'unlink',
    'mkdir',
    'rmdir',
    'readdir',
    'lstat',
    'realpath',
    'syncDirectory',
  ];
  const fs = Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as FileSystem;
  return { fs, calls, changes };
}

function errno(code: string, path: unknown): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${String(path)}`), { code, path: String(path) });
}
