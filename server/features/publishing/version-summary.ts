import type { VersionSummary } from '../../../contract/agents.ts';
import type { AgentRecord, Release, VersionRecord } from './publishing.store.ts';

/** A version as the API lists it. */
export function toVersionSummary(agent: AgentRecord, release: Release, record: VersionRecord): VersionSummary {
  return {
    version: record.version,
    publishedAt: release.publishedAt,
    reviewState: release.reviewState,
    ...(release.deprecation === undefined ? {} : { deprecation: release.deprecation }),
    sizeBytes: record.sizeBytes,
    unpackedBytes: record.unpackedBytes,
    fileCount: record.files.length,
    integrity: record.integrity,
    distTags: Object.keys(agent.distTags).filter((tag) => agent.distTags[tag] === record.version),
    ...(record.changes === undefined ? {} : { changes: record.changes }),
  };
}
