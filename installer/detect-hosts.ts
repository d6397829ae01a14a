import { join } from 'node:path';
import type { HostId } from '../contract/hosts.ts';
import type { DetectedHost } from './engine-types.ts';
import { orMissing } from './node-errors.ts';
import type { FileSystem } from './ports.ts';

/** Files that show a host is used here, the surest first. */
const EVIDENCE: readonly { readonly host: HostId; readonly paths: readonly string[] }[] = [
  { host: 'claude-code', paths: ['.claude', 'CLAUDE.md', '.mcp.json', 'CLAUDE.local.md'] },
  {
    host: 'vscode',
    paths: [
      '.vscode',
      '.github/copilot-instructions.md',
      '.github/agents',
      '.github/prompts',
      '.github/instructions',
      '.github/chatmodes',
      '.github/hooks',
    ],
  },
];

/** Hosts that the workspace itself speaks of, with the file that says so. */
export async function detectHosts(fs: FileSystem, root: string): Promise<DetectedHost[]> {
  const found = await Promise.all(
    EVIDENCE.map(async ({ host, paths }): Promise<DetectedHost | undefined> => {
      for (const path of paths) {
        if ((await orMissing(fs.lstat(join(root, path)))) !== undefined) return { host, evidence: path };
      }
      return undefined;
    }),
  );
  return found.filter((each) => each !== undefined);
}
