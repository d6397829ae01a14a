import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import type { PackageFile } from '../../packaging/model.ts';
import { packFiles } from '../../packaging/pack.ts';

export interface SampleAgent {
  readonly name: string;
  readonly version?: string;
  /** Replaces or adds files; undefined leaves one out. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** Added to package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Files of a small agent that every check passes: one subagent, one skill, a README and a licence. */
export function sampleFiles({ name, version = '1.0.0', files = {}, manifest = {} }: SampleAgent): Record<string, string> {
  const slug = name.split('/')[1] ?? name;
  const packageJson = {
    name,
    version,
    description: 'Counts the lines of a change and says which files grew most.',
    license: 'MIT',
    keywords: ['lines', 'review'],
    agent: {
      displayName: `Line Counter ${slug}`,
      categories: ['Code Analysis & Review'],
      permissions: { capabilities: ['read', 'search'] },
    },
    ...manifest,
  };
  const subagent = ['---', `name: ${slug}`, 'description: Counts lines. Use when a change grew.', 'tools: Read, Grep', '---', ''];
  const skill = ['---', `name: ${slug}-skill`, 'description: How to count lines. Use when asked for sizes.', '---', ''];
  const all: Record<string, string | undefined> = {
    'package.json': `${JSON.stringify(packageJson, null, 2)}\n`,
    'README.md': `# Line Counter\n\nCounts the lines of a change, version ${version}.\n`,
    LICENSE: 'MIT\n',
    [`agents/${slug}.md`]: `${subagent.join('\n')}\nCount the lines of every changed file, largest first. This is version ${version}.\n`,
    [`skills/${slug}-skill/SKILL.md`]: `${skill.join('\n')}\nRead the file, count its lines, report the number. Version ${version}.\n`,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Writes the agent as a folder that an author would have. */
export function writeSample(folder: string, sample: SampleAgent): void {
  for (const [path, text] of Object.entries(sampleFiles(sample))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export interface PackedSample {
  readonly name: string;
  readonly version: string;
  readonly tarball: Uint8Array;
  readonly integrity: string;
  readonly shasum: string;
}

export async function packSample(sample: SampleAgent): Promise<PackedSample> {
  const files = new Map<string, PackageFile>();
  for (const [path, text] of Object.entries(sampleFiles(sample)))
    files.set(path, { bytes: Buffer.from(text), isExecutable: false });
  const tarball = await packFiles(files);
  const identity = { name: sample.name, version: sample.version ?? '1.0.0' };
  return { ...identity, tarball, integrity: integrityOf(tarball), shasum: shasumOf(tarball) };
}

/** The document that `npm publish` puts. `dist` can be replaced to tell lies. */
export function publishDocument(packed: PackedSample, dist: Readonly<Record<string, string>> = {}): object {
  const { name, version, integrity, shasum, tarball } = packed;
  const file = `${name}-${version}.tgz`;
  return {
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { name, version, _id: `${name}@${version}`, dist: { integrity, shasum, ...dist } } },
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: Buffer.from(tarball).toString('base64'), length: tarball.length },
    },
  };
}

export const npmPath = (name: string) => `/npm/${name.replace('/', '%2f')}`;

/** Publishes as npm does. Rejects when the connection breaks; the status is the caller's to judge. */
export function publish(
  url: string,
  token: string,
  packed: PackedSample,
  dist?: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`${url}${npmPath(packed.name)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(publishDocument(packed, dist)),
  });
}

/** Signs in on the development door and gives the token; `name` then owns `@name`. */
export async function signIn(url: string, name: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/dev`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) throw new Error(`sign-in as ${name} failed: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}
