import { describe, expect, it } from 'vitest';
import { changelogSection } from './changelog.ts';

const TEXT = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-01-31
### Added
- Boards

\`\`\`md
## 9.9.9
\`\`\`

## v1.1.0

## 1.0.0-rc.1
First.

[1.2.0]: https://git.acme.dev/compare
`;

describe('changelogSection', () => {
  it('finds a section by its version in each common heading', () => {
    expect(changelogSection(TEXT, '1.2.0')).toBe('### Added\n- Boards\n\n```md\n## 9.9.9\n```');
    expect(changelogSection(TEXT, '1.0.0-rc.1')).toBe('First.');
  });

  it('answers undefined for missing and empty sections and for headings inside code', () => {
    expect(changelogSection(TEXT, '1.1.0')).toBeUndefined();
    expect(changelogSection(TEXT, '9.9.9')).toBeUndefined();
    expect(changelogSection(TEXT, '1.0.0')).toBeUndefined();
  });
});
