import { openIde } from '../test/ide/open.ts';
import type { Service } from '../test/lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../test/lib/temp.ts';
import { until } from '../test/lib/wait.ts';
import { median, milliseconds, type Section } from './table.ts';

const TARGET_MS = 30;

/** Cold starts of the editor, each with a fresh profile; the figure is what the editor itself shows for the extension. */
export async function measureActivation(service: Service, rounds: number): Promise<Section> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) values.push(await activateOnce(service));
  const middle = median(values);
  return {
    title: 'Extension',
    conditions: `code-server in Chromium, ${rounds} cold starts`,
    rows: [
      {
        what: 'activation, median',
        measured: milliseconds(middle),
        value: middle,
        target: `< ${TARGET_MS} ms`,
        isMet: middle < TARGET_MS,
        note: `each: ${values.map((value) => value.toFixed(0)).join(', ')}`,
      },
    ],
  };
}

async function activateOnce(service: Service): Promise<number> {
  const folder = makeTempFolder('bench-ws');
  const ide = await openIde({ vsix: 'dist/coditect-agents.vsix', folder, settings: { 'coditect.serviceUrl': service.url } });
  try {
    await ide.openView('Marketplace');
    await ide.runCommand('Developer: Show Running Extensions');
    const row = ide.page.locator('.runtime-extensions-editor .monaco-list-row, .extension').filter({ hasText: 'CODITECT' });
    const time = row.locator('.activation-time').first();
    const text = await until(
      async () => /(\d+)ms/.exec((await time.textContent()) ?? '')?.[1],
      20_000,
      'the editor shows no activation time for the extension',
    );
    return Number(text);
  } finally {
    await ide.close();
    removeTempFolder(folder);
  }
}
