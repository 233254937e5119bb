import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Finding } from './measure.js';

const built = 'dist/tab';

/** Scripts that the page itself names: its own and those that it has fetched beside it. */
function namedScripts(html: string): string[] {
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  return [...new Set(named)];
}

/** With what these scripts import before they run. */
function withImports(scripts: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const source = readFileSync(join(built, path), 'utf8');
    const imports = source.matchAll(
      /(?:^|[;}\s])(?:import|export)(?:[^"'()]*?from)?\s*["']\.\/([^"']+\.js)["']/g,
    );
    for (const [, file = ''] of imports) visit(join(dirname(path), file));
  };
  for (const script of scripts) visit(script);
  return [...found];
}

/** Bytes of script, packed by brotli, that the first page takes. */
export function tabBytes(): Finding[] {
  const scripts = withImports(namedScripts(readFileSync(join(built, 'index.html'), 'utf8')));
  const packed = scripts.map((path) => brotliCompressSync(readFileSync(join(built, path))).length);
  const first = packed.reduce((sum, bytes) => sum + bytes, 0) / 1024;
  const all = readdirSync(join(built, 'assets'))
    .filter((name) => name.endsWith('.js.br'))
    .reduce((sum, name) => sum + statSync(join(built, 'assets', name)).size, 0);
  return [
    {
      what: 'tab, scripts at first load',
      measured: `${first.toFixed(1)} kB brotli in ${String(scripts.length)} files`,
      against: `all scripts: ${(all / 1024).toFixed(1)} kB`,
      goal: '<= 110 kB',
      isMet: first <= 110,
    },
  ];
}
