import { DomainError } from '../../domain/errors.ts';
import type { UsageStore } from './usage.store.ts';
import type { StoredUsageEvent } from './usage-event.ts';

type Outcome = 'inserted' | 'duplicate';

interface Waiting {
  readonly events: readonly StoredUsageEvent[];
  resolve(outcomes: readonly Outcome[]): void;
  reject(error: unknown): void;
}

export interface IngestQueueOptions {
  readonly store: Pick<UsageStore, 'insertEvents'>;
  /** Events in one commit. */
  readonly commitEvents?: number;
  /** Events that may wait; more are answered with 429. */
  readonly maxWaiting?: number;
  /** Called after each commit that stored something new. */
  readonly onCommitted?: () => void;
}

export interface IngestQueue {
  /** Resolves once the events are durable, with an outcome for each. Throws rate_limited at once when the queue is full. */
  add(events: readonly StoredUsageEvent[]): Promise<readonly Outcome[]>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

const RETRY_AFTER_SECONDS = 2;

/** Group commit: requests that arrive while one commit runs share the next one. */
export function createIngestQueue(options: IngestQueueOptions): IngestQueue {
  const commitEvents = options.commitEvents ?? 2_000;
  const maxWaiting = options.maxWaiting ?? 20_000;
  const waiting: Waiting[] = [];
  let waitingEvents = 0;
  let running: Promise<void> | undefined;

  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    let size = 0;
    while (waiting.length > 0 && (group.length === 0 || size + (waiting[0]?.events.length ?? 0) <= commitEvents)) {
      const next = waiting.shift();
      if (next === undefined) break;
      group.push(next);
      size += next.events.length;
    }
    waitingEvents -= size;
    return group;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await options.store.insertEvents(group.flatMap((entry) => entry.events));
      let at = 0;
      for (const entry of group) {
        entry.resolve(outcomes.slice(at, at + entry.events.length));
        at += entry.events.length;
      }
      if (outcomes.includes('inserted')) options.onCommitted?.();
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
  }

  async function run(): Promise<void> {
    // let the requests that came in with this one join
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    while (waiting.length > 0) {
      await commit(takeGroup());
      // answers go out, and requests come in, between two commits
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
    running = undefined;
  }

  return {
    add(events) {
      if (waitingEvents + events.length > maxWaiting && waitingEvents > 0) {
        return Promise.reject(
          new DomainError('rate_limited', {
            detail: 'Too many events are waiting to be stored. Send these again later.',
            retryAfterSeconds: RETRY_AFTER_SECONDS,
          }),
        );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ events, resolve, reject });
        waitingEvents += events.length;
        running ??= run();
      });
    },
    drain: () => running ?? Promise.resolve(),
  };
}
