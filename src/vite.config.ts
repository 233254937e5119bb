// The server's build (`vite build src`): our own code in one file and the packages that the start needs in another,
// instead of 2,000 files, which Node takes longer to find and compile than to run.
import { join } from 'node:path';
import { defineConfig, minify, type Plugin } from 'vite';

const here = (file: string): string => join(import.meta.dirname, file);

const leftOut = '\0left-out';

/**
 * Half of what the bot's SDK loads is for dialogs that Big Room doesn't have: recognizers of dates and numbers in ten
 * languages. Its `Application` only asks for these two classes, to extend them for sign-in by dialog.
 */
function withoutDialogs(): Plugin {
  return {
    name: 'without-dialogs',
    enforce: 'pre',
    resolveId: (id) => (id === 'botbuilder-dialogs' ? leftOut : undefined),
    load: (id) => (id === leftOut ? 'export class Dialog {}\nexport class OAuthPrompt {}' : undefined),
  };
}

/** Packages are minified, since each byte costs time and memory; our own code stays readable in stack traces. */
function minifiedPackages(): Plugin {
  return {
    name: 'minified-packages',
    async generateBundle(_, bundle) {
      const packages = bundle['packages.js'];
      if (packages?.type !== 'chunk') throw new Error('the packages have no file of their own');
      const { code } = await minify('packages.js', packages.code, {
        // Errors and handlers are distinguished by the names of their classes and functions.
        mangle: { keepNames: true },
      });
      // One character beyond Latin-1 would double what the whole text takes in memory.
      packages.code = code.replace(/[\u0100-\uffff]/g, (unit) => {
        return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      });
      packages.map = null;
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
      delete bundle['packages.js.map'];
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [withoutDialogs(), minifiedPackages()],
  ssr: {
    noExternal: true,
    // Loaded with the first mail, month or fan-out: these stay in node_modules.
    external: ['date-holidays', 'ical.js', 'mjml', 'nodemailer', 'postal-mime', 'undici'],
  },
  build: {
    ssr: true,
    outDir: '../dist/src',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        app: here('main.ts'),
        main: here('runtime/start-compiled.ts'),
        // Loaded into the programs that `npm start` starts, by path.
        'launcher/preload': here('launcher/preload.ts'),
      },
      output: {
        // `dist/src/package.json` declares that to Node.
        format: 'cjs',
        // A compiled script can't import; each of those packages can be required.
        dynamicImportInCjs: false,
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        codeSplitting: { groups: [{ name: 'packages', test: /node_modules|\0left-out/ }] },
      },
    },
  },
});
