import { render, type TemplateResult } from 'lit';
import { NOW } from '../gallery/statistics.ts';
import type { ViewContext } from './context.ts';
import { createFormat } from './format.ts';

/** A context with a fixed clock and locale. */
export function testContext(surface: 'ide' | 'web' = 'ide', isStatic = false): ViewContext {
  return { surface, isStatic, format: createFormat({ locale: 'en', now: () => NOW, timeZone: 'UTC' }) };
}

/** Draws a view into the document and answers its container; drawing again into it updates it. */
export function show(
  view: TemplateResult,
  container: HTMLElement = document.body.appendChild(document.createElement('div')),
): HTMLElement {
  render(view, container);
  return container;
}

/** The visible words, with single spaces. */
export function words(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** A button by its label or its text. Throws with what there is instead. */
export function buttonOf(container: HTMLElement, label: string): HTMLButtonElement {
  const all = [...container.querySelectorAll('button')];
  const found = all.find((button) => (button.getAttribute('aria-label') ?? words(button)) === label);
  if (found === undefined) throw new Error(`no button “${label}”, only: ${all.map(words).join(' | ')}`);
  return found;
}
