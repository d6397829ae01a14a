import { isAbsolute } from 'node:path';
import { detectHosts } from './detect-hosts.ts';
import type { Engine, EngineSettings } from './engine-types.ts';
import { InstallError } from './errors.ts';
import { listInstalled, verifyAgent } from './installed.ts';
import { MergeBases } from './merge/merge-bases.ts';
import { asInstallError } from './node-errors.ts';
import { applyInstall } from './operations/apply-install.ts';
import { compareInstalled, comparePlanned } from './operations/compare.ts';
import type { EngineContext } from './operations/context.ts';
import { findOutdated } from './operations/outdated.ts';
import { planInstall, planRestore } from './operations/plan-install.ts';
import { removeAgent } from './operations/remove-agent.ts';
import { PackageSource } from './package-source.ts';
import { readLockfile, takeSnapshot } from './planning/snapshot.ts';
import { recoverWorkspace } from './transaction/recover.ts';

/**
 * Builds the engine for one workspace. Cheap: nothing is read before the first call. The engine touches disk, network and clock
 * only through `settings.ports`.
 */
export function createEngine(settings: EngineSettings): Engine {
  if (!isAbsolute(settings.workspaceRoot)) throw new TypeError('workspaceRoot must be absolute');
  const { ports, workspaceRoot: root, userDir } = settings;
  const bases = new MergeBases({ fs: ports.fs, userDir, workspaceRoot: root });
  const context: EngineContext = { ports, root, reader: { fs: ports.fs, root, bases }, source: new PackageSource(settings) };

  /** Recovery first, and disk failures in our words. */
  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      await recoverWorkspace(ports, root);
      return await work();
    } catch (error) {
      throw asInstallError(error);
    }
  }

  async function verify(agent?: string) {
    const locked = await readLockfile(context.reader);
    const agents = Object.entries(locked.lockfile.agents).filter(([name]) => agent === undefined || name === agent);
    if (agent !== undefined && agents.length === 0) throw new InstallError('not_installed', { details: { agent } });
    const paths = agents.flatMap(([, each]) => each.files.map((file) => file.path));
    const { files } = await takeSnapshot(context.reader, locked, paths);
    return agents.map(([name, each]) => verifyAgent(name, each, files)).sort((a, b) => (a.agent < b.agent ? -1 : 1));
  }

  return {
    recover: async () => {
      try {
        return await recoverWorkspace(ports, root);
      } catch (error) {
        throw asInstallError(error);
      }
    },
    detectHosts: () => run(() => detectHosts(ports.fs, root)),
    planInstall: (request) => run(() => planInstall(context, request)),
    apply: (plan, options = {}) => run(() => applyInstall(context, plan, options)),
    remove: (agent, options = {}) => run(() => removeAgent(context, agent, options)),
    list: () => run(async () => listInstalled((await readLockfile(context.reader)).lockfile)),
    verify: (agent) => run(() => verify(agent)),
    planRestore: (options = {}) => run(() => planRestore(context, options)),
    outdated: (options = {}) => run(() => findOutdated(context, options)),
    compare: (plan, path) => run(() => comparePlanned(context, plan, path)),
    compareInstalled: (agent, path) => run(() => compareInstalled(context, agent, path)),
  };
}
