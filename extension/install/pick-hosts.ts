import * as vscode from 'vscode';
import type { HostId } from '../../contract/hosts.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';
import type { HostChoice } from './host-choice-core.ts';

/** Asks for hosts. Throws Cancelled when the user steps back or ticks none. */
export async function pickHosts(displayName: string, choices: readonly HostChoice[]): Promise<HostId[]> {
  const items = choices.map((choice) => ({
    label: choice.label,
    description: choice.description,
    ...(choice.detail === undefined ? {} : { detail: choice.detail }),
    picked: choice.isPicked,
    host: choice.host,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Install {0}', displayName),
    placeHolder: t('Where will you use it?'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (picked === undefined || picked.length === 0) throw new Cancelled();
  return picked.map((item) => item.host);
}
