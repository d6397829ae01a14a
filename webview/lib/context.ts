import { createFormat, type Format } from './format.ts';

/** What every view needs besides its state: where it runs and how numbers read there. */
export interface ViewContext {
  readonly surface: 'ide' | 'web';
  /** Rendered on the service, before any script: no handlers, tabs are plain links. */
  readonly isStatic: boolean;
  readonly format: Format;
}

/** The context of a running page. */
export function pageContext(surface: 'ide' | 'web'): ViewContext {
  return { surface, isStatic: false, format: createFormat({ locale: navigator.language || 'en', now: () => Date.now() }) };
}

/** The context of server-side rendering. Times of day are in UTC until the page's script knows the visitor's zone. */
export function staticContext(now: () => number): ViewContext {
  return { surface: 'web', isStatic: true, format: createFormat({ locale: 'en', now, timeZone: 'UTC' }) };
}
