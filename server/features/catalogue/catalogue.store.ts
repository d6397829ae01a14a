import type { AgentSummary } from '../../../contract/agents.ts';
import type { RankSignals } from './search/rank.ts';

/** Raised whenever `CatalogueEntry` or its making changes: older entries are made anew from the write model. */
export const ENTRY_FORMAT = 1;

/** An agent as lists and the search index need it: made from the write model, kept so that a start need not read every version. */
export interface CatalogueEntry {
  readonly name: string;
  /** Position in the change feed that it was made from. */
  readonly seq: number;
  readonly format: number;
  /** Absent: the agent has no version that may be offered. */
  readonly listing?: Listing;
}

export interface Listing {
  /** Without what changes by itself. */
  readonly summary: Omit<AgentSummary, 'installs' | 'activeInstalls' | 'rating'>;
  /** Words beyond the summary that are searched with the weight of keywords. */
  readonly searchWords: readonly string[];
  readonly isSunk: boolean;
  readonly quality: Omit<RankSignals, 'installs' | 'activeInstalls' | 'rating'>;
}

/** A curated, ordered list of agents. `featured` is the one on top of the storefront. */
export interface CollectionRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Names; those that are not in the catalogue are passed over. */
  readonly agents: readonly string[];
  /** Place on the storefront, ascending. */
  readonly position: number;
}

/** The read model's own rows. Entries can be lost and made again; collections are the staff's. */
export interface CatalogueStore {
  /** Keeps the entry unless a newer one is there (by `seq`; of equal ones the higher format wins). */
  putEntry(entry: CatalogueEntry): Promise<void>;
  /** In no order; unknown names are left out. */
  getEntries(names: readonly string[]): Promise<CatalogueEntry[]>;
  /** By name, from behind `afterName`. */
  listEntries(afterName: string, limit: number): Promise<CatalogueEntry[]>;
  /** By position. */
  listCollections(): Promise<CollectionRecord[]>;
  /** `exists` leaves the stored one alone. */
  addCollection(collection: CollectionRecord): Promise<'added' | 'exists'>;
}
