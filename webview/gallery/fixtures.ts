import type { AgentDetail, AgentSummary, Readme, SearchPage, Storefront, VersionSummary } from '../../contract/agents.ts';
import type { CapabilityId } from '../../contract/capabilities.ts';
import { CATEGORIES, type CategoryId } from '../../contract/categories.ts';
import { HOST_IDS, HOSTS, type HostId } from '../../contract/hosts.ts';
import type { DetailSnapshot } from '../../contract/webview/detail.ts';
import type { InsightsSnapshot } from '../../contract/webview/insights.ts';
import { DAY_MS, NOW, statisticsOf } from './statistics.ts';

const ago = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

type Seed = readonly [string, string, string, CategoryId, number, number?, AgentSummary['price']?];
const SEEDS: readonly Seed[] = [
  [
    '@coditect/review-board',
    'Review Board',
    'Five reviewers read your change and argue until they agree.',
    'code-analysis-review',
    14213,
    4.8,
  ],
  [
    '@coditect/test-author',
    'Test Author',
    'Writes the tests that would have caught your last three bugs.',
    'testing-qa',
    9120,
    4.6,
  ],
  [
    '@acme/sql-tuner',
    'SQL Tuner',
    'Reads the query plan, proposes the index, measures the difference.',
    'database-data',
    6044,
    4.7,
    { kind: 'subscription', amountMinor: 900, currency: 'USD', interval: 'month' },
  ],
  [
    '@coditect/migration-guard',
    'Migration Guard',
    'Stops a migration that would lock a table or lose a column.',
    'database-data',
    3811,
    4.9,
  ],
  [
    '@coditect/secret-sweeper',
    'Secret Sweeper',
    'Finds keys and tokens before they leave your machine.',
    'security-compliance',
    11877,
    4.5,
  ],
  [
    '@northwind/flaky-hunter',
    'Flaky Hunter',
    'Runs the suite until the flaky test shows itself, then explains why.',
    'testing-qa',
    742,
  ],
  [
    '@coditect/release-notes',
    'Release Notes',
    'Turns merged changes into notes that users understand.',
    'documentation',
    2290,
    4.2,
  ],
  [
    '@coditect/csv-lens',
    'CSV Lens',
    'Profiles a table: types, gaps, outliers, joins that will not hold.',
    'research-analysis',
    1318,
  ],
  [
    '@lumen/accessibility-pass',
    'Accessibility Pass',
    'Walks your pages with a keyboard and a screen reader’s ears.',
    'frontend-ui',
    5102,
    4.9,
    { kind: 'one_time', amountMinor: 2900, currency: 'EUR' },
  ],
  [
    '@coditect/api-steward',
    'API Steward',
    'Keeps the OpenAPI document and the handlers telling the same story.',
    'backend-api',
    1877,
    4.1,
  ],
  [
    '@coditect/deploy-runbook',
    'Deploy Runbook',
    'A careful deploy, step by step, with the way back written down.',
    'devops-deployment',
    960,
  ],
  [
    '@coditect/metric-definitions',
    'Metric Definitions',
    'One written definition for each number on your dashboard.',
    'business-intelligence',
    12,
  ],
];

function summaryOf([name, displayName, summary, category, installs, average, price]: Seed, index: number): AgentSummary {
  const scope = name.slice(0, name.indexOf('/'));
  const hosts = HOST_IDS.slice(0, 3 + ((index * 3) % 6)) as HostId[];
  return {
    name,
    displayName,
    summary,
    publisher: { scope, displayName: scope.slice(1), isVerified: scope !== '@northwind' },
    latestVersion: `1.${index}.0`,
    categories: [category],
    keywords: ['review'],
    componentKinds: ['subagent', 'skill', 'hook'],
    capabilities: ['read', 'search', 'execute'],
    hosts,
    price: price ?? { kind: 'free' },
    license: 'MIT',
    installs,
    activeInstalls: Math.round(installs / 3),
    ...(average === undefined ? {} : { rating: { average, count: 12 + index * 25 } }),
    isDeprecated: false,
    publishedAt: ago(200 - index),
    updatedAt: ago(3 + index * 4),
  };
}

const AGENTS: readonly AgentSummary[] = SEEDS.map(summaryOf);
const [REVIEW_BOARD] = AGENTS as [AgentSummary, ...AgentSummary[]];

