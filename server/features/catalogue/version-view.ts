import type { AgentDetail, VersionDetail } from '../../../contract/agents.ts';
import { tarballPath } from '../publishing/npm/npm-paths.ts';
import type { AgentRecord, Release, VersionRecord } from '../publishing/publishing.store.ts';
import { toVersionSummary } from '../publishing/version-summary.ts';

export function toVersionDetail(agent: AgentRecord, release: Release, record: VersionRecord): VersionDetail {
  const { manifest } = record;
  return {
    ...toVersionSummary(agent, release, record),
    name: agent.name,
    tarballPath: tarballPath(agent.name, record.version),
    components: [...record.components],
    capabilityManifest: record.capabilityManifest,
    configuration: manifest.agent.configuration,
    dependencies: manifest.agent.dependencies,
    findings: record.findings.filter((finding) => finding.level !== 'refused'),
    checkCount: record.checkCount,
    files: record.files.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    contextTokens: record.contextTokens,
  };
}

/** Links of the manifest that a browser may follow; the repository in its `https:` form. */
export function linksOf({ manifest }: VersionRecord): AgentDetail['links'] {
  const bugs = typeof manifest.bugs === 'string' ? manifest.bugs : manifest.bugs?.url;
  const candidates = [
    { label: 'Homepage', url: webUrl(manifest.homepage) },
    { label: 'Repository', url: repositoryUrl(manifest) },
    { label: 'Issues', url: webUrl(bugs) },
  ];
  return candidates.flatMap(({ label, url }) => (url === undefined ? [] : [{ label, url }]));
}

const SHORTHAND = /^(?:github:)?([\w.-]+)\/([\w.-]+)$/;

/** npm's spellings of a repository as a web address: `git+https:`, `git@host:path`, `owner/name`. */
export function repositoryUrl({ repository }: VersionRecord['manifest']): string | undefined {
  const given = typeof repository === 'string' ? repository : repository?.url;
  if (given === undefined) return undefined;
  const short = SHORTHAND.exec(given);
  if (short !== null) return `https://github.com/${short[1]}/${short[2]}`;
  const https = given
    .replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .replace(/\.git(?=$|#)/, '')
    .replace(/#.*$/, '');
  return webUrl(https);
}

function webUrl(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
