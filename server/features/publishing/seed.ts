import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { AgentNameSchema, VersionSchema } from '../../../contract/names.ts';
import type { Actor } from '../../domain/actor.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { findRelease } from './agent-record.ts';
import type { PublishingService } from './publishing.service.ts';
import type { PublishingStore } from './publishing.store.ts';

/** index.json beside the packed first-party agents, written by scripts/pack-agents.ts. */
const IndexSchema = z.array(
  z.object({
    file: z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]*\.tgz$/)),
    name: AgentNameSchema,
    version: VersionSchema,
    integrity: z.string(),
  }),
);

export interface SeedOptions {
  /** Folder with index.json and the tarballs. */
  readonly folder: string;
  /** Asked only when there is something to publish. */
  readonly systemActor: () => Promise<Actor>;
  readonly publishing: PublishingService;
  readonly store: PublishingStore;
  readonly log: Log;
}

/**
 * Publishes the first-party packages that are not there yet, through the same code as any publisher's. One that fails is logged and
 * skipped: it must not keep the service down. Returns how many were published and how many the folder holds.
 */
export async function publishSeed({
  folder,
  systemActor,
  publishing,
  store,
  log,
}: SeedOptions): Promise<{ published: number; total: number }> {
  const index = await readIndex(folder);
  if (index === undefined) {
    log.warn({ folder }, 'no first-party packages here: the build makes them, SEED_DIR names another folder');
    return { published: 0, total: 0 };
  }
  const agents = new Map((await store.getAgents(index.map((entry) => entry.name))).map((agent) => [agent.name, agent]));
  const missing = index.filter((entry) => findRelease(agents.get(entry.name), entry.version) === undefined);
  if (missing.length === 0) return { published: 0, total: index.length };
  const actor = await systemActor();
  let published = 0;
  for (const { file, name, version, integrity } of missing) {
    try {
      const tarball = await readFile(join(folder, file));
      await publishing.publish(actor, { name, version, tarball, distTag: 'latest', declared: { integrity } });
      published += 1;
    } catch (err) {
      // Another node that starts at the same time was faster.
      if (err instanceof DomainError && err.code === 'version_exists') continue;
      log.error({ err, agent: name, version }, 'first-party package not published');
    }
  }
  return { published, total: index.length };
}

async function readIndex(folder: string): Promise<z.infer<typeof IndexSchema> | undefined> {
  try {
    return z.parse(IndexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
