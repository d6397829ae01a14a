import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewState, VersionSummary } from '../../../contract/agents.ts';
import type { DetailSnapshot } from '../../../contract/webview/detail.ts';
import type { ViewContext } from '../../lib/context.ts';
import { badge, type Tone } from '../../lib/parts/badge.ts';
import { button } from '../../lib/parts/button.ts';
import { skeletonLines } from '../../lib/parts/skeleton.ts';
import { emptyState, errorState } from '../../lib/parts/states.ts';
import type { DetailActions } from '../actions.ts';
import { changes } from './changes.ts';

/** `passed` is the normal case and needs no word. */
const REVIEW_WORDS: Partial<Record<ReviewState, { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: 'In review', tone: 'neutral' },
  needs_review: { word: 'In review', tone: 'neutral' },
  blocked: { word: 'Blocked', tone: 'danger' },
  yanked: { word: 'Withdrawn', tone: 'danger' },
};

/** Every version, newest first, with what changed. */
export function versions(
  { versions: loaded, install }: DetailSnapshot,
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult {
  if (loaded.kind === 'loading') return skeletonLines(6, 'Loading the versions');
  if (loaded.kind === 'error') {
    return errorState({
      icon: 'error',
      title: 'The versions could not be loaded',
      text: loaded.message,
      actions: button({ label: 'Try again', icon: 'refresh', onClick: () => actions?.retry() }),
    });
  }
  if (loaded.value.length === 0)
    return emptyState({ icon: 'info', title: 'No versions', text: 'Nothing has been published yet.' });
  const installed = install.kind === 'installed' || install.kind === 'update' ? install.version : undefined;
  return html`<ol class="version-list">
    ${loaded.value.map((version) => versionItem(version, version.version === installed, context))}
  </ol>`;
}

function versionItem(version: VersionSummary, isInstalled: boolean, { format }: ViewContext): TemplateResult {
  const review = REVIEW_WORDS[version.reviewState];
  return html`<li class="version">
    <div class="version-side">
      <h2 class="num">${version.version}</h2>
      <span class="muted" title=${format.exact(version.publishedAt)}>${format.relative(version.publishedAt)}</span>
    </div>
    <div class="version-main">
      <p class="version-facts">
        ${version.distTags.map((tag) => badge(tag, tag === 'latest' ? 'accent' : 'neutral'))}
        ${isInstalled ? badge('Installed', 'success') : nothing} ${review === undefined ? nothing : badge(review.word, review.tone)}
        <span class="muted num">${format.bytes(version.sizeBytes)} · ${format.count(version.fileCount, 'file')}</span>
      </p>
      ${version.deprecation === undefined ? nothing : html`<p class="deprecation">${badge('Deprecated', 'warning')} ${version.deprecation}</p>`}
      ${version.changes === undefined ? html`<p class="muted">No changes noted.</p>` : changes(version.changes)}
    </div>
  </li>`;
}
