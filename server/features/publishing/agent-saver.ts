import { DomainError } from '../../domain/errors.ts';
import type { AgentDraft } from './agent-record.ts';
import type { AgentRecord, PublishingStore } from './publishing.store.ts';

/** Enough for many writers of one agent at once: each round at least one of them gets through. */
const MAX_TRIES = 30;

export interface AgentSaver {
  /**
   * Reads the agent, lets `change` make the next state, saves it by compare-and-set, and begins again when somebody was faster.
   * Throws conflict when that never ends.
   */
  change(name: string, change: (agent: AgentRecord | undefined) => AgentDraft | 'unchanged'): Promise<AgentRecord | undefined>;
}

/** `onSaved` runs after each save on this node, before the caller gets its answer: caches must not answer with the state before. */
export function createAgentSaver(store: PublishingStore, onSaved: (name: string) => void): AgentSaver {
  return {
    async change(name, change) {
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const agent = await store.getAgent(name);
        const next = change(agent);
        if (next === 'unchanged') return agent;
        const saved = await store.saveAgent(next, agent?.revision ?? 0);
        if (saved === 'conflict') continue;
        onSaved(name);
        return saved;
      }
      throw new DomainError('conflict', { detail: `${name} is being changed by others without pause.` });
    },
  };
}
