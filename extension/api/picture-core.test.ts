import { describe, expect, it } from 'vitest';
import { fetchPicture, pictureTypeOf, pictureUri } from './picture-core.ts';

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);
const text = (value: string) => new TextEncoder().encode(value);

describe('pictures for a webview', () => {
  it('knows them by their bytes, not by their names', () => {
    expect(pictureTypeOf(png)).toBe('image/png');
    expect(pictureTypeOf(text('<?xml version="1.0"?>\n<svg xmlns="x"/>'))).toBe('image/svg+xml');
    expect(pictureTypeOf(text('<html><script>alert(1)</script>'))).toBeUndefined();
  });

  it('refuses what is too large', () => {
    const large = new Uint8Array(3 * 1024 * 1024);
    large.set(png);
    expect(pictureUri(large)).toBeUndefined();
  });

  it('never leaves the origin of the service', async () => {
    const asked: string[] = [];
    const fake = (async (url: URL) => {
      asked.push(url.href);
      return new Response(png);
    }) as unknown as typeof fetch;
    expect(await fetchPicture('http://127.0.0.1:1', '//evil.example/x.png', { fetch: fake })).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await fetchPicture('http://127.0.0.1:1', '/icons/a.png', { fetch: fake })).toMatch(/^data:image\/png;base64,/);
  });

  it('is silent about a failed fetch', async () => {
    const fake = (async () => {
      throw new Error('down');
    }) as unknown as typeof fetch;
    expect(await fetchPicture('http://127.0.0.1:1', '/a.png', { fetch: fake })).toBeUndefined();
  });
});
