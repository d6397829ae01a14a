import { describe, expect, it } from 'vitest';
import { openSqliteStores } from '../../adapters/sqlite/stores.ts';
import { silentLog } from '../../domain/log.ts';
import { createSignal } from '../../domain/signal.ts';
import { agentDraft } from '../../testing/records.ts';
import { type ChangeFeedOptions, createChangeFeed } from './change-feed.ts';
import type { AgentChange } from './publishing.store.ts';

function feedOver(options: Partial<ChangeFeedOptions> = {}) {
  const { publishing } = openSqliteStores(':memory:');
  const seen: AgentChange[][] = [];
  const feed = createChangeFeed({
    store: publishing,
    bell: createSignal(),
    log: silentLog,
    pollMs: 60_000,
    from: 'everything',
    handle: (changes) => {
      seen.push([...changes]);
    },
    ...options,
  });
  return { feed, seen, publishing, save: (name: string, revision = 0) => publishing.saveAgent(agentDraft({ name }), revision) };
}

const namesOf = (seen: AgentChange[][]) => seen.flat().map((change) => change.name);

describe('the change feed', () => {
  it('shows everything once, then only what comes', async () => {
    const { feed, seen, save } = feedOver();
    await save('@a/one');
    await save('@a/two');
    await feed.start();
    await feed.catchUp();
    expect(namesOf(seen)).toEqual(['@a/one', '@a/two']);
    await save('@a/one', 1);
    await feed.catchUp();
    expect(namesOf(seen)).toEqual(['@a/one', '@a/two', '@a/one']);
    await feed.stop();
  });

  it('begins now when asked to', async () => {
    const { feed, seen, save } = feedOver({ from: 'now' });
    await save('@a/old');
    await feed.start();
    await save('@a/new');
    await feed.catchUp();
    expect(namesOf(seen)).toEqual(['@a/new']);
    await feed.stop();
  });

  it('passes over what the store repeats', async () => {
    const { publishing, seen, save } = feedOver();
    await save('@a/one');
    const repeating = { ...publishing, listChanges: (_after: number, limit: number) => publishing.listChanges(0, limit) };
    const { feed } = feedOver({
      store: repeating,
      handle: (changes) => {
        seen.push([...changes]);
      },
    });
    await feed.start();
    await feed.catchUp();
    await feed.catchUp();
    expect(namesOf(seen)).toEqual(['@a/one']);
    await feed.stop();
  });

  it('shows the same changes again after a handler failed', async () => {
    let calls = 0;
    const { feed, save } = feedOver({
      handle: () => {
        calls += 1;
        if (calls === 1) throw new Error('not now');
      },
    });
    await save('@a/one');
    await expect(feed.catchUp()).rejects.toThrow('not now');
    await feed.catchUp();
    await feed.catchUp();
    expect(calls).toBe(2);
  });
});
