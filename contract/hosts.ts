import * as z from 'zod/mini';

/** The AI hosts an agent can be installed for (DESIGN section 8). Ids are API: lockfiles and filters carry them. */
export const HOSTS = [
  { id: 'claude-code', name: 'Claude Code' },
  { id: 'vscode', name: 'VS Code' },
  { id: 'copilot-cli', name: 'Copilot CLI' },
  { id: 'cursor', name: 'Cursor' },
  { id: 'codex', name: 'Codex' },
  { id: 'gemini', name: 'Gemini CLI' },
  { id: 'opencode', name: 'OpenCode' },
  { id: 'windsurf', name: 'Windsurf' },
] as const;

export const HOST_IDS = HOSTS.map((host) => host.id);
export type HostId = (typeof HOSTS)[number]['id'];
export const HostIdSchema = z.enum(['claude-code', 'vscode', 'copilot-cli', 'cursor', 'codex', 'gemini', 'opencode', 'windsurf']);

/** Hosts that this version installs for. The installer's translators and the package checks cover exactly these. */
export const INSTALLABLE_HOST_IDS: readonly HostId[] = ['claude-code', 'vscode'];

export function hostName(id: HostId): string {
  return HOSTS.find((host) => host.id === id)?.name ?? id;
}
