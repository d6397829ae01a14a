import { CAPABILITY_IDS, type CapabilityId, type CapabilityManifest, type Evidence } from '../contract/capabilities.ts';
import { CapabilityBuilder } from './capability-builder.ts';
import { readHookMap } from './components/hooks.ts';
import { frontMatterLine, textValue } from './components/markdown.ts';
import { readTool } from './components/tools.ts';
import { findExecutables, programTexts } from './executables.ts';
import { findInlineShell } from './inline-shell.ts';
import { isRecord } from './json-source.ts';
import type { Command, Hook, MarkdownSource, McpServer, Skill, Subagent } from './model.ts';
import { findHosts, hostOf, isHostDeclared } from './network.ts';
import type { Subject } from './subject.ts';
import { findSecretReads, findVariables } from './variables.ts';

/** The tools that must all be denied before a capability is gone. */
const DENIED_BY: Record<CapabilityId, readonly string[]> = {
  read: ['read'],
  search: ['grep', 'glob'],
  edit: ['edit', 'write', 'notebookedit'],
  execute: ['bash'],
  web: ['webfetch', 'websearch'],
  agent: ['agent'],
  mcp: ['mcp__*'],
};

function useTools(builder: CapabilityBuilder, tools: readonly string[], evidence: Evidence): void {
  for (const text of tools) {
    if (text === '*') for (const id of CAPABILITY_IDS) builder.use(id, evidence);
    const tool = readTool(text);
    if (tool.capability !== undefined) builder.use(tool.capability, evidence, tool.detail);
  }
}

function useSubagent(builder: CapabilityBuilder, subagent: Subagent): void {
  const path = subagent.source.path;
  const denied = new Set(subagent.disallowedTools.map((tool) => tool.toLowerCase().replace(/^task$/, 'agent')));
  if (subagent.tools === undefined) {
    // No list means every tool of the host, present and future.
    const evidence = { path, line: frontMatterLine(subagent.source, 'name') };
    for (const id of CAPABILITY_IDS) {
      if (!DENIED_BY[id].every((tool) => denied.has(tool))) builder.use(id, evidence);
    }
  } else {
    useTools(
      builder,
      subagent.tools.filter((tool) => !denied.has(tool.toLowerCase())),
      { path, line: frontMatterLine(subagent.source, 'tools') },
    );
  }
}

function useHook(builder: CapabilityBuilder, hook: Hook): void {
  const evidence = { path: hook.path, line: hook.line };
  builder.use('execute', evidence, hook.command);
  builder.commands.push({ kind: 'hook', command: hook.command, trigger: hook.event, evidence });
  for (const { host } of findHosts(hook.command)) builder.host(host, evidence);
  for (const name of findVariables(hook.command)) builder.secret(name, evidence);
}

function useServer(builder: CapabilityBuilder, server: McpServer): void {
  const evidence = { path: server.path, line: server.line };
  const command = [server.command, ...server.args].filter((part) => part !== undefined).join(' ');
  builder.use('mcp', evidence, `${server.name}/*`);
  builder.mcpServers.push({ name: server.name, transport: server.transport, target: server.url ?? command, evidence });
  if (server.transport === 'stdio') builder.commands.push({ kind: 'mcp', command, trigger: server.name, evidence });
  const host = server.url === undefined ? undefined : hostOf(server.url);
  if (host !== undefined) builder.host(host, evidence);
  const texts = [command, server.url ?? '', ...Object.values(server.env), ...Object.values(server.headers)];
  for (const text of texts) {
    for (const use of findHosts(text)) builder.host(use.host, evidence);
    for (const name of findVariables(text)) builder.secret(name, evidence);
  }
}

