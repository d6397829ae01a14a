import type { Check } from './check.ts';

/** Faults met while reading the manifest and the components: invalid JSON, YAML, names, missing descriptions and files. */
export const readableCheck: Check = {
  name: 'readable-components',
  run: (subject) => [...subject.manifest.findings, ...subject.readingFindings],
};
