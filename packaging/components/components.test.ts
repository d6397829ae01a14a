// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hosts expand these placeholders, JavaScript must not
import { describe, expect, it } from 'vitest';
import { codesOf, inspectWith, manifestText } from '../testing.ts';

const HOOKS = JSON.stringify(
  {
    description: 'Guards writes',
    hooks: {
      PreToolUse: [
        {
          matcher: 'Write|Edit',
          hooks: [{ type: 'command', command: 'node "${CLAUDE_PLUGIN_ROOT}/hooks/guard.mjs"', timeout: 10 }],
        },
      ],
      Stop: [{ hooks: [{ type: 'command', command: 'echo done' }] }],
    },
  },
  null,
  2,
);

describe('subagents', () => {
  it('reads tools from text and lists, models and denied tools', () => {
    const { pkg } = inspectWith({
      'agents/a.md':
        '---\nname: a\ndescription: A.\ntools: Read, Bash(git add, git diff:*), mcp__db__query\ndisallowedTools: [Write]\nmodel: haiku\n---\nBody\n',
      'agents/deep/b.md': '---\nname: b\ndescription: B.\n---\n',
    });
    const [a, b] = pkg?.subagents ?? [];
    expect(a).toMatchObject({
      name: 'a',
      tools: ['Read', 'Bash(git add, git diff:*)', 'mcp__db__query'],
      capabilities: ['read', 'execute', 'mcp'],
      disallowedTools: ['Write'],
      model: 'haiku',
    });
    expect(a?.source).toMatchObject({ body: 'Body\n', bodyLine: 8 });
    expect(b?.name).toBe('b');
    expect(b?.tools).toBeUndefined();
  });

  it('reads a description with an unquoted colon and says where', () => {
    const inspection = inspectWith({
      'agents/a.md': '---\nname: a\ndescription: Use when: tests fail # often\ntools: Read\n---\n',
    });
    expect(inspection.pkg?.subagents[0]?.description).toBe('Use when: tests fail # often');
    expect(inspection.findings).toMatchObject([{ code: 'frontmatter_unquoted', level: 'notice', path: 'agents/a.md', line: 3 }]);
  });

  it('refuses front matter that hosts could read in two ways', () => {
    expect(codesOf(inspectWith({ 'agents/a.md': '---\nname: a\ndescription: x\ntools: Read\ntools: Bash\n---\n' }))).toContain(
      'refused frontmatter_invalid',
    );
    expect(codesOf(inspectWith({ 'agents/a.md': '---\nname: a\ndescription: x\n' }))).toContain('refused frontmatter_invalid');
  });

  it('needs a description and a name that every host takes', () => {
    const codes = codesOf(inspectWith({ 'agents/a.md': '---\nname: My Agent\n---\n' }));
    expect(codes).toContain('refused component_name_invalid');
    expect(codes).toContain('refused component_description_missing');
  });

  it('refuses two of one name', () => {
    expect(codesOf(inspectWith({ 'agents/other.md': '---\nname: reviewer\ndescription: x\ntools: Read\n---\n' }))).toContain(
      'refused component_duplicate',
    );
  });
});

describe('skills, commands and rules', () => {
  it('collects the files of a skill and its approved tools', () => {
    const { pkg } = inspectWith({
      'skills/pdf/SKILL.md': '---\nname: pdf\ndescription: P.\nallowed-tools: Read Bash(pdftk:*)\n---\n',
      'skills/pdf/references/a.md': 'x',
      'skills/pdfx/b.md': 'x',
    });
    expect(pkg?.skills[0]).toMatchObject({
      name: 'pdf',
      allowedTools: ['Read', 'Bash(pdftk:*)'],
      files: ['skills/pdf/SKILL.md', 'skills/pdf/references/a.md'],
    });
  });

  it('refuses a skill whose name is not its folder', () => {
    expect(codesOf(inspectWith({ 'skills/pdf/SKILL.md': '---\nname: forms\ndescription: P.\n---\n' }))).toContain(
      'refused skill_name_differs',
    );
  });

  it('names commands by their path and reads hints', () => {
    const { pkg } = inspectWith({
      'commands/db/seed.md': '---\ndescription: Seeds.\nargument-hint: [table]\n---\nSeed $ARGUMENTS\n',
      'commands/README.md': 'x',
    });
    expect(pkg?.commands).toMatchObject([{ name: 'db/seed', description: 'Seeds.', argumentHint: '[table]' }]);
  });

  it('reads the globs of a rule in each form', () => {
    const { pkg } = inspectWith({
      'rules/a.md': '---\npaths:\n  - "src/**/*.{ts,tsx}"\n  - docs/**\n---\nx\n',
      'rules/b.mdc': '---\nglobs: src/**, test/**\nalwaysApply: false\n---\nx\n',
      'rules/c.md': 'Always.\n',
    });
    expect(pkg?.rules.map(({ name, paths }) => [name, paths])).toEqual([
      ['a', ['src/**/*.{ts,tsx}', 'docs/**']],
      ['b', ['src/**', 'test/**']],
      ['c', []],
    ]);
  });
});

