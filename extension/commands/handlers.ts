import type { ArgumentsOf, CommandKey } from '../platform/ids.ts';
import { compareAgent } from './agent-compare.ts';
import { copyInstallCommand } from './agent-copy-command.ts';
import { installAgent } from './agent-install.ts';
import { openAgent } from './agent-open.ts';
import { openOnWeb } from './agent-open-web.ts';
import { removeAgent } from './agent-remove.ts';
import { searchAgents } from './agent-search.ts';
import { updateAgent } from './agent-update.ts';
import { checkForUpdates } from './agents-check-updates.ts';
import { restoreAgents } from './agents-restore.ts';
import { verifyAgents } from './agents-verify.ts';
import type { CommandContext } from './context.ts';
import { openFinding } from './finding-open.ts';
import { publishFolder } from './folder-publish.ts';
import { recoverInstall } from './install-recover.ts';
import { filterMarketplace } from './marketplace-filter.ts';
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
    filterMarketplace: () => filterMarketplace(context),
    clearFilter: () => marketplace.setFilter({}),
    refreshMarketplace: () => marketplace.reload(),
    runRow,
    openAgent: (target) => openAgent(context, target),
    openOnWeb: (target) => openOnWeb(context, target),
    copyInstallCommand: (target) => copyInstallCommand(context, target),
    installAgent: (target) => installAgent(context, target),
    updateAgent: (target) => updateAgent(context, target),
    removeAgent: (target) => removeAgent(context, target),
    compareAgent: (target) => compareAgent(context, target),
    checkForUpdates: () => checkForUpdates(context),
    verifyAgents: () => verifyAgents(context),
    restoreAgents: () => restoreAgents(context),
    recoverInstall: () => recoverInstall(context),
    refreshInstalled: () => agents.invalidate(),
    refreshPublishing: () => publishing.refresh(),
    publishFolder: (folder) => publishFolder(context, folder),
    openFinding: (target) => openFinding(context, target),
    signIn: () => signIn(context),
    signOut: () => signOut(context),
    openSettings: () => openSettings(context),
    openLog: () => log.show(),
  };
}
