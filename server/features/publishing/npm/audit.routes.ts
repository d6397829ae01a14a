import type { ProtocolRoute } from '../../../http/route.ts';
import { FULL_TYPE } from './registry-reader.ts';

const AUDIT_BODY_BYTES = 8 * 1024 * 1024;
const NONE = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };
const headers = { 'content-type': FULL_TYPE, 'cache-control': 'no-store' };

/**
 * `npm install` asks every registry for advisories. This one publishes none, and says so in the client's own form: an error here would
 * make each install print a warning.
 */
export function npmAuditRoutes(): readonly ProtocolRoute[] {
  const common = { method: 'POST', tag: 'npm', auth: 'public', errorShape: 'npm', bodyLimitBytes: AUDIT_BODY_BYTES } as const;
  return [
    {
      ...common,
      id: 'npmAdvisories',
      paths: ['/npm/-/npm/v1/security/advisories/bulk'],
      summary: 'Advisories for a list of versions: none are kept here.',
      handle: () => ({ headers, body: '{}' }),
    },
    {
      ...common,
      id: 'npmQuickAudit',
      paths: ['/npm/-/npm/v1/security/audits/quick', '/npm/-/npm/v1/security/audits'],
      summary: 'The older form of the same question.',
      handle: () => ({
        headers,
        body: JSON.stringify({
          actions: [],
          advisories: {},
          muted: [],
          metadata: { vulnerabilities: NONE, dependencies: 0, totalDependencies: 0 },
        }),
      }),
    },
  ];
}
