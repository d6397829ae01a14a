import { readTool } from '../../packaging/components/tools.ts';
import type { AgentPackage, Subagent } from '../../packaging/model.ts';
import type { HostLoss } from '../install-plan.ts';
import { note, restriction } from './host-files.ts';

/** VS Code's tool sets. A set is a whole capability; there is nothing narrower. */
const TOOL_SETS = ['read', 'search', 'edit', 'execute', 'web', 'agent', 'todo'] as const;

/**
 * A subagent's tools in VS Code's words. Undefined: no list, every tool. An empty list would mean the same to VS Code, so
 * it comes back as `none` and the agent must not be written.
 */
export function vscodeTools(
  pkg: AgentPackage,
  subagent: Subagent,
  options: { readonly acceptsLosses: boolean; readonly losses: HostLoss[] },
): readonly string[] | undefined | 'none' {
  const component = `subagent ${subagent.name}`;
  const denied = new Set(subagent.disallowedTools.map(toolSet).filter((set) => set !== undefined));
  if (subagent.disallowedTools.some((tool) => readTool(tool).detail !== undefined)) {
    options.losses.push(note(component, `a partly denied tool is denied wholly: ${subagent.disallowedTools.join(', ')}`));
  }
  if (subagent.tools === undefined) {
    if (denied.size === 0) return undefined;
    return [...TOOL_SETS, ...pkg.mcpServers.map((server) => `${server.name}/*`)].filter((set) => !denied.has(set));
  }
  if (subagent.tools.includes('*')) return denied.size === 0 ? undefined : TOOL_SETS.filter((set) => !denied.has(set));
  const allowed = new Set<string>();
  for (const text of subagent.tools) {
    const set = toolSet(text);
    if (set === undefined || denied.has(set)) continue;
    if (!isNarrowed(text)) allowed.add(set);
    else if (options.acceptsLosses) {
      allowed.add(set);
      options.losses.push(restriction(component, `${text} becomes all of "${set}": VS Code cannot limit a tool`));
    } else options.losses.push(note(component, `${text} left out: VS Code could only allow all of "${set}"`));
  }
  return allowed.size === 0 ? 'none' : [...allowed];
}

function isNarrowed(text: string): boolean {
  const tool = readTool(text);
  return tool.detail !== undefined && tool.capability !== 'mcp' && tool.capability !== 'agent';
}

/** The set a tool belongs to: `Bash(git:*)` is `execute`, `mcp__db__query` is `db/query`; undefined where VS Code has none. */
function toolSet(text: string): string | undefined {
  const tool = readTool(text);
  if (/^todo(?:write|read)?$/i.test(text)) return 'todo';
  return tool.capability === 'mcp' ? tool.detail : tool.capability;
}
