import { CAPABILITY_IDS, type CapabilityManifest } from '../contract/capabilities.ts';
import { isRecord } from './json-source.ts';
import type { Subject } from './subject.ts';

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64);
}

function titleOf(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');
}

/** The `agent` block that a plugin or skills folder needs, filled from what is known; categories are the author's choice. */
export function suggestAgentBlock(subject: Subject, derived: CapabilityManifest, slug: string): Record<string, unknown> {
  const permissions = {
    capabilities: CAPABILITY_IDS.filter((id) => derived.capabilities.some((use) => use.id === id)),
    hosts: derived.networkHosts.map(({ host }) => host),
    env: derived.secrets.map(({ name }) => name),
  };
  const plugin = isRecord(subject.layout.plugin?.value) ? subject.layout.plugin.value : {};
  return {
    displayName: typeof plugin.displayName === 'string' ? plugin.displayName : titleOf(slug),
    categories: ['…'],
    permissions,
    ...(derived.executables.length === 0 ? {} : { executables: derived.executables }),
  };
}

/**
 * A package.json for a Claude Code plugin or Agent Skills folder that has none: name, version, description and licence from plugin.json
 * or the first skill. `…` marks what only the author can say.
 */
export function suggestManifest(subject: Subject, derived: CapabilityManifest): Record<string, unknown> {
  const plugin = isRecord(subject.layout.plugin?.value) ? subject.layout.plugin.value : {};
  const first = subject.skills[0] ?? subject.subagents[0] ?? subject.commands[0];
  const text = (value: unknown, fallback: string) => (typeof value === 'string' && value !== '' ? value : fallback);
  const slug = slugOf(text(plugin.name, first?.name ?? 'my-agent'));
  const license = text(plugin.license, text(first?.source.frontMatter.license, '…'));
  return {
    name: `@…/${slug}`,
    version: text(plugin.version, '1.0.0'),
    description: text(plugin.description, first?.description ?? '…').slice(0, 100),
    license,
    agent: suggestAgentBlock(subject, derived, slug),
  };
}
