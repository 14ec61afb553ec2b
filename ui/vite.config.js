import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

// light-dark() must stay as it is (a page of evidence is white in both themes), hence the target of the styles.
// Everything is a file of its own: the policy allows neither data: fonts nor inline code.
export default defineConfig({
  plugins: [svelte()],
  base: '/',
  build: { target: 'es2022', cssTarget: ['chrome125', 'firefox128', 'safari18'], assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, sourcemap: false },
  worker: { format: 'es' },
});
