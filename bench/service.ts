import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Service, startService } from '../test/lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../test/lib/temp.ts';
import type { LoadRequest, LoadResult } from './load.ts';
import { median, milliseconds, perSecond, type Row, type Section } from './table.ts';

const CONNECTIONS = 50;

/** What the peers did on a 2-core machine, client on the same machine, 50 connections (requests per second). */
const PEERS = { detail: 9_300, list: 1_900, search: 2_070, packument: 3_300 };

export interface ServiceBenchOptions {
  /** Bundle of `load.ts`. */
  readonly loadScript: string;
  readonly seconds: number;
}

/** Start times, memory, and load on the hot paths of the seed catalogue. */
export async function measureService(options: ServiceBenchOptions): Promise<Section[]> {
  const dataDir = makeTempFolder('bench');
  const first = await startService({ dataDir });
  await first.stop();
  const later: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const again = await startService({ dataDir });
    later.push(again.startMs);
    await again.stop();
  }
  const service = await startService({ dataDir });
  try {
    const idleMb = memoryMb(service.pid);
    const names = await readNames(service.url);
    const load = await measureLoad(service, names, options);
    const start: Row[] = [
      startRow('first start, publishes the seed catalogue', first.startMs, 60_000),
      startRow('later starts, median of 5', median(later), 3_000),
      memoryRow('memory after start', idleMb),
      memoryRow('memory after the load below', memoryMb(service.pid)),
    ];
    const conditions = `${names.length} agents, SQLite`;
    return [
      { title: 'Service', conditions, rows: start },
      { title: 'Service under load', conditions: `${conditions}, ${CONNECTIONS} clients, ${options.seconds} s each`, rows: load },
    ];
  } finally {
    await service.dispose();
    removeTempFolder(dataDir);
  }
}

function startRow(what: string, ms: number, limitMs: number): Row {
  return { what, measured: milliseconds(ms), value: ms, target: `< ${limitMs / 1000} s`, isMet: ms < limitMs };
}

function memoryRow(what: string, mb: number): Row {
  return { what, measured: `${mb.toFixed(0)} MB`, value: mb, target: '< 400 MB at 100,000 agents' };
}

async function measureLoad(service: Service, names: readonly string[], options: ServiceBenchOptions): Promise<Row[]> {
  const paths = {
    detail: names.map((name) => `/api/v1/agents/${name}`),
    search: ['review', 'test', 'sql', 'docs', 'securty', 'front'].map((word) => `/api/v1/agents?q=${word}`),
    list: ['/api/v1/agents', '/api/v1/agents?sort=updated', '/api/v1/agents?sort=name&limit=50'],
    packument: names.map((name) => `/npm/${name.replace('/', '%2f')}`),
    storefront: ['/api/v1/storefront'],
  };
  const rows: Row[] = [];
  await runLoad(options, { port: service.port, paths: Object.values(paths).flat(), connections: CONNECTIONS, seconds: 2 }); // warm
  for (const [name, list] of Object.entries(paths)) {
    const result = await runLoad(options, {
      port: service.port,
      paths: list,
      connections: CONNECTIONS,
      seconds: options.seconds,
    });
    rows.push(...loadRows(name, result));
  }
  rows.push(await measureIngest(service, names, options));
  return rows;
}

function loadRows(name: string, result: LoadResult): Row[] {
  const wanted = { detail: 3 * PEERS.detail, search: 8 * PEERS.search, list: 8 * PEERS.list, packument: 8 * PEERS.packument }[
    name
  ];
  const errors = result.errors === 0 ? {} : { note: `${result.errors} answers were not 2xx` };
  return [
    {
      what: `${name}: p95`,
      measured: milliseconds(result.p95Ms),
      value: result.p95Ms,
      target: '< 10 ms',
      isMet: result.p95Ms < 10 && result.errors === 0,
      note: `p50 ${milliseconds(result.p50Ms)}, p99 ${milliseconds(result.p99Ms)}`,
    },
    {
      what: `${name}: requests`,
      measured: perSecond(result.perSecond),
      value: result.perSecond,
      ...(wanted === undefined ? {} : { target: `>= ${perSecond(wanted)}`, isMet: result.perSecond >= wanted }),
      ...errors,
    },
  ];
}

/** Events in batches of 100, as Segment's client sends them at most, each event with an id of its own. */
async function measureIngest(service: Service, names: readonly string[], options: ServiceBenchOptions): Promise<Row> {
  const size = 100;
  const timestamp = new Date().toISOString();
  const items = Array.from({ length: size }, (_, index) => ({
    type: 'track',
    event: 'Agent Viewed',
    messageId: `bench-{n}-${index}`,
    anonymousId: `installation-${index}`,
    timestamp,
    properties: { agent: names[index % names.length], surface: 'panel' },
  }));
  const body = JSON.stringify({ batch: items, sentAt: timestamp });
  const request = { port: service.port, paths: ['/v1/batch'], connections: 8, seconds: options.seconds, body };
  const result = await runLoad(options, request);
  const events = result.perSecond * size;
  return {
    what: 'event ingest',
    measured: perSecond(events),
    value: events,
    target: '>= 20,000/s per core',
    isMet: events >= 20_000 && result.errors === 0,
    note: `batches of ${size}, 8 clients, p95 ${milliseconds(result.p95Ms)} per batch${result.errors ? `, ${result.errors} errors` : ''}`,
  };
}

/** Runs the generator in a process of its own. */
function runLoad(options: ServiceBenchOptions, request: LoadRequest): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.loadScript, JSON.stringify(request)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(text) as LoadResult);
      else reject(new Error(`the load generator ended with ${code}`));
    });
  });
}

async function readNames(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v1/agents?limit=100`);
  const page = (await answer.json()) as { items: { name: string }[] };
  return page.items.map((agent) => agent.name);
}

/** Resident memory of a process; Linux only, 0 elsewhere. */
function memoryMb(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}
