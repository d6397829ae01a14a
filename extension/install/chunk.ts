// Entry of dist/install.cjs: everything that changing the workspace and publishing need and browsing does not.
import { createEngine } from '../../installer/engine.ts';
import type { Engine } from '../../installer/engine-types.ts';
import { nodePorts } from '../../installer/node-ports.ts';
import { userDirectory } from '../../installer/user-dir.ts';

/** Set by the build: a hash over the sources of the package checks. */
declare const CHECKS_STAMP: string | undefined;

export interface WorkspaceEngineOptions {
  /** Origin of the service. */
  readonly serviceUrl: string;
  readonly token: () => Promise<string | undefined>;
  /** Absolute path of the workspace folder. */
  readonly workspaceRoot: string;
}

/** The engine over the real disk and network for one workspace folder. */
export function createWorkspaceEngine(options: WorkspaceEngineOptions): Engine {
  const stamp = typeof CHECKS_STAMP === 'string' ? { checksStamp: CHECKS_STAMP } : {};
  return createEngine({ ...options, ports: nodePorts(), userDir: userDirectory(), ...stamp });
}

export { compareAgent } from '../commands/agent-compare.ts';
export { removeAgent } from '../commands/agent-remove.ts';
export { updateAgent } from '../commands/agent-update.ts';
export { restoreAgents } from '../commands/agents-restore.ts';
export { readPackageText } from '../panels/package-text.ts';
export { useTranslator } from '../platform/text-core.ts';
export { publishFolder } from '../publish/publish-folder.ts';
export { runInstall } from './install-flow.ts';
