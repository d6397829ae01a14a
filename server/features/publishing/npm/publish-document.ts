import { valid } from 'semver';
import * as z from 'zod/mini';
import { NpmPublishDocumentSchema } from '../../../../contract/npm.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Upload } from '../publishing.service.ts';

/** What a PUT on a package asks for: a new version, or other deprecation texts for versions that are there. */
export type PublishDocument =
  | { readonly kind: 'publish'; readonly upload: Upload }
  | { readonly kind: 'deprecate'; readonly name: string; readonly texts: ReadonlyMap<string, string> };

type Document = z.infer<typeof NpmPublishDocumentSchema>;

function malformed(detail: string): DomainError {
  return new DomainError('invalid_request', { detail });
}

/**
 * Reads the document of `npm publish` and `npm deprecate` (both PUT the package; only a publish carries an attachment). `name` is the
 * one of the address. Throws invalid_request naming what is missing or contradicts itself.
 */
export function parsePublishDocument(body: unknown, name: string): PublishDocument {
  const parsed = z.safeParse(NpmPublishDocumentSchema, body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(`This is no npm publish document: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const document = parsed.data;
  if (document.name !== name) throw malformed(`The document is about ${document.name.slice(0, 100)}, the address about ${name}.`);
  const attachments = Object.values(document._attachments ?? {});
  if (attachments.length === 0) return { kind: 'deprecate', name, texts: deprecationsOf(document) };
  const [attachment] = attachments;
  const versions = Object.values(document.versions);
  const [manifest] = versions;
  if (attachments.length !== 1 || versions.length !== 1 || attachment === undefined || manifest === undefined) {
    throw malformed('Publish one version with one tarball at a time.');
  }
  if (document.access === 'restricted') {
    throw malformed('Restricted packages are not possible here; publish with --access public.');
  }
  return {
    kind: 'publish',
    upload: {
      name,
      version: manifest.version,
      tarball: decodeAttachment(attachment),
      distTag: distTagOf(document, manifest.version),
      declared: declaredOf(manifest.dist),
    },
  };
}

function deprecationsOf(document: Document): ReadonlyMap<string, string> {
  const entries = Object.values(document.versions).map(
    ({ version, deprecated }) => [version, (deprecated ?? '').slice(0, 1_000)] as const,
  );
  if (entries.length === 0) throw malformed('The document has neither a tarball nor versions.');
  return new Map(entries);
}

function decodeAttachment({ data, length }: { data: string; length?: number | undefined }): Buffer {
  // Buffer.from skips what is not base64, which would surface as a wrong checksum only.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data)) throw malformed('The attached tarball is not valid base64.');
  const bytes = Buffer.from(data, 'base64');
  if (length !== undefined && length !== bytes.length) {
    throw new DomainError('integrity_mismatch', {
      detail: `The attached tarball has ${bytes.length} bytes, the document says ${length}.`,
    });
  }
  return bytes;
}

function declaredOf(dist: unknown): Upload['declared'] {
  const { integrity, shasum } = (typeof dist === 'object' && dist !== null ? dist : {}) as {
    integrity?: unknown;
    shasum?: unknown;
  };
  return {
    ...(typeof integrity === 'string' ? { integrity } : {}),
    ...(typeof shasum === 'string' ? { shasum } : {}),
  };
}

function distTagOf(document: Document, version: string): string {
  const tags = Object.entries(document['dist-tags']);
  const [first] = tags;
  if (tags.length > 1) throw malformed('Publish with one dist-tag; add others with npm dist-tag add.');
  if (first === undefined) return 'latest';
  const [tag, target] = first;
  if (target !== version) throw malformed(`The dist-tag ${tag.slice(0, 50)} must point at the published version.`);
  return requireTagName(tag);
}

const TAG_PATTERN = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** A dist-tag must not read as a version or range, because `name@tag` and `name@range` look alike. Throws invalid_request. */
export function requireTagName(tag: string): string {
  const isLikeVersion = /^v?\d/.test(tag) || valid(tag) !== null || tag === 'x' || tag === 'X';
  if (!TAG_PATTERN.test(tag) || isLikeVersion) throw malformed(`"${tag.slice(0, 70)}" is no dist-tag name.`);
  return tag;
}
