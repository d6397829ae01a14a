// Builds every bundle into dist/: extension host (CJS), webview and web pages (ESM), service and CLI (ESM for Node), seed packages.
//   node esbuild.mjs [--production] [--watch] [--if-stale]

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';
import { create as createTarball } from 'tar';

const flags = new Set(process.argv.slice(2));
const isProduction = flags.has('--production');
const STAMP = 'dist/.stamp';
const SOURCES = '{contract,packaging,installer,cli,server,extension,webview,agents,media,scripts}/**/*';

/** One hash over names, sizes and times of all sources: cheap, and changes whenever a build could. */
function sourceStamp() {
  const hash = createHash('sha256')
    .update(readFileSync('package.json'))
    .update(readFileSync('esbuild.mjs'))
    .update(process.version);
  for (const path of globSync(SOURCES).sort()) {
    const stat = statSync(path);
    if (stat.isFile()) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const common = {
  bundle: true,
  minify: true,
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
  // its CommonJS build is UMD, whose inner require() a bundler cannot follow
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  define: {
    'process.env.NODE_ENV': '"production"',
    COMMIT_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version),
  },
};

/** CommonJS dependencies inside an ESM bundle call `require`; Node's ESM has none by itself. */
const requireBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirOf(__filename);",
};

/** Lazy parts of the host are entry points of their own, loaded by `await import('./install.cjs')`: esbuild splits only ESM. */
const HOST_CHUNKS = ['extension', 'api', 'install', 'panels', 'usage'];
const hostOptions = {
  ...common,
  entryPoints: Object.fromEntries(
    HOST_CHUNKS.map((name) => [name, `extension/${name === 'extension' ? 'extension' : `${name}/chunk`}.ts`]),
  ),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode', ...HOST_CHUNKS.map((name) => `./${name}.cjs`)],
  define: { ...common.define, CHECKS_STAMP: JSON.stringify(checksStamp()) },
};

const webOptions = {
  ...common,
  entryPoints: {
    detail: 'webview/detail/index.ts',
    insights: 'webview/insights/index.ts',
    'web/storefront': 'webview/storefront/page.ts',
    'web/agent': 'webview/detail/page.ts',
    'web/style': 'webview/lib/web.css',
    style: 'webview/lib/ide.css',
  },
  outdir: 'dist/webview',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'browser',
  target: 'es2022',
  tsconfig: 'webview/tsconfig.json',
  loader: { '.ttf': 'file', '.svg': 'dataurl' },
  external: ['*.ttf'],
};

/** Server-side rendering of the pages, loaded by the service at run time: the same views as in the browser. */
const ssrOptions = {
  ...common,
  entryPoints: { ssr: 'webview/ssr.ts' },
  outdir: 'dist/webview',
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  platform: 'node',
  target: 'node24',
  conditions: ['node'],
  tsconfig: 'webview/tsconfig.json',
  banner: requireBanner,
};

const nodeOptions = {
  ...common,
  entryPoints: { server: 'server/main.ts', 'pack-agents': 'scripts/pack-agents.ts' },
  outdir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // jsonc-parser's CommonJS build hides its requires from the bundler
  mainFields: ['module', 'main'],
  banner: requireBanner,
  // optional parts of the MongoDB driver that are not installed
  external: [
    'kerberos',
    '@mongodb-js/zstd',
    '@aws-sdk/credential-providers',
    'gcp-metadata',
    'snappy',
    'socks',
    'aws4',
    'mongodb-client-encryption',
  ],
};

/** Over the sources of the package checks: verdicts that clients keep hold only for the checks that gave them. */
function checksStamp() {
  const hash = createHash('sha256');
  for (const path of globSync('{packaging,contract}/**/*.ts').sort()) hash.update(`${path}\0`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

/** The terminal client, in pieces: a short command loads and compiles only its own. */
const cliOptions = {
  ...nodeOptions,
  entryPoints: { cli: 'cli/main.ts' },
  splitting: true,
  chunkNames: 'cli/[name]-[hash]',
  define: { ...common.define, CHECKS_STAMP: JSON.stringify(checksStamp()) },
};

const all = [hostOptions, webOptions, ssrOptions, nodeOptions, cliOptions].filter((options) =>
  Object.values(options.entryPoints).every((path) => existsSync(path)),
);

function copyAssets() {
  mkdirSync('dist/webview', { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(`node_modules/@vscode/codicons/dist/${file}`, `dist/webview/${file}`);
}

/** The first-party packages, packed like any publisher's; the service publishes them on its first start. */
function packAgents() {
  if (!existsSync('dist/pack-agents.js')) return;
  const result = spawnSync(process.execPath, ['dist/pack-agents.js', 'agents', 'dist/agents'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) throw new Error('packing agents/ failed');
}

/** The terminal client as an npm tarball: the service offers it, so that `npx URL` and `npm i -g URL` need no registry. */
function packCli() {
  if (!existsSync('dist/cli.js')) return;
  const { name, version, description, license, bin } = JSON.parse(readFileSync('package.json', 'utf8'));
  const manifest = { name, version, description, license, type: 'module', engines: { node: '>=20' }, bin };
  mkdirSync('dist/npm/package/dist', { recursive: true });
  writeFileSync('dist/npm/package/package.json', JSON.stringify(manifest, null, 2));
  for (const file of ['cli.js', 'cli']) cpSync(`dist/${file}`, `dist/npm/package/dist/${file}`, { recursive: true });
  cpSync('LICENSE', 'dist/npm/package/LICENSE');
  createTarball({ gzip: true, portable: true, sync: true, cwd: 'dist/npm', file: 'dist/cli.tgz', mtime: new Date(0) }, [
    'package',
  ]);
  rmSync('dist/npm', { recursive: true });
}

function packExtension() {
  const result = spawnSync(
    process.execPath,
    ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', 'dist/coditect-agents.vsix'],
    {
      encoding: 'utf8',
      env: { ...process.env, CODITECT_BUILT: '1' },
    },
  );
  if (result.status !== 0) throw new Error(`packaging the extension failed:\n${result.stdout}${result.stderr}`);
}

if (flags.has('--watch')) {
  copyAssets();
  const contexts = await Promise.all(all.map((options) => context({ ...options, minify: false, sourcemap: 'linked' })));
  await Promise.all(contexts.map((each) => each.watch()));
  console.log('watching');
} else if (process.env.CODITECT_BUILT !== '1') {
  const stamp = sourceStamp();
  const isFresh = flags.has('--if-stale') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp;
  if (!isFresh) {
    rmSync('dist', { recursive: true, force: true });
    await Promise.all(all.map((options) => build({ ...options, sourcemap: isProduction ? false : options.sourcemap })));
    copyAssets();
    packAgents();
    packCli();
    if (flags.has('--if-stale')) packExtension();
    writeFileSync(STAMP, stamp);
  }
}
