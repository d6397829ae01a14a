import type { AccountStore } from '../features/accounts/accounts.store.ts';
import type { PublishingStore } from '../features/publishing/publishing.store.ts';

/** Every port of the service over one database: what each adapter must bring. */
export interface Stores {
  readonly accounts: AccountStore;
  readonly publishing: PublishingStore;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
