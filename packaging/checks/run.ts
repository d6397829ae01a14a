import type { Finding } from '../../contract/findings.ts';
import type { Check, CheckSubject } from './check.ts';

/** More of one code in one file says nothing new and floods the page. */
const MAX_PER_CODE_AND_FILE = 5;

function limit(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter((finding) => {
    const key = `${finding.code}\0${finding.path ?? ''}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= MAX_PER_CODE_AND_FILE;
  });
}

/** Far above what any honest package needs; a check that starts later is not run, which is a finding too. */
const TIME_LIMIT_MS = 20_000;

function failed(check: Check, reason: string): Finding {
  return {
    code: 'check_failed',
    level: 'review',
    message: `The check "${check.name}" could not finish: ${reason.slice(0, 200)}.`,
  };
}

/** Runs every check. One that throws or comes too late must not pass a package: it leaves a `review` finding `check_failed`. */
export function runChecks(
  checks: readonly Check[],
  subject: CheckSubject,
  now: () => number = () => performance.now(),
): Finding[] {
  const deadline = now() + TIME_LIMIT_MS;
  return limit(
    checks.flatMap((check): readonly Finding[] => {
      if (now() > deadline) return [failed(check, 'the package takes too long to check')];
      try {
        return check.run(subject);
      } catch (error) {
        return [failed(check, error instanceof Error ? error.message : String(error))];
      }
    }),
  );
}
