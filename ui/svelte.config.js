import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // Short, since every scoped element carries it.
    cssHash: ({ hash, filename, css }) => `m${hash(filename || css)}`,
  },
};
