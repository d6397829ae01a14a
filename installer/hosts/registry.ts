import { type HostId, hostName } from '../../contract/hosts.ts';
import { InstallError } from '../errors.ts';
import { claudeCodeFiles } from './claude-code.ts';
import type { TranslateHost } from './host-files.ts';
import { vscodeFiles } from './vscode.ts';

/** Hosts the installer can translate for. A new host is one file and one line here. */
const TRANSLATORS: Partial<Record<HostId, TranslateHost>> = { 'claude-code': claudeCodeFiles, vscode: vscodeFiles };

export const SUPPORTED_HOSTS = Object.keys(TRANSLATORS) as readonly HostId[];

/** @throws InstallError `host_not_supported` */
export function translatorOf(host: HostId): TranslateHost {
  const translate = TRANSLATORS[host];
  if (translate === undefined) {
    throw new InstallError('host_not_supported', { details: { host: hostName(host), hosts: SUPPORTED_HOSTS } });
  }
  return translate;
}
