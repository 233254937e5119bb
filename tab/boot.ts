import { askingAhead } from './ahead.js';
import { askEarly, guessLanguage, needsAllTexts, partsOf } from './early.js';
import { showFirstTheme } from './first-theme.js';
import { parseRoute } from './shared/route.js';
import { entraFacts, tokenPart } from './sign-in/facts.js';
import { identityOf } from './sign-in/identity-of.js';
import type { MakeTokenSource } from './sign-in/identity.js';

/** The files of the build, by what wants them; vite.config.ts puts them in. */
declare const builtFiles: BuiltFiles;

interface BuiltFiles {
  /** The texts of a language: the first ones, and the others. */
  readonly texts: Readonly<Record<string, { readonly first: string; readonly others: string }>>;
  /** Scripts and styles of a part that is loaded by itself, with all that it needs beside the program. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
  /** Styles that stand in the page. */
  readonly inlined: readonly string[];
}

/*
 * Stands in the page itself and runs while the program is still on its way: asks for what the page will show and fetches
 * the part that draws it. Each step that waits for the one before would cost a round trip.
 */
showFirstTheme();
// Taken once: the build writes them wherever they are named.
const { texts: builtTexts, parts, inlined } = builtFiles;
const route = parseRoute(window.location.hash);
const absolute = (file: string): string => new URL(file, document.baseURI).href;

function addLink(file: string, rel: 'preload' | 'modulepreload' | 'stylesheet'): void {
  const link = document.createElement('link');
  link.rel = rel;
  if (rel === 'preload') link.as = 'style';
  // Never fetched: it tells those who load a part that these styles are here.
  if (rel === 'stylesheet') link.setAttribute('disabled', '');
  link.crossOrigin = '';
  link.href = absolute(file);
  document.head.append(link);
}

/** A part, before the program that would load it has come. */
const load = async (part: string): Promise<{ readonly tokenSource: MakeTokenSource }> => {
  const [file = ''] = parts[part] ?? [];
  // The build names only what it has bundled.
  return (await import(/* @vite-ignore */ absolute(file))) as { readonly tokenSource: MakeTokenSource };
};
const identity = identityOf(window, load);
const ahead = askingAhead(window, identity);

// First of all where it is wanted: without a token nothing can be asked.
if (entraFacts(document.documentElement.dataset) !== undefined) {
  for (const file of parts[tokenPart(window)] ?? []) addLink(file, 'modulepreload');
  void Promise.resolve(identity.header()).catch(() => undefined);
}

const files = new Set(partsOf(route).flatMap((part) => parts[part] ?? []));
for (const file of files) addLink(file, file.endsWith('.css') ? 'preload' : 'modulepreload');
for (const file of inlined) addLink(file, 'stylesheet');

// After the scripts: where a browser has no connection left (six with HTTP/1.1), what is asked last waits.
const texts = builtTexts[guessLanguage()];
if (texts !== undefined) ahead.file(absolute(texts.first));
if (texts !== undefined && needsAllTexts(route.path)) ahead.file(absolute(texts.others));
askEarly(ahead, identity, route);
