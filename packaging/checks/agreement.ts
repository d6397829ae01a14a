import type { Finding } from '../../contract/findings.ts';
import { splitAgentName } from '../../contract/names.ts';
import { CLAUDE_MANIFEST } from '../components/layout.ts';
import { isRecord, readJson } from '../json-source.ts';
import { AGENT_PLUGIN_MANIFEST, AGENT_PLUGIN_SCHEMA } from '../manifest-files.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

const COMPARED = ['name', 'version', 'license'] as const;

function compare(subject: CheckSubject, path: string): Finding[] {
  const text = subject.text(path);
  const manifest = subject.manifest.manifest;
  if (text === undefined) return [];
  const source = readJson(text);
  if ('problem' in source) {
    // The layout reader already says so for Claude's manifest.
    const message = `${path} is not valid JSON: ${source.problem}.`;
    return path === CLAUDE_MANIFEST
      ? []
      : [findingAt('refused', 'plugin_manifest_invalid', { path, line: source.line }, { message })];
  }
  const fields = source.value;
  if (!isRecord(fields))
    return [findingAt('refused', 'plugin_manifest_invalid', { path, line: 1 }, { message: `${path} must hold an object.` })];
  if (manifest === undefined) return [];
  const expected = { name: splitAgentName(manifest.name).slug, version: manifest.version, license: manifest.license };
  const differences = COMPARED.filter((key) => fields[key] !== undefined && fields[key] !== expected[key]).map((key) =>
    findingAt(
      'refused',
      'manifest_contradiction',
      { path, line: source.lineOf([key]) },
      {
        message: `${path} says ${key} "${String(fields[key])}", package.json says "${expected[key]}".`,
        fix: `Remove ${path} to have it generated, or make both agree.`,
      },
    ),
  );
  if (path !== AGENT_PLUGIN_MANIFEST || fields.$schema === AGENT_PLUGIN_SCHEMA) return differences;
  const message = 'plugin.json has no Agent Plugins $schema, so Codex and VS Code read it as another format.';
  return [
    ...differences,
    findingAt('notice', 'plugin_schema_missing', { path, line: 1 }, { message, fix: `Add "$schema": "${AGENT_PLUGIN_SCHEMA}".` }),
  ];
}

/** The plugin manifests inside the package say the same as package.json. */
export const agreementCheck: Check = {
  name: 'manifests-agree',
  run: (subject) => [...compare(subject, CLAUDE_MANIFEST), ...compare(subject, AGENT_PLUGIN_MANIFEST)],
};
