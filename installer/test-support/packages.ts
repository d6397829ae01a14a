// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hosts’ own variables
import { inspectPackage } from '../../packaging/inspect.ts';
import { withManifestFiles } from '../../packaging/manifest-files.ts';
import type { PackageFile, PackageFiles } from '../../packaging/model.ts';
import { packFiles } from '../../packaging/pack.ts';

const encoder = new TextEncoder();

export type TestFiles = Readonly<Record<string, string>>;

/** A subagent, a skill with a reference, a command and a rule: nothing that runs by itself. */
export const QUIET_FILES: TestFiles = {
  'agents/reviewer.md':
    '---\nname: reviewer\ndescription: Reads a change and says what is wrong.\ntools: Read, Grep, Glob\n---\nRead the diff.\n',
  'skills/review/SKILL.md': '---\nname: review\ndescription: How to review a change.\n---\nSee references/list.md.\n',
  'skills/review/references/list.md': '# List\n\n- tests\n',
  'commands/review.md': '---\ndescription: Review the change.\nargument-hint: "[path]"\n---\nReview $ARGUMENTS.\n',
  'rules/style.md': '---\ndescription: Style\npaths:\n  - "src/**/*.ts"\n---\nShort functions.\n',
};

/** A hook with its script, an MCP server with its own, and a secret. */
export const LOUD_FILES: TestFiles = {
  'hooks/hooks.json': JSON.stringify({
    hooks: {
      PostToolUse: [
        {
          matcher: 'Edit|Write',
          hooks: [{ type: 'command', command: 'node ${CLAUDE_PLUGIN_ROOT}/hooks/check.mjs', timeout: 10 }],
        },
      ],
    },
  }),
  'hooks/check.mjs': "import { rule } from './rule.mjs';\nprocess.exit(rule());\n",
  'hooks/rule.mjs': 'export const rule = () => 0;\n',
  '.mcp.json': JSON.stringify({
    mcpServers: {
      notes: {
        command: 'node',
        args: ['${CLAUDE_PLUGIN_ROOT}/mcp/server.mjs', '--level', '${NOTES_LEVEL:-info}'],
        env: { NOTES_TOKEN: '${NOTES_TOKEN}' },
      },
    },
  }),
  'mcp/server.mjs': 'process.stdin.resume();\n',
};

export interface TestPackage {
  readonly name?: string;
  readonly version?: string;
  readonly files?: TestFiles;
  readonly agent?: Readonly<Record<string, unknown>>;
}

/** A whole package as an author would pack it. Scripts are declared, so that the checks accept it. */
export function packageFiles(options: TestPackage = {}): PackageFiles {
  const { name = '@acme/review-board', version = '1.0.0', files = QUIET_FILES } = options;
  const manifest = {
    name,
    version,
    description: 'Reads a change and says what is wrong with it.',
    license: 'MIT',
    keywords: ['review'],
    agent: {
      displayName: 'Review Board',
      categories: ['code-analysis-review'],
      permissions: {
        capabilities: ['read', 'search', 'edit', 'execute', 'web', 'agent', 'mcp'],
        hosts: [],
        env: ['NOTES_TOKEN', 'NOTES_LEVEL'],
        files: [],
      },
      executables: Object.keys(files).filter((path) => path.endsWith('.mjs')),
      ...options.agent,
    },
  };
  const all: TestFiles = {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': `# ${name}\n\nReads a change.\n`,
    LICENSE: 'MIT\n',
    ...files,
  };
  const map = new Map<string, PackageFile>(
    Object.entries(all).map(([path, text]) => [path, { bytes: encoder.encode(text), isExecutable: path.endsWith('.mjs') }]),
  );
  const parsed = inspectPackage(map).pkg?.manifest;
  return parsed === undefined ? map : withManifestFiles(map, parsed);
}

export async function packTestPackage(options: TestPackage = {}): Promise<Uint8Array> {
  return packFiles(packageFiles(options));
}
