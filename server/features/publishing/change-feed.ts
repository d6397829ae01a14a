import type { Log } from '../../domain/log.ts';
import type { Signal } from '../../domain/signal.ts';
import type { AgentChange, PublishingStore } from './publishing.store.ts';

export interface ChangeFeedOptions {
  readonly store: PublishingStore;
  /** Rings after saves on this node, so that those need not wait for the next poll. */
  readonly bell: Signal;
  readonly log: Log;
  /** How long a change made on another node may stay unseen. */
  readonly pollMs: number;
  /** Where to begin: `everything` shows every agent once, `now` only what comes. */
  readonly from: 'everything' | 'now';
  /** Gets each change once, in order. A rejection is logged and the same changes come again at the next poll. */
  readonly handle: (changes: readonly AgentChange[]) => Promise<void> | void;
}

export interface ChangeFeed {
  /** Reads everything there is, then goes on polling. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when everything saved before the call was handled. */
  catchUp(): Promise<void>;
}

const PAGE = 1_000;
const SEEN_KEPT = 5_000;

/** Follows the catalogue's change feed. Every reader has its own position, so that a slow one holds up nobody. */
export function createChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { store, bell, log, pollMs, handle } = options;
  let position = 0;
  /** Last positions handled by name: the feed may repeat the last seconds. */
  const seen = new Map<string, number>();
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  async function readAll(): Promise<void> {
    for (;;) {
      const page = await store.listChanges(position, PAGE);
      const fresh = page.filter((change) => (seen.get(change.name) ?? -1) < change.seq);
      if (fresh.length > 0) await handle(fresh);
      for (const { name, seq } of fresh) {
        seen.delete(name);
        seen.set(name, seq);
        position = Math.max(position, seq);
      }
      for (const name of seen.keys()) {
        if (seen.size <= SEEN_KEPT) break;
        seen.delete(name);
      }
      if (page.length < PAGE) return;
    }
  }

  /** One reader at a time; a ring during a read makes it read once more, because the read may have looked too early. */
  function catchUp(): Promise<void> {
    if (running !== undefined) {
      isAskedAgain = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          isAskedAgain = false;
          await readAll();
        } while (isAskedAgain && !isStopped);
      } finally {
        running = undefined;
      }
    })();
    return running;
  }

  function poll(): void {
    if (isStopped) return;
    catchUp().catch((err: unknown) => log.warn({ err }, 'catalogue changes not read; trying again'));
  }

  return {
    catchUp,
    async start() {
      if (options.from === 'now') position = await store.lastSeq();
      await catchUp();
      unsubscribe = bell.subscribe(poll);
      timer = setInterval(poll, pollMs);
    },
    async stop() {
      isStopped = true;
      unsubscribe?.();
      clearInterval(timer);
      await running?.catch(() => {});
    },
  };
}
