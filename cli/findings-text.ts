import type { Finding } from '../contract/findings.ts';
import type { Style } from './io.ts';
import { count } from './plan-text.ts';

/** One line per finding as compilers write it, so that editors can jump to it: `path:line: level code: message`. */
export function findingLines(findings: readonly Finding[], style: Style): string[] {
  const colours = { refused: style.red, review: style.yellow, notice: style.dim };
  return findings.flatMap((finding) => {
    const line = finding.line === undefined ? '' : `:${finding.line}`;
    const place = finding.path === undefined ? '' : `${finding.path}${line}: `;
    const head = `${place}${colours[finding.level](finding.level)} ${finding.code}: ${finding.message}`;
    return finding.fix === undefined ? [head] : [head, style.dim(`    ${finding.fix}`)];
  });
}

export function findingSummary(findings: readonly Finding[]): string {
  const levels = (['refused', 'review', 'notice'] as const).map((level) => ({
    level,
    total: findings.filter((finding) => finding.level === level).length,
  }));
  const parts = levels
    .filter(({ total }) => total > 0)
    .map(({ level, total }) =>
      level === 'refused' ? `${total} refused` : level === 'review' ? `${total} for review` : count(total, 'notice'),
    );
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}
