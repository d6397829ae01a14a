import * as vscode from 'vscode';
import type { UsageEvent } from '../../contract/events.ts';
import type { Reporter } from '../usage/reporter.ts';
import { Disposable } from './dispose.ts';
import type { Log } from './log.ts';

export type RecordUsage = (event: UsageEvent) => void;

/**
 * The gate before usage events: VS Code's own logger, which passes nothing on while telemetry is off and cleans what it passes on.
 * Behind it the queue on disk. When telemetry is turned off, what waits there is deleted.
 */
export class Telemetry extends Disposable {
  private readonly logger: vscode.TelemetryLogger;

  constructor(
    private readonly reporter: Reporter,
    log: Log,
  ) {
    super();
    this.logger = this.keep(
      vscode.env.createTelemetryLogger(
        {
          sendEventData: (name, data) => reporter.record(name.slice(name.indexOf('/') + 1), data ?? {}),
          sendErrorData: (error) => log.debug(`not reported: ${error.message}`),
          flush: () => reporter.flush(),
        },
        { ignoreBuiltInCommonProperties: true, ignoreUnhandledErrors: true },
      ),
    );
    this.keep(this.logger.onDidChangeEnableStates(() => void this.follow()));
    this.keep(reporter);
    void this.follow();
  }

  get isOn(): boolean {
    return vscode.env.isTelemetryEnabled && this.logger.isUsageEnabled;
  }

  readonly record: RecordUsage = (event) => {
    // Agent names look like file paths to the editor's cleaner; they are public, so they pass as they are. What a person typed does not.
    const { agent, ...rest } = event.properties as Record<string, unknown>;
    const properties = agent === undefined ? rest : { ...rest, agent: new vscode.TelemetryTrustedValue(agent) };
    this.logger.logUsage(event.name, properties);
  };

  private async follow(): Promise<void> {
    if (this.isOn) this.reporter.start();
    else await this.reporter.stopAndForget();
  }
}
