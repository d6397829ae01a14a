import { splitAgentName } from '../../contract/names.ts';
import type { AgentPackage, Hook, McpServer, Subagent } from '../../packaging/model.ts';
import { VSCODE_HOOK_EVENTS } from '../../packaging/vscode-hook-events.ts';
import type { HostLoss } from '../install-plan.ts';
import { pointerOf } from '../merge/json-text.ts';
import { claudeCodeFiles, serverValue } from './claude-code.ts';
import { filesOfDocuments, skillTargets } from './documents.ts';
import {
  entryTarget,
  fileTarget,
  type HostFiles,
  type HostTarget,
  note,
  restriction,
  type TranslateOptions,
} from './host-files.ts';
import { markdownText, withLocalPaths } from './markdown-text.ts';
import { agentFolder, DATA_VARIABLE, replaceRoot, supportTargets } from './plugin-root.ts';
import { vscodePromptBody } from './prompt-placeholders.ts';
import { isSecretName, replaceVariables, type WantedVariable } from './variables.ts';
import { vscodeTools } from './vscode-tools.ts';

/** Fields of a subagent that VS Code does not know and that only ever hold it back. */
const LIMITS = ['maxTurns', 'isolation'] as const;

/**
 * VS Code reads its own `.github/` files and also Claude Code's `.claude/{agents,rules,skills}` (seen in 1.139: both folders are
 * listed and nothing removes a second agent of the same name). So with Claude Code in the same install those three are shared;
 * alone VS Code gets its native files. Skills then go to `.agents/skills`, which most other hosts read as well.
 */
export function vscodeFiles(pkg: AgentPackage, options: TranslateOptions): HostFiles {
  const isShared = options.alongside.has('claude-code');
  const losses: HostLoss[] = [];
  const targets: HostTarget[] = isShared ? sharedTargets(pkg, options, losses) : nativeTargets(pkg, options, losses);
  for (const command of pkg.commands) targets.push(promptTarget(pkg, command, losses));
  const servers = pkg.mcpServers.filter((server) => isUsable(server, losses));
  for (const server of servers) targets.push(...serverTargets(pkg, server));
  const hooks = isShared || options.withoutHooks ? [] : nativeHooks(pkg, options, losses);
  if (hooks.length > 0) targets.push(hooksTarget(pkg, hooks));
  targets.push(...supportTargets(pkg, [...filesOfDocuments(pkg), ...[...hooks, ...servers].flatMap((each) => each.files)]));
  return {
    host: 'vscode',
    targets,
    losses,
    nextStep: servers.length > 0 ? 'start the MCP server when VS Code offers it' : 'available now',
  };
}

