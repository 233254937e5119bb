import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { isBase, isFirst } from './chunks.js';

/**
 * Fetches the program at the same time as the first script: index.html names app.tsx's chunk and what it imports,
 * so that nothing waits for a script to ask for the next.
 */
function preloadApp(): Plugin {
  return {
    name: 'preload-app',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((output) => output.type === 'chunk');
        const app = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith('/tab/app.tsx')));
        if (app === undefined) return [];
        const preloads = [...(app.viteMetadata?.importedCss ?? [])].map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'style', crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        }));
        const modules = [app.fileName, ...app.imports].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        }));
        return [...modules, ...preloads];
      },
    },
  };
}

/** Packs what is sent as text, once at build time instead of for each request; reads what was written, so it is the same. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|json|svg)$/.test(file))) {
        const path = join(dir ?? '', name);
        const source = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(source, best));
        writeFileSync(`${path}.gz`, gzipSync(source));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), preloadApp(), packed()],
  build: {
    outDir: '../dist/tab',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: isFirst, priority: 2 },
            { name: 'base', test: isBase, priority: 1 },
          ],
        },
      },
    },
  },
});
