/** Where a fill began; `set` refuses it when its group was dropped meanwhile. */
export interface FillTicket {
  readonly group: string;
  readonly generation: number;
  readonly era: number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly group: string;
  readonly sizeBytes: number;
}

/**
 * Ready answers by key, bounded in bytes, dropped in groups (an agent's name). A fill takes a ticket before it reads the store: if the
 * group is dropped while it works, its value is already old and is not kept. Oldest entries leave first.
 */
export class ReadyCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private readonly keysOfGroup = new Map<string, Set<string>>();
  /** Groups dropped lately. Forgetting them starts a new era, which makes every open ticket void. */
  private readonly generations = new Map<string, number>();
  private era = 0;
  private totalBytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }

  begin(group: string): FillTicket {
    return { group, generation: this.generations.get(group) ?? 0, era: this.era };
  }

  set(ticket: FillTicket, key: string, value: Value, sizeBytes: number): void {
    const isOld = ticket.era !== this.era || ticket.generation !== (this.generations.get(ticket.group) ?? 0);
    if (isOld || sizeBytes > this.maxBytes) return;
    this.remove(key);
    this.entries.set(key, { value, group: ticket.group, sizeBytes });
    this.totalBytes += sizeBytes;
    const keys = this.keysOfGroup.get(ticket.group) ?? new Set();
    this.keysOfGroup.set(ticket.group, keys.add(key));
    for (const oldest of this.entries.keys()) {
      if (this.totalBytes <= this.maxBytes) break;
      this.remove(oldest);
    }
  }

  drop(group: string): void {
    if (this.generations.size >= 10_000) {
      this.generations.clear();
      this.era += 1;
    }
    this.generations.set(group, (this.generations.get(group) ?? 0) + 1);
    for (const key of [...(this.keysOfGroup.get(group) ?? [])]) this.remove(key);
  }

  private remove(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.totalBytes -= entry.sizeBytes;
    const keys = this.keysOfGroup.get(entry.group);
    keys?.delete(key);
    if (keys?.size === 0) this.keysOfGroup.delete(entry.group);
  }
}