/** What skills and commands pre-approve, run inline and register while they are active. */
function useDocument(builder: CapabilityBuilder, subject: Subject, document: Skill | Command | Subagent): void {
  const source: MarkdownSource = document.source;
  const path = source.path;
  if (document.kind !== 'subagent') {
    useTools(builder, document.allowedTools ?? [], { path, line: frontMatterLine(source, 'allowed-tools') });
    for (const shell of findInlineShell(source)) {
      const evidence = { path, line: shell.line };
      builder.use('execute', evidence, shell.command);
      builder.commands.push({ kind: 'inline-shell', command: shell.command, trigger: document.name, evidence });
      for (const { host } of findHosts(shell.command)) builder.host(host, evidence);
    }
  }
  const line = frontMatterLine(source, 'hooks');
  if (isRecord(source.frontMatter.hooks)) {
    const hooks = readHookMap(subject.files, { path, events: source.frontMatter.hooks, lineOf: () => line });
    for (const hook of hooks.items) useHook(builder, hook);
  }
  const model = textValue(source.frontMatter.model);
  if (model !== undefined && model !== 'inherit') builder.models.add(model);
}

function usePrograms(builder: CapabilityBuilder, subject: Subject, executables: readonly string[]): void {
  for (const [path, text] of programTexts(subject)) {
    for (const { host, line } of findHosts(text)) builder.host(host, { path, line });
    for (const { name, line } of findSecretReads(text)) builder.secret(name, { path, line });
  }
  for (const skill of subject.skills) {
    // A skill ships its scripts so that the model runs them.
    for (const path of skill.files) if (executables.includes(path)) builder.use('execute', { path, line: 1 }, path);
  }
}

interface Declared {
  readonly capabilities: readonly string[];
  readonly hosts: readonly string[];
  readonly env: readonly string[];
}

function readDeclared(subject: Subject): Declared {
  const agent = subject.manifest.raw.agent;
  const permissions = isRecord(agent) && isRecord(agent.permissions) ? agent.permissions : {};
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []);
  const configuration = isRecord(agent) && Array.isArray(agent.configuration) ? agent.configuration : [];
  const keys = configuration.flatMap((option: unknown) =>
    isRecord(option) && typeof option.key === 'string' ? [option.key] : [],
  );
  return {
    capabilities: texts(permissions.capabilities),
    hosts: texts(permissions.hosts),
    env: [...texts(permissions.env), ...keys],
  };
}

/**
 * Derives what a package can do from its files alone, with file and line for each claim. `undeclared` holds `execute`,
 * `host:api.acme.dev` or `env:ACME_TOKEN` for everything that `agent.permissions` of package.json does not name.
 */
export function deriveCapabilities(subject: Subject): CapabilityManifest {
  const builder = new CapabilityBuilder();
  const executables = findExecutables(subject);
  for (const subagent of subject.subagents) useSubagent(builder, subagent);
  for (const document of [...subject.subagents, ...subject.skills, ...subject.commands]) useDocument(builder, subject, document);
  for (const hook of subject.hooks) useHook(builder, hook);
  for (const server of subject.mcpServers) useServer(builder, server);
  usePrograms(builder, subject, executables);
  for (const option of subject.manifest.manifest?.agent.configuration ?? []) {
    const index = subject.manifest.manifest?.agent.configuration.indexOf(option) ?? 0;
    const line = subject.manifest.source?.lineOf(['agent', 'configuration', index]) ?? 1;
    if (option.sensitive) builder.secret(option.key, { path: 'package.json', line });
  }
  const declared = readDeclared(subject);
  const capabilities = builder.capabilities();
  const networkHosts = builder.networkHosts();
  const secrets = builder.secrets();
  return {
    capabilities,
    commands: builder.commands,
    mcpServers: builder.mcpServers,
    networkHosts,
    secrets,
    models: [...builder.models].sort(),
    executables,
    undeclared: [
      ...capabilities.map(({ id }) => id).filter((id) => !declared.capabilities.includes(id)),
      ...networkHosts.filter(({ host }) => !isHostDeclared(host, declared.hosts)).map(({ host }) => `host:${host}`),
      ...secrets.filter(({ name }) => !declared.env.includes(name)).map(({ name }) => `env:${name}`),
    ],
  };
}

/** The manifest of a package that could not be read: nothing is known, so nothing is claimed. */
export const NO_CAPABILITIES: CapabilityManifest = {
  capabilities: [],
  commands: [],
  mcpServers: [],
  networkHosts: [],
  secrets: [],
  models: [],
  executables: [],
  undeclared: [],
};
