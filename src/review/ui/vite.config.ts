import { defineConfig } from 'vitest/config';
import { licences } from './licences';

// A browser on a busy machine.
const inABrowser = {
  testTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
  retry: 1, // from a fresh district: what fails every time is a failure
  hookTimeout: 180_000,
};

// The build has no inline script or style and no eval: it runs under "default-src 'self'".
export default defineConfig({
  base: './',
  plugins: [licences()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: process.env['PLOTWATCH_UI_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8099' } },
  test: {
    fileParallelism: false,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'stories', include: ['tests/stories/**/*.test.ts'], ...inABrowser } },
      { extends: true, test: { name: 'served', include: ['tests/served/**/*.test.ts'], ...inABrowser } },
    ],
  },
});
