import { globSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { kilobytes, type Row, type Section } from './table.ts';

const LIMITS = { vsix: 600 * 1024, activation: 100 * 1024 };

/** Sizes of what is shipped. */
export function measureSizes(): Section {
  const vsix = statSync('dist/coditect-agents.vsix').size;
  const activation = statSync('dist/extension.cjs').size;
  const lazy = globSync('dist/*.cjs').filter((path) => path !== 'dist/extension.cjs');
  const cli = ['dist/cli.js', ...globSync('dist/cli/*.js')].reduce((sum, path) => sum + statSync(path).size, 0);
  const rest = [...lazy.sort(), 'dist/server.js', ...globSync('dist/webview/*.js').sort()];
  const rows: Row[] = [
    { what: '.vsix', measured: kilobytes(vsix), value: vsix, target: '< 600 kB', isMet: vsix < LIMITS.vsix },
    {
      what: 'what activation loads (extension.cjs)',
      measured: kilobytes(activation),
      value: activation,
      target: '< 100 kB',
      isMet: activation < LIMITS.activation,
      note: gzipped('dist/extension.cjs'),
    },
    { what: 'terminal client, all parts', measured: kilobytes(cli), value: cli, note: 'loaded by command' },
    ...rest.map((path) => ({
      what: path,
      measured: kilobytes(statSync(path).size),
      value: statSync(path).size,
      note: gzipped(path),
    })),
  ];
  return { title: 'Sizes', conditions: 'minified, kB = 1024 bytes', rows };
}

function gzipped(path: string): string {
  return `${kilobytes(gzipSync(readFileSync(path)).length)} gzip`;
}
