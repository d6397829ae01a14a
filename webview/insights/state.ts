import type { InsightsSnapshot } from '../../contract/webview/insights.ts';

/** The host's snapshot and what only this view knows. */
export interface InsightsState {
  readonly snapshot?: InsightsSnapshot | undefined;
  readonly isTableShown: boolean;
  readonly isRefreshing: boolean;
  readonly failure?: string | undefined;
}

export const FIRST_STATE: InsightsState = { isTableShown: false, isRefreshing: false };

export const RANGES = [7, 30, 90] as const;
export type Range = (typeof RANGES)[number];
