import * as vscode from 'vscode';
import { type Client, createClient } from '../../contract/client.ts';
import { Disposable } from '../platform/dispose.ts';
import { onSettingChange, readServiceUrl } from '../platform/settings.ts';
import { Catalogue } from './catalogue-core.ts';
import { Connection } from './connection-core.ts';
import { DiskCache } from './disk-cache-core.ts';

/** The service behind the setting `coditect.serviceUrl`: client, catalogue and what is known of the connection. No call is made here. */
export class Service extends Disposable {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  private readonly changed = this.keep(new vscode.EventEmitter<void>());
  /** The address changed. */
  readonly onDidChangeAddress = this.changed.event;
  private current: Client;

  constructor(
    private readonly options: {
      readonly cacheDirectory: string;
      readonly userAgent: string;
      readonly token: (serviceUrl: string) => Promise<string | undefined>;
    },
  ) {
    super();
    this.current = this.connect();
    this.connection = this.keep(new Connection({ probe: () => this.probe() }));
    this.catalogue = new Catalogue({
      client: () => this.current,
      connection: this.connection,
      cache: new DiskCache(options.cacheDirectory),
    });
    this.keep(
      onSettingChange('serviceUrl', () => {
        if (readServiceUrl() === this.current.baseUrl) return;
        this.current = this.connect();
        this.connection.reset();
        this.changed.fire();
      }),
    );
  }

  get client(): Client {
    return this.current;
  }

  get url(): string {
    return this.current.baseUrl;
  }

  private connect(): Client {
    const baseUrl = readServiceUrl();
    return createClient({ baseUrl, userAgent: this.options.userAgent, token: () => this.options.token(baseUrl) });
  }

  private async probe(): Promise<boolean> {
    try {
      const response = await fetch(`${this.current.baseUrl}/readyz`, { signal: AbortSignal.timeout(5_000) });
      return response.ok;
    } catch {
      return false;
    }
  }
}
