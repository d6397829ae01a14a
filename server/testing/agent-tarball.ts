import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import type { PackageFile, PackageFiles } from '../../packaging/model.ts';
import { packFiles } from '../../packaging/pack.ts';

export interface AgentTarballOptions {
  readonly name?: string;
  readonly version?: string;
  /** More files, or others in the place of the usual ones. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Fields of package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** The files of a small agent that passes every check. */
export function agentFiles({
  name = '@ada/helper',
  version = '1.0.0',
  files = {},
  manifest = {},
}: AgentTarballOptions = {}): PackageFiles {
  const packageJson = {
    name,
    version,
    description: 'Helps with small things.',
    license: 'MIT',
    keywords: ['help'],
    agent: { displayName: 'Helper', categories: ['documentation'], permissions: { capabilities: ['read'] } },
    ...manifest,
  };
  const texts: Record<string, string | Uint8Array> = {
    'package.json': JSON.stringify(packageJson, null, 2),
    'README.md': '# Helper\n\nHelps with small things.\n',
    'CHANGELOG.md': `# Changelog\n\n## ${version}\n\n- First of its kind.\n`,
    LICENSE: 'MIT License\n',
    'agents/helper.md':
      '---\nname: helper\ndescription: Helps with small things when asked.\ntools: Read\n---\n\nYou help with small things.\n',
    ...files,
  };
  return new Map(
    Object.entries(texts).map(([path, content]): [string, PackageFile] => [
      path,
      { bytes: Buffer.from(content), isExecutable: false },
    ]),
  );
}

export async function agentTarball(options: AgentTarballOptions = {}): Promise<Buffer> {
  return Buffer.from(await packFiles(agentFiles(options)));
}

export interface PublishDocumentOptions {
  readonly name?: string;
  readonly version?: string;
  readonly tag?: string;
  readonly integrity?: string;
}

/** The document `npm publish` puts. */
export function publishDocument(tarball: Uint8Array, options: PublishDocumentOptions = {}): Record<string, unknown> {
  const { name = '@ada/helper', version = '1.0.0', tag = 'latest' } = options;
  return {
    _id: name,
    name,
    'dist-tags': { [tag]: version },
    versions: {
      [version]: {
        name,
        version,
        dist: {
          integrity: options.integrity ?? integrityOf(tarball),
          shasum: shasumOf(tarball),
          tarball: 'http://localhost/ignored',
        },
      },
    },
    _attachments: {
      [`${name}-${version}.tgz`]: {
        content_type: 'application/octet-stream',
        data: Buffer.from(tarball).toString('base64'),
        length: tarball.length,
      },
    },
  };
}
