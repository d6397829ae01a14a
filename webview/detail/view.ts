import { html, nothing, type TemplateResult } from 'lit';
import type { AgentDetail } from '../../contract/agents.ts';
import type { ViewContext } from '../lib/context.ts';
import { button, linkButton } from '../lib/parts/button.ts';
import { skeletonLines } from '../lib/parts/skeleton.ts';
import { emptyState, errorState, notice } from '../lib/parts/states.ts';
import { tabs } from '../lib/parts/tabs.ts';
import { siteFooter, topBar } from '../lib/parts/top-bar.ts';
import type { DetailActions } from './actions.ts';
import { capabilities } from './components/capabilities.ts';
import { facts } from './components/facts.ts';
import { header } from './components/header.ts';
import { readme } from './components/readme.ts';
import { statistics } from './components/statistics.ts';
import { versions } from './components/versions.ts';
import type { DetailState } from './state.ts';

/** The detail screen: the same in a panel and, between the site's header and footer, on a page. */
export function detailView(state: DetailState, context: ViewContext, actions?: DetailActions): TemplateResult {
  const main = html`<main id="main" class="detail" tabindex="-1">${content(state, context, actions)}</main>`;
  if (context.surface === 'ide') return main;
  return html`${topBar({ site: state.site })}<div class="page">${main}</div>${siteFooter(state.site)}`;
}

function content(state: DetailState, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { agent } = state.snapshot;
  if (agent.kind === 'loading') return loading();
  if (agent.kind === 'error') return failed(agent, state, context, actions);
  return html`${state.snapshot.install.kind === 'working' ? html`<vscode-progress-bar class="top-progress" indeterminate></vscode-progress-bar>` : nothing}
    ${notices(agent.value, state, actions)} ${header(agent.value, state, context, actions)}
    <div class="detail-body">
      <div class="detail-main">${tabbed(agent.value, state, context, actions)}</div>
      ${facts(agent.value, state, context, actions)}
    </div>`;
}

function tabbed(agent: AgentDetail, state: DetailState, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { snapshot, tab, isTableShown } = state;
  return tabs(
    {
      label: `About ${agent.displayName}`,
      selected: tab,
      onSelect: (id) => actions?.selectTab(id),
      tabs: [
        { id: 'readme', label: 'README', content: () => readme(snapshot.readme, context, actions) },
        { id: 'capabilities', label: 'What it can do', content: () => capabilities(agent, context, actions) },
        { id: 'versions', label: 'Versions', count: agent.versionCount, content: () => versions(snapshot, context, actions) },
        {
          id: 'statistics',
          label: 'Statistics',
          content: () => statistics(snapshot.statistics, { isTableShown }, context, actions),
        },
      ],
    },
    context,
  );
}

function notices(agent: AgentDetail, { snapshot, failure }: DetailState, actions?: DetailActions): TemplateResult {
  const retry = button({ label: 'Try again', kind: 'quiet', onClick: () => actions?.retry() });
  const deprecation = agent.latest.deprecation;
  return html`${
    snapshot.isOffline
      ? notice({
          tone: 'warning',
          text: `${snapshot.serviceUrl} does not answer. This is what was seen last. What is in the cache can still be installed.`,
          action: retry,
        })
      : nothing
  }
  ${failure === undefined ? nothing : notice({ tone: 'danger', text: failure })}
  ${agent.isDeprecated ? notice({ tone: 'warning', text: deprecation === undefined ? 'The publisher no longer maintains this agent.' : `Deprecated: ${deprecation}` }) : nothing}
  ${agent.latest.reviewState === 'yanked' ? notice({ tone: 'danger', text: 'This version was withdrawn. It cannot be installed anew.' }) : nothing}`;
}

function loading(): TemplateResult {
  return html`<h1 class="sr-only">Loading</h1>
    <div class="detail-head is-loading" aria-hidden="true">
      <span class="avatar size-64 skeleton-block"></span>
      <div class="detail-title">${skeletonLines(3, 'Loading')}</div>
    </div>
    ${skeletonLines(8, 'Loading the agent')}`;
}

function failed(
  { code, message }: { code: string; message: string },
  { snapshot }: DetailState,
  { surface }: ViewContext,
  actions?: DetailActions,
): TemplateResult {
  const retry = button({ label: 'Try again', kind: 'primary', icon: 'refresh', onClick: () => actions?.retry() });
  if (code === 'agent_not_found') {
    return emptyState({
      icon: 'search',
      title: 'There is no such agent',
      isPage: true,
      text: 'It may have been renamed or withdrawn. What is installed from it keeps working.',
      actions: surface === 'web' ? linkButton({ label: 'All agents', href: '/agents', kind: 'primary' }) : retry,
    });
  }
  if (code === 'unreachable') {
    return errorState({
      icon: 'circle-slash',
      title: 'The service does not answer',
      isPage: true,
      text: html`Tried <code>${snapshot.serviceUrl}</code>. What is installed keeps working.`,
      actions: retry,
    });
  }
  return errorState({ icon: 'error', title: 'The agent could not be loaded', text: message, isPage: true, actions: retry });
}
