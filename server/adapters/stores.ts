import type { AccountStore } from '../features/accounts/accounts.store.ts';
import type { CatalogueStore } from '../features/catalogue/catalogue.store.ts';
import type { PublishingStore } from '../features/publishing/publishing.store.ts';
import type { UsageStore } from '../features/usage/usage.store.ts';
import type { LeaseStore } from '../jobs/lease.store.ts';

/** Every port of the service over one database: what each adapter must bring. */
export interface Stores {
  readonly accounts: AccountStore;
  readonly publishing: PublishingStore;
  readonly catalogue: CatalogueStore;
  readonly usage: UsageStore;
  readonly leases: LeaseStore;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
