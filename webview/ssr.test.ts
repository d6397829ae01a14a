// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { DETAIL, RESULTS, STOREFRONT } from './gallery/fixtures.ts';
import { renderPage } from './ssr.ts';

describe('pages rendered on the service', () => {
  it('is the start page, readable without a script', () => {
    const { html, title, description } = renderPage({
      kind: 'storefront',
      storefront: STOREFRONT,
      site: { extensionPath: '/x.vsix' },
    });
    expect(title).toContain('coditect');
    expect(description).toContain('Claude Code');
    expect(html).toContain('Agents for the editor you already use.');
    expect(html).toContain('href="/agents/@coditect/review-board"');
    expect(html).toContain('href="/x.vsix"');
    expect(html).toContain('1,204');
  });
  it('is the search page with the query in the field and in the title, escaped', () => {
    const { html, title } = renderPage({
      kind: 'storefront',
      storefront: STOREFRONT,
      query: { q: '"><script>' },
      results: RESULTS,
    });
    expect(title).toContain('"><script>');
    expect(html).not.toContain('<script>');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).toContain('Next page');
  });
  it('is the agent page with every tab as a section', () => {
    const { html, title, description } = renderPage({ kind: 'agent', snapshot: { ...DETAIL, install: { kind: 'web' } } });
    expect(title).toBe('Review Board by @coditect · coditect');
    expect(description).toBe('Five reviewers read your change and argue until they agree.');
    for (const id of ['readme', 'capabilities', 'versions', 'statistics']) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('vscode://coditect.coditect-agents/install?agent=%40coditect%2Freview-board');
    expect(html).toContain('/download/cli.tgz add @coditect/review-board');
    expect(html).toContain('<h1>Review Board</h1>');
  });
  it('holds neither inline styles and handlers, which the policy forbids, nor markers of the renderer', () => {
    const pages = [
      renderPage({ kind: 'storefront', storefront: STOREFRONT }),
      renderPage({ kind: 'agent', snapshot: DETAIL }),
      renderPage({ kind: 'storefront', storefront: STOREFRONT, query: {}, results: RESULTS }),
    ];
    for (const { html } of pages) {
      expect(html).not.toMatch(/\sstyle=|\son[a-z]+=|<!--|\[object |undefined/);
    }
  });
  it('is still a page while parts are missing', () => {
    const loading = { kind: 'loading' } as const;
    const { html, title } = renderPage({ kind: 'agent', snapshot: { ...DETAIL, agent: loading, readme: loading } });
    expect(title).toBe('Agent · coditect');
    expect(html).toContain('Loading the agent');
  });
  it('says what is not there and what failed', () => {
    expect(renderPage({ kind: 'not_found', path: '/<b>' }).html).toContain('&lt;b&gt;');
    const { html } = renderPage({ kind: 'error', code: 'unavailable', message: 'The service is not ready.', requestId: 'r-1' });
    expect(html).toContain('The service is not ready.');
    expect(html).toContain('r-1');
  });
});
