import type { Finding } from '../../contract/findings.ts';
import { LIMITS } from '../../contract/limits.ts';
import { isRecord } from '../json-source.ts';
import type { PackageFile } from '../model.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const ICON_MIN = 128;
const ICON_MAX = 2048;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Width and height of a PNG from its IHDR, undefined when the bytes are not a PNG. */
function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const isPng = bytes.length >= 33 && startsWith(bytes, PNG) && Buffer.from(bytes.subarray(12, 16)).toString('latin1') === 'IHDR';
  if (!isPng) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function isPicture(bytes: Uint8Array): boolean {
  const isWebp =
    Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF' &&
    Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP';
  return pngSize(bytes) !== undefined || startsWith(bytes, JPEG) || isWebp;
}

function iconProblem(file: PackageFile): string | undefined {
  const size = pngSize(file.bytes);
  if (size === undefined) return 'is not a PNG file';
  if (size.width !== size.height) return `is ${size.width} x ${size.height}; it must be square`;
  if (size.width < ICON_MIN || size.width > ICON_MAX)
    return `is ${size.width} pixels wide; ${ICON_MIN} to ${ICON_MAX} are allowed`;
  return undefined;
}

function pictureFinding(
  subject: CheckSubject,
  path: string,
  keys: (string | number)[],
  problemOf: (file: PackageFile) => string | undefined,
): Finding[] {
  const clean = path.replace(/^\.\//, '');
  const file = subject.files.get(clean);
  const field = keys.slice(1).join('.');
  if (file === undefined) {
    const line = subject.manifest.source?.lineOf(['agent', ...keys.slice(1)]) ?? 1;
    return [
      findingAt(
        'refused',
        'manifest_contradicts_files',
        { path: 'package.json', line },
        { message: `agent.${field} names ${path}, which is not in the package.` },
      ),
    ];
  }
  const problem = file.bytes.length > LIMITS.iconBytes ? `is larger than ${LIMITS.iconBytes / 1024 / 1024} MiB` : problemOf(file);
  return problem === undefined
    ? []
    : [findingAt('refused', 'picture_invalid', { path: clean }, { message: `${clean} ${problem}.` })];
}

/** Icon and screenshots exist, are what they claim to be and stay within size. */
export const picturesCheck: Check = {
  name: 'pictures',
  run(subject) {
    const agent = isRecord(subject.manifest.raw.agent) ? subject.manifest.raw.agent : {};
    const icon = typeof agent.icon === 'string' ? pictureFinding(subject, agent.icon, ['agent', 'icon'], iconProblem) : [];
    const listed = Array.isArray(agent.screenshots) ? agent.screenshots : [];
    const shots = listed.flatMap((path: unknown, index) =>
      typeof path === 'string'
        ? pictureFinding(subject, path, ['agent', 'screenshots', index], (file) =>
            isPicture(file.bytes) ? undefined : 'is not a PNG, JPEG or WebP picture',
          )
        : [],
    );
    return [...icon, ...shots];
  },
};
