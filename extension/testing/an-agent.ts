import { type AgentSummary, AgentSummarySchema } from '../../contract/agents.ts';

/** A catalogue row for tests. */
export function anAgent(changes: Partial<AgentSummary> = {}): AgentSummary {
  return AgentSummarySchema.parse({
    name: '@coditect/review-board',
    displayName: 'Review Board',
    summary: 'Five reviewers read your change.',
    publisher: { scope: '@coditect', displayName: 'CODITECT', isVerified: true },
    latestVersion: '1.5.0',
    categories: ['code-analysis-review'],
    keywords: [],
    componentKinds: ['subagent'],
    capabilities: ['read', 'search'],
    hosts: ['claude-code', 'vscode'],
    price: { kind: 'free' },
    license: 'MIT',
    installs: 14_200,
    activeInstalls: 10,
    isDeprecated: false,
    publishedAt: '2026-10-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
    ...changes,
  });
}
