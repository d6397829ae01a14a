import type { CapabilityId, CapabilityManifest } from '../contract/capabilities.ts';
import type { Component } from '../contract/components.ts';
import type { Finding } from '../contract/findings.ts';
import type { HostId } from '../contract/hosts.ts';
import type { PackageManifest } from '../contract/manifest.ts';

/** One file of a package in memory. */
export interface PackageFile {
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}
/** Files by POSIX path relative to the package root (the tarball's `package/` is stripped). */
export type PackageFiles = ReadonlyMap<string, PackageFile>;

/** Markdown with YAML front matter. `body` starts at line `bodyLine` of the file, counted from 1. */
export interface MarkdownSource {
  readonly path: string;
  readonly text: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly bodyLine: number;
}

/** Neutral components (reference 8.2): what an author wrote, before any host's translation. */
export interface Subagent {
  readonly kind: 'subagent';
  readonly name: string;
  readonly description: string;
  readonly source: MarkdownSource;
  /** Absent: every tool of the host. */
  readonly capabilities?: readonly CapabilityId[];
  /** Tool names as written for Claude Code, such as `Read` or `Bash(git diff:*)`. */
  readonly tools?: readonly string[];
  readonly disallowedTools: readonly string[];
  readonly model?: string;
}
export interface Skill {
  readonly kind: 'skill';
  readonly name: string;
  readonly description: string;
  readonly source: MarkdownSource;
  /** Every file of the skill's folder, SKILL.md included; paths relative to the package root. */
  readonly files: readonly string[];
  readonly allowedTools?: readonly string[];
}
export interface Command {
  readonly kind: 'command';
  /** May contain `/` for folders. */
  readonly name: string;
  readonly description: string;
  readonly source: MarkdownSource;
  readonly argumentHint?: string;
  readonly allowedTools?: readonly string[];
}
export interface Rule {
  readonly kind: 'rule';
  readonly name: string;
  readonly description: string;
  readonly source: MarkdownSource;
  /** Globs that gate the rule; empty means always on. */
  readonly paths: readonly string[];
}
export interface Hook {
  readonly kind: 'hook';
  /** Claude Code's event name, such as PostToolUse. */
  readonly event: string;
  readonly matcher?: string;
  readonly command: string;
  readonly timeoutSeconds?: number;
  readonly path: string;
  readonly line: number;
  /** Package files that the command names by `${CLAUDE_PLUGIN_ROOT}/…`. */
  readonly files: readonly string[];
}
export interface McpServer {
  readonly kind: 'mcp';
  readonly name: string;
  readonly transport: 'stdio' | 'http' | 'sse';
  readonly command?: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly line: number;
  /** Package files that command and args name by `${CLAUDE_PLUGIN_ROOT}/…`. */
  readonly files: readonly string[];
}

export interface AgentPackage {
  readonly manifest: PackageManifest;
  readonly files: PackageFiles;
  readonly subagents: readonly Subagent[];
  readonly skills: readonly Skill[];
  readonly commands: readonly Command[];
  readonly rules: readonly Rule[];
  readonly hooks: readonly Hook[];
  readonly mcpServers: readonly McpServer[];
  readonly readme?: string;
  readonly changelog?: string;
}

/** Whether a host can run the package, and what its translation drops. A lost restriction makes `isFaithful` false. */
export interface HostSupport {
  readonly host: HostId;
  readonly isFaithful: boolean;
  readonly losses: readonly { readonly component: string; readonly what: string; readonly isRestriction: boolean }[];
}

/** Everything the service, the CLI and the installer want to know of a package. `pkg` is absent when it cannot be read at all. */
export interface Inspection {
  readonly pkg?: AgentPackage;
  readonly findings: readonly Finding[];
  readonly components: readonly Component[];
  readonly capabilityManifest: CapabilityManifest;
  readonly hosts: readonly HostSupport[];
  /** Named checks that ran. */
  readonly checkCount: number;
  readonly contextTokens: number;
}

/** A package that could not be read: the findings say why, with file and line. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map((finding) => finding.message).join('; '));
  }
}