describe('hooks', () => {
  it('reads Claude Code’s shape with lines and the files a command runs', () => {
    const { pkg } = inspectWith({
      'hooks/hooks.json': HOOKS,
      'hooks/guard.mjs': 'import "./lib/text.mjs";\n',
      'hooks/lib/text.mjs': 'export {};\n',
    });
    expect(pkg?.hooks).toMatchObject([
      {
        event: 'PreToolUse',
        matcher: 'Write|Edit',
        timeoutSeconds: 10,
        path: 'hooks/hooks.json',
        line: 10,
        files: ['hooks/guard.mjs', 'hooks/lib/text.mjs'],
      },
      { event: 'Stop', command: 'echo done', files: [] },
    ]);
    expect(pkg?.hooks[1]?.matcher).toBeUndefined();
  });

  it('refuses a script that is not in the package, and tells of events and types that do nothing', () => {
    expect(codesOf(inspectWith({ 'hooks/hooks.json': HOOKS }))).toContain('refused manifest_contradicts_files');
    const codes = codesOf(
      inspectWith({
        'hooks/hooks.json': '{"hooks": {"OnSave": [{"hooks": [{"type": "http", "url": "https://a.dev"}]}], "Stop": {}}}',
      }),
    );
    expect(codes).toEqual(
      expect.arrayContaining(['notice hook_event_unknown', 'review hook_type_unsupported', 'refused hooks_invalid']),
    );
  });

  it('reads hooks inline in plugin.json', () => {
    const plugin = JSON.stringify({
      name: 'review-board',
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'echo x' }] }] },
    });
    expect(inspectWith({ '.claude-plugin/plugin.json': plugin }).pkg?.hooks).toMatchObject([
      { event: 'Stop', path: '.claude-plugin/plugin.json' },
    ]);
  });
});

describe('MCP servers', () => {
  it('reads the wrapped and the flat form, local and remote', () => {
    const local = {
      command: 'node',
      args: ['${CLAUDE_PLUGIN_ROOT}/mcp/server.mjs', '--db', '${DB_PATH}'],
      env: { TOKEN: '${DB_TOKEN}' },
    };
    const remote = { type: 'http', url: 'https://mcp.acme.dev/v1', headers: { Authorization: 'Bearer ${ACME_TOKEN}' } };
    for (const servers of [{ mcpServers: { db: local, acme: remote } }, { db: local, acme: remote }]) {
      const { pkg } = inspectWith({ '.mcp.json': JSON.stringify(servers), 'mcp/server.mjs': '' });
      expect(pkg?.mcpServers).toMatchObject([
        { name: 'db', transport: 'stdio', command: 'node', files: ['mcp/server.mjs'], env: { TOKEN: '${DB_TOKEN}' } },
        { name: 'acme', transport: 'http', url: 'https://mcp.acme.dev/v1' },
      ]);
    }
  });

  it('refuses servers without command or url and unknown transports', () => {
    const codes = codesOf(
      inspectWith({
        '.mcp.json': JSON.stringify({
          mcpServers: { a: {}, b: { type: 'http' }, c: { type: 'carrier-pigeon', url: 'x' }, d: 7 },
        }),
      }),
    );
    expect(codes.filter((code) => code === 'refused mcp_invalid')).toHaveLength(4);
  });
});

describe('custom paths in plugin.json', () => {
  it('replace the default folders of agents and commands and add to those of skills', () => {
    const { pkg } = inspectWith({
      '.claude-plugin/plugin.json': JSON.stringify({
        name: 'review-board',
        commands: './cmd',
        skills: './more/',
        mcpServers: './conf/mcp.json',
      }),
      'cmd/go.md': 'x',
      'commands/old.md': 'x',
      'more/extra/SKILL.md': '---\nname: extra\ndescription: E.\n---\n',
      'skills/base/SKILL.md': '---\nname: base\ndescription: B.\n---\n',
      'conf/mcp.json': '{"s": {"command": "s"}}',
    });
    expect(pkg?.commands.map(({ name }) => name)).toEqual(['go']);
    expect(pkg?.skills.map(({ name }) => name)).toEqual(['base', 'extra']);
    expect(pkg?.mcpServers.map(({ name }) => name)).toEqual(['s']);
  });

  it('refuses paths that are not in the package', () => {
    expect(
      codesOf(
        inspectWith({
          '.claude-plugin/plugin.json': JSON.stringify({ name: 'review-board', agents: './nowhere.md' }),
          'package.json': manifestText(),
        }),
      ),
    ).toContain('refused manifest_contradicts_files');
  });
});
