// Packs every first-party agent: node dist/pack-agents.js <folder of packages> <output folder>
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../contract/findings.ts';
import { splitAgentName } from '../contract/names.ts';
import { PackageError } from '../packaging/model.ts';
import { type PackedAgent, packDirectory } from '../packaging/pack.ts';

/** One line of index.json: what the service publishes on its first start. */
interface IndexEntry {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

function describe(folder: string, finding: Finding): string {
  const place = [finding.path ?? 'package', ...(finding.line === undefined ? [] : [finding.line])].join(':');
  return `${folder}: ${finding.level} ${finding.code} ${place}: ${finding.message}${finding.fix === undefined ? '' : ` ${finding.fix}`}`;
}

async function pack(folder: string): Promise<{ packed?: PackedAgent; findings: readonly Finding[] }> {
  try {
    const packed = await packDirectory(folder);
    return { packed, findings: packed.inspection.findings };
  } catch (error) {
    if (error instanceof PackageError) return { findings: error.findings };
    throw error;
  }
}

async function main(source: string, target: string): Promise<number> {
  const folders = readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, entry.name, 'package.json')))
    .map((entry) => entry.name)
    .sort();
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const index: IndexEntry[] = [];
  let refusedCount = 0;
  for (const folder of folders) {
    const { packed, findings } = await pack(join(source, folder));
    for (const finding of findings) if (finding.level !== 'notice') console.error(describe(folder, finding));
    const manifest = packed?.inspection.pkg?.manifest;
    if (packed === undefined || manifest === undefined || findings.some((finding) => finding.level === 'refused')) {
      refusedCount += 1;
      continue;
    }
    const file = `${splitAgentName(manifest.name).slug}-${manifest.version}.tgz`;
    writeFileSync(join(target, file), packed.tarball);
    index.push({ file, name: manifest.name, version: manifest.version, integrity: packed.integrity });
  }
  const twins = index.filter((entry, at) => index.findIndex((other) => other.file === entry.file) !== at);
  for (const twin of twins) console.error(`${twin.name}: another package also packs to ${twin.file}`);
  writeFileSync(join(target, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  console.log(`packed ${index.length} of ${folders.length} packages into ${target}`);
  return refusedCount + twins.length;
}

const [source, target] = process.argv.slice(2);
if (source === undefined || target === undefined) {
  console.error('usage: node dist/pack-agents.js <folder of packages> <output folder>');
  process.exitCode = 2;
} else {
  process.exitCode = (await main(source, target)) === 0 ? 0 : 1;
}
