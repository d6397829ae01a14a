import { defineConfig } from 'vitest/config';

/** Config of a slow suite: one file after the other, since each starts a service, an editor or a browser of its own. */
export function suiteConfig(name: string, include: readonly string[] = [`test/${name}/**/*.test.ts`]) {
  return defineConfig({
    test: {
      name,
      include: [...include],
      pool: 'forks',
      fileParallelism: false,
      testTimeout: 180_000,
      hookTimeout: 240_000,
    },
  });
}
