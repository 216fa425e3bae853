import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Tests that open windows over the double's build. */
const inBrowser = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    globalSetup: ['tests/browser/support/served.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

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
    // What the first screen needs is asked for at once, not one file after the other has been read.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'resident.html', 'street.html'] },
  },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 } },
      inBrowser('browser'),
      inBrowser('pictures'),
    ],
  },
}));
