import { integrityOf } from '../../packaging/integrity.ts';
import { readTarball } from '../../packaging/read-tarball.ts';
import { UserError } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';

/** One text file of a published package. The tarball is checked against its published checksum before it is read. Throws UserError. */
export async function readPackageText(options: {
  readonly tarballUrl: string;
  readonly integrity: string;
  readonly path: string;
  readonly token?: string;
}): Promise<string> {
  const headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const response = await fetch(options.tarballUrl, { headers, signal: AbortSignal.timeout(30_000) }).catch((cause: unknown) => {
    throw new UserError(t('The package could not be downloaded.'), { code: 'unreachable', cause });
  });
  if (!response.ok)
    throw new UserError(t('The package could not be downloaded ({0}).', response.status), { code: 'unexpected_answer' });
  const tarball = new Uint8Array(await response.arrayBuffer());
  if (integrityOf(tarball) !== options.integrity) {
    throw new UserError(t('The download does not match its checksum.'), { code: 'integrity_mismatch' });
  }
  const file = (await readTarball(tarball)).get(options.path);
  if (file === undefined) throw new UserError(t('The package has no file {0}.', options.path), { code: 'not_found' });
  return new TextDecoder().decode(file.bytes);
}
