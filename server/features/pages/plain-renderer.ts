import type { AgentSummary } from '../../../contract/agents.ts';
import type { PageModel, PageRenderer, RenderedPage } from '../../../contract/webview/pages.ts';
import { escapeHtml } from './html.ts';

/** Pages of a build without the views: bare, but every text and link is there. */
export const plainRenderer: PageRenderer = {
  renderPage(page) {
    const { title, description, body } = contentOf(page);
    return { title, description, html: `<main><p><a href="/">coditect</a></p><h1>${escapeHtml(title)}</h1>${body}</main>` };
  },
};

function contentOf(page: PageModel): Omit<RenderedPage, 'html'> & { body: string } {
  if (page.kind === 'not_found') return { title: 'Not found', description: 'There is nothing at this address.', body: '' };
  if (page.kind === 'error')
    return { title: 'Something failed', description: page.message, body: `<p>${escapeHtml(page.message)}</p>` };
  if (page.kind === 'agent') return agentContent(page);
  const { results, storefront } = page;
  const shelves = results === undefined ? [...storefront.featured, ...storefront.recent] : results.items;
  const distinct = [...new Map(shelves.map((agent) => [agent.name, agent])).values()];
  return {
    title: results === undefined ? 'Agents for the editor you already use' : `${results.total} agents`,
    description: 'Reviewed, versioned coding agents.',
    body: listOf(distinct),
  };
}

function agentContent({ snapshot }: Extract<PageModel, { kind: 'agent' }>): Omit<RenderedPage, 'html'> & { body: string } {
  if (snapshot.agent.kind !== 'ready') return { title: 'Agent', description: '', body: '' };
  const { displayName, name, summary, latestVersion, similar } = snapshot.agent.value;
  const readme = snapshot.readme.kind === 'ready' ? snapshot.readme.value.html : '';
  return {
    title: displayName,
    description: summary,
    body: `<p>${escapeHtml(summary)}</p><p><code>${escapeHtml(name)}@${escapeHtml(latestVersion)}</code></p>${readme}<h2>Similar</h2>${listOf(similar)}`,
  };
}

function listOf(agents: readonly AgentSummary[]): string {
  const items = agents.map(
    (agent) => `<li><a href="/agents/${agent.name}">${escapeHtml(agent.displayName)}</a>: ${escapeHtml(agent.summary)}</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}
