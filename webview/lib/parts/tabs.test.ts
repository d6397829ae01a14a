import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import { show, testContext, words } from '../test-support.ts';
import { tabAfter, tabs } from './tabs.ts';

const IDS = ['readme', 'versions', 'statistics'] as const;
type Id = (typeof IDS)[number];

function mounted(isStatic = false) {
  let selected: Id = 'readme';
  const draw = (container?: HTMLElement) =>
    show(
      tabs<Id>(
        {
          label: 'About',
          selected,
          tabs: IDS.map((id) => ({ id, label: id, content: () => html`<p>${id} text</p>` })),
          onSelect: (id) => {
            selected = id;
            draw(container ?? root);
          },
        },
        testContext('web', isStatic),
      ),
      container,
    );
  const root = draw();
  const tab = (id: Id) => root.querySelector<HTMLElement>(`#tab-${id}`)!;
  const press = (key: string) =>
    root.querySelector('[role=tablist]')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return { root, tab, press, selected: () => selected };
}

describe('tabs', () => {
  it('are one tab stop with the panel of the selected tab', () => {
    const { root, tab } = mounted();
    expect(IDS.map((id) => tab(id).getAttribute('tabindex'))).toEqual(['0', '-1', '-1']);
    expect(tab('readme').getAttribute('aria-selected')).toBe('true');
    expect(words(root.querySelector('[role=tabpanel]'))).toBe('readme text');
    expect(root.querySelector('[role=tabpanel]')!.getAttribute('aria-labelledby')).toBe('tab-readme');
  });
  it('move selection and focus with the arrow keys, Home and End, around the ends', () => {
    const { tab, press, selected } = mounted();
    press('ArrowRight');
    expect(selected()).toBe('versions');
    expect(document.activeElement).toBe(tab('versions'));
    press('End');
    press('ArrowRight');
    expect(selected()).toBe('readme');
    press('ArrowLeft');
    expect(selected()).toBe('statistics');
    press('Home');
    expect(document.activeElement).toBe(tab('readme'));
  });
  it('leave other keys alone', () => {
    const { press, selected } = mounted();
    expect(press('x')).toBe(true);
    expect(selected()).toBe('readme');
    expect(tabAfter('Tab', IDS, 'readme')).toBeUndefined();
  });
  it('select on a click', () => {
    const { root, tab } = mounted();
    tab('versions').click();
    expect(words(root.querySelector('[role=tabpanel]'))).toBe('versions text');
  });
  it('are links to sections without a script', () => {
    const { root } = mounted(true);
    expect([...root.querySelectorAll('nav a')].map((link) => link.getAttribute('href'))).toEqual([
      '#readme',
      '#versions',
      '#statistics',
    ]);
    expect(root.querySelectorAll('section.panel')).toHaveLength(3);
    expect(root.querySelector('[role=tab]')).toBeNull();
  });
});
