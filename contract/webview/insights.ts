import type { Statistics } from '../agents.ts';
import type { Loadable } from './detail.ts';
import type { Protocol } from './messenger.ts';

export interface InsightsAgent {
  readonly name: string;
  readonly displayName: string;
  /** Why it is listed: I published it, or it is installed in this workspace. */
  readonly relation: 'published' | 'installed';
}

/** Whole state of the Insights view. */
export interface InsightsSnapshot {
  readonly agents: readonly InsightsAgent[];
  readonly selected?: string;
  readonly days: 7 | 30 | 90;
  readonly statistics: Loadable<Statistics>;
  readonly isSignedIn: boolean;
  readonly isTelemetryOn: boolean;
  readonly serviceUrl: string;
}

export interface InsightsProtocol extends Protocol {
  readonly requests: {
    readonly ready: { readonly params: undefined; readonly result: InsightsSnapshot };
    readonly select: {
      readonly params: { readonly agent?: string | undefined; readonly days?: 7 | 30 | 90 | undefined };
      readonly result: undefined;
    };
    readonly refresh: { readonly params: undefined; readonly result: undefined };
    readonly openAgent: { readonly params: { readonly name: string }; readonly result: undefined };
    readonly runCommand: {
      readonly params: { readonly command: 'browse' | 'signIn' | 'openSettings' };
      readonly result: undefined;
    };
  };
  readonly events: { readonly snapshot: InsightsSnapshot };
}
