import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageRenderer } from '../../../contract/webview/pages.ts';

const SERVED = /\.(?:js|css|ttf)$/;

/** The built files of the pages by path below the folder, with `/`; none when the folder is missing. The server-side renderer stays private. */
export async function readWebFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const paths = entries
    .filter((entry) => entry.isFile() && SERVED.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const),
  );
  return new Map(files);
}

/** The views' own renderer. Rejects when the file is missing or broken: pages are then plain. */
export async function importPageRenderer(path: string): Promise<PageRenderer> {
  const renderer = (await import(pathToFileURL(path).href)) as Partial<PageRenderer>;
  if (typeof renderer.renderPage !== 'function') throw new TypeError(`${path} exports no renderPage`);
  return renderer as PageRenderer;
}
