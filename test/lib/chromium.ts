import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { ROOT } from './paths.ts';

/** Debian's build, without anything that would talk to the outside or need a display. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
}

export interface Violation {
  readonly id: string;
  readonly impact: string | null | undefined;
  readonly help: string;
  /** CSS selectors of the elements. */
  readonly nodes: readonly string[];
}

/** axe-core on a page or frame. Evaluated over the debugger, so that a strict content security policy does not stop it. */
export async function findViolations(target: Page | Frame, options: object = {}): Promise<Violation[]> {
  await target.evaluate(readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  return target.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: AxeResult[] }> } };
    interface AxeResult {
      id: string;
      impact: string | null;
      help: string;
      nodes: { target: string[][] | string[] }[];
    }
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...given });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.map((node) => node.target.flat().join(' ')),
    }));
  }, options);
}
