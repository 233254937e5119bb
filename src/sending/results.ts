import type { Page } from '../news/news.js';
import type { SendHeader } from './header.js';
import { stateOf, type Progress } from './progress.js';
import type { RecipientLine, RecipientState } from './send.js';
import type { SendStore } from './store.js';

const linesPerPage = 100;

interface Place {
  readonly chunk: number;
  readonly index: number;
}

/** Where a page begins; it comes from outside: anything else begins anew. */
function placeOf(after: string | undefined): Place {
  const [, chunk, index] = /^(\d{1,6})\.(\d{1,6})$/.exec(after ?? '') ?? [];
  return chunk === undefined ? { chunk: 0, index: 0 } : { chunk: Number(chunk), index: Number(index) };
}

/** The places of a page and of the one that follows it, in the order of chunks. */
function placesFrom(all: readonly Progress[], from: Place, is: RecipientState['is'] | undefined): Place[] {
  const places: Place[] = [];
  for (const progress of all) {
    const first = progress.chunk === from.chunk ? from.index : 0;
    const last = progress.chunk < from.chunk ? 0 : progress.states.length;
    for (let index = first; index < last && places.length <= linesPerPage; index += 1)
      if (is === undefined || stateOf(progress, index).is === is)
        places.push({ chunk: progress.chunk, index });
  }
  return places;
}

/** Recipients with what came of them. Reads how far all chunks have come, and the recipients of those on the page. */
export async function recipientsPage(
  store: SendStore,
  header: SendHeader,
  is: RecipientState['is'] | undefined,
  after: string | undefined,
): Promise<Page<RecipientLine>> {
  const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
  const places = placesFrom(all, placeOf(after), is);
  const next = places[linesPerPage];
  const shown = places.slice(0, linesPerPage);
  const wanted = [...new Set(shown.map(({ chunk }) => chunk))];
  const read = await Promise.all(wanted.map((chunk) => store.recipients(header, chunk)));
  const progress = new Map(all.map((each) => [each.chunk, each]));
  const lines = shown.flatMap(({ chunk, index }): RecipientLine[] => {
    const recipient = read[wanted.indexOf(chunk)]?.[index];
    const found = progress.get(chunk);
    if (recipient === undefined || found === undefined) return [];
    const { key, name, way, language } = recipient;
    return [{ key, name, way, language, state: stateOf(found, index) }];
  });
  return { lines, ...(next && { next: `${String(next.chunk)}.${String(next.index)}` }) };
}
