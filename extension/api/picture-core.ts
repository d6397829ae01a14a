import { LIMITS } from '../../contract/limits.ts';

/** Pictures we let into a webview, told by their first bytes: the package's author chose the file's name. */
const SIGNATURES: readonly { readonly type: string; readonly starts: readonly number[] }[] = [
  { type: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', starts: [0x47, 0x49, 0x46, 0x38] },
];

export function pictureTypeOf(bytes: Uint8Array): string | undefined {
  const known = SIGNATURES.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte));
  if (known !== undefined) return known.type;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  // In an <img> an SVG runs no script and loads nothing.
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(head) ? 'image/svg+xml' : undefined;
}

/** `data:` URI of a picture; undefined when it is too large or no picture. */
export function pictureUri(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > LIMITS.iconBytes) return undefined;
  const type = pictureTypeOf(bytes);
  return type === undefined ? undefined : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** Fetches a picture below the service's origin. A picture is never worth an error: undefined when anything is wrong. */
export async function fetchPicture(
  baseUrl: string,
  path: string,
  options: { readonly fetch: typeof fetch; readonly signal?: AbortSignal },
): Promise<string | undefined> {
  const url = new URL(path, `${baseUrl}/`);
  if (url.origin !== new URL(baseUrl).origin) return undefined;
  try {
    const timeout = AbortSignal.timeout(10_000);
    const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
    const response = await options.fetch(url, { signal });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > LIMITS.iconBytes) return undefined;
    return pictureUri(new Uint8Array(await response.arrayBuffer()));
  } catch {
    return undefined;
  }
}
