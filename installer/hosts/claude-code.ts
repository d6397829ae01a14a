import type { AgentPackage, Hook, McpServer, Subagent } from '../../packaging/model.ts';
import type { HostLoss } from '../install-plan.ts';
import { pointerOf } from '../merge/json-text.ts';
import { filesOfDocuments, skillTargets } from './documents.ts';
import { entryTarget, fileTarget, type HostFiles, type HostTarget, note, type TranslateOptions } from './host-files.ts';
import { withLocalPaths, withoutFields } from './markdown-text.ts';
import { agentFolder, DATA_VARIABLE, replaceRoot, replaceRootInShell, supportTargets } from './plugin-root.ts';
import { configurationNames, replaceVariables } from './variables.ts';

/** Read in a plugin's agent but without effect there; in `.claude/agents` they would start to act (plugin rule of Claude Code). */
const ONLY_OUTSIDE_PLUGINS = ['hooks', 'mcpServers', 'permissionMode', 'initialPrompt'] as const;
/** Modes that never allow more than the default does. */
const HARMLESS_MODES: readonly unknown[] = ['default', 'manual', 'plan'];

/** Claude Code reads every component as it was written, from `.claude/` and `.mcp.json`. */
export function claudeCodeFiles(pkg: AgentPackage, options: TranslateOptions): HostFiles {
  const targets: HostTarget[] = [];
  const losses: HostLoss[] = [];
  for (const subagent of pkg.subagents) targets.push(subagentTarget(pkg, subagent, losses));
  for (const skill of pkg.skills) targets.push(...skillTargets(pkg, skill, '.claude/skills'));
  for (const command of pkg.commands) {
    const text = withLocalPaths(pkg, command.source.text);
    targets.push(fileTarget(`.claude/commands/${command.name}.md`, text, `command ${command.name}`));
  }
  for (const rule of pkg.rules) {
    targets.push(fileTarget(`.claude/rules/${rule.name}.md`, withLocalPaths(pkg, rule.source.text), `rule ${rule.name}`));
  }
  const hooks = options.withoutHooks ? [] : pkg.hooks.filter((hook) => isUsable(hook.command, `hook ${hook.event}`, losses));
  const servers = pkg.mcpServers.filter((server) => isUsable(JSON.stringify(server), `MCP server ${server.name}`, losses));
  for (const hook of hooks) targets.push(hookTarget(pkg, hook));
  for (const server of servers) targets.push(serverTarget(pkg, server));
  targets.push(...supportTargets(pkg, [...filesOfDocuments(pkg), ...[...hooks, ...servers].flatMap((each) => each.files)]));
  for (const name of configurationNames(pkg, servers)) {
    losses.push(note('configuration', `set ${name} in the environment before you start Claude Code`));
  }
  const needsSession = hooks.length > 0 || servers.length > 0;
  return { host: 'claude-code', targets, losses, nextStep: needsSession ? 'start a new session' : 'available now' };
}

function subagentTarget(pkg: AgentPackage, subagent: Subagent, losses: HostLoss[]): HostTarget {
  const { frontMatter } = subagent.source;
  const dropped = ONLY_OUTSIDE_PLUGINS.filter(
    (key) => Object.hasOwn(frontMatter, key) && !(key === 'permissionMode' && HARMLESS_MODES.includes(frontMatter[key])),
  );
  if (dropped.length > 0) {
    losses.push(note(`subagent ${subagent.name}`, `${dropped.join(', ')} left out: plugins may not set them either`));
  }
  const text = withLocalPaths(pkg, withoutFields(subagent.source, dropped));
  return fileTarget(`.claude/agents/${subagent.name}.md`, text, `subagent ${subagent.name}`);
}

function hookTarget(pkg: AgentPackage, hook: Hook): HostTarget {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the host's own variable
  const command = replaceRootInShell(hook.command, '${CLAUDE_PROJECT_DIR}', `/${agentFolder(pkg)}`);
  const value = {
    ...(hook.matcher === undefined ? {} : { matcher: hook.matcher }),
    hooks: [
      {
        type: 'command',
        command: replaceVariables(command, (variable) => `\${${variable.environmentName}}`),
        ...(hook.timeoutSeconds === undefined ? {} : { timeout: hook.timeoutSeconds }),
      },
    ],
  };
  return entryTarget('.claude/settings.json', pointerOf('hooks', hook.event, '-'), value, `hook ${hook.event}`);
}

function serverTarget(pkg: AgentPackage, server: McpServer): HostTarget {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the host's own variable, with the start folder for older versions
  const root = `${'${CLAUDE_PROJECT_DIR:-.}'}/${agentFolder(pkg)}`;
  const adapt = (text: string) =>
    replaceVariables(replaceRoot(text, root), (variable) => {
      if (!variable.isOption) return variable.text;
      return variable.fallback === undefined
        ? `\${${variable.environmentName}}`
        : `\${${variable.environmentName}:-${variable.fallback}}`;
    });
  return entryTarget('.mcp.json', pointerOf('mcpServers', server.name), serverValue(server, adapt), `MCP server ${server.name}`);
}

/** The server as both hosts write it; empty maps are left out. */
export function serverValue(server: McpServer, adapt: (text: string) => string): Record<string, unknown> {
  const map = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, adapt(value)]));
  if (server.transport === 'stdio') {
    return {
      type: 'stdio',
      command: adapt(server.command ?? ''),
      args: server.args.map(adapt),
      ...(Object.keys(server.env).length === 0 ? {} : { env: map(server.env) }),
    };
  }
  return {
    type: server.transport,
    url: adapt(server.url ?? ''),
    ...(Object.keys(server.headers).length === 0 ? {} : { headers: map(server.headers) }),
  };
}

function isUsable(text: string, component: string, losses: HostLoss[]): boolean {
  if (!DATA_VARIABLE.test(text)) return true;
  losses.push(note(component, 'left out: it needs the data folder that only plugins have'));
  return false;
}
