import type * as vscode from 'vscode';
import { splitAgentName } from '../../contract/names.ts';

const KEY = 'displayNames';
const KEEP = 500;

/** Display names seen so far: lockfiles only know `@scope/slug`, and the Installed view must read well offline. */
export class DisplayNames {
  constructor(private readonly memory: vscode.Memento) {}

  of(agent: string): string {
    return this.memory.get<Record<string, string>>(KEY, {})[agent] ?? fromSlug(splitAgentName(agent).slug);
  }

  /** Remembers names; writes only when something is new. */
  async remember(agents: readonly { readonly name: string; readonly displayName: string }[]): Promise<void> {
    const known = this.memory.get<Record<string, string>>(KEY, {});
    const fresh = agents.filter((agent) => known[agent.name] !== agent.displayName);
    if (fresh.length === 0) return;
    const all = { ...known, ...Object.fromEntries(fresh.map((agent) => [agent.name, agent.displayName])) };
    await this.memory.update(KEY, Object.fromEntries(Object.entries(all).slice(-KEEP)));
  }
}

/** "review-board" reads as "Review Board". */
function fromSlug(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
