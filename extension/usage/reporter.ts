import { isUsageEventName, USAGE_EVENTS } from '../../contract/events.ts';
import type { Log } from '../platform/log.ts';
import type { QueuedEvent, UsageQueue } from './queue.ts';

/** `refused`: the service will never take these; `failed`: try again later. */
export type Delivery = 'delivered' | 'refused' | 'failed';

export interface ReporterOptions {
  readonly queue: UsageQueue;
  readonly serviceUrl: () => string;
  /** Sends a batch; never throws. The first call may load code. */
  readonly deliver: (events: readonly QueuedEvent[], serviceUrl: string) => Promise<Delivery>;
  readonly log: Log;
  readonly now?: () => Date;
  readonly newId?: () => string;
  readonly setTimer?: (run: () => void, delayMs: number) => { cancel(): void };
}

const BATCH = { events: 100, bytes: 200 * 1024 };
const SOON_MS = 250;
const LEFTOVERS_MS = 5_000;
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** Puts events on disk when they happen and sends them a moment later; a failure waits on disk and is tried again. */
export class Reporter {
  private isOn = false;
  private timer: { cancel(): void } | undefined;
  private flushing: Promise<void> | undefined;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly options: ReporterOptions) {}

  /** Telemetry is on: what earlier windows left is sent, too. */
  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    this.schedule(LEFTOVERS_MS);
  }

  /** Telemetry was turned off: nothing more is taken, and what waits is deleted unsent. */
  async stopAndForget(): Promise<void> {
    this.isOn = false;
    this.dispose();
    await this.options.queue.clear().catch((error: unknown) => this.options.log.warn(`usage queue: ${String(error)}`));
  }

  /** Takes an event of contract/events.ts; anything that does not fit its schema is dropped here, not at the service. */
  async record(name: string, properties: Readonly<Record<string, unknown>>): Promise<void> {
    if (!this.isOn || !isUsageEventName(name)) return;
    const parsed = USAGE_EVENTS[name].safeParse(properties);
    if (!parsed.success) {
      this.options.log.warn(`usage event ${name} does not fit its schema`);
      return;
    }
    const event: QueuedEvent = {
      messageId: (this.options.newId ?? (() => crypto.randomUUID()))(),
      event: name,
      properties: parsed.data,
      timestamp: (this.options.now ?? (() => new Date()))().toISOString(),
      service: this.options.serviceUrl(),
    };
    try {
      await this.options.queue.append(event);
      this.schedule(SOON_MS);
    } catch (error) {
      // A full disk must not disturb what the person is doing.
      this.options.log.warn(`usage event not kept: ${String(error)}`);
    }
  }

  /** Sends what waits. One run at a time; a call during a run waits for that one. */
  flush(): Promise<void> {
    this.flushing ??= this.sendAll()
      .catch((error: unknown) => this.options.log.warn(`usage: ${String(error)}`))
      .finally(() => {
        this.flushing = undefined;
      });
    return this.flushing;
  }

  /** The service answers again: no need to wait out the pause. */
  hurry(): void {
    this.retryMs = FIRST_RETRY_MS;
    if (this.isOn && this.timer !== undefined) this.schedule(SOON_MS);
  }

  dispose(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }

  private async sendAll(): Promise<void> {
    const { queue, deliver, log } = this.options;
    await queue.adoptOrphans();
    while (this.isOn) {
      const batch = await queue.next(BATCH);
      if (batch === undefined) return;
      const service = this.options.serviceUrl();
      // Events about another service are given up: this one must not learn of them.
      const mine = batch.events.filter((event) => event.service === service);
      const outcome = mine.length === 0 ? 'refused' : await deliver(mine, service);
      if (outcome === 'failed') {
        this.schedule(this.retryMs);
        this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
        return;
      }
      if (outcome === 'refused' && mine.length > 0) log.warn(`the service refused ${mine.length} usage events`);
      this.retryMs = FIRST_RETRY_MS;
      if (this.isOn) await queue.remove(batch);
    }
  }

  private schedule(delayMs: number): void {
    this.timer?.cancel();
    this.timer = (this.options.setTimer ?? systemTimer)(() => {
      this.timer = undefined;
      void this.flush();
    }, delayMs);
  }
}

function systemTimer(run: () => void, delayMs: number): { cancel(): void } {
  const handle = setTimeout(run, delayMs);
  handle.unref();
  return { cancel: () => clearTimeout(handle) };
}
