import type { AgentPackage, MarkdownSource } from '../../packaging/model.ts';
import { agentFolder, namesPluginRoot, replaceRoot } from './plugin-root.ts';

/** Front matter and body as a file. Values are written as JSON, which YAML reads. */
export function markdownText(fields: Readonly<Record<string, unknown>>, body: string): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? body : `---\n${lines.join('\n')}\n---\n${body}`;
}

/**
 * The author's file as it is; only the plugin's folder becomes the place where its files lie now, seen from the workspace
 * root, where every host starts.
 */
export function withLocalPaths(pkg: AgentPackage, text: string): string {
  return namesPluginRoot(text) ? replaceRoot(text, agentFolder(pkg)) : text;
}

/** The file without some fields, byte for byte the author's when it has none of them. */
export function withoutFields(source: MarkdownSource, dropped: readonly string[]): string {
  if (!dropped.some((key) => Object.hasOwn(source.frontMatter, key))) return source.text;
  const kept = Object.entries(source.frontMatter).filter(([key]) => !dropped.includes(key));
  return markdownText(Object.fromEntries(kept), source.body);
}
