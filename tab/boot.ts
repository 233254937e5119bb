import { askingAhead } from './ahead.js';
import { askEarly, guessLanguage, needsAllTexts, partsOf } from './early.js';
import { trialIdentity } from './identity.js';
import { showFirstTheme } from './first-theme.js';
import { parseRoute } from './shared/route.js';

/** The files of the build, by what wants them; vite.config.ts puts them in. */
declare const builtFiles: {
  /** The texts of a language: the first ones, and the others. */
  readonly texts: Readonly<Record<string, { readonly first: string; readonly others: string }>>;
  /** Scripts and styles of a part that is loaded by itself, with all that it needs beside the program. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
  /** Styles that stand in the page. */
  readonly inlined: readonly string[];
};

/*
 * Stands in the page itself and runs while the program is still on its way: asks for what the page will show and fetches
 * the part that draws it. Each step that waits for the one before would cost a round trip.
 */
showFirstTheme();
const identity = trialIdentity(window);
const route = parseRoute(window.location.hash);
const ahead = askingAhead(window, identity);
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

const files = new Set(partsOf(route).flatMap((part) => builtFiles.parts[part] ?? []));
for (const file of files) addLink(file, file.endsWith('.css') ? 'preload' : 'modulepreload');
for (const file of builtFiles.inlined) addLink(file, 'stylesheet');

// After the scripts: where a browser has no connection left (six with HTTP/1.1), what is asked last waits.
const texts = builtFiles.texts[guessLanguage()];
if (texts !== undefined) ahead.file(absolute(texts.first));
if (texts !== undefined && needsAllTexts(route.path)) ahead.file(absolute(texts.others));
askEarly(ahead, identity, route);