export const STOREFRONT: Storefront = {
  featured: AGENTS.slice(0, 4),
  trending: [...AGENTS.slice(4, 10), ...AGENTS.slice(0, 2)],
  recent: AGENTS.slice(5, 12),
  categories: CATEGORIES.map(({ id, name }, index) => ({ id, name, count: 1 + ((index * 7) % 13) })),
  collections: [
    {
      id: 'first-week',
      name: 'The first week in a new codebase',
      description: 'Read, map, test, then change.',
      agents: AGENTS.slice(6, 10),
    },
  ],
  totalAgents: 1204,
};

export const RESULTS: SearchPage = {
  items: AGENTS.slice(0, 9),
  nextCursor: 'b2Zmc2V0OjIw',
  total: 24,
  facets: {
    categories: STOREFRONT.categories.slice(0, 6),
    hosts: HOSTS.map(({ id, name }, index) => ({ id, name, count: 24 - index * 2 })),
    kinds: [
      { id: 'subagent', name: 'Subagents', count: 14 },
      { id: 'skill', name: 'Skills', count: 11 },
      { id: 'hook', name: 'Hooks', count: 4 },
      { id: 'mcp', name: 'MCP servers', count: 3 },
    ],
    prices: [
      { id: 'free', name: 'Free', count: 20 },
      { id: 'paid', name: 'Paid', count: 4 },
    ],
  },
};

const use = (id: CapabilityId, details: string[], ...places: [string, number][]) => ({
  id,
  details,
  evidence: places.map(([path, line]) => ({ path, line })),
});

const VERSION: VersionSummary = {
  version: '1.5.0',
  publishedAt: ago(3),
  reviewState: 'passed',
  sizeBytes: 18_432,
  unpackedBytes: 61_020,
  fileCount: 14,
  integrity: 'sha512-abc',
  distTags: ['latest'],
  changes:
    '### Added\n- A fifth reviewer for **error handling**.\n- `--staged` reads only what is staged.\n\n### Fixed\n- The summary no longer repeats findings that all reviewers share,\n  even when they word them differently.',
};

const { changes: _, ...SILENT_VERSION } = VERSION;

export const VERSIONS: readonly VersionSummary[] = [
  VERSION,
  {
    ...VERSION,
    version: '1.4.0',
    publishedAt: ago(31),
    distTags: [],
    sizeBytes: 17_001,
    changes: '- Reviewers quote the line they object to.\n- Runs `npm test` only when a test file changed.',
  },
  {
    ...VERSION,
    version: '1.3.2',
    publishedAt: ago(58),
    distTags: [],
    reviewState: 'yanked',
    changes: 'Do not use: reviewed deleted files.',
  },
  {
    ...SILENT_VERSION,
    version: '1.3.1',
    publishedAt: ago(60),
    distTags: [],
    deprecation: 'Upgrade to 1.4.0: the summary could miss a finding.',
  },
  { ...SILENT_VERSION, version: '1.0.0', publishedAt: ago(200), distTags: [] },
];

