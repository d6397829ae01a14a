import { type CapabilityId, describeCapability } from '../../contract/capabilities.ts';
import type { Finding } from '../../contract/findings.ts';
import { frontMatterLine } from '../components/markdown.ts';
import { readTool } from '../components/tools.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

function undeclaredFindings({ capabilityManifest }: CheckSubject): Finding[] {
  const { capabilities, networkHosts, secrets } = capabilityManifest;
  return capabilityManifest.undeclared.flatMap((entry) => {
    const [kind, name = ''] = entry.includes(':')
      ? [entry.slice(0, entry.indexOf(':')), entry.slice(entry.indexOf(':') + 1)]
      : ['capability', entry];
    if (kind === 'host') {
      const evidence = networkHosts.find(({ host }) => host === name)?.evidence;
      return evidence === undefined
        ? []
        : [
            findingAt('review', 'host_undeclared', evidence, {
              message: `The package contacts ${name}, which is not declared.`,
              fix: `Add "${name}" to agent.permissions.hosts.`,
            }),
          ];
    }
    if (kind === 'env') {
      const evidence = secrets.find((secret) => secret.name === name)?.evidence;
      return evidence === undefined
        ? []
        : [
            findingAt('review', 'env_undeclared', evidence, {
              message: `The package reads ${name}, which is not declared.`,
              fix: `Add "${name}" to agent.permissions.env or describe it in agent.configuration.`,
            }),
          ];
    }
    const use = capabilities.find(({ id }) => id === (name as CapabilityId));
    const evidence = use?.evidence[0];
    return use === undefined || evidence === undefined
      ? []
      : [
          findingAt('review', 'capability_undeclared', evidence, {
            message: `The package can ${describeCapability(use)}; this is not declared.`,
            fix: `Add "${name}" to agent.permissions.capabilities, or narrow the tools.`,
          }),
        ];
  });
}

/** `Bash` or `Bash(*)` approved in advance: every command runs without a question. */
function wildcardFindings(subject: CheckSubject): Finding[] {
  return [...subject.skills, ...subject.commands].flatMap(({ allowedTools, source, name }) => {
    const wide = (allowedTools ?? []).find(
      (text) => text === '*' || (readTool(text).capability === 'execute' && readTool(text).detail === undefined),
    );
    if (wide === undefined) return [];
    const place = { path: source.path, line: frontMatterLine(source, 'allowed-tools') };
    return [
      findingAt('review', 'shell_preapproved', place, {
        message: `"${name}" approves every shell command in advance (${wide}).`,
        fix: 'Name the commands: Bash(npm test:*).',
      }),
    ];
  });
}

function unknownTools(subject: CheckSubject): Finding[] {
  const lists = [
    ...subject.subagents.map(({ source, tools }) => ({ source, key: 'tools', tools })),
    ...[...subject.skills, ...subject.commands].map(({ source, allowedTools }) => ({
      source,
      key: 'allowed-tools',
      tools: allowedTools,
    })),
  ];
  return lists.flatMap(({ source, key, tools }) => {
    const unknown = (tools ?? []).filter((tool) => !readTool(tool).isKnown);
    if (unknown.length === 0) return [];
    return [
      findingAt(
        'notice',
        'tool_unknown',
        { path: source.path, line: frontMatterLine(source, key) },
        { message: `No host knows the tool ${unknown.join(', ')}.` },
      ),
    ];
  });
}

/** A hook for every tool call costs each of them time and sees everything. */
function broadHooks(subject: CheckSubject): Finding[] {
  return subject.hooks
    .filter((hook) => hook.matcher === undefined && /^(?:Pre|Post)ToolUse/.test(hook.event))
    .map((hook) =>
      findingAt(
        'notice',
        'hook_without_matcher',
        { path: hook.path, line: hook.line },
        { message: `The ${hook.event} hook runs for every tool.`, fix: 'Add a matcher.' },
      ),
    );
}

/** What the package can do against what `agent.permissions` declares. */
export const permissionsCheck: Check = {
  name: 'declared-permissions',
  run: (subject) => [
    ...undeclaredFindings(subject),
    ...wildcardFindings(subject),
    ...unknownTools(subject),
    ...broadHooks(subject),
  ],
};
