import type { Finding } from '../../contract/findings.ts';
import { excerpt, lineAt } from '../text.ts';
import { isMention } from './mention.ts';
import type { ScannedText, TextKind } from './texts.ts';

/** A pattern over the package's texts. Patterns must be linear: bounded repeats only, because the text is foreign. */
export interface TextRule {
  readonly code: string;
  /** With the `g` flag. */
  readonly pattern: RegExp;
  /** All must match the text that stands before the match on its line (at most 200 characters): keeps the pattern itself short. */
  readonly before?: readonly RegExp[];
  readonly kinds: readonly TextKind[];
  readonly level: Finding['level'];
  /** What is wrong, as a sentence without its end; the excerpt follows. */
  readonly message: string;
  readonly fix?: string;
  /** Text that only speaks of the thing lowers the finding to a notice. */
  readonly canBeMention: boolean;
}

const MAX_MATCHES = 20;
const LOOK_BACK = 200;

function standsBefore(before: readonly RegExp[], text: string, start: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const prefix = text.slice(Math.max(lineStart, start - LOOK_BACK), start);
  return before.every((pattern) => pattern.test(prefix));
}

function shown(rule: TextRule, text: string, match: RegExpExecArray): string {
  if (rule.before === undefined) return match[0];
  const lineStart = text.lastIndexOf('\n', match.index - 1) + 1;
  return text.slice(Math.max(lineStart, match.index - 50), match.index + match[0].length);
}

function applyRule(rule: TextRule, scanned: ScannedText): Finding[] {
  const findings: Finding[] = [];
  for (const match of scanned.text.matchAll(rule.pattern)) {
    if (findings.length >= MAX_MATCHES) break;
    if (rule.before !== undefined && !standsBefore(rule.before, scanned.text, match.index)) continue;
    const isMentioned = rule.canBeMention && isMention(scanned, match.index, match.index + match[0].length);
    findings.push({
      code: rule.code,
      level: isMentioned ? 'notice' : rule.level,
      message: `${rule.message}: ${excerpt(shown(rule, scanned.text, match))}`,
      path: scanned.path,
      line: lineAt(scanned.text, match.index + (/^\n+/.exec(match[0])?.[0].length ?? 0)),
      ...(rule.fix === undefined ? {} : { fix: rule.fix }),
    });
  }
  return findings;
}

/** Applies each rule to the texts of its kinds. */
export function applyRules(rules: readonly TextRule[], texts: readonly ScannedText[]): Finding[] {
  return texts.flatMap((scanned) =>
    rules.filter((rule) => rule.kinds.includes(scanned.kind)).flatMap((rule) => applyRule(rule, scanned)),
  );
}
