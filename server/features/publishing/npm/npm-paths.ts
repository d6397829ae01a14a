import { isAgentName, splitAgentName } from '../../../../contract/names.ts';
import { DomainError } from '../../../domain/errors.ts';

/** Absolute path of a version's tarball: `/npm/@acme/review-board/-/review-board-1.4.0.tgz`. */
export function tarballPath(name: string, version: string): string {
  return `/npm/${name}/-/${splitAgentName(name).slug}-${version}.tgz`;
}

/** The version in a tarball's file name; undefined when the file is none of the package's. */
export function versionOfTarball(name: string, file: string): string | undefined {
  const prefix = `${splitAgentName(name).slug}-`;
  return file.startsWith(prefix) && file.endsWith('.tgz') ? file.slice(prefix.length, -'.tgz'.length) : undefined;
}

/**
 * The package name of an address. Clients write `@acme%2freview-board` as one segment or `@acme/review-board` as two. Throws
 * agent_not_found for what can be no agent: unscoped names exist on other registries, not here.
 */
export function nameOf(params: Readonly<Record<string, string>>): string {
  const { name, scope, slug } = params;
  const full = name ?? `${scope ?? ''}/${slug ?? ''}`;
  if (isAgentName(full)) return full;
  throw new DomainError('agent_not_found', { detail: `There is no agent called "${full.slice(0, 100)}" here.` });
}

const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** The origin that addresses in answers start with: the configured one, else the Host the client used when it is well formed. */
export function originOf(publicUrl: string | undefined, host: string, fallback: string): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  return HOST.test(host) ? `http://${host}` : fallback;
}
