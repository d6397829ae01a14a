import { describe, expect, it } from 'vitest';
import { anAgent } from '../testing/an-agent.ts';
import { detailLine, escapeMarkdown, hostsText, priceText, rowDescription, tooltipMarkdown } from './agent-text-core.ts';

describe('texts of an agent', () => {
  it('gives a row the one most useful fact', () => {
    const paid = anAgent({ price: { kind: 'subscription', amountMinor: 900, currency: 'USD', interval: 'month' } });
    expect(rowDescription(paid, { version: '1.4.0', latest: '1.5.0' })).toBe('update 1.5.0');
    expect(rowDescription(paid, { version: '1.5.0' })).toBe('installed');
    expect(rowDescription(paid, undefined)).toBe('$9/mo');
    expect(rowDescription(anAgent({ rating: { average: 4.81, count: 212 } }), undefined)).toBe('★ 4.8');
    expect(rowDescription(anAgent(), undefined)).toBe('@coditect');
  });

  it('writes money in the currency’s own digits', () => {
    expect(priceText({ kind: 'one_time', amountMinor: 1250, currency: 'USD' })).toBe('$12.50');
    expect(priceText({ kind: 'one_time', amountMinor: 900, currency: 'JPY' })).toBe('¥900');
    expect(priceText({ kind: 'subscription', amountMinor: 9000, currency: 'EUR', interval: 'year' })).toBe('€90/yr');
  });

  it('lists a few hosts and counts the rest', () => {
    expect(hostsText(['claude-code', 'vscode'])).toBe('Claude Code, VS Code');
    expect(hostsText(['claude-code', 'vscode', 'codex', 'cursor', 'gemini'])).toBe('Claude Code, VS Code, Codex and 2 more');
  });

  it('puts publisher, rating, price and hosts on one line', () => {
    expect(detailLine(anAgent({ installs: 0 }))).toBe('@coditect $(verified-filled) · Free · Claude Code, VS Code');
  });

  it('lets no Markdown or icon of the publisher through', () => {
    const text = tooltipMarkdown(anAgent({ displayName: '![x](http://e/x.png) $(zap) [link](command:x)' }));
    expect(text).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)\$\(zap/);
    expect(escapeMarkdown('a\n\n# b')).toBe('a \\# b');
  });
});
