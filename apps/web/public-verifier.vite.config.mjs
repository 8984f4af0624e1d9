import { defineConfig } from 'vite';

/** The check of a log for the public pages: one file, laid beside static pages by `homeward public build`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  resolve: { conditions: ['homeward-source', 'module', 'browser', 'import', 'default'] },
  build: {
    target: 'es2023',
    outDir: '.homeward/public-verifier',
    emptyOutDir: true,
    rolldownOptions: { checks: { bundlerTimings: false } },
    reportCompressedSize: false,
    minify: 'terser',
    terserOptions: { module: true, compress: { passes: 2 } },
    lib: { entry: 'src/verifier/public-page.ts', formats: ['es'], fileName: () => 'verify.js' },
  },
});
