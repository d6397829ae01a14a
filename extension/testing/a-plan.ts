import type { HostPlan, InstallPlan } from '../../installer/install-plan.ts';

const NO_CAPABILITIES = {
  capabilities: [],
  commands: [],
  mcpServers: [],
  networkHosts: [],
  secrets: [],
  models: [],
  executables: [],
  undeclared: [],
};

export function aHostPlan(changes: Partial<HostPlan> = {}): HostPlan {
  return { host: 'claude-code', fileCount: 2, isFaithful: true, losses: [], nextStep: 'start a new session', ...changes };
}

/** A first install of Review Board for Claude Code, with nothing to agree to. */
export function aPlan(changes: Partial<InstallPlan> = {}): InstallPlan {
  return {
    agent: '@coditect/review-board' as InstallPlan['agent'],
    displayName: 'Review Board',
    summary: 'Five reviewers.',
    version: '1.5.0',
    integrity: 'sha512-x',
    resolved: '/npm/x',
    signature: 'verified',
    source: 'service',
    components: [{ kind: 'hook', name: 'PostToolUse', description: '', path: 'hooks/hooks.json' }],
    capabilityManifest: NO_CAPABILITIES,
    findings: [],
    contextTokens: 420,
    hosts: [aHostPlan()],
    otherHosts: [],
    files: [
      {
        path: '.claude/agents/a.md',
        kind: 'file',
        action: 'create',
        hosts: ['claude-code'],
        sizeBytes: 10,
        sha256: '',
        isExecutable: false,
        component: 'subagent a',
      },
    ],
    hasConflicts: false,
    isNoop: false,
    consents: [],
    newConsents: [],
    needsConsent: false,
    canGoWithoutHooks: true,
    options: { withoutHooks: false, acceptLosses: [] },
    lockfileSha256: '',
    ...changes,
  };
}
