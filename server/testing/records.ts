import type { Actor } from '../domain/actor.ts';
import type { AgentRecord, VersionRecord } from '../features/publishing/publishing.store.ts';

/** Builders with defaults that any test may override. */
export function versionRecord(overrides: Partial<VersionRecord> = {}): VersionRecord {
  const { name = '@ada/helper', version = '1.0.0' } = overrides;
  return {
    name,
    version,
    publishedBy: 'user-ada',
    publishedAt: '2026-03-01T10:00:00.000Z',
    integrity: `sha512-${'A'.repeat(86)}==`,
    shasum: '0'.repeat(40),
    signature: { keyid: 'SHA256:test', sig: 'c2ln' },
    distTag: 'latest',
    reviewState: 'passed',
    sizeBytes: 1_000,
    unpackedBytes: 3_000,
    manifest: {
      name,
      version,
      description: 'Helps with small things.',
      license: 'MIT',
      keywords: ['help'],
      agent: {
        displayName: 'Helper',
        categories: ['documentation'],
        screenshots: [],
        configuration: [],
        permissions: { capabilities: ['read'], hosts: [], env: [], files: [] },
        executables: [],
        dependencies: [],
      },
    },
    components: [],
    capabilityManifest: {
      capabilities: [],
      commands: [],
      mcpServers: [],
      networkHosts: [],
      secrets: [],
      models: [],
      executables: [],
      undeclared: [],
    },
    hosts: [],
    findings: [],
    checkCount: 12,
    contextTokens: 40,
    files: [{ path: 'package.json', sizeBytes: 300 }],
    screenshots: [],
    ...overrides,
  };
}

export function agentDraft(overrides: Partial<AgentRecord> = {}): Omit<AgentRecord, 'revision' | 'seq'> {
  const { revision: _revision, seq: _seq, ...rest } = overrides;
  const name = rest.name ?? '@ada/helper';
  return {
    name,
    scope: name.slice(0, name.indexOf('/')),
    releases: [{ version: '1.0.0', publishedAt: '2026-03-01T10:00:00.000Z', reviewState: 'passed' }],
    distTags: { latest: '1.0.0' },
    createdAt: '2026-03-01T10:00:00.000Z',
    updatedAt: '2026-03-01T10:00:00.000Z',
    ...rest,
  };
}

export function actor(overrides: Partial<Actor> = {}): Actor {
  return {
    userId: 'user-ada',
    name: 'ada',
    ownedScopes: ['@ada'],
    tokenId: 'token-1',
    tokenScopes: ['read', 'publish'],
    ...overrides,
  };
}
