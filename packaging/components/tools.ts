import type { CapabilityId } from '../../contract/capabilities.ts';
import { isRecord } from '../json-source.ts';

const BY_TOOL: Readonly<Record<string, CapabilityId>> = {
  read: 'read',
  notebookread: 'read',
  ls: 'read',
  lsp: 'read',
  grep: 'search',
  glob: 'search',
  edit: 'edit',
  write: 'edit',
  multiedit: 'edit',
  notebookedit: 'edit',
  bash: 'execute',
  bashoutput: 'execute',
  killshell: 'execute',
  killbash: 'execute',
  powershell: 'execute',
  monitor: 'execute',
  webfetch: 'web',
  websearch: 'web',
  agent: 'agent',
  task: 'agent',
  sendmessage: 'agent',
  teamcreate: 'agent',
  teamdelete: 'agent',
  listmcpresourcestool: 'mcp',
  readmcpresourcetool: 'mcp',
  // names that VS Code and Copilot use for the same
  search: 'search',
  execute: 'execute',
  web: 'web',
};

/** Tools that touch nothing outside the conversation. */
const HARMLESS = new Set([
  'todowrite',
  'todoread',
  'todo',
  'askuserquestion',
  'exitplanmode',
  'enterplanmode',
  'skill',
  'slashcommand',
  'toolsearch',
  'taskcreate',
  'taskget',
  'tasklist',
  'taskupdate',
  'taskstop',
  'taskoutput',
]);

export interface ToolUse {
  /** As written, such as `Bash(git diff:*)`. */
  readonly text: string;
  /** Undefined for tools that need no capability and for names no host knows. */
  readonly capability?: CapabilityId;
  /** What stands in the parentheses, or `server/tool` for MCP; absent means without limits. */
  readonly detail?: string;
  readonly isKnown: boolean;
}

/** Splits at commas (and at white space when `bySpace`) outside parentheses: `Bash(git add, git diff:*), Read`. */
function splitTools(text: string, bySpace: boolean): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth = Math.max(0, depth - 1);
    const isBreak = depth === 0 && (character === ',' || (bySpace && /\s/.test(character)));
    if (isBreak) parts.push(current);
    current = isBreak ? '' : current + character;
  }
  parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A tools field (comma text, with `bySpace` also space separated, or a list) as tool names; undefined when the field is absent. */
export function readToolList(value: unknown, bySpace = false): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return splitTools(value, bySpace);
  if (Array.isArray(value))
    return value.filter((entry) => typeof entry === 'string').flatMap((entry) => splitTools(entry, false));
  // `{Read: true}` is OpenCode's form
  if (isRecord(value)) return Object.keys(value).filter((key) => value[key] !== false);
  return undefined;
}

/** What one tool name of a list allows (reference table: Claude Code's and Copilot's names to capabilities). */
export function readTool(text: string): ToolUse {
  if (text === '*') return { text, isKnown: true };
  const match = /^([\w.:/*-]+)(?:\((.*)\))?$/s.exec(text);
  const name = match?.[1] ?? text;
  const argument = match?.[2]?.trim();
  const mcp = /^mcp__([\w-]+?)(?:__(.+))?$/.exec(name);
  if (mcp !== null) return { text, capability: 'mcp', detail: `${mcp[1]}/${mcp[2] ?? '*'}`, isKnown: true };
  const key = name.toLowerCase();
  if (HARMLESS.has(key)) return { text, isKnown: true };
  const capability = BY_TOOL[key];
  if (capability === undefined) {
    return name.includes('/') ? { text, capability: 'mcp', detail: name, isKnown: true } : { text, isKnown: false };
  }
  const isWide = argument === undefined || argument === '' || argument === '*' || argument === '**' || argument === ':*';
  return isWide ? { text, capability, isKnown: true } : { text, capability, detail: argument, isKnown: true };
}

/** The distinct capabilities of a tool list; `*` in it means every capability and answers undefined. */
export function capabilitiesOf(tools: readonly string[]): CapabilityId[] | undefined {
  if (tools.includes('*')) return undefined;
  return [...new Set(tools.map((tool) => readTool(tool).capability).filter((capability) => capability !== undefined))];
}
