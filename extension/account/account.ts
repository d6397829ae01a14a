import * as vscode from 'vscode';
import { loadApiChunk } from '../api/api-chunk.ts';
import { setContext } from '../platform/commands.ts';
import { Disposable } from '../platform/dispose.ts';
import { isApiError } from '../platform/errors-core.ts';
import { AUTH_PROVIDER_ID } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { onSettingChange, readServiceUrl } from '../platform/settings.ts';
import type { SessionStore, StoredSession } from './session-store.ts';

/** The account at the current service: an entry in the editor's Accounts menu, one session for each service address. */
export class Account extends Disposable implements vscode.AuthenticationProvider {
  private readonly changed = this.keep(new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>());
  readonly onDidChangeSessions = this.changed.event;
  private known: StoredSession | undefined;

  constructor(
    private readonly store: SessionStore,
    private readonly log: Log,
  ) {
    super();
    this.keep(vscode.authentication.registerAuthenticationProvider(AUTH_PROVIDER_ID, 'CODITECT', this));
    this.keep(store.onDidChange(readServiceUrl, () => void this.refresh()));
    this.keep(onSettingChange('serviceUrl', () => void this.refresh()));
    void this.refresh();
  }

  /** The token for this service address, or undefined when nobody is signed in there. */
  async token(serviceUrl: string): Promise<string | undefined> {
    return (await this.store.read(serviceUrl))?.token;
  }

  async current(): Promise<StoredSession | undefined> {
    return this.store.read(readServiceUrl());
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    const session = await this.current();
    return session === undefined ? [] : [toEditorSession(session)];
  }

  /** Asks how one can sign in at this service and does it. Throws Cancelled when the user steps back. */
  async createSession(): Promise<vscode.AuthenticationSession> {
    const serviceUrl = readServiceUrl();
    const { askToSignIn } = await loadApiChunk();
    const { token, user } = await askToSignIn(serviceUrl);
    const session: StoredSession = { id: crypto.randomUUID(), token, account: { id: user.id, label: user.name } };
    await this.store.write(serviceUrl, session);
    await this.refresh();
    return toEditorSession(session);
  }

  /** Signs out: the token is revoked where possible, and forgotten here in any case. */
  async removeSession(): Promise<void> {
    const serviceUrl = readServiceUrl();
    const session = await this.store.read(serviceUrl);
    await this.store.delete(serviceUrl);
    await this.refresh();
    if (session === undefined) return;
    try {
      await (await loadApiChunk()).revokeToken(serviceUrl, session.token);
    } catch (error) {
      // The service may be down, or has revoked it already; the secret is gone from this machine either way.
      this.log.info(`the token could not be revoked: ${isApiError(error) ? error.code : String(error)}`);
    }
  }

  /** The service no longer takes our token: signed out, without asking it again. */
  async forget(): Promise<void> {
    await this.store.delete(readServiceUrl());
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const before = this.known;
    const now = await this.current();
    this.known = now;
    await setContext('isSignedIn', now !== undefined);
    if (before?.id === now?.id) return;
    this.changed.fire({
      added: now === undefined ? [] : [toEditorSession(now)],
      removed: before === undefined ? [] : [toEditorSession(before)],
      changed: [],
    });
  }
}

/** Runs a call; when the service refuses the token, the session is over and the user is told to sign in again. */
export async function withAccount<T>(account: Account, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isApiError(error) && error.code === 'unauthenticated') await account.forget();
    throw error;
  }
}

function toEditorSession(session: StoredSession): vscode.AuthenticationSession {
  return { id: session.id, accessToken: session.token, account: session.account, scopes: [] };
}
