import { findExecutables, isScript } from '../executables.ts';
import type { Subject } from '../subject.ts';

/**
 * What a text is for. `instruction` reaches a model (subagents, skills with their references, commands, rules), `prose` is for people,
 * `program` runs, `config` is read by a host, `data` is the rest.
 */
export type TextKind = 'instruction' | 'prose' | 'program' | 'config' | 'data';

export interface ScannedText {
  readonly path: string;
  readonly kind: TextKind;
  readonly text: string;
}

const MARKDOWN = /\.(?:md|mdc|markdown|txt|rst|adoc)$/i;
const PROSE = /^(?:README|CHANGELOG|LICEN[CS]E|NOTICE|CONTRIBUTING|SECURITY|CODE_OF_CONDUCT)(?:\.\w+)?$/i;
const CONFIG = /\.(?:jsonc?|ya?ml|toml|ini|conf|cfg|properties)$/i;

/** Beyond this much text the rules do not read; what they left out is a finding of the encoding check. */
export const MAX_SCANNED_CHARS = 8 * 1024 * 1024;

/** Every text file of the package with its kind, sorted by path. */
export function classifyTexts(subject: Subject): ScannedText[] {
  const documents = new Set(
    [...subject.subagents, ...subject.skills, ...subject.commands, ...subject.rules].map((component) => component.source.path),
  );
  const running = new Set(findExecutables(subject));
  const kindOf = (path: string, file: { bytes: Uint8Array; isExecutable: boolean }): TextKind => {
    if (documents.has(path)) return 'instruction';
    if (running.has(path) || isScript(path, file)) return 'program';
    if (MARKDOWN.test(path) || PROSE.test(path)) return path.includes('/') ? 'instruction' : 'prose';
    return CONFIG.test(path) ? 'config' : 'data';
  };
  const texts: ScannedText[] = [];
  let room = MAX_SCANNED_CHARS;
  // Programs and instructions first, so that padding cannot push them out of the budget.
  const order: readonly TextKind[] = ['program', 'instruction', 'config', 'prose', 'data'];
  const all = [...subject.files].map(([path, file]) => ({ path, kind: kindOf(path, file), size: file.bytes.length }));
  all.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.size - b.size);
  for (const { path, kind } of all) {
    const text = subject.text(path);
    if (text === undefined || text.length > room) continue;
    room -= text.length;
    texts.push({ path, kind, text });
  }
  return texts.sort((a, b) => (a.path < b.path ? -1 : 1));
}
