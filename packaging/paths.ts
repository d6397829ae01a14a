const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;
const MAX_SEGMENT_BYTES = 255;
const MAX_PATH_BYTES = 480;

export interface PathProblem {
  readonly code: string;
  readonly message: string;
}

function hasControlCharacter(path: string): boolean {
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  }
  return false;
}

function segmentProblem(segment: string): PathProblem | undefined {
  if (segment === '') return { code: 'path_invalid', message: 'has an empty folder name' };
  if (segment === '.' || segment === '..') return { code: 'path_traversal', message: `contains "${segment}"` };
  if (segment.includes(':'))
    return { code: 'path_windows_unsafe', message: 'contains a colon (a drive letter or an NTFS stream)' };
  if (/[<>"|?*]/.test(segment)) return { code: 'path_windows_unsafe', message: 'contains a character that Windows forbids' };
  if (/[. ]$/.test(segment)) return { code: 'path_windows_unsafe', message: 'has a name that ends in a dot or a space' };
  if (RESERVED.test(segment)) return { code: 'path_windows_unsafe', message: `uses the Windows device name "${segment}"` };
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return { code: 'path_too_long', message: 'has a name over 255 bytes' };
  return undefined;
}

/**
 * Why a package path cannot be written safely on every system, or undefined when it can. Paths are POSIX, relative to the
 * package root. Rules: the strictest of Linux, macOS (which folds Unicode forms) and Windows (devices, streams, drive letters).
 */
export function pathProblem(path: string): PathProblem | undefined {
  if (path === '') return { code: 'path_invalid', message: 'is empty' };
  if (hasControlCharacter(path)) return { code: 'path_invalid', message: 'contains a control character' };
  if (/[\uFFFD\p{Cs}]/u.test(path)) return { code: 'path_invalid', message: 'is not valid UTF-8' };
  if (/[\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.test(path)) return { code: 'path_invalid', message: 'contains an invisible character' };
  if (path.includes('\\')) return { code: 'path_traversal', message: 'contains a backslash' };
  if (path.startsWith('/')) return { code: 'path_absolute', message: 'is absolute' };
  if (/^[A-Za-z]:/.test(path)) return { code: 'path_absolute', message: 'starts with a drive letter' };
  if (path !== path.normalize('NFC')) return { code: 'path_not_normalized', message: 'is not in Unicode normal form C' };
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    return { code: 'path_too_long', message: `is longer than ${MAX_PATH_BYTES} bytes` };
  for (const segment of path.split('/')) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function foldCase(path: string): string {
  // Upper first: Windows and APFS fold by upper case, where e.g. `ſ` meets `s` and `ß` meets `ss`.
  return path.toUpperCase().toLowerCase().normalize('NFC');
}

/** Remembers paths and tells which of them would meet on a file system that ignores case, or be both a file and a folder. */
export class PathRegister {
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, string>();

  /** Undefined when the file is new and collides with nothing; the file is then remembered. */
  addFile(path: string): PathProblem | undefined {
    const folded = foldCase(path);
    const twin = this.#files.get(folded);
    if (twin === path) return { code: 'path_duplicate', message: 'occurs twice' };
    if (twin !== undefined) return { code: 'path_case_collision', message: `differs from ${twin} only in case` };
    if (this.#folders.has(folded)) return { code: 'path_duplicate', message: 'is both a file and a folder' };
    const problem = this.#addFolders(path);
    if (problem === undefined) this.#files.set(folded, path);
    return problem;
  }

  #addFolders(path: string): PathProblem | undefined {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash);
      const folded = foldCase(folder);
      if (this.#files.has(folded)) return { code: 'path_duplicate', message: `lies below ${folder}, which is a file` };
      const twin = this.#folders.get(folded);
      if (twin !== undefined && twin !== folder) {
        return { code: 'path_case_collision', message: `lies in ${folder}, which differs from ${twin} only in case` };
      }
      this.#folders.set(folded, folder);
    }
    return undefined;
  }
}
