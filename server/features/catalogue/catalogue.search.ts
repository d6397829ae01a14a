import type { AgentSummary } from '../../../contract/agents.ts';

/** Search over the catalogue for surfaces with their own paging, such as `npm search`. */
export interface AgentSearch {
  /** Best first. `total` counts all hits, also beyond this window. */
  searchByOffset(
    text: string,
    from: number,
    size: number,
  ): Promise<{ readonly total: number; readonly agents: readonly AgentSummary[] }>;
}
