import { loadEngineChunk } from '../install/engine-chunk.ts';
import { loadPanelsChunk } from '../panels/panels-chunk.ts';
import type { ArgumentsOf, CommandKey } from '../platform/ids.ts';
import { copyInstallCommand } from './agent-copy-command.ts';
import { installAgent } from './agent-install.ts';
import { openAgent } from './agent-open.ts';
import { openOnWeb } from './agent-open-web.ts';
import { searchAgents } from './agent-search.ts';
import { checkForUpdates } from './agents-check-updates.ts';
import { verifyAgents } from './agents-verify.ts';
import type { CommandContext } from './context.ts';
import { openFinding } from './finding-open.ts';
import { recoverInstall } from './install-recover.ts';
import { openSettings } from './open-settings.ts';
import { runRow } from './row-run.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

type Handlers = { readonly [Key in CommandKey]: (...args: ArgumentsOf<Key>) => Promise<void> | void };

/** Every command with its handler; the type makes a missing one a compile error. */
export function commandHandlers(context: CommandContext): Handlers {
  const { marketplace, agents, publishing, log } = context;
  return {
    searchAgents: (query) => searchAgents(context, query),
    filterMarketplace: async () => (await loadPanelsChunk()).filterMarketplace(context),
    clearFilter: () => marketplace.setFilter({}),
    refreshMarketplace: () => marketplace.reload(),
    runRow,
    openAgent: (target) => openAgent(context, target),
    openOnWeb: (target) => openOnWeb(context, target),
    copyInstallCommand: (target) => copyInstallCommand(context, target),
    installAgent: (target) => installAgent(context, target),
    updateAgent: async (target) => (await loadEngineChunk()).updateAgent(context, target),
    removeAgent: async (target) => (await loadEngineChunk()).removeAgent(context, target),
    compareAgent: async (target) => (await loadEngineChunk()).compareAgent(context, target),
    checkForUpdates: () => checkForUpdates(context),
    verifyAgents: () => verifyAgents(context),
    restoreAgents: async () => (await loadEngineChunk()).restoreAgents(context),
    recoverInstall: () => recoverInstall(context),
    refreshInstalled: () => agents.invalidate(),
    refreshPublishing: () => publishing.refresh(),
    publishFolder: async (folder) => (await loadEngineChunk()).publishFolder(context, folder),
    openFinding: (target) => openFinding(context, target),
    signIn: () => signIn(context),
    signOut: () => signOut(context),
    openSettings: () => openSettings(context),
    openLog: () => log.show(),
  };
}
