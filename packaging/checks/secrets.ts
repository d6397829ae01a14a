import type { Finding } from '../../contract/findings.ts';
import { lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import { POSSIBLE_SECRETS, SECRET_HINT, SECRET_PATTERNS, type SecretPattern } from './secret-patterns.ts';
import type { ScannedText } from './texts.ts';

const PLACEHOLDER =
  /example|sample|placeholder|dummy|fake|redact|your|insert|changeme|change_me|replace|secret_?here|not_?a_?real|do_?not_?use|test_?only|xxxx|\*{3}|\.{3}|(?:0123456|1234567|abcdefg|aaaaaa|000000)/i;
/** The token every tutorial copies from jwt.io: subject 1234567890. */
const TUTORIAL_JWT = 'eyJzdWIiOiIxMjM0NTY3ODkwIi';

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

function isReal(found: string, secret: string, pattern: SecretPattern): boolean {
  if (PLACEHOLDER.test(found) || found.includes(TUTORIAL_JWT)) return false;
  if (!/\d/.test(secret) && /^[A-Za-z_./-]+$/.test(secret) && pattern.name === 'credential') return false;
  return entropyOf(secret) >= pattern.minEntropy;
}

/** Never shows more of a secret than its first characters: findings are stored and mailed. */
function shown(found: string): string {
  return `${found.replace(/\s/g, ' ').slice(0, found.startsWith('-----') ? 27 : 6)}…`;
}

function scan(scanned: ScannedText, patterns: readonly SecretPattern[], level: Finding['level']): Finding[] {
  return patterns.flatMap((pattern) => {
    const hits = [...scanned.text.matchAll(pattern.pattern)].filter((match) => isReal(match[0], match[1] ?? match[0], pattern));
    return hits.slice(0, 10).map((match) => {
      const verb = level === 'refused' ? 'contains' : 'may contain';
      const code = level === 'refused' ? 'secret_found' : 'secret_possible';
      return findingAt(
        level,
        code,
        { path: scanned.path, line: lineAt(scanned.text, match.index) },
        {
          message: `The file ${verb} a secret (${pattern.name}): ${shown(match[0])}`,
          fix: 'Remove it, revoke it, and ask for it through agent.configuration.',
        },
      );
    });
  });
}

/** Real credentials in any text file. Patterns in source code, placeholders and documentation samples do not match. */
export const secretsCheck: Check = {
  name: 'secrets',
  run: ({ texts }) =>
    texts
      .filter(({ text }) => SECRET_HINT.test(text))
      .flatMap((scanned) => {
        const certain = scan(scanned, SECRET_PATTERNS, 'refused');
        const lines = new Set(certain.map((finding) => finding.line));
        return [...certain, ...scan(scanned, POSSIBLE_SECRETS, 'review').filter((finding) => !lines.has(finding.line))];
      }),
};
