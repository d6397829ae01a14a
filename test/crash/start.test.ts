import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../lib/paths.ts';
import { run } from '../lib/run.ts';
import { startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';

describe('a start that cannot succeed', () => {
  const server = join(ROOT, 'dist/server.js');

  it('names a taken port in one line', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const folder = makeTempFolder('data');
    const result = await run(process.execPath, [server], { env: { PORT: port, DATA_DIR: folder, SEED_DIR: '' } });
    blocker.close();
    removeTempFolder(folder);
    expect(result.code).not.toBe(0);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toContain(port);
  });

  it('names an unusable DATA_DIR in one line', async () => {
    const result = await run(process.execPath, [server], { env: { PORT: '0', DATA_DIR: '/dev/null/data', SEED_DIR: '' } });
    expect(result.code).not.toBe(0);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toContain('/dev/null/data');
  });

  it('names a bad setting in one line', async () => {
    const result = await run(process.execPath, [server], { env: { PORT: 'eighty' } });
    expect(result.code).not.toBe(0);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toContain('PORT');
  });

  it('ends cleanly on SIGTERM', async () => {
    const service = await startService({ env: { SEED_DIR: '' } });
    expect(await service.stop()).toBe(0);
    await service.dispose();
  });
});
