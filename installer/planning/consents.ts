import { describeCapability } from '../../contract/capabilities.ts';
import type { AgentPackage, Inspection } from '../../packaging/model.ts';
import { sha256, sha256OfJson } from '../digest.ts';
import type { ConsentItem } from '../install-plan.ts';

/** Looking alone changes nothing and leaves the machine by no other way, so it is shown but not asked. */
const UNASKED = new Set(['capability:read', 'capability:search']);

/** Everything a version can do, each with a key that changes when the thing itself does: scripts and commands go by hash. */
export function listConsents(pkg: AgentPackage, inspection: Inspection, withoutHooks: boolean): ConsentItem[] {
  const manifest = inspection.capabilityManifest;
  const items: ConsentItem[] = [
    ...capabilityItems(pkg, inspection, withoutHooks),
    ...(withoutHooks ? [] : hookItems(pkg)),
    ...pkg.mcpServers.map((server): ConsentItem => {
      const { path, line, files, ...definition } = server;
      const key = `mcp:${server.name}:${short(sha256OfJson([definition, hashes(pkg, files)]))}`;
      const target = server.url ?? shown([server.command, ...server.args].join(' '));
      return { key, kind: 'mcp', text: `start the MCP server ${server.name}: ${target}`, path, line };
    }),
    ...manifest.commands
      .filter((use) => use.kind === 'inline-shell')
      .map((use): ConsentItem => {
        const key = `inline-shell:${use.trigger}:${short(sha256(use.command))}`;
        return { key, kind: 'inline-shell', text: `run \`${use.command}\` when you use ${use.trigger}`, ...use.evidence };
      }),
    ...manifest.executables.map((path): ConsentItem => {
      const key = `executable:${path}:${short(hashes(pkg, [path])[0] ?? '')}`;
      return { key, kind: 'executable', text: `bring the program ${path}`, path };
    }),
    ...manifest.networkHosts.map((use): ConsentItem => {
      return { key: `network:${use.host}`, kind: 'network', text: `connect to ${use.host}`, ...use.evidence };
    }),
    ...manifest.secrets.map((use): ConsentItem => {
      return { key: `secret:${use.name}`, kind: 'secret', text: `use the value of ${use.name}`, ...use.evidence };
    }),
    ...inspection.findings
      .filter((finding) => finding.level === 'review')
      .map((finding): ConsentItem => {
        const key = `finding:${finding.code}:${short(sha256(`${finding.path ?? ''} ${finding.message}`))}`;
        return { key, kind: 'finding', text: finding.message, ...place(finding) };
      }),
  ];
  return [...new Map(items.map((item) => [item.key, item])).values()];
}

/** What is left to ask when these keys were agreed to before. */
export function newConsents(items: readonly ConsentItem[], agreed: readonly string[]): ConsentItem[] {
  return items.filter((item) => !UNASKED.has(item.key) && !agreed.includes(item.key));
}

/** Keys for the lockfile. */
export function consentKeys(items: readonly ConsentItem[]): string[] {
  return items.map((item) => item.key).filter((key) => !UNASKED.has(key));
}

function capabilityItems(pkg: AgentPackage, inspection: Inspection, withoutHooks: boolean): ConsentItem[] {
  const hookCommands = new Set(withoutHooks ? pkg.hooks.map((hook) => hook.command) : []);
  return inspection.capabilityManifest.capabilities.flatMap((use): ConsentItem[] => {
    const details = use.details.filter((detail) => !hookCommands.has(detail));
    if (use.details.length > 0 && details.length === 0) return [];
    const place = use.evidence[0] ?? {};
    if (details.length === 0) {
      return [{ key: `capability:${use.id}`, kind: 'capability', text: describeCapability({ id: use.id, details }), ...place }];
    }
    return details.map((detail) => ({
      key: `capability:${use.id}:${detail}`,
      kind: 'capability',
      text: describeCapability({ id: use.id, details: [shown(detail)] }),
      ...place,
    }));
  });
}

function hookItems(pkg: AgentPackage): ConsentItem[] {
  return pkg.hooks.map((hook) => {
    const content = [hook.event, hook.matcher ?? '', hook.command, hashes(pkg, hook.files)];
    const where = hook.matcher === undefined || hook.matcher === '' ? '' : ` (${hook.matcher})`;
    return {
      key: `hook:${hook.event}:${short(sha256OfJson(content))}`,
      kind: 'hook',
      text: `run \`${shown(hook.command)}\` on ${hook.event}${where}`,
      path: hook.path,
      line: hook.line,
    };
  });
}

function hashes(pkg: AgentPackage, paths: readonly string[]): string[] {
  return paths.map((path) => {
    const file = pkg.files.get(path);
    return file === undefined ? '' : sha256(file.bytes);
  });
}

/** Commands as people read them: files of the package by their path in it. */
function shown(command: string): string {
  return command.replace(/\$\{?(?:CLAUDE_PLUGIN_ROOT|PLUGIN_ROOT)\}?\//g, '');
}

function short(hash: string): string {
  return hash.slice(0, 16);
}

function place(finding: { readonly path?: string | undefined; readonly line?: number | undefined }) {
  return {
    ...(finding.path === undefined ? {} : { path: finding.path }),
    ...(finding.line === undefined ? {} : { line: finding.line }),
  };
}
