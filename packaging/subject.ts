import type { Component } from '../contract/components.ts';
import type { Finding } from '../contract/findings.ts';
import { readCommands, readRules, readSkills, readSubagents } from './components/documents.ts';
import { readHooks } from './components/hooks.ts';
import { type Layout, readLayout } from './components/layout.ts';
import { readMcpServers } from './components/mcp.ts';
import { type ManifestReading, readManifest } from './manifest.ts';
import type { Command, Hook, McpServer, PackageFiles, Rule, Skill, Subagent } from './model.ts';
import { decodeText } from './text.ts';

/** A package as the checks see it: everything that could be read, whether or not the manifest is valid. */
export interface Subject {
  readonly files: PackageFiles;
  readonly manifest: ManifestReading;
  readonly layout: Layout;
  readonly subagents: readonly Subagent[];
  readonly skills: readonly Skill[];
  readonly commands: readonly Command[];
  readonly rules: readonly Rule[];
  readonly hooks: readonly Hook[];
  readonly mcpServers: readonly McpServer[];
  /** What reading the components found. */
  readonly readingFindings: readonly Finding[];
  /** Decoded text of a file, undefined for binary and missing files; decoded once. */
  text(path: string): string | undefined;
}

/** Reads all components of a package. Never throws on what is in the files: faults are findings. */
export function readSubject(files: PackageFiles): Subject {
  const layout = readLayout(files);
  const subagents = readSubagents(files, layout.subagentFiles);
  const others = [layout.subagentFiles, layout.commandFiles, layout.ruleFiles, layout.hookFiles, layout.mcpFiles];
  const skills = readSkills(files, layout.skillFiles, new Set(others.flat()));
  const commands = readCommands(files, layout.commandFiles);
  const rules = readRules(files, layout.ruleFiles);
  const hooks = readHooks(files, layout);
  const mcpServers = readMcpServers(files, layout);
  const texts = new Map<string, string | undefined>();
  return {
    files,
    manifest: readManifest(files),
    layout,
    subagents: subagents.items,
    skills: skills.items,
    commands: commands.items,
    rules: rules.items,
    hooks: hooks.items,
    mcpServers: mcpServers.items,
    readingFindings: [layout, subagents, skills, commands, rules, hooks, mcpServers].flatMap((reading) => reading.findings),
    text(path) {
      if (!texts.has(path)) {
        const file = files.get(path);
        texts.set(path, file === undefined ? undefined : decodeText(file));
      }
      return texts.get(path);
    },
  };
}

/** The inventory as the catalogue shows it, in the fixed order of kinds. */
export function listComponents(subject: Subject): Component[] {
  const documents = [...subject.subagents, ...subject.skills, ...subject.commands, ...subject.rules];
  return [
    ...documents.map(({ kind, name, description, source }) => ({ kind, name, description, path: source.path })),
    ...subject.hooks.map(({ event, matcher, path, command }) => ({
      kind: 'hook' as const,
      name: event,
      description: matcher === undefined ? command : `${matcher}: ${command}`,
      path,
    })),
    ...subject.mcpServers.map((server) => ({
      kind: 'mcp' as const,
      name: server.name,
      description: server.url ?? [server.command, ...server.args].join(' '),
      path: server.path,
    })),
  ];
}
