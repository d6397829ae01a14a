import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { show, words } from '../../lib/test-support.ts';
import { changes, parseChanges } from './changes.ts';

describe('changes', () => {
  it('reads headings, lists with continued lines, and paragraphs', () => {
    expect(parseChanges('### Added\n- one\n  more\n- two\n\nText\ngoes on\n\nAnother')).toEqual([
      { kind: 'heading', text: 'Added' },
      { kind: 'list', items: ['one more', 'two'] },
      { kind: 'text', text: 'Text goes on' },
      { kind: 'text', text: 'Another' },
    ]);
  });
  it('shows code and strong words, and never runs markup', () => {
    const root = show(changes('- uses `npm test` and **more** <img src=x onerror=alert(1)> [docs](https://x.example)'));
    expect(root.querySelector('code')!.textContent).toBe('npm test');
    expect(root.querySelector('strong')!.textContent).toBe('more');
    expect(root.querySelector('img')).toBeNull();
    expect(words(root)).toContain('docs');
  });
  it('loses no word of any text', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const line = fc
      .tuple(fc.constantFrom('', '- ', '### ', '  '), fc.array(word, { maxLength: 5 }))
      .map(([mark, all]) => mark + all.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const source = lines.join('\n').match(/[a-z]+/g) ?? [];
        const parsed = parseChanges(lines.join('\n')).flatMap((block) => (block.kind === 'list' ? block.items : [block.text]));
        expect(parsed.join(' ').match(/[a-z]+/g) ?? []).toEqual(source);
      }),
    );
  });
});
