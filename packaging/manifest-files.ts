import type { AgentBlock, PackageManifest } from '../contract/manifest.ts';
import { splitAgentName } from '../contract/names.ts';
import { CLAUDE_MANIFEST } from './components/layout.ts';
import type { PackageFile, PackageFiles } from './model.ts';

export const AGENT_PLUGIN_MANIFEST = 'plugin.json';
export const AGENT_PLUGIN_SCHEMA = 'https://agent-plugins.org/schemas/1.0.0/plugin.schema.json';

type Json = Record<string, unknown>;

function personOf(author: PackageManifest['author']): Json | undefined {
  if (author === undefined) return undefined;
  if (typeof author !== 'string') return { ...author };
  // npm's short form: `Ada <ada@acme.dev> (https://acme.dev)`
  const match = /^([^<(]+?)\s*(?:<([^>]*)>)?\s*(?:\(([^)]*)\))?$/.exec(author.trim());
  if (match === null) return { name: author };
  return {
    name: match[1],
    ...(match[2] === undefined ? {} : { email: match[2] }),
    ...(match[3] === undefined ? {} : { url: match[3] }),
  };
}

function repositoryOf(repository: PackageManifest['repository']): string | undefined {
  const url = typeof repository === 'string' ? repository : repository?.url;
  return url?.replace(/^git\+/, '').replace(/\.git$/, '');
}

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function commonFields(manifest: PackageManifest): Json {
  return {
    name: splitAgentName(manifest.name).slug,
    version: manifest.version,
    description: manifest.description,
    author: personOf(manifest.author),
    // Claude Code refuses a plugin whose homepage is not an address.
    homepage: manifest.homepage !== undefined && URL.canParse(manifest.homepage) ? manifest.homepage : undefined,
    repository: repositoryOf(manifest.repository),
    license: manifest.license,
    keywords: manifest.keywords.length === 0 ? undefined : manifest.keywords,
  };
}

function userConfig(options: AgentBlock['configuration']): Json | undefined {
  if (options.length === 0) return undefined;
  return Object.fromEntries(
    options.map((option) => [
      option.key,
      withoutUndefined({
        type: option.type,
        title: option.title,
        description: option.description,
        required: option.required,
        sensitive: option.sensitive || undefined,
        default: option.default,
      }),
    ]),
  );
}

/** `.claude-plugin/plugin.json` for Claude Code and all who read its format. Components lie in the default folders, so none is named. */
function claudeManifest(manifest: PackageManifest): Json {
  const { hosts } = manifest.agent.permissions;
  return withoutUndefined({
    ...commonFields(manifest),
    displayName: manifest.agent.displayName,
    userConfig: userConfig(manifest.agent.configuration),
    network: hosts.length === 0 ? undefined : { hosts },
  });
}

/** Root `plugin.json` after Agent Plugins 1.0, which refuses a manifest without its `$schema`. */
function agentPluginManifest(manifest: PackageManifest): Json {
  return withoutUndefined({ $schema: AGENT_PLUGIN_SCHEMA, ...commonFields(manifest) });
}

function jsonFile(value: Json): PackageFile {
  return { bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`), isExecutable: false };
}

/** The package with both plugin manifests: the author's own where there are some, generated ones where not. */
export function withManifestFiles(files: PackageFiles, manifest: PackageManifest): PackageFiles {
  const complete = new Map(files);
  // Claude Code looks for a skill at the root only when told.
  const rootSkill = files.has('SKILL.md') ? { skills: ['./'] } : {};
  if (!complete.has(CLAUDE_MANIFEST)) complete.set(CLAUDE_MANIFEST, jsonFile({ ...claudeManifest(manifest), ...rootSkill }));
  if (!complete.has(AGENT_PLUGIN_MANIFEST)) complete.set(AGENT_PLUGIN_MANIFEST, jsonFile(agentPluginManifest(manifest)));
  return complete;
}
