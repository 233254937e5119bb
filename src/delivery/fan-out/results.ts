import type { Page } from '../../platform/pages.js';
import type { FanOutHeader } from './header.js';
import { stateOf, type Progress } from './progress.js';
import type { FanOutKinds } from './kind.js';
import type { Recipient, RecipientLine, RecipientState } from './fan-out.js';
import type { FanOutStore } from './store.js';

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
function placesFrom(
  all: readonly Progress[],
  from: Place,
  status: RecipientState['status'] | undefined,
): Place[] {
  const places: Place[] = [];
  for (const progress of all) {
    const first = progress.chunk === from.chunk ? from.index : 0;
    const last = progress.chunk < from.chunk ? 0 : progress.states.length;
    for (let index = first; index < last && places.length <= linesPerPage; index += 1)
      if (status === undefined || stateOf(progress, index).status === status)
        places.push({ chunk: progress.chunk, index });
  }
  return places;
}

interface Shown {
  readonly recipient: Recipient;
  readonly state: RecipientState;
}

/** The lines of a page: those who are kept without a name are asked for it. */
async function linesOf(
  kinds: Pick<FanOutKinds, 'names'>,
  { content }: FanOutHeader,
  shown: readonly Shown[],
): Promise<RecipientLine[]> {
  const nameless = shown.filter(({ recipient }) => !('name' in recipient));
  const names = await kinds.names(
    content,
    nameless.map(({ recipient }) => recipient.key),
  );
  return shown.map(({ recipient, state }) => {
    const { key, way, language } = recipient;
    const name = 'name' in recipient ? recipient.name : names.get(key);
    return { key, ...(name !== undefined && { name }), way, language, state };
  });
}

interface Deps {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'names'>;
}

/** Recipients with what came of them. Reads how far all chunks have come, and the recipients of those on the page. */
export async function recipientsPage(
  { store, kinds }: Deps,
  header: FanOutHeader,
  status: RecipientState['status'] | undefined,
  after: string | undefined,
): Promise<Page<RecipientLine>> {
  const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
  const places = placesFrom(all, placeOf(after), status);
  const next = places[linesPerPage];
  const wanted = [...new Set(places.slice(0, linesPerPage).map(({ chunk }) => chunk))];
  const read = await Promise.all(wanted.map((chunk) => store.recipients(header, chunk)));
  const progress = new Map(all.map((each) => [each.chunk, each]));
  const shown = places.slice(0, linesPerPage).flatMap(({ chunk, index }): Shown[] => {
    const recipient = read[wanted.indexOf(chunk)]?.[index];
    const found = progress.get(chunk);
    return recipient && found ? [{ recipient, state: stateOf(found, index) }] : [];
  });
  const lines = await linesOf(kinds, header, shown);
  return { lines, ...(next && { next: `${String(next.chunk)}.${String(next.index)}` }) };
}
