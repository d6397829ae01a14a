import { describe, expect, it } from 'vitest';
import type { DetailSnapshot, InstallState } from '../../contract/webview/detail.ts';
import { AGENT, DETAIL, README } from '../gallery/fixtures.ts';
import { buttonOf, show, testContext, words } from '../lib/test-support.ts';
import type { DetailActions } from './actions.ts';
import { initialState } from './state.ts';
import { detailView } from './view.ts';

function draw(
  change: Partial<DetailSnapshot>,
  {
    surface = 'ide',
    tab = 'readme',
    failure,
  }: { surface?: 'ide' | 'web'; tab?: 'readme' | 'capabilities' | 'versions' | 'statistics'; failure?: string } = {},
) {
  const calls: unknown[][] = [];
  const actions = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          calls.push([name, ...args]),
    },
  ) as unknown as DetailActions;
  const state = { ...initialState({ ...DETAIL, ...change }, tab), failure };
  return { root: show(detailView(state, testContext(surface), actions)), calls };
}
const action = (install: InstallState) => {
  const drawn = draw({ install });
  return { ...drawn, text: words(drawn.root.querySelector('.detail-action')) };
};

describe('the primary button', () => {
  it('installs', () => {
    const { root, calls } = action({ kind: 'not_installed' });
    buttonOf(root, 'Install').click();
    expect(calls).toEqual([['install']]);
  });
  it('updates to the version it names', () => {
    const { root, calls, text } = action({ kind: 'update', version: '1.4.0', latest: '1.5.0', hosts: ['claude-code'] });
    expect(text).toContain('1.4.0 in Claude Code');
    buttonOf(root, 'Update to 1.5.0').click();
    expect(calls).toEqual([['update']]);
  });
  it('says what is installed where and what was edited, and removes', () => {
    const { root, calls, text } = action({ kind: 'installed', version: '1.5.0', hosts: ['claude-code', 'vscode'], edited: 2 });
    expect(text).toContain('1.5.0 in Claude Code, VS Code');
    expect(text).toContain('2 files edited');
    buttonOf(root, 'Remove').click();
    expect(calls).toEqual([['remove']]);
  });
  it('takes no click while it works and says the step', () => {
    const { root, calls, text } = action({ kind: 'working', step: 'Checking the download' });
    expect(text).toContain('Checking the download');
    root.querySelector<HTMLButtonElement>('[aria-busy=true]')!.click();
    expect(calls).toEqual([]);
    expect(root.querySelector('vscode-progress-bar')).not.toBeNull();
  });
  it('names what stands in the way', () => {
    expect(action({ kind: 'no_folder' }).text).toContain('Open a folder to install');
    expect(action({ kind: 'untrusted' }).text).toContain('Trust this folder to install');
  });
  it('is a deep link on the web, with the name encoded', () => {
    const { root } = draw({ install: { kind: 'web' } }, { surface: 'web' });
    expect(root.querySelector('.detail-action a.primary')!.getAttribute('href')).toBe(
      'vscode://coditect.coditect-agents/install?agent=%40coditect%2Freview-board',
    );
    expect(words(root.querySelector('.without'))).toContain('/download/cli.tgz add @coditect/review-board');
  });
});

describe('what it can do', () => {
  it('is a sentence for each capability with the line that proves it', () => {
    const { root, calls } = draw({}, { tab: 'capabilities' });
    const items = [...root.querySelectorAll('.can-list li')].map(words);
    expect(items).toHaveLength(5);
    expect(items[2]).toContain('Run commands npm test git diff:*');
    buttonOf(root, 'hooks/after-edit.sh:12').click();
    expect(calls).toEqual([['openEvidence', 'hooks/after-edit.sh', 12]]);
  });
  it('says so when there is nothing, and warns of what was not declared', () => {
    const manifest = { ...AGENT.latest.capabilityManifest, capabilities: [], undeclared: ['execute'] };
    const value = { ...AGENT, latest: { ...AGENT.latest, capabilityManifest: manifest, findings: [] } };
    const text = words(draw({ agent: { kind: 'ready', value } }, { tab: 'capabilities' }).root);
    expect(text).toContain('it holds instructions only');
    expect(text).toContain('Not declared by the publisher, but found in the files: execute');
    expect(text).toContain('12 checks ran, nothing found');
  });
  it('has no buttons that would lead nowhere on the web', () => {
    expect(draw({}, { tab: 'capabilities', surface: 'web' }).root.querySelector('.can-list button')).toBeNull();
  });
});

describe('the README', () => {
  it('replaces remote pictures in an editor by their words and hands links to the host', () => {
    const { root, calls } = draw({});
    const readme = root.querySelector('.readme')!;
    expect(readme.querySelector('img')).toBeNull();
    const links = [...readme.querySelectorAll('a')];
    expect(links.map(words)).toEqual(['build passing', 'The board at work', 'what it will not do']);
    links[1]!.click();
    expect(calls).toEqual([['openLink', 'https://example.com/board.png']]);
  });
  it('keeps pictures on the web', () => {
    expect(draw({}, { surface: 'web' }).root.querySelectorAll('.readme img')).toHaveLength(2);
  });
  it('shows pictures that came inside the message', () => {
    const html = '<p><img alt="x" src="data:image/png;base64,AA=="></p>';
    expect(draw({ readme: { kind: 'ready', value: { ...README, html } } }).root.querySelector('.readme img')).not.toBeNull();
  });
  it('lets wide code and tables scroll by keyboard', () => {
    const readme = draw({}).root.querySelector('.readme')!;
    expect(readme.querySelector('pre')!.getAttribute('tabindex')).toBe('0');
    expect(readme.querySelector('table')!.parentElement!.getAttribute('tabindex')).toBe('0');
  });
});

describe('states', () => {
  it('names the address that does not answer and retries', () => {
    const { root, calls } = draw({ agent: { kind: 'error', code: 'unreachable', message: 'x' } });
    expect(words(root.querySelector('[role=alert]'))).toContain('Tried http://127.0.0.1:3900');
    buttonOf(root, 'Try again').click();
    expect(calls).toEqual([['retry']]);
  });
  it('leaves the rest of the page when one part fails', () => {
    const { root } = draw(
      { versions: { kind: 'error', code: 'internal', message: 'Something failed on our side.' } },
      { tab: 'versions' },
    );
    expect(words(root.querySelector('.panel'))).toContain('The versions could not be loaded');
    expect(words(root.querySelector('h1'))).toBe('Review Board');
  });
  it('marks what comes from the cache', () => {
    expect(words(draw({ isOffline: true }).root.querySelector('.notice'))).toContain('does not answer');
  });
  it('shows the failure of a request without losing the page', () => {
    const { root } = draw({}, { failure: 'Review Board was not installed: the download does not match its checksum.' });
    expect(words(root.querySelector('.notice'))).toContain('does not match its checksum');
    expect(root.querySelector('.readme')).not.toBeNull();
  });
  it('knows an agent that is not there', () => {
    const { root } = draw({ agent: { kind: 'error', code: 'agent_not_found', message: 'x' } }, { surface: 'web' });
    expect(words(root.querySelector('main h1'))).toBe('There is no such agent');
  });
  it('says that a version was withdrawn or deprecated', () => {
    const text = words(draw({}, { tab: 'versions' }).root.querySelector('.version-list'));
    expect(text).toContain('Withdrawn');
    expect(text).toContain('Deprecated Upgrade to 1.4.0');
  });
});
