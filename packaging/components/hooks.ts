import type { Finding } from '../../contract/findings.ts';
import { isRecord } from '../json-source.ts';
import type { Hook, PackageFiles } from '../model.ts';
import type { Reading } from './documents.ts';
import { readJsonFile } from './json-files.ts';
import { CLAUDE_MANIFEST, type Layout } from './layout.ts';
import { findReferences } from './referenced-files.ts';

/** Claude Code's hook events (2.1). An unknown one never fires, so it is a mistake worth telling. */
const HOOK_EVENTS: ReadonlySet<string> = new Set(
  (
    'SessionStart Setup UserPromptSubmit UserPromptExpansion PreToolUse PermissionRequest PermissionDenied PostToolUse PostToolUseFailure ' +
    'PostToolBatch Notification MessageDisplay SubagentStart SubagentStop TaskCreated TaskCompleted Stop StopFailure TeammateIdle ' +
    'InstructionsLoaded ConfigChange CwdChanged DirectoryAdded FileChanged WorktreeCreate WorktreeRemove PreCompact PostCompact Elicitation ' +
    'ElicitationResult SessionEnd'
  ).split(' '),
);

export interface HookSource {
  readonly path: string;
  /** The map of events, as `hooks` in hooks.json, plugin.json, or front matter holds it. */
  readonly events: unknown;
  lineOf(path: readonly (string | number)[]): number;
}

function finding(
  source: HookSource,
  code: string,
  details: { level: Finding['level']; message: string; line: number; fix?: string },
): Finding {
  return { code, path: source.path, ...details };
}

/** Reads a map of events in Claude Code's shape: event -> [{matcher, hooks: [{type: command, command, timeout}]}]. */
export function readHookMap(files: PackageFiles, source: HookSource): Reading<Hook> {
  const findings: Finding[] = [];
  const items: Hook[] = [];
  if (!isRecord(source.events)) {
    const message =
      'Hooks must be an object of events: {"hooks": {"PostToolUse": [{"matcher": "Edit", "hooks": [{"type": "command", "command": "…"}]}]}}.';
    return { items, findings: [finding(source, 'hooks_invalid', { level: 'refused', message, line: source.lineOf([]) })] };
  }
  for (const [event, groups] of Object.entries(source.events)) {
    if (!HOOK_EVENTS.has(event)) {
      findings.push(
        finding(source, 'hook_event_unknown', {
          level: 'notice',
          message: `"${event}" is not a hook event of Claude Code; the hook would never run.`,
          line: source.lineOf([event]),
        }),
      );
    }
    if (!Array.isArray(groups)) {
      findings.push(
        finding(source, 'hooks_invalid', {
          level: 'refused',
          message: `The event ${event} must hold a list.`,
          line: source.lineOf([event]),
        }),
      );
      continue;
    }
    groups.forEach((group: unknown, groupIndex) => {
      const handlers = isRecord(group) && Array.isArray(group.hooks) ? group.hooks : undefined;
      if (!isRecord(group) || handlers === undefined) {
        findings.push(
          finding(source, 'hooks_invalid', {
            level: 'refused',
            message: `Each entry of ${event} needs a "hooks" list.`,
            line: source.lineOf([event, groupIndex]),
          }),
        );
        return;
      }
      const matcher =
        typeof group.matcher === 'string' && group.matcher !== '' && group.matcher !== '*' ? group.matcher : undefined;
      handlers.forEach((handler: unknown, index) => {
        const line = source.lineOf([event, groupIndex, 'hooks', index, 'command']);
        const type = isRecord(handler) ? (handler.type ?? 'command') : undefined;
        if (isRecord(handler) && type !== 'command') {
          const message = `Hooks of type "${String(type)}" are not installed; only commands are.`;
          findings.push(finding(source, 'hook_type_unsupported', { level: 'review', message, line }));
          return;
        }
        if (!isRecord(handler) || typeof handler.command !== 'string' || handler.command.trim() === '') {
          findings.push(
            finding(source, 'hooks_invalid', { level: 'refused', message: `A hook of ${event} has no command.`, line }),
          );
          return;
        }
        // `args` is Claude Code's form without a shell
        const args = Array.isArray(handler.args) ? handler.args.filter((entry) => typeof entry === 'string') : [];
        const command = [handler.command, ...args].join(' ');
        const references = findReferences(files, [command]);
        for (const missing of references.missing) {
          findings.push(
            finding(source, 'manifest_contradicts_files', {
              level: 'refused',
              message: `The hook runs ${missing}, which is not in the package.`,
              line,
            }),
          );
        }
        items.push({
          kind: 'hook',
          event,
          ...(matcher === undefined ? {} : { matcher }),
          command,
          ...(typeof handler.timeout === 'number' && handler.timeout > 0 ? { timeoutSeconds: handler.timeout } : {}),
          path: source.path,
          line,
          files: references.files,
        });
      });
    });
  }
  return { items, findings };
}

/** Hooks of hooks/hooks.json, of the files that plugin.json names, and inline in plugin.json. */
export function readHooks(files: PackageFiles, layout: Layout): Reading<Hook> {
  const readings = layout.hookFiles.map((path) =>
    readJsonFile(files, { path, code: 'hooks_invalid' }, (source) => {
      // A file named by a manifest may hold the events without the outer "hooks".
      const isWrapped = isRecord(source.value) && source.value.hooks !== undefined;
      const prefix = isWrapped ? ['hooks'] : [];
      const events = isWrapped && isRecord(source.value) ? source.value.hooks : source.value;
      return readHookMap(files, { path, events, lineOf: (inner) => source.lineOf([...prefix, ...inner]) });
    }),
  );
  const plugin = layout.plugin;
  const inline = plugin !== undefined && isRecord(plugin.value) ? plugin.value.hooks : undefined;
  const maps = Array.isArray(inline)
    ? inline.map((events, index) => ({ events, prefix: ['hooks', index] }))
    : [{ events: inline, prefix: ['hooks'] }];
  for (const { events, prefix } of maps) {
    if (plugin === undefined || !isRecord(events)) continue;
    const isWrapped = isRecord(events.hooks);
    const lineOf = (inner: readonly (string | number)[]) => plugin.lineOf([...prefix, ...(isWrapped ? ['hooks'] : []), ...inner]);
    readings.push(readHookMap(files, { path: CLAUDE_MANIFEST, events: isWrapped ? events.hooks : events, lineOf }));
  }
  return { items: readings.flatMap((reading) => reading.items), findings: readings.flatMap((reading) => reading.findings) };
}
