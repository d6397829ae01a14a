/** Every id that package.json and the code share. A test keeps both lists equal. */

/** What points at an agent: a tree node, a panel, or a caller of a command. */
export interface AgentRef {
  /** `@scope/slug`. */
  readonly agent: string;
  /** Display name, when the caller knows it. */
  readonly displayName?: string;
  /** Workspace folder it is installed in, as a URI text; absent where that does not matter. */
  readonly folder?: string;
  /** Exact version, when not the newest is meant. */
  readonly version?: string;
}

export const COMMANDS = {
  searchAgents: 'coditect.searchAgents',
  filterMarketplace: 'coditect.filterMarketplace',
  clearFilter: 'coditect.clearFilter',
  refreshMarketplace: 'coditect.refreshMarketplace',
  runRow: 'coditect.runRow',
  openAgent: 'coditect.openAgent',
  openOnWeb: 'coditect.openOnWeb',
  copyInstallCommand: 'coditect.copyInstallCommand',
  installAgent: 'coditect.installAgent',
  updateAgent: 'coditect.updateAgent',
  removeAgent: 'coditect.removeAgent',
  compareAgent: 'coditect.compareAgent',
  checkForUpdates: 'coditect.checkForUpdates',
  verifyAgents: 'coditect.verifyAgents',
  restoreAgents: 'coditect.restoreAgents',
  recoverInstall: 'coditect.recoverInstall',
  refreshInstalled: 'coditect.refreshInstalled',
  refreshPublishing: 'coditect.refreshPublishing',
  publishFolder: 'coditect.publishFolder',
  openFinding: 'coditect.openFinding',
  signIn: 'coditect.signIn',
  signOut: 'coditect.signOut',
  openSettings: 'coditect.openSettings',
  openLog: 'coditect.openLog',
} as const;

export type CommandKey = keyof typeof COMMANDS;

/** Arguments by command; a command that is absent here takes none. Values come from outside, so handlers check them. */
export interface CommandArguments {
  searchAgents: [query?: string];
  runRow: [row?: unknown];
  openAgent: [target?: AgentRef];
  openOnWeb: [target?: AgentRef];
  copyInstallCommand: [target?: AgentRef];
  installAgent: [target?: AgentRef];
  updateAgent: [target?: AgentRef];
  removeAgent: [target?: AgentRef];
  compareAgent: [target?: AgentRef];
  openFinding: [target?: unknown];
  publishFolder: [folder?: unknown];
}

export type ArgumentsOf<Key extends CommandKey> = Key extends keyof CommandArguments ? CommandArguments[Key] : [];

export const VIEWS = {
  marketplace: 'coditect.marketplace',
  installed: 'coditect.installed',
  publishing: 'coditect.publishing',
  insights: 'coditect.insights',
} as const;

export const SETTINGS = {
  serviceUrl: 'coditect.serviceUrl',
  hosts: 'coditect.hosts',
} as const;

export const CONTEXT_KEYS = {
  isSignedIn: 'coditect.isSignedIn',
  isPublisher: 'coditect.isPublisher',
  isFiltered: 'coditect.isFiltered',
  hasLockfile: 'coditect.hasLockfile',
  isInterrupted: 'coditect.isInterrupted',
} as const;

/** `viewItem` values of tree rows; package.json's menus select by them. */
export const ITEM_KINDS = {
  agent: 'agent',
  agentInstalled: 'agent.installed',
  unreachable: 'unreachable',
  installed: 'installed',
  installedUpdate: 'installed.update',
  installedEdited: 'installed.edited',
  installedEditedUpdate: 'installed.edited.update',
  published: 'published',
  finding: 'finding',
} as const;

export const AUTH_PROVIDER_ID = 'coditect';
export const PANEL_TYPES = { detail: 'coditect.agentDetail' } as const;
export const SCHEMES = { plan: 'coditect-plan', packageFile: 'coditect-package' } as const;
