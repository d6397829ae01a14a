export interface PublishParts {
  readonly name: string;
  readonly version: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly readme?: string;
  readonly tarball: Uint8Array;
  readonly integrity: string;
  readonly shasum: string;
}

/** The document that `npm publish` puts: one version with its tarball attached. Source: the npm registry API. */
export function publishDocument(parts: PublishParts): Readonly<Record<string, unknown>> {
  const { name, version, manifest, tarball, integrity, shasum } = parts;
  const file = `${name}-${version}.tgz`;
  return {
    _id: name,
    name,
    description: manifest.description,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist: { integrity, shasum } } },
    ...(parts.readme === undefined ? {} : { readme: parts.readme }),
    access: 'public',
    _attachments: {
      [file]: {
        content_type: 'application/octet-stream',
        data: Buffer.from(tarball).toString('base64'),
        length: tarball.byteLength,
      },
    },
  };
}
