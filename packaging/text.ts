import { Buffer, isUtf8 } from 'node:buffer';
import type { PackageFile } from './model.ts';

/** Text of a file, or undefined when it is not UTF-8 text (a NUL byte or an invalid sequence). A leading BOM is dropped. */
export function decodeText(file: PackageFile): string | undefined {
  const { bytes } = file;
  if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** Line of a character offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}

/** A short piece of foreign text that is safe to show in a terminal or a message: one line, controls and invisibles escaped. */
export function excerpt(text: string, maxChars = 80): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const cut = line.length > maxChars ? `${line.slice(0, maxChars - 1)}…` : line;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
