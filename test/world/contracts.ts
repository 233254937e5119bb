import { existsSync } from 'node:fs';

/** Where the published contracts lie, in a working copy that has them beside it. */
export const besideProject = new URL('../../../shared/contracts/', import.meta.url);

/**
 * Defines tests against the published contracts of Teams, where those lie beside the project. Where they do not,
 * as in a clone, it defines none and says so in one line.
 */
export function withContracts(
  about: string,
  define: (contracts: URL) => void,
  { folder = besideProject, print = console.log }: { folder?: URL; print?: (line: string) => void } = {},
): void {
  if (existsSync(folder)) define(folder);
  else print(`Skipped, since the contracts are not beside the project (../shared/contracts): ${about}`);
}
