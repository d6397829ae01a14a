import type { Finding } from '../../contract/findings.ts';
import { excerpt, lineAt } from '../text.ts';
import { isMention } from './mention.ts';
import type { ScannedText, TextKind } from './texts.ts';

/** A pattern over the package's texts. Patterns must be linear: bounded repeats only, because the text is foreign. */
export interface TextRule {
  readonly code: string;
  /** With the `g` flag. */
  readonly pattern: RegExp;
  readonly kinds: readonly TextKind[];
  readonly level: Finding['level'];
  /** What is wrong, as a sentence without its end; the excerpt follows. */
  readonly message: string;
  readonly fix?: string;
  /** Text that only speaks of the thing lowers the finding to a notice. */
  readonly canBeMention: boolean;
}

const MAX_MATCHES = 20;

function applyRule(rule: TextRule, scanned: ScannedText): Finding[] {
  const findings: Finding[] = [];
  for (const match of scanned.text.matchAll(rule.pattern)) {
    if (findings.length >= MAX_MATCHES) break;
    const isMentioned = rule.canBeMention && isMention(scanned, match.index, match.index + match[0].length);
    findings.push({
      code: rule.code,
      level: isMentioned ? 'notice' : rule.level,
      message: `${rule.message}: ${excerpt(match[0])}`,
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
