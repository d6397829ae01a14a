import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SERVICE_URL } from '../contract/downloads.ts';
import { userDirectory } from '../installer/user-dir.ts';
import { CliError, usageError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';

interface Account {
  readonly token: string;
  readonly name: string;
}
interface Credentials {
  /** Where the last login went; used when no address is given. */
  readonly service?: string;
  readonly accounts: Readonly<Record<string, Account>>;
}

/** Who is signed in where. The file holds tokens: only its owner may read it. */
export class Session {
  readonly userDir: string;
  readonly #path: string;
  constructor(private readonly env: NodeJS.ProcessEnv) {
    this.userDir = userDirectory(env);
    this.#path = join(this.userDir, 'credentials.json');
  }

  /** `--service`, else `$CODITECT_SERVICE`, else where the last login went, else this machine. */
  async serviceUrl(option: string | undefined): Promise<string> {
    const given = option ?? (this.env.CODITECT_SERVICE || undefined);
    return normalizeService(given ?? (await this.#read()).service ?? DEFAULT_SERVICE_URL);
  }

  /** `$CODITECT_TOKEN` wins, for machines that must not keep one. */
  async token(serviceUrl: string): Promise<string | undefined> {
    return this.env.CODITECT_TOKEN || (await this.#read()).accounts[serviceUrl]?.token;
  }

  async signIn(serviceUrl: string, account: Account): Promise<void> {
    const { accounts } = await this.#read();
    await this.#write({ service: serviceUrl, accounts: { ...accounts, [serviceUrl]: account } });
  }

  async signOut(serviceUrl: string): Promise<boolean> {
    const known = await this.#read();
    const { [serviceUrl]: account, ...accounts } = known.accounts;
    if (account === undefined) return false;
    await this.#write({ ...(known.service === undefined ? {} : { service: known.service }), accounts });
    return true;
  }

  async #read(): Promise<Credentials> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { accounts: {} };
      throw this.#unusable(error);
    }
    try {
      const value = JSON.parse(text) as Partial<Credentials>;
      if (typeof value.accounts !== 'object' || value.accounts === null) throw new TypeError('no accounts');
      return { accounts: value.accounts, ...(typeof value.service === 'string' ? { service: value.service } : {}) };
    } catch (error) {
      throw this.#unusable(error);
    }
  }

  async #write(credentials: Credentials): Promise<void> {
    const fresh = `${this.#path}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(this.userDir, { recursive: true, mode: 0o700 });
      await writeFile(fresh, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await rename(fresh, this.#path);
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => undefined);
      throw this.#unusable(error);
    }
  }

  #unusable(cause: unknown): CliError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new CliError('credentials_unusable', `${this.#path} cannot be used: ${why}`, {
      exit: EXIT.failed,
      next: 'Check who owns it, or delete it and sign in again.',
      cause,
    });
  }
}

/** An origin with an optional path, without credentials, query and trailing slash. */
function normalizeService(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw usageError(
      `${text} is not the address of a service.`,
      'Write it as http://127.0.0.1:3900 or https://agents.example.com.',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
