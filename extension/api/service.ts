import * as vscode from 'vscode';
import { Disposable } from '../platform/dispose.ts';
import { lazy } from '../platform/lazy-core.ts';
import { onSettingChange, readServiceUrl } from '../platform/settings.ts';
import { loadApiChunk } from './api-chunk.ts';
import { Connection } from './connection-core.ts';
import { type CatalogueApi, lazyCatalogue } from './lazy-catalogue.ts';

/** The service behind the setting `coditect.serviceUrl`: its catalogue and what is known of the connection. No call is made here. */
export class Service extends Disposable {
  readonly connection: Connection;
  readonly catalogue: CatalogueApi;
  private readonly changed = this.keep(new vscode.EventEmitter<void>());
  /** The address changed. */
  readonly onDidChangeAddress = this.changed.event;
  private current = readServiceUrl();

  constructor(options: {
    readonly cacheDirectory: string;
    readonly userAgent: string;
    readonly token: (serviceUrl: string) => Promise<string | undefined>;
  }) {
    super();
    const connection = this.keep(new Connection({ probe: () => this.probe() }));
    const catalogue = lazy(async () =>
      (await loadApiChunk()).openCatalogue({ ...options, connection, serviceUrl: () => this.current }),
    );
    this.connection = connection;
    this.catalogue = lazyCatalogue(catalogue.get);
    this.keep(
      onSettingChange('serviceUrl', () => {
        const next = readServiceUrl();
        if (next === this.current) return;
        this.current = next;
        this.connection.reset();
        this.changed.fire();
      }),
    );
  }

  /** Origin of the service, without a trailing slash. */
  get url(): string {
    return this.current;
  }

  private async probe(): Promise<boolean> {
    try {
      const response = await fetch(`${this.current}/readyz`, { signal: AbortSignal.timeout(5_000) });
      return response.ok;
    } catch {
      return false;
    }
  }
}
