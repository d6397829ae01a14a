import type { Finding } from '../../contract/findings.ts';
import { isRecord } from '../json-source.ts';
import type { McpServer, PackageFiles } from '../model.ts';
import type { Reading } from './documents.ts';
import { readJsonFile } from './json-files.ts';
import { CLAUDE_MANIFEST, type Layout } from './layout.ts';
import { findReferences } from './referenced-files.ts';

interface ServerSource {
  readonly path: string;
  readonly servers: unknown;
  lineOf(path: readonly (string | number)[]): number;
}

function textMap(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      ['string', 'number', 'boolean'].includes(typeof entry) ? [[key, String(entry)]] : [],
    ),
  );
}

function transportOf(entry: Record<string, unknown>): McpServer['transport'] | undefined {
  const type = entry.type ?? entry.transport ?? (typeof entry.url === 'string' ? 'http' : 'stdio');
  if (type === 'stdio' || type === 'local') return 'stdio';
  if (type === 'sse') return 'sse';
  return type === 'http' || type === 'streamable-http' ? 'http' : undefined;
}

function readServer(
  files: PackageFiles,
  source: ServerSource,
  name: string,
  entry: unknown,
): { server?: McpServer; findings: Finding[] } {
  const line = source.lineOf([name]);
  const refused = (code: string, message: string): Finding => ({ code, level: 'refused', message, path: source.path, line });
  if (!isRecord(entry)) return { findings: [refused('mcp_invalid', `The MCP server "${name}" must be an object.`)] };
  const transport = transportOf(entry);
  if (transport === undefined)
    return { findings: [refused('mcp_invalid', `The MCP server "${name}" has an unknown type; use stdio, http or sse.`)] };
  const args = Array.isArray(entry.args) ? entry.args.filter((arg) => typeof arg === 'string') : [];
  const command = typeof entry.command === 'string' ? entry.command.trim() : '';
  const url = typeof entry.url === 'string' ? entry.url.trim() : '';
  const findings: Finding[] = [];
  if (transport === 'stdio' && command === '') findings.push(refused('mcp_invalid', `The MCP server "${name}" has no command.`));
  if (transport !== 'stdio' && url === '') findings.push(refused('mcp_invalid', `The MCP server "${name}" has no url.`));
  if (typeof entry.headersHelper === 'string') {
    findings.push({
      code: 'mcp_headers_helper',
      level: 'review',
      message: `The MCP server "${name}" runs a command to make its headers; it is not installed.`,
      path: source.path,
      line,
    });
  }
  const env = textMap(entry.env);
  const references = findReferences(files, [command, ...args, ...Object.values(env)]);
  for (const missing of references.missing)
    findings.push(
      refused('manifest_contradicts_files', `The MCP server "${name}" uses ${missing}, which is not in the package.`),
    );
  const isUsable = transport === 'stdio' ? command !== '' : url !== '';
  if (!isUsable) return { findings };
  return {
    findings,
    server: {
      kind: 'mcp',
      name,
      transport,
      ...(transport === 'stdio' ? { command } : { url }),
      args,
      env,
      headers: textMap(entry.headers),
      path: source.path,
      line,
      files: references.files,
    },
  };
}

function readServerMap(files: PackageFiles, source: ServerSource): Reading<McpServer> {
  if (!isRecord(source.servers)) {
    return {
      items: [],
      findings: [
        {
          code: 'mcp_invalid',
          level: 'refused',
          message: 'MCP servers must be an object of servers by name.',
          path: source.path,
          line: source.lineOf([]),
        },
      ],
    };
  }
  const results = Object.entries(source.servers)
    .filter(([name]) => name !== '$schema')
    .map(([name, entry]) => readServer(files, source, name, entry));
  return {
    items: results.flatMap((result) => (result.server === undefined ? [] : [result.server])),
    findings: results.flatMap((result) => result.findings),
  };
}

/** `{mcpServers: {…}}`, VS Code's `{servers: {…}}`, or the flat `{name: {…}}`. */
function wrapperOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  return ['mcpServers', 'servers'].find((key) => isRecord(value[key]));
}

function definitionOf({ transport, command, args, env, url, headers }: McpServer): string {
  return JSON.stringify({ transport, command, args, env, url, headers }).replaceAll('CLAUDE_PLUGIN_ROOT', 'PLUGIN_ROOT');
}

/** The same server may stand in .mcp.json and mcp.json, for different hosts; they must not get different ones. */
function withoutTwins({ items, findings }: Reading<McpServer>): Reading<McpServer> {
  const first = new Map<string, McpServer>();
  const contradictions: Finding[] = [];
  for (const server of items) {
    const twin = first.get(server.name);
    if (twin === undefined) first.set(server.name, server);
    else if (definitionOf(twin) !== definitionOf(server)) {
      const message = `The MCP server "${server.name}" is another one in ${twin.path}.`;
      contradictions.push({ code: 'manifest_contradiction', level: 'refused', message, path: server.path, line: server.line });
    }
  }
  return { items: [...first.values()], findings: [...findings, ...contradictions] };
}

/** MCP servers of .mcp.json, of the files that plugin.json names, and inline in plugin.json. */
export function readMcpServers(files: PackageFiles, layout: Layout): Reading<McpServer> {
  const readings = layout.mcpFiles
    .filter((path) => path.endsWith('.json'))
    .map((path) =>
      readJsonFile(files, { path, code: 'mcp_invalid' }, (source) => {
        const wrapper = wrapperOf(source.value);
        const servers = wrapper !== undefined && isRecord(source.value) ? source.value[wrapper] : source.value;
        return readServerMap(files, {
          path,
          servers,
          lineOf: (inner) => source.lineOf([...(wrapper === undefined ? [] : [wrapper]), ...inner]),
        });
      }),
    );
  const plugin = layout.plugin;
  const inline = plugin !== undefined && isRecord(plugin.value) ? plugin.value.mcpServers : undefined;
  const maps = Array.isArray(inline)
    ? inline.map((servers, index) => ({ servers, prefix: ['mcpServers', index] }))
    : [{ servers: inline, prefix: ['mcpServers'] }];
  for (const { servers, prefix } of maps) {
    if (plugin === undefined || !isRecord(servers)) continue;
    readings.push(
      readServerMap(files, { path: CLAUDE_MANIFEST, servers, lineOf: (inner) => plugin.lineOf([...prefix, ...inner]) }),
    );
  }
  return withoutTwins({
    items: readings.flatMap((reading) => reading.items),
    findings: readings.flatMap((reading) => reading.findings),
  });
}
