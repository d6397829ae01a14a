import type { Finding } from '../../contract/findings.ts';
import { SlugSchema } from '../../contract/names.ts';
import type { Command, MarkdownSource, PackageFiles, Rule, Skill, Subagent } from '../model.ts';
import { decodeText } from '../text.ts';
import { frontMatterLine, readMarkdown, textValue } from './markdown.ts';
import { capabilitiesOf, readToolList } from './tools.ts';

export interface Reading<T> {
  readonly items: readonly T[];
  readonly findings: readonly Finding[];
}

const MAX_DESCRIPTION = 1024;

function stem(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.(?:agent\.md|prompt\.md|instructions\.md|mdc|md)$/i, '');
}

/** Path below the folder that holds the kind, without extension: `commands/db/seed.md` is `db/seed`. */
function nestedName(path: string, folder: string): string {
  const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : (path.split('/').at(-1) ?? path);
  return inside.replace(/\.(?:prompt\.md|instructions\.md|mdc|md)$/i, '');
}

function refused(code: string, message: string, source: MarkdownSource, key: string, fix?: string): Finding {
  return {
    code,
    level: 'refused',
    message,
    path: source.path,
    line: frontMatterLine(source, key),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Name and description rules shared by subagents and skills (Agent Skills: slug of 64, description of 1,024 characters). */
function identityFindings(noun: string, source: MarkdownSource, identity: { name: string; description: string }): Finding[] {
  const findings: Finding[] = [];
  if (!SlugSchema.safeParse(identity.name).success) {
    findings.push(
      refused(
        'component_name_invalid',
        `The ${noun}'s name "${identity.name}" must be lowercase letters, digits and single hyphens, at most 64.`,
        source,
        'name',
      ),
    );
  }
  if (identity.description === '') {
    findings.push(
      refused(
        'component_description_missing',
        `The ${noun} "${identity.name}" has no description; hosts would not load it.`,
        source,
        'description',
        'Add "description:" to the front matter: what it does and when to use it.',
      ),
    );
  } else if (identity.description.length > MAX_DESCRIPTION) {
    findings.push(
      refused(
        'component_description_too_long',
        `The description has ${identity.description.length} characters; hosts accept ${MAX_DESCRIPTION}.`,
        source,
        'description',
      ),
    );
  }
  return findings;
}

function readAll<T>(
  files: PackageFiles,
  paths: readonly string[],
  read: (source: MarkdownSource, findings: Finding[]) => T,
): Reading<T> {
  const findings: Finding[] = [];
  const items: T[] = [];
  for (const path of paths) {
    const file = files.get(path);
    const text = file === undefined ? undefined : decodeText(file);
    if (text === undefined) {
      findings.push({ code: 'component_not_text', level: 'refused', message: `${path} is not UTF-8 text.`, path });
      continue;
    }
    const markdown = readMarkdown(path, text);
    findings.push(...markdown.findings);
    items.push(read(markdown.source, findings));
  }
  return { items, findings };
}

export function readSubagents(files: PackageFiles, paths: readonly string[]): Reading<Subagent> {
  return readAll(files, paths, (source, findings) => {
    const fields = source.frontMatter;
    const name = textValue(fields.name) ?? stem(source.path);
    const description = textValue(fields.description) ?? '';
    const tools = readToolList(fields.tools);
    const capabilities = tools === undefined ? undefined : capabilitiesOf(tools);
    const model = textValue(fields.model);
    findings.push(...identityFindings('subagent', source, { name, description }));
    return {
      kind: 'subagent',
      name,
      description,
      source,
      ...(tools === undefined ? {} : { tools }),
      ...(capabilities === undefined ? {} : { capabilities }),
      disallowedTools: readToolList(fields.disallowedTools) ?? [],
      ...(model === undefined ? {} : { model }),
    };
  });
}

/** Folder of a SKILL.md, with a trailing slash; empty for a skill at the package root. */
function folderOf(path: string): string {
  return path.slice(0, path.length - 'SKILL.md'.length);
}

/** Beside a SKILL.md at the package root: what describes the package. */
const ROOT_SKILL_SKIPS = /^(?:package\.json|plugin\.json|\.claude-plugin\/.*|icon\.png|README\.md|CHANGELOG\.md)$/;

/** `others` are the files of other components, which a skill at the package root does not own. */
export function readSkills(files: PackageFiles, paths: readonly string[], others: ReadonlySet<string>): Reading<Skill> {
  const everything = [...files.keys()].sort();
  return readAll(files, paths, (source, findings) => {
    const fields = source.frontMatter;
    const folder = folderOf(source.path);
    const folderName = folder.split('/').at(-2);
    const written = textValue(fields.name);
    const name = folderName ?? written ?? '';
    const description = textValue(fields.description) ?? '';
    const allowedTools = readToolList(fields['allowed-tools'], true);
    findings.push(...identityFindings('skill', source, { name, description }));
    if (written !== undefined && written !== name) {
      findings.push(
        refused(
          'skill_name_differs',
          `The skill is named "${written}" but lies in the folder "${name}"; VS Code drops such a skill.`,
          source,
          'name',
          `Set name: ${name}, or rename the folder.`,
        ),
      );
    }
    if (written === undefined && folderName !== undefined) {
      findings.push({
        code: 'skill_name_missing',
        level: 'notice',
        message: 'The skill has no name; the Agent Skills format requires one.',
        path: source.path,
        line: 1,
        fix: `Add name: ${folderName}.`,
      });
    }
    const own = everything.filter(
      (path) => path.startsWith(folder) && (folder !== '' || !(others.has(path) || ROOT_SKILL_SKIPS.test(path))),
    );
    return { kind: 'skill', name, description, source, files: own, ...(allowedTools === undefined ? {} : { allowedTools }) };
  });
}

export function readCommands(files: PackageFiles, paths: readonly string[]): Reading<Command> {
  return readAll(files, paths, (source) => {
    const fields = source.frontMatter;
    const hint = fields['argument-hint'];
    const argumentHint = Array.isArray(hint) ? `[${hint.map(String).join(', ')}]` : textValue(hint);
    const allowedTools = readToolList(fields['allowed-tools'], true);
    return {
      kind: 'command',
      name: nestedName(source.path, 'commands'),
      description: textValue(fields.description) ?? '',
      source,
      ...(argumentHint === undefined ? {} : { argumentHint }),
      ...(allowedTools === undefined ? {} : { allowedTools }),
    };
  });
}

function readGlobs(value: unknown): string[] {
  if (typeof value === 'string') return splitGlobs(value);
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string').flatMap(splitGlobs);
  return [];
}

/** Commas inside braces belong to the glob: `src/**\/*.{ts,tsx}`. */
function splitGlobs(text: string): string[] {
  return text
    .split(/,(?![^{]*\})/)
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
}

export function readRules(files: PackageFiles, paths: readonly string[]): Reading<Rule> {
  return readAll(files, paths, (source) => {
    const fields = source.frontMatter;
    return {
      kind: 'rule',
      name: nestedName(source.path, 'rules'),
      description: textValue(fields.description) ?? '',
      source,
      paths: fields.alwaysApply === true ? [] : readGlobs(fields.paths ?? fields.globs ?? fields.applyTo),
    };
  });
}
