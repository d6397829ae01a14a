import * as vscode from 'vscode';
import { Disposable } from '../platform/dispose.ts';
import { UserError } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';

/** Which agents are being changed at this moment, for the detail panel's button; one change at a time for each agent. */
export class InstallActivity extends Disposable {
  private readonly steps = new Map<string, string>();
  private readonly changed = this.keep(new vscode.EventEmitter<string>());
  readonly onDidChange = this.changed.event;

  stepOf(agent: string): string | undefined {
    return this.steps.get(agent);
  }

  async during<T>(agent: string, run: (report: (step: string) => void) => Promise<T>): Promise<T> {
    if (this.steps.has(agent)) throw new UserError(t('This agent is being changed already.'), { code: 'busy' });
    const report = (step: string) => {
      this.steps.set(agent, step);
      this.changed.fire(agent);
    };
    report(t('Starting'));
    try {
      return await run(report);
    } finally {
      this.steps.delete(agent);
      this.changed.fire(agent);
    }
  }
}
