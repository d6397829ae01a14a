import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../platform/ids.ts';
import { LINKS, NOT_LINKED, parseLink } from './link-core.ts';

describe('deep links', () => {
  it('start an install or open an agent', () => {
    expect(parseLink('/install', 'agent=@acme/tool&version=1.2.3')).toEqual({
      command: 'installAgent',
      agent: '@acme/tool',
      version: '1.2.3',
    });
    expect(parseLink('/install', 'agent=%40acme%2Ftool')).toEqual({ command: 'installAgent', agent: '@acme/tool' });
    expect(parseLink('/open', 'agent=@acme/tool')).toEqual({ command: 'openAgent', agent: '@acme/tool' });
  });

  it.each([
    ['/remove', 'agent=@acme/tool'],
    ['/constructor', 'agent=@acme/tool'],
    ['/install', ''],
    ['/install', 'agent=acme'],
    ['/install', 'agent=@acme/../../x'],
    ['/install', 'agent=@acme/tool&version=latest;rm'],
    ['/install', 'agent=@acme/tool&agent=@evil/tool'],
    ['install', 'agent=@acme/tool'],
  ])('do nothing with %s?%s', (path, query) => {
    expect(parseLink(path, query)).toBeUndefined();
  });

  it('pass on nothing but names and exact versions, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom('/install', '/open'), fc.webQueryParameters(), (path, query) => {
        const link = parseLink(path, query);
        if (link !== undefined) expect(link.agent).toMatch(/^@[a-z0-9-]+\/[a-z0-9-]+$/);
      }),
    );
  });

  it('know every command: each is either linked or listed as not linked', () => {
    const linked = Object.values(LINKS).map((link) => link.command as string);
    expect([...linked, ...NOT_LINKED].sort()).toEqual(Object.keys(COMMANDS).sort());
  });
});
