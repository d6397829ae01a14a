import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { embeddedPage, mount } from './mount.ts';

beforeEach(() => {
  document.body.innerHTML = '<div id="app"><form><input name="q"><a href="/agents">All</a></form></div>';
});
const container = () => document.querySelector<HTMLElement>('#app')!;
const view = (extra = '') => html`<form><input name="q" /><a href="/agents">All</a></form><p>${extra}</p>`;

describe('taking over a rendered page', () => {
  it('replaces it once and updates from then on', () => {
    const draw = mount(container());
    draw(view('one'));
    const first = container().querySelector('p');
    draw(view('two'));
    expect(container().querySelectorAll('form')).toHaveLength(1);
    expect(container().querySelector('p')).toBe(first);
    expect(first!.textContent).toBe('two');
  });
  it('keeps what was typed before the script came, and tells the new field', () => {
    const old = container().querySelector('input')!;
    old.focus();
    old.value = 'review';
    let heard = '';
    mount(container())(
      html`<form><input name="q" @input=${(event: Event) => (heard = (event.target as HTMLInputElement).value)} /></form>`,
    );
    expect(document.activeElement).toBe(container().querySelector('input'));
    expect(heard).toBe('review');
  });
  it('gives the focus back to the same link', () => {
    container().querySelector('a')!.focus();
    mount(container())(view());
    expect(document.activeElement).toBe(container().querySelector('a'));
  });
});

describe('the embedded page', () => {
  it('is read from its script element, and absent without one', () => {
    expect(embeddedPage()).toBeUndefined();
    document.body.insertAdjacentHTML('beforeend', '<script type="application/json" id="snapshot">{"kind":"not_found"}</script>');
    expect(embeddedPage()).toEqual({ kind: 'not_found' });
  });
});
