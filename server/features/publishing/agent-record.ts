import type { AgentRecord, Release, VersionRecord } from './publishing.store.ts';

export type AgentDraft = Omit<AgentRecord, 'revision' | 'seq'>;

/** Whether people and clients may have the version: everything but withdrawn ones. */
export function isOffered(release: Release): boolean {
  return release.reviewState === 'passed' || release.reviewState === 'needs_review';
}

export function findRelease(agent: AgentRecord | undefined, version: string): Release | undefined {
  return agent?.releases.find((release) => release.version === version);
}

function releaseOf({ version, publishedAt, reviewState, ...rest }: Release | VersionRecord, isRecovered: boolean): Release {
  const deprecation = 'deprecation' in rest ? rest.deprecation : undefined;
  return {
    version,
    publishedAt,
    reviewState,
    ...(deprecation === undefined ? {} : { deprecation }),
    ...(isRecovered ? { isRecovered } : {}),
  };
}

/**
 * The agent with one more release and its dist-tag; the first release is `latest` whatever tag it came with. A release that is there
 * already only gets or loses its mark of recovery. `unchanged` when nothing differs.
 */
export function withRelease(
  agent: AgentRecord | undefined,
  version: VersionRecord,
  options: { readonly scope: string; readonly now: string; readonly isRecovered: boolean },
): AgentDraft | 'unchanged' {
  const known = findRelease(agent, version.version);
  if (known !== undefined && (known.isRecovered === true) === options.isRecovered) return 'unchanged';
  const release = releaseOf(known ?? version, options.isRecovered);
  const others = (agent?.releases ?? []).filter((other) => other.version !== version.version);
  const distTags = known === undefined ? { ...agent?.distTags, [version.distTag]: version.version } : { ...agent?.distTags };
  distTags.latest ??= version.version;
  return {
    name: version.name,
    scope: options.scope,
    releases: [...others, release].sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1)),
    distTags,
    createdAt: agent?.createdAt ?? version.publishedAt,
    updatedAt: options.now,
  };
}

/** The agent with other deprecation texts; an empty text takes one back. `unchanged` when nothing differs. */
export function withDeprecations(agent: AgentRecord, texts: ReadonlyMap<string, string>, now: string): AgentDraft | 'unchanged' {
  let isChanged = false;
  const releases = agent.releases.map((release) => {
    const text = texts.get(release.version);
    if (text === undefined || text === (release.deprecation ?? '')) return release;
    isChanged = true;
    const { deprecation: _, ...rest } = release;
    return text === '' ? rest : { ...rest, deprecation: text };
  });
  return isChanged ? { ...draftOf(agent), releases, updatedAt: now } : 'unchanged';
}

/** The agent with a dist-tag set, or removed when `version` is absent. `unchanged` when it stands so already. */
export function withDistTag(agent: AgentRecord, tag: string, version: string | undefined, now: string): AgentDraft | 'unchanged' {
  if (agent.distTags[tag] === version) return 'unchanged';
  const { [tag]: _, ...others } = agent.distTags;
  return { ...draftOf(agent), distTags: version === undefined ? others : { ...others, [tag]: version }, updatedAt: now };
}

function draftOf({ revision: _revision, seq: _seq, ...draft }: AgentRecord): AgentDraft {
  return draft;
}
