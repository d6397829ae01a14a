// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hosts expand these placeholders, JavaScript must not
import { describe, expect, it } from 'vitest';
import type { CapabilityManifest } from '../../contract/capabilities.ts';
import type { Finding } from '../../contract/findings.ts';
import { codesOf, type FileSpec, inspectWith, manifestText } from '../testing.ts';
import type { CheckSubject } from './check.ts';
import { CHECKS } from './registry.ts';
import { runChecks } from './run.ts';

type Specs = Readonly<Record<string, string | FileSpec>>;

/** Findings of one code, so that the tests do not depend on what else a sample trips. */
function find(code: string, specs: Specs): readonly Finding[] {
  return inspectWith(specs).findings.filter((finding) => finding.code === code);
}

const skill = (body: string): Specs => ({ 'skills/s/SKILL.md': `---\nname: s\ndescription: x\n---\n${body}\n` });
const readme = (body: string): Specs => ({ 'README.md': `# Board\n\n${'word '.repeat(50)}\n\n${body}\n` });
const script = (body: string): Specs => ({
  'scripts/run.mjs': body,
  'package.json': manifestText({ agent: { executables: ['scripts/run.mjs'] } }),
});

describe('the list of checks', () => {
  it('has unique names', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });

  it('does not let a package pass when a check fails or runs out of time', () => {
    const subject = {} as CheckSubject & { capabilityManifest: CapabilityManifest };
    const broken = { name: 'broken', run: () => JSON.parse('{') as Finding[] };
    expect(runChecks([broken], subject)).toMatchObject([{ code: 'check_failed', level: 'review' }]);
    let time = 0;
    const late = { name: 'late', run: () => [] };
    expect(runChecks([late], subject, () => (time += 60_000))).toMatchObject([{ code: 'check_failed', level: 'review' }]);
  });
});

describe('npm lifecycle', () => {
  it('refuses install scripts at their line and native builds', () => {
    const text = manifestText({ scripts: { test: 'vitest', postinstall: 'node x.js' } });
    const line = text.split('\n').findIndex((each) => each.includes('postinstall')) + 1;
    expect(find('npm_lifecycle_script', { 'package.json': text })).toMatchObject([{ level: 'refused', line }]);
    expect(find('npm_lifecycle_script', { 'binding.gyp': '{}' })).toHaveLength(1);
  });
});

describe('manifests', () => {
  it('refuses a plugin.json that says another name, version or licence', () => {
    const plugin = JSON.stringify({ name: 'other', version: '1.2.0', license: 'GPL-3.0' });
    expect(find('manifest_contradiction', { '.claude-plugin/plugin.json': plugin })).toHaveLength(2);
    expect(find('manifest_contradiction', { 'plugin.json': plugin })).toHaveLength(2);
  });

  it('refuses ranges that are none and dependencies on itself', () => {
    const dependencies = [
      { id: '@acme/a', range: 'newest please' },
      { id: '@acme/review-board', range: '^1.0.0' },
      { id: '@acme/b', range: '^1.0.0 || 2.x' },
    ];
    const codes = codesOf(inspectWith({ 'package.json': manifestText({ agent: { dependencies } }) }));
    expect(codes).toEqual(['refused dependency_range_invalid', 'refused dependency_on_itself']);
  });
});

describe('executables', () => {
  it.each<[string, Specs]>([
    ['the executable bit', { 'tool.txt': { text: 'x', isExecutable: true } }],
    ['a shebang', { 'tool.txt': '#!/bin/sh\n' }],
    ['an ELF header', { 'tool.dat': { bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]) } }],
    ['a Windows program', { 'tool.dat': { bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64)]) } }],
    ['WebAssembly', { 'tool.dat': { bytes: Buffer.from([0, 0x61, 0x73, 0x6d, 1]) } }],
    [
      'a hook that runs it',
      { 'hooks/hooks.json': '{"hooks":{"Stop":[{"hooks":[{"command":"node ${CLAUDE_PLUGIN_ROOT}/x.mjs"}]}]}}', 'x.mjs': '1' },
    ],
    [
      'an MCP server that runs it',
      { '.mcp.json': '{"s":{"command":"node","args":["${CLAUDE_PLUGIN_ROOT}/x.mjs"]}}', 'x.mjs': '1' },
    ],
  ])('refuses a file with %s that is not declared', (_why, specs) => {
    expect(find('executable_undeclared', specs)).toMatchObject([{ level: 'refused' }]);
  });

  it('accepts declared ones, asks to review undeclared scripts, refuses declared ones that are missing', () => {
    expect(find('executable_undeclared', script('#!/usr/bin/env node\n'))).toEqual([]);
    expect(find('script_undeclared', { 'scripts/a.py': 'print(1)' })).toMatchObject([{ level: 'review', path: 'scripts/a.py' }]);
    expect(
      find('manifest_contradicts_files', { 'package.json': manifestText({ agent: { executables: ['./gone.sh'] } }) }),
    ).toMatchObject([{ level: 'refused' }]);
  });
});

