import { describe, expect, it } from 'vitest';
import { pageHtml } from './html-core.ts';

const options = {
  nonce: 'N0NCE',
  cspSource: 'vscode-webview://x',
  scriptUri: 'vscode-webview://x/detail.js',
  styleUri: 'vscode-webview://x/style.css',
  language: 'en',
  title: 'Review Board',
  surface: 'editor',
} as const;

describe('pageHtml', () => {
  it('allows nothing that it does not need', () => {
    const policy = /content="(default-src[^"]*)"/.exec(pageHtml(options))?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-N0NCE'");
    expect(policy).toContain('img-src vscode-webview://x data:');
    expect(policy).not.toMatch(/unsafe|https?:|connect-src|\*/);
  });

  it('gives every script and style the nonce', () => {
    const html = pageHtml({ ...options, state: { agent: '@a/b' } });
    const tags = html.match(/<(?:script|style|link)[^>]*>/g) ?? [];
    expect(tags).toHaveLength(4);
    expect(tags.every((tag) => tag.includes('nonce="N0NCE"'))).toBe(true);
  });

  it('lets no text of others become markup', () => {
    const html = pageHtml({ ...options, title: '</title><script>x', state: { agent: '</script><script>alert(1)' } });
    expect(html).not.toContain('<script>x');
    expect(html).not.toContain('<script>alert');
  });
});
