export type ConnectionState = 'unknown' | 'online' | 'unreachable';

export interface ConnectionOptions {
  /** One cheap question to the service; resolves to whether it answered. Never throws. */
  readonly probe: () => Promise<boolean>;
  readonly setTimer?: (run: () => void, delayMs: number) => { cancel(): void };
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

const systemTimer = (run: () => void, delayMs: number) => {
  const handle = setTimeout(run, delayMs);
  return { cancel: () => clearTimeout(handle) };
};

/**
 * Knows whether the service answers. It learns from the calls that are made anyway; only while the service is out of reach
 * and something of ours is on screen does it ask by itself, less and less often, so that the views recover without a reload.
 */
export class Connection {
  private current: ConnectionState = 'unknown';
  private readonly listeners = new Set<(state: ConnectionState) => void>();
  private readonly watchers = new Set<string>();
  private timer: { cancel(): void } | undefined;
  private delayMs = FIRST_DELAY_MS;
  private isDisposed = false;

  constructor(private readonly options: ConnectionOptions) {}

  get state(): ConnectionState {
    return this.current;
  }

  onChange(listener: (state: ConnectionState) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Told after each call: did an answer come, whatever it said? */
  report(hasAnswered: boolean): void {
    const next = hasAnswered ? 'online' : 'unreachable';
    const isNew = next !== this.current;
    this.current = next;
    if (next === 'online') {
      this.delayMs = FIRST_DELAY_MS;
      this.stopTimer();
    } else this.schedule();
    if (isNew) for (const listener of [...this.listeners]) listener(next);
  }

  /** A view came on screen or left it. */
  setVisible(view: string, isVisible: boolean): void {
    if (isVisible) {
      this.watchers.add(view);
      this.delayMs = FIRST_DELAY_MS;
      this.schedule();
    } else {
      this.watchers.delete(view);
      if (this.watchers.size === 0) this.stopTimer();
    }
  }

  /** The address changed: what was known no longer counts. */
  reset(): void {
    this.current = 'unknown';
    this.delayMs = FIRST_DELAY_MS;
    this.stopTimer();
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopTimer();
    this.listeners.clear();
  }

  private schedule(): void {
    if (this.isDisposed || this.timer !== undefined || this.current !== 'unreachable' || this.watchers.size === 0) return;
    const delayMs = this.delayMs;
    this.delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    this.timer = (this.options.setTimer ?? systemTimer)(() => void this.ask(), delayMs);
  }

  private async ask(): Promise<void> {
    this.timer = undefined;
    const hasAnswered = await this.options.probe();
    if (!this.isDisposed) this.report(hasAnswered);
  }

  private stopTimer(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }
}
