import * as vscode from 'vscode';
import { DEFAULT_SERVICE_URL } from '../../contract/downloads.ts';
import { type HostId, HostIdSchema } from '../../contract/hosts.ts';
import { SETTINGS } from './ids.ts';

/** Origin of the service without a trailing slash. A value that is no http address falls back to the default, which the tree then names. */
export function readServiceUrl(): string {
  const text = vscode.workspace.getConfiguration().get<string>(SETTINGS.serviceUrl, DEFAULT_SERVICE_URL).trim();
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return DEFAULT_SERVICE_URL;
  return text.replace(/\/+$/, '');
}

/** Hosts to tick in advance; unknown ids are ignored. Empty means: those found in the workspace. */
export function readPreferredHosts(): HostId[] {
  const value = vscode.workspace.getConfiguration().get<unknown>(SETTINGS.hosts, []);
  return Array.isArray(value) ? value.filter((id): id is HostId => HostIdSchema.safeParse(id).success) : [];
}

export function onSettingChange(key: keyof typeof SETTINGS, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SETTINGS[key])) listener();
  });
}
