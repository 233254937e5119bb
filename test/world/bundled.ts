import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** A script with all that it imports in one file, which starts in a fraction of the time. */
export async function bundled(script: string): Promise<{ path: string; remove: () => Promise<void> }> {
  // Beside the sources, so that what stays outside is found.
  const outDir = await mkdtemp(resolve('node_modules/.bundled-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: script,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'script.mjs' } },
    },
  });
  return { path: join(outDir, 'script.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
