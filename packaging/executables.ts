import type { PackageFile } from './model.ts';
import type { Subject } from './subject.ts';

const MAGICS: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0xfe, 0xed, 0xfa, 0xce], // Mach-O 32
  [0xfe, 0xed, 0xfa, 0xcf], // Mach-O 64
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe], // Mach-O universal, Java class
  [0x00, 0x61, 0x73, 0x6d], // WebAssembly
];
const SCRIPT =
  /\.(?:sh|bash|zsh|fish|ps1|psm1|bat|cmd|exe|com|msi|vbs|wsf|scpt|applescript|py|rb|pl|php|lua|[cm]?js|[cm]?ts|jar)$/i;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

/** A native binary by its first bytes: ELF, Mach-O, PE, WebAssembly, Java class. */
export function isBinaryProgram(file: PackageFile): boolean {
  const { bytes } = file;
  if (MAGICS.some((magic) => startsWith(bytes, magic))) return true;
  // `MZ` alone is two letters; a PE file also is not text.
  return startsWith(bytes, [0x4d, 0x5a]) && bytes.subarray(0, 512).includes(0);
}

function hasShebang(file: PackageFile): boolean {
  return startsWith(file.bytes, [0x23, 0x21]);
}

/** True for files that are source text of a program, by extension or shebang. */
export function isScript(path: string, file: PackageFile): boolean {
  return SCRIPT.test(path) || hasShebang(file);
}

/** Why a file counts as executable; undefined when it does not. */
export function executableReason(subject: Subject, path: string, file: PackageFile): string | undefined {
  if (isBinaryProgram(file)) return 'is a program';
  if (file.isExecutable) return 'has the executable bit';
  if (hasShebang(file)) return 'starts with #!';
  const user = [...subject.hooks, ...subject.mcpServers].find((component) => component.files.includes(path) && SCRIPT.test(path));
  if (user !== undefined)
    return user.kind === 'hook' ? `is run by a ${user.event} hook` : `is run by the MCP server ${user.name}`;
  return undefined;
}

/** Paths of everything in the package that runs, sorted. */
export function findExecutables(subject: Subject): string[] {
  return [...subject.files]
    .filter(([path, file]) => executableReason(subject, path, file) !== undefined)
    .map(([path]) => path)
    .sort();
}

/** Files whose text is a program: executables and scripts by extension, as [path, text], sorted. Binaries are left out. */
export function programTexts(subject: Subject): [string, string][] {
  const running = new Set(findExecutables(subject));
  return [...subject.files]
    .filter(([path, file]) => running.has(path) || isScript(path, file))
    .flatMap(([path]): [string, string][] => {
      const text = subject.text(path);
      return text === undefined ? [] : [[path, text]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
