import * as z from 'zod/mini';

/** zod/mini knows only "Invalid input" until it gets a language. */
export function useEnglishMessages(): void {
  z.config(z.locales.en());
}
