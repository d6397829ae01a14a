import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const SessionSchema = z.object({
  id: z.string(),
  token: z.string(),
  account: z.object({ id: z.string(), label: z.string() }),
});
/** One signed-in account at one service. */
export type StoredSession = z.infer<typeof SessionSchema>;

/** Sessions in the editor's SecretStorage, kept apart by the service's address: a token is shown to nobody but its issuer. */
export class SessionStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async read(serviceUrl: string): Promise<StoredSession | undefined> {
    const text = await this.secrets.get(keyOf(serviceUrl));
    if (text === undefined) return undefined;
    try {
      return SessionSchema.parse(JSON.parse(text));
    } catch {
      // Written by another release: signing in again replaces it.
      return undefined;
    }
  }

  async write(serviceUrl: string, session: StoredSession): Promise<void> {
    await this.secrets.store(keyOf(serviceUrl), JSON.stringify(session));
  }

  async delete(serviceUrl: string): Promise<void> {
    await this.secrets.delete(keyOf(serviceUrl));
  }

  /** Another window signed in or out. */
  onDidChange(serviceUrl: () => string, listener: () => void): vscode.Disposable {
    return this.secrets.onDidChange((event) => {
      if (event.key === keyOf(serviceUrl())) listener();
    });
  }
}

function keyOf(serviceUrl: string): string {
  return `session ${serviceUrl}`;
}
