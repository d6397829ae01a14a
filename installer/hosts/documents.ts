import type { AgentPackage, MarkdownSource, Skill } from '../../packaging/model.ts';
import { fileTarget, type HostTarget } from './host-files.ts';
import { withLocalPaths } from './markdown-text.ts';
import { filesNamedIn, namesPluginRoot } from './plugin-root.ts';

/** A skill's folder below `folder`, byte for byte; only texts that name the plugin's folder are adapted. */
export function skillTargets(pkg: AgentPackage, skill: Skill, folder: string): HostTarget[] {
  const own = skill.source.path.slice(0, skill.source.path.lastIndexOf('/') + 1);
  return skill.files.flatMap((path) => {
    const file = pkg.files.get(path);
    if (file === undefined) return [];
    const target = `${folder}/${skill.name}/${path.slice(own.length)}`;
    const content = path === skill.source.path ? documentContent(pkg, skill.source, file.bytes) : file.bytes;
    return [fileTarget(target, content, `skill ${skill.name}`, file.isExecutable)];
  });
}

function documentContent(pkg: AgentPackage, source: MarkdownSource, bytes: Uint8Array): string | Uint8Array {
  return namesPluginRoot(source.text) ? withLocalPaths(pkg, source.text) : bytes;
}

/** Files that agents, skills, commands and rules name by the plugin's folder. */
export function filesOfDocuments(pkg: AgentPackage): string[] {
  const sources = [...pkg.subagents, ...pkg.skills, ...pkg.commands, ...pkg.rules].map((each) => each.source);
  return sources.filter((source) => namesPluginRoot(source.text)).flatMap((source) => filesNamedIn(pkg, source.text));
}
