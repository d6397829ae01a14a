import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changelogSection } from './changelog.ts';

const CHANGELOG = `# Changelog

## [1.10.0] - 2026-03-01

### Added

- Ten.

## v1.1.0 (2026-02-01)

- One.

\`\`\`md
## 9.9.9
\`\`\`

## 1.0.0

First.
`;

describe('changelogSection', () => {
  it('takes what stands under the heading of the version, sub-headings included', () => {
    expect(changelogSection(CHANGELOG, '1.10.0')).toBe('### Added\n\n- Ten.');
    expect(changelogSection(CHANGELOG, '1.0.0')).toBe('First.');
  });

  it('does not take 1.1.0 for 1.10.0, nor a heading inside a code block', () => {
    expect(changelogSection(CHANGELOG, '1.1.0')).toBe('- One.\n\n```md\n## 9.9.9\n```');
    expect(changelogSection(CHANGELOG, '9.9.9')).toBeUndefined();
    expect(changelogSection(CHANGELOG, '1.0')).toBeUndefined();
    expect(changelogSection('## 1.0.0-rc.1\n\ntext', '1.0.0')).toBeUndefined();
  });

  it('takes any text for a version without failing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, version) => {
        const section = changelogSection(text, version);
        expect(section === undefined || section.length > 0).toBe(true);
      }),
    );
  });
});
