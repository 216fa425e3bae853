import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `--mode double` builds the same screens over the browser double, for the browser tests and for
// working on the screens without the program. The shipped build does not contain the double.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  base: './',
  define: { __DOUBLE__: JSON.stringify(mode === 'double') },
  build: {
    target: 'safari16',
    outDir: mode === 'double' ? 'out/double' : 'dist',
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/support/served.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}));
