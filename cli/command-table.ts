import type { CommandEntry } from './command.ts';

const MANY = 100;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const hosts = { type: 'string', multiple: true } as const;

const HOST_HELP = 'claude-code or vscode; repeat it for several';
const YES_HELP = 'agree to what the agent can do, without being asked';
const CONFLICT_HELP = 'keep or replace files that are in the way';
const KEYS_HELP = 'accept signing keys that differ from the first ones seen';

/** Every command. The order is the order in `--help`. */
export const COMMANDS = {
  search: {
    summary: 'find agents',
    usage: '[words…]',
    options: { category: text, host: text, kind: text, price: text, sort: text, limit: text },
    help: {
      category: 'id of a category, such as testing-qa',
      host: 'agents for this host',
      kind: 'subagent, skill, command, rule, hook or mcp',
      price: 'free or paid',
      sort: 'relevance, trending, installs, updated or name',
      limit: 'how many to show, at most 100 (20)',
    },
    minArgs: 0,
    maxArgs: MANY,
    load: async () => (await import('./commands/search.ts')).search,
  },
  info: {
    summary: 'show an agent: what it can do, versions, hosts',
    usage: '<@scope/name>',
    options: {},
    help: {},
    minArgs: 1,
    maxArgs: 1,
    load: async () => (await import('./commands/info.ts')).info,
  },
  add: {
    summary: 'install agents into this workspace',
    usage: '<@scope/name[@version]>…',
    options: {
      host: hosts,
      yes: { ...flag, short: 'y' },
      'without-hooks': flag,
      'accept-losses': flag,
      'on-conflict': text,
      'dry-run': flag,
      'trust-new-keys': flag,
    },
    help: {
      host: HOST_HELP,
      yes: YES_HELP,
      'without-hooks': 'leave out what would run by itself after an event',
      'accept-losses': 'also translate what drops a restriction in a host',
      'on-conflict': CONFLICT_HELP,
      'dry-run': 'show the plan and write nothing',
      'trust-new-keys': KEYS_HELP,
    },
    minArgs: 1,
    maxArgs: MANY,
    load: async () => (await import('./commands/add.ts')).add,
  },
  remove: {
    summary: 'remove agents, or take them from some hosts',
    usage: '<@scope/name>…',
    options: { host: hosts, yes: { ...flag, short: 'y' } },
    help: { host: 'only from this host', yes: 'accepted for scripts; removing asks nothing' },
    minArgs: 1,
    maxArgs: MANY,
    load: async () => (await import('./commands/remove.ts')).remove,
  },
  list: {
    summary: 'list what is installed here',
    usage: '',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/list.ts')).list,
  },
  outdated: {
    summary: 'list installed agents that have a newer version',
    usage: '',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/outdated.ts')).outdated,
  },
  update: {
    summary: 'update all installed agents, or the named ones',
    usage: '[@scope/name…]',
    options: { yes: { ...flag, short: 'y' }, 'on-conflict': text, 'dry-run': flag, 'trust-new-keys': flag },
    help: {
      yes: YES_HELP,
      'on-conflict': CONFLICT_HELP,
      'dry-run': 'show the plans and write nothing',
      'trust-new-keys': KEYS_HELP,
    },
    minArgs: 0,
    maxArgs: MANY,
    load: async () => (await import('./commands/update.ts')).update,
  },
  install: {
    summary: 'restore everything in agents.lock.json, byte for byte',
    usage: '',
    options: { yes: { ...flag, short: 'y' }, 'on-conflict': text, 'dry-run': flag },
    help: { yes: YES_HELP, 'on-conflict': CONFLICT_HELP, 'dry-run': 'show the plans and write nothing' },
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/install.ts')).install,
  },
  verify: {
    summary: 'compare installed files with what was written',
    usage: '[@scope/name]',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 1,
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  login: {
    summary: 'sign in',
    usage: '',
    options: { name: text },
    help: { name: 'your name, which is also your publisher scope' },
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/login.ts')).login,
  },
  logout: {
    summary: 'sign out and revoke the token',
    usage: '',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/logout.ts')).logout,
  },
  whoami: {
    summary: 'say who is signed in',
    usage: '',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 0,
    load: async () => (await import('./commands/whoami.ts')).whoami,
  },
  validate: {
    summary: 'check a package folder; nothing is sent',
    usage: '[folder]',
    options: {},
    help: {},
    minArgs: 0,
    maxArgs: 1,
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  publish: {
    summary: 'pack a folder and publish it',
    usage: '[folder]',
    options: { tag: text, 'dry-run': flag },
    help: { tag: 'dist-tag to move (latest)', 'dry-run': 'pack and check only' },
    minArgs: 0,
    maxArgs: 1,
    load: async () => (await import('./commands/publish.ts')).publish,
  },
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof COMMANDS;
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  json: flag,
  service: text,
  cwd: text,
  offline: flag,
  'no-color': flag,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'v' },
} as const;

export const COMMON_HELP: Readonly<Record<keyof typeof COMMON_OPTIONS, string>> = {
  json: 'one JSON document on stdout, for errors as well',
  service: 'address of the marketplace ($CODITECT_SERVICE, else the last login, else http://127.0.0.1:3900)',
  cwd: 'workspace folder (the current one)',
  offline: 'use the cache only',
  'no-color': 'no colours (also $NO_COLOR)',
  help: 'show help',
  version: 'show the version',
};
