import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startService } from '../test/lib/service.ts';
import { measureActivation } from './activation.ts';
import { measureInstall } from './install.ts';
import { describeMachine } from './machine.ts';
import { measureService } from './service.ts';
import { measureSizes } from './sizes.ts';
import { printSection, type Section } from './table.ts';

const PARTS = ['sizes', 'service', 'install', 'activation'] as const;
type Part = (typeof PARTS)[number];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: PARTS.join(',') },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '7' },
  },
});
const rounds = Number(values.rounds);
const parts = values.only.split(',');
const unknown = parts.filter((part) => !PARTS.some((known) => known === part));
if (unknown.length > 0) throw new Error(`unknown part: ${unknown.join(', ')}; there are: ${PARTS.join(', ')}`);

const measure: Record<Part, () => Promise<Section[]>> = {
  sizes: async () => [measureSizes()],
  service: () =>
    measureService({ loadScript: join(import.meta.url.slice('file://'.length), '../load.mjs'), seconds: Number(values.seconds) }),
  install: () => withService(async (service) => [await measureInstall(service, rounds)]),
  activation: () => withService(async (service) => [await measureActivation(service, rounds)]),
};

const machine = describeMachine();
if (!values.json) console.log(machine);
const sections: Section[] = [];
for (const part of PARTS.filter((each) => parts.includes(each))) {
  for (const section of await measure[part]()) {
    sections.push(section);
    if (!values.json) printSection(section);
  }
}
if (values.json) console.log(JSON.stringify({ machine, sections }, null, 2));

async function withService<T>(work: (service: Awaited<ReturnType<typeof startService>>) => Promise<T>): Promise<T> {
  const service = await startService();
  try {
    return await work(service);
  } finally {
    await service.dispose();
  }
}
