/** Leases keep work that needs no repeating on one node; correctness never rests on them. */
export interface LeaseStore {
  /** Takes or renews a lease until `untilMs`; false while another owner's lease runs at `nowMs`. */
  take(lease: {
    readonly name: string;
    readonly owner: string;
    readonly nowMs: number;
    readonly untilMs: number;
  }): Promise<boolean>;
  /** Gives a lease back, if the owner still has it. */
  release(name: string, owner: string): Promise<void>;
}
