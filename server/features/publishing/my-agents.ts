import type { PublishedAgent } from '../../../contract/publishing.ts';
import { ROUTES } from '../../../contract/routes.ts';
import type { Actor } from '../../domain/actor.ts';
import { type JsonRoute, route } from '../../http/route.ts';
import type { AgentRecord, PublishingStore, VersionRecord } from './publishing.store.ts';
import { toVersionSummary } from './version-summary.ts';

/** Newest version first; unlike the catalogue it shows withdrawn ones too. */
function toPublished(agent: AgentRecord, records: readonly VersionRecord[]): PublishedAgent | undefined {
  const versions = [...agent.releases].reverse().flatMap((release) => {
    const record = records.find((candidate) => candidate.version === release.version);
    return record === undefined ? [] : [{ ...toVersionSummary(agent, release, record), findings: [...record.findings] }];
  });
  const latest = records.find((record) => record.version === agent.distTags.latest) ?? records.at(-1);
  if (latest === undefined || versions.length === 0) return undefined;
  return { name: latest.manifest.name, displayName: latest.manifest.agent.displayName, latestVersion: latest.version, versions };
}

export async function listMyAgents(store: PublishingStore, actor: Actor): Promise<PublishedAgent[]> {
  const agents = await store.listAgentsOfScopes(actor.ownedScopes);
  const published = await Promise.all(agents.map(async (agent) => toPublished(agent, await store.listVersions(agent.name))));
  return published.filter((agent) => agent !== undefined);
}

export function myAgentsRoute(store: PublishingStore): JsonRoute {
  return route(ROUTES.listMyAgents, async ({ actor }) => ({ items: await listMyAgents(store, actor) }));
}
