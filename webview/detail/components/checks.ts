import { html, nothing, type TemplateResult } from 'lit';
import type { VersionDetail } from '../../../contract/agents.ts';
import type { Finding } from '../../../contract/findings.ts';
import type { ViewContext } from '../../lib/context.ts';
import { badge, type Tone } from '../../lib/parts/badge.ts';
import { icon } from '../../lib/parts/icon.ts';
import type { DetailActions } from '../actions.ts';
import { evidence } from './evidence.ts';

const LEVELS: Record<Finding['level'], { readonly word: string; readonly tone: Tone }> = {
  refused: { word: 'Refused', tone: 'danger' },
  review: { word: 'Needs a look', tone: 'warning' },
  notice: { word: 'Note', tone: 'neutral' },
};

/** What the checks of the package said, worst first. */
export function checks({ checkCount, findings }: VersionDetail, context: ViewContext, actions?: DetailActions): TemplateResult {
  const order = ['refused', 'review', 'notice'] as const;
  const sorted = order.flatMap((level) => findings.filter((finding) => finding.level === level));
  return html`<section class="section">
    <h2>Checks</h2>
    ${
      sorted.length === 0
        ? html`<p class="passed">${icon('check')}${context.format.count(checkCount, 'check')} ran, nothing found.</p>`
        : html`<p class="section-note">${context.format.count(checkCount, 'check')} ran, ${context.format.count(sorted.length, 'finding')}.</p>
            <ul class="line-list">${sorted.map((finding) => findingLine(finding, context, actions))}</ul>`
    }
  </section>`;
}

function findingLine(finding: Finding, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { word, tone } = LEVELS[finding.level];
  return html`<li>
    <div class="line-what">${badge(word, tone, finding.code)}<span>${finding.message}</span></div>
    ${finding.fix === undefined ? nothing : html`<p class="muted">${finding.fix}</p>`}
    ${finding.path === undefined ? nothing : evidence([{ path: finding.path, line: finding.line ?? 1 }], context, actions)}
  </li>`;
}
