import { render, type TemplateResult } from 'lit';
import type { PageModel } from '../../contract/webview/pages.ts';

/**
 * Draws into `#app`. The first draw replaces what the service rendered, in one task, so that nothing flashes,
 * and gives the focus back to the field or link that had it.
 */
export function mount(container: HTMLElement): (view: TemplateResult) => void {
  let isFirst = true;
  return (view) => {
    if (!isFirst) {
      render(view, container);
      return;
    }
    isFirst = false;
    const focused = container.contains(document.activeElement) ? describeFocus(document.activeElement) : undefined;
    container.replaceChildren();
    render(view, container);
    focused?.(container);
  };
}

/** How to find the focused element again after the same markup was drawn anew; a field keeps what was typed. */
function describeFocus(element: Element | null): ((container: HTMLElement) => void) | undefined {
  if (element instanceof HTMLInputElement) {
    const { name, value } = element;
    return (container) => {
      const field = container.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
      if (field === null) return;
      field.focus();
      if (field.value === value) return;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
  }
  const href = element?.getAttribute('href');
  if (href === null || href === undefined) return undefined;
  return (container) => container.querySelector<HTMLElement>(`[href="${CSS.escape(href)}"]`)?.focus();
}

/** The container that the shell provides. Throws when the shell is not ours. */
export function appContainer(): HTMLElement {
  const container = document.querySelector<HTMLElement>('#app');
  if (container === null) throw new Error('the page has no #app');
  return container;
}

/** The model that the service embedded as JSON, or undefined in pages without one. */
export function embeddedPage(): PageModel | undefined {
  const text = document.querySelector('#snapshot')?.textContent;
  return text === null || text === undefined || text === '' ? undefined : (JSON.parse(text) as PageModel);
}
