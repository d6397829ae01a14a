import type { Finding } from '../../contract/findings.ts';
import { suggestAgentBlock, suggestManifest } from '../suggest-manifest.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

function whatItIs(subject: CheckSubject): string {
  if (subject.layout.plugin !== undefined) return 'This is a Claude Code plugin; to publish it, it needs a package.json.';
  if (subject.skills.length > 0) return 'This is an Agent Skills folder; to publish it, it needs a package.json.';
  return 'The package has no package.json.';
}

function manifestFinding(subject: CheckSubject): Finding[] {
  if (!subject.files.has('package.json')) {
    const suggested = JSON.stringify(suggestManifest(subject, subject.capabilityManifest), null, 2);
    return [
      findingAt(
        'refused',
        'manifest_missing',
        { path: 'package.json' },
        { message: whatItIs(subject), fix: `Create package.json and fill in what is marked …:\n${suggested}` },
      ),
    ];
  }
  if (subject.manifest.source === undefined || subject.manifest.raw.agent !== undefined) return [];
  const name = typeof subject.manifest.raw.name === 'string' ? subject.manifest.raw.name : 'my-agent';
  const block = JSON.stringify(suggestAgentBlock(subject, subject.capabilityManifest, name.replace(/^@[^/]*\//, '')), null, 2);
  return [
    findingAt(
      'refused',
      'agent_block_missing',
      { path: 'package.json', line: 1 },
      { message: 'package.json has no "agent" block.', fix: `Add and fill in what is marked …:\n"agent": ${block}` },
    ),
  ];
}

/** What a folder still needs before it can be published: a manifest, an agent block, at least one component. */
export const readinessCheck: Check = {
  name: 'publishable',
  run(subject) {
    const counts = [subject.subagents, subject.skills, subject.commands, subject.rules, subject.hooks, subject.mcpServers];
    const isEmpty = counts.every((list) => list.length === 0);
    const message = 'The package has no component: no subagent, skill, command, rule, hook or MCP server.';
    const fix =
      'Add agents/<name>.md, skills/<name>/SKILL.md, commands/<name>.md, rules/<name>.md, hooks/hooks.json or .mcp.json.';
    return [
      ...manifestFinding(subject),
      ...(isEmpty ? [{ code: 'no_components', level: 'refused' as const, message, fix }] : []),
    ];
  },
};