describe('hidden Unicode', () => {
  it.each([
    ['tag characters', '\u{E0041}'],
    ['bidirectional overrides', '\u202E'],
    ['bidirectional isolates', '\u2066'],
    ['GlassWorm’s variation selectors', '\u{E0101}'],
    ['runs of variation selectors', '\uFE01\uFE02\uFE03\uFE04'],
  ])('refuses %s with their line, in any text file', (_what, character) => {
    expect(find('hidden_unicode', skill(`plain\nbad${character}text`))).toMatchObject([{ level: 'refused', line: 6 }]);
    expect(find('hidden_unicode', { 'data/x.csv': `a${character}b` })).toHaveLength(1);
  });

  it('tells of zero-width characters and accepts emoji, flags and a leading BOM', () => {
    expect(find('invisible_unicode', skill('zero\u200Bwidth'))).toMatchObject([{ level: 'notice', line: 5 }]);
    const flag = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';
    const inspection = inspectWith({
      ...readme(`👩‍💻 ❤️ 👍🏽 ${flag} café`),
      'agents/b.md': '\uFEFF---\nname: b\ndescription: x\ntools: Read\n---\n',
    });
    expect(inspection.findings).toEqual([]);
  });
});

describe('permissions', () => {
  it('asks to review what package.json does not declare', () => {
    const specs: Specs = {
      'agents/b.md': '---\nname: b\ndescription: x\ntools: Edit\n---\n',
      'scripts/a.mjs': 'fetch("https://api.acme.dev")\n',
      '.mcp.json': '{"s":{"command":"s","env":{"T":"${ACME_TOKEN}"}}}',
    };
    const codes = codesOf(inspectWith(specs)).filter((code) => code.endsWith('_undeclared'));
    expect(codes.sort()).toEqual([
      'review capability_undeclared',
      'review capability_undeclared',
      'review env_undeclared',
      'review host_undeclared',
      'review script_undeclared',
    ]);
  });

  it('asks to review shell approved in advance and tells of unknown tools and hooks for everything', () => {
    expect(find('shell_preapproved', { 'commands/a.md': '---\nallowed-tools: Read, Bash(*)\n---\n' })).toMatchObject([
      { level: 'review', line: 2 },
    ]);
    expect(find('shell_preapproved', { 'commands/a.md': '---\nallowed-tools: Bash(npm test:*)\n---\n' })).toEqual([]);
    expect(find('tool_unknown', { 'agents/b.md': '---\nname: b\ndescription: x\ntools: Read, Teleport\n---\n' })).toMatchObject([
      { level: 'notice' },
    ]);
    expect(
      find('hook_without_matcher', { 'hooks/hooks.json': '{"hooks":{"PreToolUse":[{"hooks":[{"command":"x"}]}]}}' }),
    ).toHaveLength(1);
  });
});

describe('unpinned launchers', () => {
  it.each([
    'npx -y server',
    'npx server@latest',
    'npx --package=server@^1 run',
    'uvx server',
    'uvx --from server run',
    'pipx run server',
    'docker run --rm -i acme/server',
    'docker run -e A=1 acme/server:latest',
    'pnpm dlx server',
    'bunx server',
    'npm exec -- server',
    'cmd /c npx server',
    'npx github:acme/server',
    'deno run https://acme.dev/x.ts',
  ])('asks to review %s', (command) => {
    expect(
      find('launcher_unpinned', {
        '.mcp.json': JSON.stringify({ s: { command: command.split(' ')[0], args: command.split(' ').slice(1) } }),
      }),
    ).toMatchObject([{ level: 'review' }]);
  });

  it.each([
    'npx -y @acme/server@1.2.3',
    'npx --package=server@1.0.0 run',
    'uvx server==1.2.0',
    'uvx --from server==1.2 run',
    `docker run -i acme/server@sha256:${'a'.repeat(64)}`,
    'docker run -e A -v /x:/y acme/server:1.2',
    'node server.mjs',
    'npx ./local.mjs',
    'deno run npm:server@1.2.3',
  ])('accepts %s', (command) => {
    expect(
      find('launcher_unpinned', {
        '.mcp.json': JSON.stringify({ s: { command: command.split(' ')[0], args: command.split(' ').slice(1) } }),
      }),
    ).toEqual([]);
  });

  it('looks at hooks and inline shell too', () => {
    expect(
      find('launcher_unpinned', {
        'hooks/hooks.json': '{"hooks":{"Stop":[{"hooks":[{"command":"cd x && npx prettier --write ."}]}]}}',
      }),
    ).toHaveLength(1);
    expect(find('launcher_unpinned', { 'commands/a.md': 'State: !`npx cowsay hi`\n' })).toHaveLength(1);
  });
});

