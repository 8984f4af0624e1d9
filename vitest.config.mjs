import { defineConfig } from 'vitest/config';
import { findWorkspaceRoots } from './scripts/workspaces.mjs';

const places = [...findWorkspaceRoots(import.meta.dirname), 'scripts'];

/** Tests run on the sources: the same condition that `node --conditions=homeward-source` uses. */
export default defineConfig({
  resolve: { conditions: ['homeward-source', 'module', 'import', 'default'] },
  // Without `import`: the runner hands these to Node itself, where they would apply to every `require` as well.
  ssr: { resolve: { conditions: ['homeward-source', 'node', 'default'] } },
  test: {
    include: [`{${places.join(',')}}/**/*.test.{ts,tsx,mjs}`],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.tsc-test/**'],
    pool: 'forks',
    setupFiles: ['vitest.setup.mjs'],
    // A bound against hanging for ever, not a measure of speed: machines differ and share their cores.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
