import type { Finding } from '../contract/findings.ts';
import { deriveCapabilities, NO_CAPABILITIES } from './capabilities.ts';
import { CHECKS } from './checks/registry.ts';
import { runChecks } from './checks/run.ts';
import { classifyTexts } from './checks/texts.ts';
import { estimateContextTokens } from './context-tokens.ts';
import { describeHostSupport } from './hosts-support.ts';
import type { AgentPackage, Inspection, PackageFiles } from './model.ts';
import { listComponents, readSubject, type Subject } from './subject.ts';

function agentPackage(subject: Subject): AgentPackage | undefined {
  const manifest = subject.manifest.manifest;
  if (manifest === undefined) return undefined;
  const { files, subagents, skills, commands, rules, hooks, mcpServers } = subject;
  const readme = subject.text('README.md');
  const changelog = subject.text('CHANGELOG.md');
  return {
    manifest,
    files,
    subagents,
    skills,
    commands,
    rules,
    hooks,
    mcpServers,
    ...(readme === undefined ? {} : { readme }),
    ...(changelog === undefined ? {} : { changelog }),
  };
}

const LEVELS: readonly Finding['level'][] = ['refused', 'review', 'notice'];

function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      (a.path ?? '').localeCompare(b.path ?? '', 'en') ||
      (a.line ?? 0) - (b.line ?? 0),
  );
}

/**
 * Judges a package: what it holds, what it can do, what is wrong with it, and which hosts can run it. The same code serves publish
 * and install. Never throws: what cannot be read is a finding, and a check that fails leaves a `review` finding, never a pass.
 * `pkg` is present only when package.json is valid; components and capabilities are derived either way.
 */
export function inspectPackage(files: PackageFiles): Inspection {
  try {
    const subject = readSubject(files);
    const capabilityManifest = deriveCapabilities(subject);
    const findings = runChecks(CHECKS, { ...subject, capabilityManifest, texts: classifyTexts(subject) });
    const pkg = agentPackage(subject);
    return {
      ...(pkg === undefined ? {} : { pkg }),
      findings: inOrder(findings),
      components: listComponents(subject),
      capabilityManifest,
      hosts: describeHostSupport(subject),
      checkCount: CHECKS.length,
      contextTokens: estimateContextTokens(subject),
    };
  } catch (error) {
    const message = `The package could not be inspected: ${error instanceof Error ? error.message : String(error)}.`;
    const finding: Finding = { code: 'inspection_failed', level: 'refused', message };
    return {
      findings: [finding],
      components: [],
      capabilityManifest: NO_CAPABILITIES,
      hosts: [],
      checkCount: 0,
      contextTokens: 0,
    };
  }
}