function sharedTargets(pkg: AgentPackage, options: TranslateOptions, losses: HostLoss[]): HostTarget[] {
  const claude = claudeCodeFiles(pkg, { ...options, withoutHooks: true });
  for (const subagent of pkg.subagents) {
    const component = `subagent ${subagent.name}`;
    // VS Code offers the field while typing but does not act on it
    if (subagent.disallowedTools.length > 0) losses.push(restriction(component, 'VS Code does not heed disallowedTools'));
    lostFields(subagent, losses);
  }
  if (pkg.hooks.length > 0 && !options.withoutHooks) {
    losses.push(note('hooks', 'they run in VS Code only with the setting chat.useClaudeHooks'));
  }
  return claude.targets.filter((target) => /^\.claude\/(?:agents|rules|skills)\//.test(target.path));
}

function nativeTargets(pkg: AgentPackage, options: TranslateOptions, losses: HostLoss[]): HostTarget[] {
  const targets: HostTarget[] = [];
  for (const subagent of pkg.subagents) {
    const target = subagentTarget(pkg, subagent, { acceptsLosses: options.acceptsLosses, losses });
    if (target !== undefined) targets.push(target);
  }
  for (const skill of pkg.skills) targets.push(...skillTargets(pkg, skill, '.agents/skills'));
  for (const rule of pkg.rules) {
    const applyTo = rule.paths.length === 0 ? '**' : rule.paths.join(',');
    const fields = { name: rule.name, description: rule.description || undefined, applyTo };
    const text = withLocalPaths(pkg, markdownText(fields, rule.source.body));
    targets.push(fileTarget(`.github/instructions/${rule.name}.instructions.md`, text, `rule ${rule.name}`));
  }
  return targets;
}

function subagentTarget(
  pkg: AgentPackage,
  subagent: Subagent,
  options: { readonly acceptsLosses: boolean; readonly losses: HostLoss[] },
): HostTarget | undefined {
  const component = `subagent ${subagent.name}`;
  const tools = vscodeTools(pkg, subagent, options);
  if (tools === 'none') {
    options.losses.push(note(component, 'left out: VS Code has none of its tools, and an empty list would allow all'));
    return undefined;
  }
  lostFields(subagent, options.losses);
  const text = markdownText({ name: subagent.name, description: subagent.description, tools }, subagent.source.body);
  return fileTarget(`.github/agents/${subagent.name}.agent.md`, withLocalPaths(pkg, text), component);
}

function lostFields(subagent: Subagent, losses: HostLoss[]): void {
  const { frontMatter } = subagent.source;
  for (const field of LIMITS) {
    if (Object.hasOwn(frontMatter, field)) losses.push(restriction(`subagent ${subagent.name}`, `VS Code has no ${field}`));
  }
  if (frontMatter.permissionMode === 'plan')
    losses.push(restriction(`subagent ${subagent.name}`, 'VS Code has no plan mode for agents'));
}

function promptTarget(pkg: AgentPackage, command: AgentPackage['commands'][number], losses: HostLoss[]): HostTarget {
  const name = command.name.replaceAll('/', '-');
  const body = vscodePromptBody(command.source.body);
  if (/(?:^|\s)!`|^```!/m.test(command.source.body)) {
    losses.push(note(`command ${command.name}`, 'inline shell does not run by itself; the prompt asks for it'));
  }
  const fields = { name, description: command.description || undefined, 'argument-hint': command.argumentHint };
  const text = withLocalPaths(pkg, markdownText(fields, body));
  return fileTarget(`.github/prompts/${name}.prompt.md`, text, `command ${command.name}`);
}

/** A hook whose matcher VS Code would ignore runs for every tool; it is left out unless the user accepted that. */
function nativeHooks(pkg: AgentPackage, options: TranslateOptions, losses: HostLoss[]): Hook[] {
  return pkg.hooks.filter((hook) => {
    const component = `hook ${hook.event}`;
    if (!VSCODE_HOOK_EVENTS.has(hook.event)) losses.push(note(component, 'left out: VS Code has no such event'));
    else if (DATA_VARIABLE.test(hook.command))
      losses.push(note(component, 'left out: it needs the data folder that only plugins have'));
    else if (isEveryTool(hook.matcher)) return true;
    else if (!options.acceptsLosses) losses.push(note(component, `left out: VS Code would ignore its matcher "${hook.matcher}"`));
    else {
      losses.push(restriction(component, `VS Code ignores the matcher "${hook.matcher}" and runs it for every tool`));
      return true;
    }
    return false;
  });
}

function isEveryTool(matcher: string | undefined): boolean {
  return matcher === undefined || matcher === '' || matcher === '*';
}

function hooksTarget(pkg: AgentPackage, hooks: readonly Hook[]): HostTarget {
  const { scope, slug } = splitAgentName(pkg.manifest.name);
  const events = new Map<string, unknown[]>();
  for (const hook of hooks) {
    // VS Code starts hooks in the workspace folder
    const command = replaceVariables(
      replaceRoot(hook.command, `./${agentFolder(pkg)}`),
      (variable) => `\${${variable.environmentName}}`,
    );
    const timeout = hook.timeoutSeconds === undefined ? {} : { timeout: hook.timeoutSeconds };
    events.set(hook.event, [...(events.get(hook.event) ?? []), { type: 'command', command, ...timeout }]);
  }
  const text = `${JSON.stringify({ hooks: Object.fromEntries(events) }, null, 2)}\n`;
  return fileTarget(`.github/hooks/${scope.slice(1)}-${slug}.json`, text, 'hooks');
}

function serverTargets(pkg: AgentPackage, server: McpServer): HostTarget[] {
  const inputs = new Map<string, Record<string, unknown>>();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variable
  const root = `${'${workspaceFolder}'}/${agentFolder(pkg)}`;
  const adapt = (text: string) => replaceVariables(replaceRoot(text, root), (variable) => vscodeVariable(pkg, variable, inputs));
  const component = `MCP server ${server.name}`;
  const value = serverValue(server, adapt);
  return [
    ...[...inputs.values()].map((input) => entryTarget('.vscode/mcp.json', pointerOf('inputs', '-'), input, component)),
    entryTarget('.vscode/mcp.json', pointerOf('servers', server.name), value, component),
  ];
}

/** Options and secrets become inputs, which VS Code asks for and keeps in its own store; the rest is read from the environment. */
function vscodeVariable(pkg: AgentPackage, variable: WantedVariable, inputs: Map<string, Record<string, unknown>>): string {
  const option = variable.isOption ? pkg.manifest.agent.configuration.find((each) => each.key === variable.name) : undefined;
  const isSecret = option?.sensitive ?? isSecretName(variable.name);
  if (!variable.isOption && !isSecret && variable.fallback === undefined) return `\${env:${variable.name}}`;
  const { scope, slug } = splitAgentName(pkg.manifest.name);
  const id = `${scope.slice(1)}-${slug}-${variable.name}`;
  const fallback = isSecret ? undefined : (option?.default ?? variable.fallback);
  inputs.set(id, {
    type: 'promptString',
    id,
    description: option === undefined ? `${variable.name} for ${pkg.manifest.agent.displayName}` : option.title,
    ...(isSecret ? { password: true } : {}),
    ...(fallback === undefined ? {} : { default: String(fallback) }),
  });
  return `\${input:${id}}`;
}

function isUsable(server: McpServer, losses: HostLoss[]): boolean {
  if (!DATA_VARIABLE.test(JSON.stringify(server))) return true;
  losses.push(note(`MCP server ${server.name}`, 'left out: it needs the data folder that only plugins have'));
  return false;
}
