// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hosts expand these placeholders, JavaScript must not
import { describe, expect, it } from 'vitest';
import type { CapabilityManifest } from '../contract/capabilities.ts';
import { type FileSpec, inspectWith, manifestText } from './testing.ts';

function derive(specs: Record<string, string | FileSpec>): CapabilityManifest {
  return inspectWith({ 'agents/reviewer.md': '---\nname: reviewer\ndescription: x\ntools: Read\n---\n', ...specs })
    .capabilityManifest;
}

function usesOf(manifest: CapabilityManifest): Record<string, readonly string[]> {
  return Object.fromEntries(manifest.capabilities.map(({ id, details }) => [id, details]));
}

describe('deriveCapabilities', () => {
  it('maps tool lists with their limits and the line that proves them', () => {
    const manifest = derive({
      'agents/a.md':
        '---\nname: a\ndescription: x\ntools: Grep, Bash(npm test), Bash(git diff:*), mcp__db__query, WebFetch(domain:acme.dev)\n---\n',
    });
    expect(usesOf(manifest)).toEqual({
      read: [],
      search: [],
      execute: ['git diff:*', 'npm test'],
      web: ['domain:acme.dev'],
      mcp: ['db/query'],
    });
    expect(manifest.capabilities.find(({ id }) => id === 'execute')?.evidence).toEqual([{ path: 'agents/a.md', line: 4 }]);
  });

  it('takes a subagent without a tools list for one that can do everything', () => {
    expect(Object.keys(usesOf(derive({ 'agents/a.md': '---\nname: a\ndescription: x\n---\n' })))).toEqual([
      'read',
      'search',
      'edit',
      'execute',
      'web',
      'agent',
      'mcp',
    ]);
  });

  it('drops a capability only when every tool of it is denied', () => {
    const denied = (tools: string) =>
      Object.keys(usesOf(derive({ 'agents/a.md': `---\nname: a\ndescription: x\ndisallowedTools: ${tools}\n---\n` })));
    expect(denied('Bash, Write')).toEqual(['read', 'search', 'edit', 'web', 'agent', 'mcp']);
    expect(denied('Edit, Write, NotebookEdit, Task')).toEqual(['read', 'search', 'execute', 'web', 'mcp']);
  });

  it('lets one use without limits win over narrower ones', () => {
    expect(usesOf(derive({ 'agents/a.md': '---\nname: a\ndescription: x\ntools: Bash(ls), Bash\n---\n' })).execute).toEqual([]);
  });

  it('counts what skills and commands approve and run inline', () => {
    const manifest = derive({
      'commands/go.md': '---\nallowed-tools: Bash(git status:*), Edit\n---\nState: !`git status`\n\n```!\nmake env\n```\n',
    });
    expect(usesOf(manifest)).toMatchObject({ execute: ['git status', 'git status:*', 'make env'], edit: [] });
    expect(manifest.commands).toEqual([
      { kind: 'inline-shell', command: 'git status', trigger: 'go', evidence: { path: 'commands/go.md', line: 4 } },
      { kind: 'inline-shell', command: 'make env', trigger: 'go', evidence: { path: 'commands/go.md', line: 7 } },
    ]);
  });

  it('counts hooks of hooks.json and of front matter', () => {
    const manifest = derive({
      'hooks/hooks.json':
        '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "notify https://hooks.acme.dev/x $ACME_TOKEN"}]}]}}',
      'skills/s/SKILL.md':
        '---\nname: s\ndescription: x\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: ./guard.sh\n---\n',
    });
    expect(manifest.commands.map(({ kind, command, trigger }) => [kind, command, trigger])).toEqual([
      ['hook', './guard.sh', 'PreToolUse'],
      ['hook', 'notify https://hooks.acme.dev/x $ACME_TOKEN', 'Stop'],
    ]);
    expect(manifest.networkHosts.map(({ host }) => host)).toEqual(['hooks.acme.dev']);
    expect(manifest.secrets.map(({ name }) => name)).toEqual(['ACME_TOKEN']);
  });

  it('counts MCP servers, their hosts and the secrets they want', () => {
    const manifest = derive({
      '.mcp.json': JSON.stringify({
        mcpServers: {
          acme: { type: 'http', url: 'https://mcp.acme.dev/v1?k=${ACME_KEY:-none}' },
          db: { command: 'db', env: { P: '${user_config.db_password}', H: '${HOME}' } },
        },
      }),
    });
    expect(usesOf(manifest).mcp).toEqual(['acme/*', 'db/*']);
    expect(manifest.mcpServers).toMatchObject([
      { name: 'acme', transport: 'http' },
      { name: 'db', transport: 'stdio', target: 'db' },
    ]);
    expect(manifest.networkHosts).toMatchObject([{ host: 'mcp.acme.dev', evidence: { path: '.mcp.json', line: 1 } }]);
    expect(manifest.secrets.map(({ name }) => name)).toEqual(['ACME_KEY', 'db_password']);
  });

  it('takes hosts from programs, not from prose, comments, loopback or names of vocabularies', () => {
    const manifest = derive({
      'README.md': 'See https://docs.acme.dev',
      'scripts/a.mjs':
        '// https://comment.acme.dev\nfetch(`https://api.acme.dev/v1`);\nfetch("http://127.0.0.1:3000");\nconst ns = "http://www.w3.org/2000/svg";\nconst t = `https://${host}/x`;\n',
    });
    expect(manifest.networkHosts).toEqual([{ host: 'api.acme.dev', evidence: { path: 'scripts/a.mjs', line: 2 } }]);
  });

  it('names the secrets that programs read and that configuration asks for', () => {
    const manifest = derive({
      'package.json': manifestText({
        agent: {
          configuration: [
            { key: 'region', title: 'Region', description: '' },
            { key: 'api_key', title: 'Key', description: '', sensitive: true },
          ],
        },
      }),
      'scripts/a.py': 'import os\nx = os.environ["GITHUB_TOKEN"]\ny = os.getenv("EDITOR")\n',
    });
    expect(manifest.secrets.map(({ name }) => name)).toEqual(['GITHUB_TOKEN', 'api_key']);
  });

  it('lists models and executables', () => {
    const manifest = derive({
      'agents/a.md': '---\nname: a\ndescription: x\ntools: Read\nmodel: opus\n---\n',
      'run.sh': { text: 'echo', isExecutable: true },
      'skills/s/SKILL.md': '---\nname: s\ndescription: x\nmodel: inherit\n---\n',
    });
    expect(manifest.models).toEqual(['opus']);
    expect(manifest.executables).toEqual(['run.sh']);
  });

  it('says what agent.permissions leaves out', () => {
    const specs = {
      'scripts/a.sh': 'curl https://api.acme.dev -H "$X"\ncurl https://eu.cdn.acme.dev',
      '.mcp.json': '{"s": {"command": "s", "env": {"T": "${ACME_TOKEN}"}}}',
    };
    expect(derive({ ...specs, 'package.json': manifestText({ agent: { permissions: {} } }) }).undeclared).toEqual([
      'read',
      'mcp',
      'host:api.acme.dev',
      'host:eu.cdn.acme.dev',
      'env:ACME_TOKEN',
    ]);
    const permissions = { capabilities: ['read', 'mcp'], hosts: ['api.acme.dev', '*.cdn.acme.dev'], env: ['ACME_TOKEN'] };
    expect(derive({ ...specs, 'package.json': manifestText({ agent: { permissions } }) }).undeclared).toEqual([]);
  });
});
