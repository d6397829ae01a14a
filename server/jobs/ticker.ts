export interface Ticker {
  /** Runs the work soon, or once more when it is running. */
  poke(): void;
  /** Runs the work now, after a run under way, and resolves when it has ended. */
  runNow(): Promise<void>;
  /** No more runs; resolves when a run under way has ended. */
  stop(): Promise<void>;
}

export interface TickerOptions {
  readonly work: () => Promise<void>;
  readonly everyMs: number;
  /** How long pokes are gathered before a run. */
  readonly pokeMs?: number;
  /** Rest after a run, as a multiple of what it took and at most `maxRestMs`: keeps heavy work to a share of the time. Default: none. */
  readonly restShare?: number;
  readonly maxRestMs?: number;
  /** A failed run is reported and tried again at the next tick. */
  readonly onError: (error: unknown) => void;
}

/** Runs work every so often and soon after a poke, never twice at a time. Does not keep the process alive. */
export function startTicker({ work, everyMs, pokeMs = 50, restShare = 0, maxRestMs = 0, onError }: TickerOptions): Ticker {
  let isStopped = false;
  let running: Promise<void> | undefined;
  let poked: NodeJS.Timeout | undefined;
  let isAgain = false;
  let restUntil = 0;

  async function runOnce(): Promise<void> {
    do {
      isAgain = false;
      const started = performance.now();
      await work().catch(onError);
      const ended = performance.now();
      restUntil = ended + Math.min(maxRestMs, (ended - started) * restShare);
    } while (isAgain && !isStopped);
  }

  function run(): Promise<void> {
    if (running !== undefined) {
      isAgain = true;
      return running;
    }
    running = runOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  const timer = setInterval(() => {
    if (running === undefined && performance.now() >= restUntil) void run();
  }, everyMs);
  timer.unref();

  return {
    poke() {
      if (isStopped || poked !== undefined) return;
      poked = setTimeout(
        () => {
          poked = undefined;
          if (!isStopped) void run();
        },
        Math.max(pokeMs, restUntil - performance.now()),
      );
      poked.unref();
    },
    runNow: run,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      clearTimeout(poked);
      await running;
    },
  };
}