export const AGENT: AgentDetail = {
  ...REVIEW_BOARD,
  latestVersion: '1.5.0',
  hosts: [...HOST_IDS] as HostId[],
  description: REVIEW_BOARD.summary,
  versionCount: 5,
  screenshots: [],
  links: [
    { label: 'Repository', url: 'https://github.com/coditect/review-board' },
    { label: 'Issues', url: 'https://github.com/coditect/review-board/issues' },
  ],
  similar: [AGENTS[1], AGENTS[5], AGENTS[2]].filter((agent) => agent !== undefined),
  latest: {
    ...VERSION,
    name: REVIEW_BOARD.name,
    tarballPath: '/npm/@coditect/review-board/-/review-board-1.5.0.tgz',
    components: [
      {
        kind: 'subagent',
        name: 'correctness-reviewer',
        description: 'Looks for what is wrong: logic, races, edge cases.',
        path: 'agents/correctness-reviewer.md',
      },
      {
        kind: 'subagent',
        name: 'style-reviewer',
        description: 'Looks for what will be hard to read next year.',
        path: 'agents/style-reviewer.md',
      },
      {
        kind: 'skill',
        name: 'review-a-change',
        description: 'How the board meets: read, object, answer, agree.',
        path: 'skills/review-a-change/SKILL.md',
      },
      { kind: 'command', name: 'review', description: 'Reviews the current change.', path: 'commands/review.md' },
      { kind: 'hook', name: 'PostToolUse', description: '', path: 'hooks/hooks.json' },
      { kind: 'mcp', name: 'github', description: 'Reads pull requests.', path: '.mcp.json' },
    ],
    capabilityManifest: {
      capabilities: [
        use('read', [], ['agents/correctness-reviewer.md', 4], ['agents/style-reviewer.md', 4]),
        use('search', [], ['agents/correctness-reviewer.md', 4]),
        use('execute', ['npm test', 'git diff:*'], ['commands/review.md', 3], ['hooks/hooks.json', 8]),
        use('agent', [], ['skills/review-a-change/SKILL.md', 12]),
        use('mcp', ['github'], ['.mcp.json', 3]),
      ],
      commands: [
        {
          kind: 'hook',
          command: 'sh hooks/after-edit.sh',
          trigger: 'PostToolUse',
          evidence: { path: 'hooks/hooks.json', line: 8 },
        },
        {
          kind: 'mcp',
          command: 'npx -y @modelcontextprotocol/server-github',
          trigger: 'github',
          evidence: { path: '.mcp.json', line: 4 },
        },
        {
          kind: 'inline-shell',
          command: 'git diff --staged',
          trigger: '/review',
          evidence: { path: 'commands/review.md', line: 9 },
        },
      ],
      mcpServers: [
        {
          name: 'github',
          transport: 'stdio',
          target: 'npx -y @modelcontextprotocol/server-github',
          evidence: { path: '.mcp.json', line: 3 },
        },
      ],
      networkHosts: [{ host: 'api.github.com', evidence: { path: '.mcp.json', line: 9 } }],
      secrets: [{ name: 'GITHUB_TOKEN', evidence: { path: '.mcp.json', line: 7 } }],
      models: ['sonnet', 'haiku'],
      executables: ['hooks/after-edit.sh'],
      undeclared: [],
    },
    configuration: [],
    dependencies: [],
    findings: [
      {
        code: 'network_download',
        level: 'review',
        message: 'The hook downloads a file and runs it.',
        path: 'hooks/after-edit.sh',
        line: 12,
        fix: 'Ship the file in the package.',
      },
      {
        code: 'long_description',
        level: 'notice',
        message: 'The description is longer than hosts show.',
        path: 'agents/style-reviewer.md',
        line: 3,
      },
    ],
    checkCount: 12,
    files: [{ path: 'package.json', sizeBytes: 900 }],
    contextTokens: 420,
  },
};

export const README: Readme = {
  version: '1.5.0',
  markdown: '',
  html: `<p><a href="https://ci.example/badge"><img alt="build passing" src="https://ci.example/badge.svg"></a></p>
<h1>Review Board</h1>
<p>Five reviewers read your change. Each has one concern: <strong>correctness</strong>, style, tests, security and error handling. They write their objections, answer each other, and hand you the list that survived.</p>
<p><img alt="The board at work" src="https://example.com/board.png"></p>
<h2>Use</h2>
<pre><code>/review            # the current branch against main
/review --staged   # only what is staged</code></pre>
<p>Or ask for it in words: “let the review board look at this”.</p>
<h2>What you get</h2>
<ul><li>Findings by severity, each with the file and line.</li><li>What was checked and found sound, so that silence means something.</li><li>One paragraph that a colleague can read in a minute.</li></ul>
<blockquote><p>It found the race in our retry code that three people had approved.</p></blockquote>
<h2>Settings</h2>
<table><thead><tr><th>Name</th><th>Default</th><th>What</th></tr></thead><tbody><tr><td><code>rounds</code></td><td>2</td><td>How often they answer each other</td></tr><tr><td><code>tests</code></td><td><code>changed</code></td><td>Run no tests, those that changed, or all</td></tr></tbody></table>
<h3>Limits</h3>
<p>It does not write code. See <a href="https://example.com/limits">what it will not do</a>.</p>`,
};

export const DETAIL: DetailSnapshot = {
  agent: { kind: 'ready', value: AGENT },
  readme: { kind: 'ready', value: README },
  versions: { kind: 'ready', value: VERSIONS },
  statistics: { kind: 'ready', value: statisticsOf(30) },
  install: { kind: 'not_installed' },
  isOffline: false,
  serviceUrl: 'http://127.0.0.1:3900',
};

export const INSIGHTS: InsightsSnapshot = {
  agents: [
    { name: '@coditect/review-board', displayName: 'Review Board', relation: 'published' },
    { name: '@coditect/test-author', displayName: 'Test Author', relation: 'installed' },
  ],
  selected: '@coditect/review-board',
  days: 30,
  statistics: { kind: 'ready', value: statisticsOf(30) },
  isSignedIn: true,
  isTelemetryOn: true,
  serviceUrl: 'http://127.0.0.1:3900',
};
