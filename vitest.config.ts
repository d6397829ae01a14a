import { defineConfig } from 'vitest/config';

const PURE = ['contract', 'packaging', 'cli', 'bench', 'test/docs'];

/** Fast projects share one worker context; those that start servers or touch global state are isolated. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: PURE.map((folder) => `${folder}/**/*.test.ts`), isolate: false } },
      { test: { name: 'installer', include: ['installer/**/*.test.ts'] } },
      { test: { name: 'server', include: ['server/**/*.test.ts'], exclude: ['server/**/*.mongo.test.ts'] } },
      { test: { name: 'extension', include: ['extension/**/*.test.ts'] } },
      {
        test: {
          name: 'webview',
          include: ['webview/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['webview/lib/test-setup.ts'],
        },
      },
    ],
  },
});
