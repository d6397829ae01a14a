import type { CapabilityManifest } from '../../contract/capabilities.ts';
import type { Finding } from '../../contract/findings.ts';
import type { Subject } from '../subject.ts';
import type { ScannedText } from './texts.ts';

export interface CheckSubject extends Subject {
  readonly capabilityManifest: CapabilityManifest;
  readonly texts: readonly ScannedText[];
}

/** One named rule or small family over a package. `run` may throw: the runner then reports `check_failed`. */
export interface Check {
  /** Stable, kebab-case; shown when the check fails. */
  readonly name: string;
  run(subject: CheckSubject): readonly Finding[];
}

/** A finding about a place in a file; `line` counts from 1. */
export function findingAt(
  level: Finding['level'],
  code: string,
  place: { path: string; line?: number },
  text: { message: string; fix?: string },
): Finding {
  return { code, level, ...text, ...place };
}
