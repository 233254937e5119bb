import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

/** What main.ts needs to ask the server before the rest has come. */
const first =
  /tab\/(api|early|identity|text-files)\.ts|tab\/shared\/route\.ts|src\/shared\/languages\.ts|src\/i18n\/.*\.json|vite\/preload-helper|rolldown\/runtime/;

/**
 * What every first page needs, in one file: many small ones cost a round trip each and pack worse. Only what surely is
 * needed at once: tabster, by which Fluent's dialogs and menus hold the focus, comes with the first of them.
 */
const base = new RegExp(
  [
    'node_modules/(react|react-dom|scheduler|@griffel|@emotion|keyborg|intl-messageformat|@formatjs)/',
    'node_modules/@fluentui/(tokens|keyboard-keys|react-(provider|theme|shared-contexts|jsx-runtime|button))/',
    'node_modules/@fluentui/react-tabster/lib/(focus/|hooks/useFocusVisible|hooks/useFocusWithin)',
    'node_modules/@fluentui/react-utilities/lib/(compose|hooks/use(Id|MergedRefs|IsomorphicLayoutEffect|EventCallback|FirstMount)|utils/(properties|getNative|isHTML))',
    'node_modules/@fluentui/react-icons/lib/(utils|contexts)/',
    'tab/shared/(context|dates|problem|use-route|use-load|keys|focus|chosen|states|state-chip|title-in|list-detail|page)\\.',
    'tab/(app|text)\\.tsx?$',
    'src/(content/text|shared/dates)\\.ts',
    'tab/shell/(app|frame|me|initials|places|services|toast|theme|error-boundary|start-trouble|person-page|shell|show-key-help)\\.',
  ].join('|'),
);

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
            { name: 'first', test: first, priority: 2 },
            { name: 'base', test: base, priority: 1 },
          ],
        },
      },
    },
  },
});
