import * as z from 'zod/mini';

/** The document `npm publish` puts: one version and its tarball as a base64 attachment. Unknown npm fields are kept. */
export const NpmPublishDocumentSchema = z.looseObject({
  name: z.string(),
  'dist-tags': z._default(z.record(z.string(), z.string()), {}),
  versions: z._default(
    z.record(z.string(), z.looseObject({ name: z.string(), version: z.string(), deprecated: z.optional(z.string()) })),
    {},
  ),
  _attachments: z.optional(
    z.record(z.string(), z.object({ content_type: z.optional(z.string()), data: z.string(), length: z.optional(z.int()) })),
  ),
});

export const DistSchema = z.looseObject({
  tarball: z.string(),
  integrity: z.string(),
  shasum: z.string(),
  fileCount: z.optional(z.int()),
  unpackedSize: z.optional(z.int()),
  signatures: z.optional(z.array(z.object({ keyid: z.string(), sig: z.string() }))),
});

/** Packument: what a registry answers for a package. `time` only in the full form. */
export const PackumentSchema = z.looseObject({
  name: z.string(),
  'dist-tags': z.record(z.string(), z.string()),
  versions: z.record(
    z.string(),
    z.looseObject({ name: z.string(), version: z.string(), deprecated: z.optional(z.string()), dist: DistSchema }),
  ),
  time: z.optional(z.record(z.string(), z.string())),
});
export type Packument = z.infer<typeof PackumentSchema>;

/** `/-/npm/v1/keys`: public keys of the registry's signatures. */
export const RegistryKeysSchema = z.object({
  keys: z.array(
    z.object({
      keyid: z.string(),
      keytype: z.string(),
      scheme: z.string(),
      key: z.string(),
      expires: z.nullable(z.string()),
    }),
  ),
});
export type RegistryKeys = z.infer<typeof RegistryKeysSchema>;
