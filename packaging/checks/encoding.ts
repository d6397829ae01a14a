import type { Finding } from '../../contract/findings.ts';
import { isBinaryProgram } from '../executables.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';
import { MAX_SCANNED_CHARS } from './texts.ts';

const TEXT_NAME = /\.(?:md|mdc|txt|json|ya?ml|toml|sh|bash|ps1|bat|cmd|py|rb|pl|[cm]?js|[cm]?ts|html?|css|csv|svg|xml)$/i;
const KNOWN_BINARY = /\.(?:png|jpe?g|webp|gif|ico|woff2?|ttf|otf|pdf|mp4|webm)$/i;

function unscanned(subject: CheckSubject): Finding[] {
  const scanned = new Set(subject.texts.map(({ path }) => path));
  const path = [...subject.files.keys()].find((candidate) => subject.text(candidate) !== undefined && !scanned.has(candidate));
  if (path === undefined) return [];
  const message = `The package holds more than ${MAX_SCANNED_CHARS / 1024 / 1024} million characters of text; ${path} and more were not checked.`;
  return [findingAt('review', 'text_not_scanned', { path }, { message, fix: 'Leave out large data files.' })];
}

/** What the scanners cannot read they cannot clear: text in other encodings, archives, unknown binaries. */
export const encodingCheck: Check = {
  name: 'readable-encoding',
  run: (subject) => [
    ...unscanned(subject),
    ...[...subject.files].flatMap(([path, file]) => {
      if (subject.text(path) !== undefined) return [];
      if (TEXT_NAME.test(path)) {
        return [
          findingAt(
            'review',
            'text_not_utf8',
            { path },
            { message: `${path} is not UTF-8 text, so it could not be checked.`, fix: 'Save it as UTF-8.' },
          ),
        ];
      }
      if (KNOWN_BINARY.test(path) || isBinaryProgram(file)) return [];
      return [
        findingAt(
          'review',
          'binary_unknown',
          { path },
          { message: `${path} is a binary file that could not be checked.`, fix: 'Remove it, or ship its source.' },
        ),
      ];
    }),
  ],
};
