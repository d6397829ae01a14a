import { destination, type Logger, pino } from 'pino';

export interface LogOptions {
  readonly level: string;
}

/** JSON lines on stdout. Bundled code cannot load pino's worker transports, hence a plain destination. */
export function createLogger(options: LogOptions): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['authorization', 'token', '*.authorization', '*.token', 'headers.authorization', 'headers.cookie'],
    },
    destination({ dest: 1, sync: true }),
  );
}

/** Answers that are fast and fine are logged once in so many on hot routes; slow and failed ones always. */
const HOT_SAMPLE = 1_000;
const SLOW_SECONDS = 1;
let hotCount = 0;

export interface AccessEntry {
  readonly requestId: string;
  readonly routeId: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly seconds: number;
  readonly isHot: boolean;
}

/** One line per request. Query text can hold what people searched for; it stays out of the log. */
export function logAccess(log: Logger, entry: AccessEntry): void {
  const isQuiet = entry.status < 400 && entry.seconds < SLOW_SECONDS;
  if (isQuiet && entry.isHot) {
    hotCount += 1;
    if (hotCount % HOT_SAMPLE !== 1) return;
  }
  if (!log.isLevelEnabled('info')) return;
  log.info(
    {
      requestId: entry.requestId,
      route: entry.routeId,
      method: entry.method,
      path: entry.url.split('?', 1)[0],
      status: entry.status,
      ms: Math.round(entry.seconds * 10_000) / 10,
    },
    'request',
  );
}
