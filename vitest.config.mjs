import { defineConfig } from 'vitest/config';

/** Tests run on the sources: the same condition that `node --conditions=homeward-source` uses. */
export default defineConfig({
  resolve: { conditions: ['homeward-source', 'module', 'import', 'default'] },
  ssr: { resolve: { conditions: ['homeward-source', 'node', 'module', 'import', 'default'] } },
  test: {
    include: ['{packages,apps,examples,bench,scripts}/**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.tsc-test/**'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
