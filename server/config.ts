import * as z from 'zod/mini';
import { useEnglishMessages } from './domain/zod-messages.ts';

const port = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(65_535));
const count = (least: number) => z.coerce.number().check(z.int(), z.minimum(least));
const text = z.string();
const flag = z.pipe(
  z.enum(['true', 'false', '1', '0']),
  z.transform((value) => value === 'true' || value === '1'),
);

interface Setting {
  readonly schema: z.core.$ZodType;
  /** As text, like the environment has it; absent: derived, see `help`. */
  readonly fallback?: string;
  readonly help: string;
  /** Its value never appears in a message. */
  readonly isSecret?: boolean;
}

/** Every setting of the service: the parser and `--help` are both made from this list. */
const SETTINGS = {
  PORT: { schema: port, fallback: '3900', help: 'port to listen on; 0 takes a free one' },
  HOST: { schema: text.check(z.minLength(1)), fallback: '127.0.0.1', help: 'address to listen on' },
  PUBLIC_URL: {
    schema: z.optional(z.url()),
    help: 'address under which people reach the service; default: from the request’s Host',
  },
  DATA_DIR: {
    schema: text.check(z.minLength(1)),
    fallback: '.data',
    help: 'folder for database, packages and development secrets',
  },
  DATABASE_URL: {
    schema: z.optional(text.check(z.regex(/^(?:sqlite:.+|mongodb(?:\+srv)?:\/\/.+)$/, 'must be sqlite:<file> or mongodb://…'))),
    help: 'sqlite:<file> or mongodb://…; default sqlite:<DATA_DIR>/market.db',
    isSecret: true,
  },
  PACKAGE_STORE: {
    schema: z.optional(text.check(z.regex(/^file:.+$/, 'must be file:<folder>'))),
    help: 'where tarballs and pictures are kept; default file:<DATA_DIR>/packages',
  },
  SEED_DIR: {
    schema: z.optional(text),
    help: 'folder of the first-party packages published at start; empty: none; default: agents/ beside the program',
  },
  NODE_ENV: {
    schema: z.enum(['development', 'test', 'production']),
    fallback: 'development',
    help: 'development, test or production',
  },
  LOG_LEVEL: {
    schema: z.optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])),
    help: 'trace, debug, info, warn, error, silent; default info in production, else warn',
  },
  DEV_SIGNIN: {
    schema: z.optional(flag),
    help: 'development sign-in on loopback; default true, but false in production, where true is refused',
  },
  SIGNING_KEY_FILE: {
    schema: z.optional(text),
    help: 'PEM file with the P-256 key that signs packages; required in production, else made in DATA_DIR',
  },
  TRUST_PROXY: { schema: flag, fallback: 'false', help: 'believe X-Forwarded-For of the proxy in front' },
  RATE_LIMIT_PER_MINUTE: {
    schema: count(1),
    fallback: '3000',
    help: 'requests a minute for an account, or for an address without one',
  },
  RATE_LIMIT_LOOPBACK: { schema: flag, fallback: 'false', help: 'count requests from this machine too' },
  SIGNIN_LIMIT_PER_MINUTE: { schema: count(1), fallback: '60', help: 'sign-ins a minute from one address' },
  SHUTDOWN_TIMEOUT_MS: { schema: count(0), fallback: '10000', help: 'how long running requests may take to end at a stop' },
  METRICS_TOKEN: {
    schema: z.optional(text.check(z.minLength(16))),
    isSecret: true,
    help: 'bearer token for /metrics from other machines; without it only this machine may read',
  },
} as const satisfies Record<string, Setting>;

type Settings = typeof SETTINGS;
type Values = { readonly [K in keyof Settings]: z.output<Settings[K]['schema']> };

export interface Config extends Omit<Values, 'DATABASE_URL' | 'PACKAGE_STORE' | 'LOG_LEVEL' | 'DEV_SIGNIN'> {
  readonly DATABASE_URL: string;
  readonly PACKAGE_STORE: string;
  readonly LOG_LEVEL: string;
  readonly DEV_SIGNIN: boolean;
  readonly isProduction: boolean;
}

/** A setting that stops the start. `message` is one line that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings from the environment. An empty variable counts as absent, except SEED_DIR where empty means none.
 * Throws ConfigError.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  useEnglishMessages();
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [string, Setting][]) {
    const given = env[name];
    const raw = given === undefined || (given === '' && name !== 'SEED_DIR') ? setting.fallback : given;
    const result = z.safeParse(setting.schema, raw);
    if (!result.success) {
      const shown = setting.isSecret === true ? name : `${name}=${given ?? ''}`;
      throw new ConfigError(`${shown} is not valid: ${result.error.issues[0]?.message ?? ''} (${setting.help})`);
    }
    values[name] = result.data;
  }
  return complete(values as Values);
}

function complete(values: Values): Config {
  const isProduction = values.NODE_ENV === 'production';
  if (isProduction && values.DEV_SIGNIN === true) {
    throw new ConfigError('DEV_SIGNIN=true is refused in production: anybody on the machine could sign in as anybody');
  }
  if (isProduction && values.SIGNING_KEY_FILE === undefined) {
    throw new ConfigError(
      'SIGNING_KEY_FILE is required in production: make one with "openssl ecparam -name prime256v1 -genkey -noout"',
    );
  }
  return {
    ...values,
    isProduction,
    DATABASE_URL: values.DATABASE_URL ?? `sqlite:${values.DATA_DIR}/market.db`,
    PACKAGE_STORE: values.PACKAGE_STORE ?? `file:${values.DATA_DIR}/packages`,
    LOG_LEVEL: values.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    DEV_SIGNIN: values.DEV_SIGNIN ?? !isProduction,
  };
}

/** The text of `--help`: one line per setting with its default. */
export function describeConfig(): string {
  const lines = Object.entries(SETTINGS).map(([name, setting]: [string, Setting]) => {
    const fallback = setting.fallback === undefined ? '' : ` [${setting.fallback}]`;
    return `  ${name.padEnd(24)}${setting.help}${fallback}`;
  });
  return [
    'CODITECT Agents: the marketplace service.',
    '',
    'Usage: npm start, or node dist/server.js [--help]',
    '',
    'Environment [default]:',
    ...lines,
  ].join('\n');
}
