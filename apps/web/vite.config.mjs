import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { directionOf, languages } from './src/words/languages.ts';

/** Leaves a compressed copy beside each text file, so that a node never compresses while it serves. */
function compressedCopies() {
  let folder = '';
  return {
    name: 'compressed-copies',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !/\.(?:html|js|css|svg|webmanifest)$/u.test(entry.name)) continue;
          const path = join(entry.parentPath, entry.name);
          const body = readFileSync(path);
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
          writeFileSync(`${path}.br`, brotliCompressSync(body, { params }));
          writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
        }
      },
    },
  };
}

/** Tells the page which languages there are, before any of its program is read. */
const spokenLanguages = {
  name: 'spoken-languages',
  transformIndexHtml: (html) =>
    html.replace('%LANGUAGES%', languages.map((code) => `${code}:${directionOf(code)}`).join(' ')),
};

/** Whoever starts a node for the first time need not read which part of the build took how long. */
const quiet = { checks: { bundlerTimings: false } };

/**
 * The page of a node. Everything it needs is in `dist`: no font, script, style or tile comes from elsewhere.
 *
 * The charting library is a chunk of its own, asked for when a chart is first drawn; each language is one too.
 */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['homeward-source', 'module', 'browser', 'import', 'default'] },
  build: {
    target: 'es2023',
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    // Drops what nobody calls of the schema library, which the default leaves in: 13 kB of the first view.
    minify: 'terser',
    terserOptions: { module: true, compress: { passes: 2 } },
    rolldownOptions: quiet,
  },
  worker: { format: 'es', rolldownOptions: quiet },
  plugins: [
    react(),
    spokenLanguages,
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: null,
      includeAssets: ['icon.svg', 'icon-192.png', 'icon-512.png', 'first-paint.js'],
      manifest: {
        name: 'Homeward',
        short_name: 'Homeward',
        description: 'Exchanges, so that people come home.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f6f4ef',
        theme_color: '#1d3f5e',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(v1|log|witness)\b/, /^\/add-checkpoint/],
        inlineWorkboxRuntime: true,
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: true,
        sourcemap: false,
      },
    }),
    compressedCopies(),
  ],
});
