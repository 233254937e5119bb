import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { languages } from '../src/shared/languages.js';
import { iconFileOf, iconSources, isBase, isShared, sharedBy } from './chunks.js';
import { allParts, firstPart } from './early.js';
import { isFirstText } from './first-texts.js';
import { namesOfVariables, themeStyles } from './fluent-themes.js';
import { iconFilesOf, withIconFiles } from './icons.js';
import { tokenParts } from './sign-in/facts.js';

const texts = 'virtual:texts';
const root = join(import.meta.dirname, '..');

/**
 * A text as the tab fills it in: one with placeholders is parsed here, so that the tab needs no parser. As in text.ts, one
 * without any stays as it is.
 */
const parsed = (text: string) => (text.includes('{') ? parse(text, { ignoreTag: true }) : text);

/** The texts of each language as two files (first-texts.ts), with their addresses in a module. */
function textFiles(): Plugin {
  const id = `\0${texts}`;
  return {
    name: 'text-files',
    resolveId: (source) => (source === texts ? id : undefined),
    load(source) {
      if (source !== id) return undefined;
      const addresses = languages.map((language) => {
        const parts = ['common', 'tab'].map((area) => join(root, 'src/i18n', area, `${language}.json`));
        for (const part of parts) this.addWatchFile(part);
        const all = parts.flatMap((part) =>
          Object.entries(JSON.parse(readFileSync(part, 'utf8')) as Record<string, string>),
        );
        const emit = (which: 'first' | 'others'): string => {
          const wanted = all.filter(([key]) => isFirstText(key) === (which === 'first'));
          const source = JSON.stringify(Object.fromEntries(wanted.map(([key, text]) => [key, parsed(text)])));
          const file = this.emitFile({ type: 'asset', name: `${language}-${which}.json`, source });
          return `${which}: import.meta.ROLLUP_FILE_URL_${file}`;
        };
        return `${language}: { ${emit('first')}, ${emit('others')} }`;
      });
      return `export default { ${addresses.join(', ')} };`;
    },
  };
}

/** Takes icons from files of their own (icons.ts). */
function iconFiles(): Plugin {
  return {
    name: 'icon-files',
    enforce: 'pre',
    transform: {
      filter: { code: '@fluentui/react-icons' },
      handler: (code) => ({ code: withIconFiles(code), map: null }),
    },
  };
}

const baseIcons = new Set(
  iconSources
    .flatMap((source) => [join(root, `${source}.tsx`), join(root, `${source}.ts`)])
    .filter((path) => existsSync(path))
    .flatMap((path) => iconFilesOf(readFileSync(path, 'utf8'))),
);

const isBaseIcon = (id: string): boolean => baseIcons.has(iconFileOf(id) ?? '');

/** The first script, ready to stand in the page, with the names of the files in it. */
async function bootScript(files: object): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { builtFiles: JSON.stringify(files) },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(import.meta.dirname, 'boot.ts'), formats: ['iife'], name: 'bigroomBoot' },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
}

/**
 * Puts the first script, the themes and the styles of the program into the page, and takes care that nothing waits for a script to ask
 * for the next: the page names what the program imports, and the first script what its address needs.
 */
function bootPage(): Plugin {
  return {
    name: 'boot-page',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const outputs = Object.values(bundle);
        const written = outputs.map((output) =>
          output.type === 'chunk' ? output.code : String(output.source),
        );
        const named = namesOfVariables([html, ...written]);
        // Nothing is bundled while one develops: then any may be wanted.
        const themes = `<style>${themeStyles((name) => outputs.length === 0 || named.has(name))}</style>`;
        const chunks = outputs.filter((output) => output.type === 'chunk');
        const main = chunks.find((chunk) => chunk.isEntry);
        if (main === undefined) return html.replace('</head>', () => `${themes}</head>`);
        const withImports = (name: string, seen = new Set<string>()): Set<string> => {
          const chunk = bundle[name];
          if (chunk?.type !== 'chunk' || seen.has(name)) return seen;
          seen.add(name);
          for (const imported of chunk.imports) withImports(imported, seen);
          return seen;
        };
        const stylesOf = (names: Iterable<string>): string[] =>
          [...names].flatMap((name) => {
            const chunk = bundle[name];
            return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
          });
        const program = withImports(main.fileName);
        const partOf = (part: string) => {
          const chunk = chunks.find(({ facadeModuleId }) =>
            facadeModuleId?.replace(/\.tsx?$/, '').endsWith(`/${part}`),
          );
          if (chunk === undefined) throw new Error(`${part} is no part that is loaded by itself`);
          return chunk;
        };
        // Those of the part that is opened most as well: a browser has six connections, and each file beside them waits for one.
        const styles = new Set(stylesOf([...program, partOf(firstPart).fileName]));
        const filesOf = (part: string): string[] => {
          const scripts = [...withImports(partOf(part).fileName)].filter((name) => !program.has(name));
          return [...scripts, ...stylesOf(scripts).filter((name) => !styles.has(name))].map(
            (name) => `./${name}`,
          );
        };
        const fileOf = (name: string): string =>
          `./${outputs.find((output) => output.type === 'asset' && output.names.includes(name))?.fileName ?? ''}`;
        const textsOf = (language: string) => ({
          first: fileOf(`${language}-first.json`),
          others: fileOf(`${language}-others.json`),
        });
        const boot = await bootScript({
          texts: Object.fromEntries(languages.map((language) => [language, textsOf(language)])),
          parts: Object.fromEntries([...allParts, ...tokenParts].map((part) => [part, filesOf(part)])),
          inlined: [...styles].map((name) => `./${name}`),
        });
        const inlined = [...styles].map((name) => {
          const style = bundle[name];
          const source = style?.type === 'asset' ? String(style.source) : '';
          return `<style>${source.trim()}</style>`;
        });
        // An entry that only imports is left out by Vite, which names what it imports instead.
        const preloads = [...program]
          .filter((name) => name !== main.fileName && !html.includes(` src="./${name}"`))
          .map((name) => `<link rel="modulepreload" crossorigin href="./${name}">`);
        const linked = /\s*<link rel="(?:stylesheet|modulepreload)"[^>]*>/g;
        // The script stands before the styles: what it asks for need not wait until they are read.
        return html
          .replace(linked, '')
          .replace('<style>', () => `${preloads.join('')}<script>${boot.trim()}</script><style>`)
          .replace('</head>', () => `${inlined.join('')}${themes}</head>`);
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
      for (const name of Object.keys(bundle).filter((file) => /\.(html|js|css|json|svg)$/.test(file))) {
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
  // Texts come parsed.
  resolve: {
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
    ],
  },
  plugins: [iconFiles(), react(), textFiles(), bootPage(), packed()],
  build: {
    outDir: '../dist/tab',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    reportCompressedSize: false,
    // Every browser that runs Teams fetches modules ahead by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: (id) => isBase(id) || isBaseIcon(id), priority: 3 },
            { name: 'icons', test: (id) => iconFileOf(id) !== undefined, minShareCount: 2, priority: 2 },
            { name: 'shared', test: isShared, minShareCount: sharedBy, priority: 1 },
          ],
        },
      },
    },
  },
});
