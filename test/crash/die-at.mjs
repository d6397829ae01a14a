// Preloaded with `node --import`: ends the process with SIGKILL at the n-th change it makes to the disk.
//   DIE_AT=7 DIE_HOW=before   just before the seventh change
//   DIE_AT=7 DIE_HOW=torn     in the middle of it, when it writes bytes; else just after it
//   DIE_COUNT=/path           never dies; writes how many changes there were
// Wraps node:fs, so it works on the shipped bundle without a test hook inside it.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const dieAt = Number(process.env.DIE_AT ?? 0);
const isTorn = process.env.DIE_HOW === 'torn';
const countFile = process.env.DIE_COUNT;
const { writeFileSync } = fs;
let changes = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // nothing more happens while the signal arrives
}

/** True when this very change is the last one. */
function isLast() {
  changes += 1;
  if (changes !== dieAt) return false;
  if (!isTorn) die();
  return true;
}

const half = (data) => {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer ?? data, data.byteOffset, data.byteLength);
  return bytes.subarray(0, bytes.length >> 1);
};

/** Wraps one promise-returning change; `dataAt` is the position of the bytes it writes, if it writes any. */
function wrapAsync(object, name, dataAt) {
  const original = object[name];
  object[name] = async function (...args) {
    if (!isLast()) return original.apply(this, args);
    if (dataAt !== undefined) args[dataAt] = half(args[dataAt]);
    await original.apply(this, args);
    return die();
  };
}

function wrapSync(object, name, dataAt) {
  const original = object[name];
  object[name] = function (...args) {
    if (!isLast()) return original.apply(this, args);
    if (dataAt !== undefined) args[dataAt] = half(args[dataAt]);
    original.apply(this, args);
    return die();
  };
}

/** Callback form: dies after the call came back. */
function wrapCallback(object, name) {
  const original = object[name];
  object[name] = function (...args) {
    if (!isLast()) return original.apply(this, args);
    args[args.length - 1] = die;
    return original.apply(this, args);
  };
}

const opensForWriting = (flags) =>
  typeof flags === 'string' ? /[wa+]/.test(flags) : ((flags ?? 0) & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;

/** Opening for writing creates or truncates, so it counts; the handle's own writes count one by one. */
function wrapOpen() {
  const original = fs.promises.open;
  fs.promises.open = async (path, flags, mode) => {
    const isChange = opensForWriting(flags);
    const isEnd = isChange && isLast();
    const handle = await original(path, flags, mode);
    if (isEnd) die();
    if (isChange) {
      wrapAsync(handle, 'write', 0);
      wrapAsync(handle, 'writeFile', 0);
      wrapAsync(handle, 'appendFile', 0);
      wrapAsync(handle, 'truncate');
    }
    return handle;
  };
  const openSync = fs.openSync;
  fs.openSync = (path, flags, mode) => {
    const isEnd = opensForWriting(flags) && isLast();
    const descriptor = openSync(path, flags, mode);
    if (isEnd) die();
    return descriptor;
  };
}

const CHANGES = {
  writeFile: 1,
  appendFile: 1,
  rename: undefined,
  mkdir: undefined,
  rm: undefined,
  rmdir: undefined,
  unlink: undefined,
};
const RARE = { copyFile: undefined, cp: undefined, symlink: undefined, link: undefined, chmod: undefined, truncate: undefined };
for (const [name, dataAt] of Object.entries({ ...CHANGES, ...RARE, mkdtemp: undefined })) {
  wrapAsync(fs.promises, name, dataAt);
  wrapCallback(fs, name);
  wrapSync(fs, `${name}Sync`, dataAt);
}
wrapOpen();
syncBuiltinESMExports();

if (countFile !== undefined) process.on('exit', () => writeFileSync(countFile, String(changes)));
