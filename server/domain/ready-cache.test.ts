import { describe, expect, it } from 'vitest';
import { ReadyCache } from './ready-cache.ts';

describe('ReadyCache', () => {
  it('keeps values until their group is dropped', () => {
    const cache = new ReadyCache<string>(100);
    cache.set(cache.begin('a'), 'a/1', 'one', 10);
    cache.set(cache.begin('b'), 'b/1', 'two', 10);
    cache.drop('a');
    expect(cache.get('a/1')).toBeUndefined();
    expect(cache.get('b/1')).toBe('two');
  });

  it('does not keep a value whose making began before the group was dropped', () => {
    const cache = new ReadyCache<string>(100);
    const ticket = cache.begin('a');
    cache.drop('a');
    cache.set(ticket, 'a/1', 'old', 10);
    expect(cache.get('a/1')).toBeUndefined();
    cache.set(cache.begin('a'), 'a/1', 'new', 10);
    expect(cache.get('a/1')).toBe('new');
  });

  it('voids open tickets when it forgets which groups were dropped', () => {
    const cache = new ReadyCache<string>(100);
    cache.drop('a');
    const ticket = cache.begin('a');
    for (let index = 0; index < 20_000; index += 1) cache.drop(`other-${index}`);
    cache.set(ticket, 'a/1', 'old', 10);
    expect(cache.get('a/1')).toBeUndefined();
  });

  it('stays within its bytes: the oldest leave, too large ones never enter', () => {
    const cache = new ReadyCache<string>(25);
    for (const key of ['1', '2', '3']) cache.set(cache.begin('a'), key, key, 10);
    expect(['1', '2', '3'].map((key) => cache.get(key))).toEqual([undefined, '2', '3']);
    cache.set(cache.begin('a'), 'huge', 'huge', 26);
    expect(cache.get('huge')).toBeUndefined();
    cache.set(cache.begin('a'), '3', 'again', 12);
    expect([cache.get('2'), cache.get('3')]).toEqual(['2', 'again']);
  });
});
