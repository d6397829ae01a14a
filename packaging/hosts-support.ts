import type { HostId } from '../contract/hosts.ts';
import { readTool } from './components/tools.ts';
import type { HostSupport } from './model.ts';
import type { Subject } from './subject.ts';
import { VSCODE_HOOK_EVENTS } from './vscode-hook-events.ts';

type Loss = HostSupport['losses'][number];

function loss(component: string, what: string, isRestriction = false): Loss {
  return { component, what, isRestriction };
}

/** VS Code's tool sets are whole capabilities: `Bash(git diff:*)` can only become all of `execute`. */
function vscodeSubagentLosses(subject: Subject): Loss[] {
  return subject.subagents.flatMap((subagent) => {
    const losses: Loss[] = [];
    const component = `agents/${subagent.name}`;
    const narrowed = (subagent.tools ?? []).filter((text) => {
      const tool = readTool(text);
      return tool.detail !== undefined && tool.capability !== 'mcp' && tool.capability !== 'agent';
    });
    if (narrowed.length > 0)
      losses.push(loss(component, `VS Code cannot limit a tool: ${narrowed.join(', ')} would allow every use of it`, true));
    if (subagent.disallowedTools.length > 0 && subagent.tools === undefined) {
      losses.push(loss(component, 'denied tools become a fixed list of allowed ones; tools of other extensions are left out'));
    }
    const deniedParts = subagent.disallowedTools.filter((text) => readTool(text).detail !== undefined);
    if (deniedParts.length > 0)
      losses.push(loss(component, `VS Code cannot deny part of a tool: ${deniedParts.join(', ')}`, true));
    if (subagent.model !== undefined && subagent.model !== 'inherit')
      losses.push(loss(component, `the model "${subagent.model}" is not set; VS Code uses the chosen one`));
    const fields = Object.keys(subagent.source.frontMatter).filter((key) =>
      ['maxTurns', 'skills', 'memory', 'background', 'effort', 'isolation', 'color', 'initialPrompt'].includes(key),
    );
    if (fields.length > 0) losses.push(loss(component, `VS Code has no ${fields.join(', ')}`, fields.includes('isolation')));
    if (subagent.source.frontMatter.hooks !== undefined)
      losses.push(loss(component, 'VS Code does not run the hooks of an agent', true));
    if (subagent.source.frontMatter.permissionMode === 'plan')
      losses.push(loss(component, 'VS Code has no plan mode for agents', true));
    return losses;
  });
}

function vscodeDocumentLosses(subject: Subject): Loss[] {
  return [...subject.skills, ...subject.commands].flatMap((component) => {
    const name = `${component.kind === 'skill' ? 'skills' : 'commands'}/${component.name}`;
    const losses: Loss[] = [];
    // Pre-approval, not a restriction: without it the editor asks each time.
    if (component.allowedTools !== undefined)
      losses.push(loss(name, 'tools are not approved in advance; VS Code asks each time'));
    if (component.source.frontMatter['disallowed-tools'] !== undefined)
      losses.push(loss(name, 'VS Code cannot deny tools while the skill is active', true));
    if (component.kind === 'command' && /(?:^|\s)!`[^`\n]+`|^```!/m.test(component.source.body))
      losses.push(loss(name, 'inline shell does not run in VS Code prompts'));
    return losses;
  });
}

function vscodeHookLosses(subject: Subject): Loss[] {
  return subject.hooks.flatMap((hook) => {
    const name = `hooks/${hook.event}`;
    if (!VSCODE_HOOK_EVENTS.has(hook.event))
      return [loss(name, `VS Code has no event ${hook.event}; the hook does not run`, true)];
    // The hook would run for more than its author meant, so it guards something else than it says.
    return hook.matcher === undefined
      ? []
      : [loss(name, `VS Code ignores the matcher "${hook.matcher}" and runs the hook for every tool`, true)];
  });
}

function supportOf(host: HostId, losses: readonly Loss[], targets: readonly HostId[] | undefined): HostSupport {
  const all =
    targets === undefined || targets.includes(host)
      ? losses
      : [...losses, loss('package', 'the publisher does not offer it for this host', true)];
  return { host, isFaithful: !all.some((each) => each.isRestriction), losses: all };
}

/**
 * Which hosts can run the package and what each one's translation drops, for the hosts that can be installed for. Claude Code reads
 * every component as written. A host the author left out of `agent.targets` is answered as unfaithful, so it is off by default.
 */
export function describeHostSupport(subject: Subject): HostSupport[] {
  const targets = subject.manifest.manifest?.agent.targets;
  const vscode = [...vscodeSubagentLosses(subject), ...vscodeDocumentLosses(subject), ...vscodeHookLosses(subject)];
  return [supportOf('claude-code', [], targets), supportOf('vscode', vscode, targets)];
}