describe('pictures', () => {
  function png(width: number, height: number): Buffer {
    const bytes = Buffer.alloc(64);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
    bytes.write('IHDR', 12);
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  }
  const withIcon = (bytes: Uint8Array): Specs => ({
    'icon.png': { bytes },
    'package.json': manifestText({ agent: { icon: './icon.png' } }),
  });

  it('accepts a square PNG between 128 and 2048', () => {
    expect(inspectWith(withIcon(png(256, 256))).findings).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ['one that is not square', png(256, 128)],
    ['one that is too small', png(64, 64)],
    ['one that is too large', png(4096, 4096)],
    ['another format under that name', Buffer.from('<svg onload="x"/>')],
    ['too many bytes', Buffer.concat([png(256, 256), Buffer.alloc(3 * 1024 * 1024)])],
  ])('refuses %s', (_what, bytes) => {
    expect(find('picture_invalid', withIcon(bytes))).toMatchObject([{ level: 'refused' }]);
  });

  it('refuses pictures that are not there', () => {
    expect(
      find('manifest_contradicts_files', { 'package.json': manifestText({ agent: { icon: 'i.png', screenshots: ['a.png'] } }) }),
    ).toHaveLength(2);
  });
});

describe('uncovered components', () => {
  it('asks to review what hosts would run although nobody was shown it', () => {
    const plugin = JSON.stringify({
      name: 'review-board',
      lspServers: { x: { command: 'x' } },
      experimental: { monitors: [] },
      commands: { go: { content: 'Go' } },
    });
    expect(find('component_uncovered', { '.claude-plugin/plugin.json': plugin })).toHaveLength(3);
    expect(
      find('component_uncovered', { 'monitors/monitors.json': '[]', 'com.github.copilot/hooks/hooks.json': '{}' }),
    ).toMatchObject([{ level: 'review' }, { level: 'review' }]);
    expect(find('component_uncovered', { 'hooks/hooks.json': '{"hooks":{},"modules":["./x.mjs"]}' })).toHaveLength(1);
  });

  it('only notes a manifest for one host that starts nothing', () => {
    expect(find('component_uncovered', { '.codex-plugin/plugin.json': '{"name": "x"}' })).toMatchObject([{ level: 'notice' }]);
    expect(find('component_uncovered', { '.codex-plugin/plugin.json': '{"hooks": "./h.json"}' })).toMatchObject([
      { level: 'review' },
    ]);
  });

  it('refuses a server that is another one for other hosts', () => {
    const servers = (args: string[]) => JSON.stringify({ mcpServers: { db: { command: 'db', args } } });
    expect(
      find('manifest_contradiction', { '.mcp.json': servers(['${CLAUDE_PLUGIN_ROOT}']), 'mcp.json': servers(['--other']) }),
    ).toMatchObject([{ level: 'refused', path: 'mcp.json' }]);
    const same = inspectWith({ '.mcp.json': servers(['${CLAUDE_PLUGIN_ROOT}']), 'mcp.json': servers(['${PLUGIN_ROOT}']) });
    expect(same.pkg?.mcpServers).toHaveLength(1);
    expect(codesOf(same)).not.toContain('refused manifest_contradiction');
  });
});

describe('documentation and encoding', () => {
  it('tells what a stranger would miss', () => {
    const codes = codesOf(inspectWith({ 'README.md': 'Short.', 'CHANGELOG.md': '## 1.0.0\n\nFirst.\n' }));
    expect(codes).toEqual(['notice changelog_section_missing', 'notice readme_short']);
  });

  it('asks to review what it cannot read', () => {
    expect(find('text_not_utf8', { 'docs/a.md': { bytes: Buffer.from('ÿþh\0i\0', 'latin1') } })).toMatchObject([
      { level: 'review' },
    ]);
    expect(find('binary_unknown', { 'assets/a.zip': { bytes: Buffer.from([0x50, 0x4b, 3, 4, 0]) } })).toMatchObject([
      { level: 'review' },
    ]);
  });
});
