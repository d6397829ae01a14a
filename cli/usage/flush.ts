import { readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { QUEUE, type QueuedEvent } from './report.ts';

const TAKEN = /^cli-usage\.[0-9a-f-]+\.sending$/;
/** A file taken by a process that died is taken again after this. */
const ABANDONED_MS = 60_000;
const TIMEOUT_MS = 10_000;
const BATCH = 500;
/** Older events are refused by the service anyway. */
const TOO_OLD_MS = 7 * 24 * 3_600_000;

/** Sends what waits in the queue. Each event carries its own id, so sending one twice counts once. */
export async function flushUsage(userDir: string, send: typeof fetch = fetch): Promise<void> {
  for (const path of await takeFiles(userDir)) {
    const lines = (await readFile(path, 'utf8')).split('\n');
    const events = lines.flatMap(parseLine).filter((event) => Date.now() - Date.parse(event.item.timestamp) < TOO_OLD_MS);
    const services = [...new Set(events.map((event) => event.service))];
    const results = await Promise.all(
      services.map((service) =>
        sendTo(
          service,
          events.filter((each) => each.service === service),
          send,
        ),
      ),
    );
    // what could not be sent stays in its file and is taken again later
    if (results.every((isSent) => isSent)) await unlink(path);
  }
}

async function takeFiles(userDir: string): Promise<string[]> {
  const mine = join(userDir, `cli-usage.${crypto.randomUUID()}.sending`);
  const taken: string[] = await rename(join(userDir, QUEUE), mine).then(
    () => [mine],
    () => [],
  );
  const names = await readdir(userDir).catch((): string[] => []);
  for (const name of names.filter((each) => TAKEN.test(each))) {
    const path = join(userDir, name);
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (path !== mine && age > ABANDONED_MS) taken.push(path);
  }
  return taken;
}

/** A torn line, as a crash leaves it, is dropped. */
function parseLine(line: string): QueuedEvent[] {
  try {
    const event = JSON.parse(line) as Partial<QueuedEvent>;
    return typeof event.service === 'string' && typeof event.item?.messageId === 'string' ? [event as QueuedEvent] : [];
  } catch {
    return [];
  }
}

/** True when the service took the events or said that it never will. */
async function sendTo(service: string, events: readonly QueuedEvent[], send: typeof fetch): Promise<boolean> {
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH).map((event) => event.item);
    try {
      const response = await send(`${service}/v1/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (response.status === 429 || response.status >= 500) return false;
    } catch {
      return false;
    }
  }
  return true;
}
