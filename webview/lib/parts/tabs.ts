import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: () => TemplateResult;
}

export interface TabsOptions<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect?: (id: Id) => void;
}

/**
 * Tabs after the ARIA pattern: one tab stop, arrows, Home and End move and select. Without a script the same
 * markup is links to sections, of which CSS shows the one in the address (`:target`) or the first.
 */
export function tabs<Id extends string>(options: TabsOptions<Id>, context: ViewContext): TemplateResult {
  return context.isStatic ? staticTabs(options, context) : liveTabs(options, context);
}

function liveTabs<Id extends string>(
  { label, tabs: all, selected, onSelect }: TabsOptions<Id>,
  context: ViewContext,
): TemplateResult {
  const current = all.find((tab) => tab.id === selected) ?? all[0];
  const onKeydown = (event: KeyboardEvent) => {
    const next = tabAfter(
      event.key,
      all.map((tab) => tab.id),
      selected,
    );
    if (next === undefined) return;
    event.preventDefault();
    onSelect?.(next);
    const list = event.currentTarget as HTMLElement;
    list.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return html`<div class="tabs">
    <div class="tab-list" role="tablist" aria-label=${label} @keydown=${onKeydown}>
      ${all.map(
        (tab) => html`<button
          type="button"
          role="tab"
          class="tab"
          id="tab-${tab.id}"
          aria-selected=${tab.id === selected ? 'true' : 'false'}
          aria-controls=${tab.id === selected ? `panel-${tab.id}` : nothing}
          tabindex=${tab.id === selected ? '0' : '-1'}
          @click=${() => onSelect?.(tab.id)}
        >${tabLabel(tab, context)}</button>`,
      )}
    </div>
    ${
      current === undefined
        ? nothing
        : html`<div class="panel" role="tabpanel" id="panel-${current.id}" aria-labelledby="tab-${current.id}" tabindex="0">${current.content()}</div>`
    }
  </div>`;
}

function staticTabs<Id extends string>({ label, tabs: all }: TabsOptions<Id>, context: ViewContext): TemplateResult {
  return html`<div class="tabs is-static">
    <nav class="tab-list" aria-label=${label}>
      ${all.map((tab, index) => html`<a class="tab ${index === 0 ? 'is-first' : ''}" href="#${tab.id}">${tabLabel(tab, context)}</a>`)}
    </nav>
    ${all.map((tab) => html`<section class="panel" id=${tab.id} aria-label=${tab.label}>${tab.content()}</section>`)}
  </div>`;
}

function tabLabel<Id extends string>({ label, count }: Tab<Id>, { format }: ViewContext): TemplateResult {
  return html`${label}${count === undefined ? nothing : html`<span class="count num">${format.number(count)}</span>`}`;
}

/** The tab a key leads to, wrapping around; undefined for keys that tabs do not use. */
export function tabAfter<Id extends string>(key: string, ids: readonly Id[], selected: Id): Id | undefined {
  const at = ids.indexOf(selected);
  if (key === 'ArrowRight') return ids[(at + 1) % ids.length];
  if (key === 'ArrowLeft') return ids[(at - 1 + ids.length) % ids.length];
  if (key === 'Home') return ids[0];
  if (key === 'End') return ids.at(-1);
  return undefined;
}
