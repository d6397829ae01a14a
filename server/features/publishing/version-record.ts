import type { ReviewState } from '../../../contract/agents.ts';
import type { Finding } from '../../../contract/findings.ts';
import { LIMITS } from '../../../contract/limits.ts';
import type { AgentPackage, Inspection } from '../../../packaging/model.ts';
import { changelogSection } from './changelog.ts';
import { iconOf, type Picture, screenshotsOf } from './pictures.ts';
import type { VersionRecord } from './publishing.store.ts';
import type { Signature } from './signing.ts';

export interface VersionFacts {
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly distTag: string;
  readonly integrity: string;
  readonly shasum: string;
  readonly sizeBytes: number;
  readonly signature: Signature;
}

/** Anything that a person should look at keeps the version out of `passed`; it is visible meanwhile, flagged and sunk in rankings. */
export function reviewStateOf(findings: readonly Finding[]): ReviewState {
  return findings.some((finding) => finding.level === 'review') ? 'needs_review' : 'passed';
}

/** Cuts at a character boundary so that the text stays within `maxBytes` of UTF-8. */
function capUtf8(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
}

/** Everything the catalogue, the npm protocol and the pages need of a package, taken out once at publish. */
export function toVersionRecord(
  pkg: AgentPackage,
  inspection: Inspection,
  facts: VersionFacts,
): { readonly record: VersionRecord; readonly pictures: readonly Picture[] } {
  const { manifest } = pkg;
  const files = [...pkg.files].map(([path, file]) => ({ path, sizeBytes: file.bytes.length }));
  const icon = iconOf(pkg);
  const screenshots = screenshotsOf(pkg);
  const changes = pkg.changelog === undefined ? undefined : changelogSection(pkg.changelog, manifest.version);
  const record: VersionRecord = {
    name: manifest.name,
    version: manifest.version,
    ...facts,
    reviewState: reviewStateOf(inspection.findings),
    unpackedBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    manifest,
    components: inspection.components,
    capabilityManifest: inspection.capabilityManifest,
    hosts: inspection.hosts,
    findings: inspection.findings,
    checkCount: inspection.checkCount,
    contextTokens: inspection.contextTokens,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    ...(pkg.readme === undefined ? {} : { readme: capUtf8(pkg.readme, LIMITS.readmeBytes) }),
    ...(changes === undefined ? {} : { changes }),
    ...(icon === undefined ? {} : { icon: icon.ref }),
    screenshots: screenshots.map((picture) => picture.ref),
  };
  return { record, pictures: icon === undefined ? screenshots : [icon, ...screenshots] };
}
