import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The per-user folder that CLI and extension share: cached packages, credentials of the CLI, pinned keys, merge bases,
 * installation id. `$CODITECT_AGENTS_HOME` wins; otherwise the system's place for application data.
 */
export function userDirectory(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = env.CODITECT_AGENTS_HOME;
  if (chosen !== undefined && chosen !== '') return chosen;
  const name = 'coditect-agents';
  const data = env.XDG_DATA_HOME;
  if (data?.startsWith('/')) return join(data, name);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), name);
  return join(homedir(), '.local', 'share', name);
}
