import { z } from 'zod';
import { whileConflicting, type Change } from '../platform/commit.js';
import type { NewsId, PersonId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { put, storedId, storedKind } from '../platform/stored.js';
import { languages, type Language } from '../shared/languages.js';
import type { NewsStore } from './store.js';
import { lineOf } from './line.js';
import { newsStates, type NewsItem, type NewsStateName } from './types.js';

/** An item that must not be published before a day: what a calendar needs of it. */
export interface NewsDay {
  readonly id: NewsId;
  /** ISO date in Helsinki, the earliest on which it may be published. */
  readonly date: string;
  readonly projectId: ProjectId;
  readonly authorId: PersonId;
  readonly status: NewsStateName;
  readonly titles: Partial<Record<Language, string>>;
  /** The releases that are made of it. */
  readonly releases: readonly ReleaseId[];
}

const newsDayRow = storedKind<NewsDay>({
  name: 'news day',
  schema: z.looseObject({
    id: storedId<NewsId>(),
    date: z.string(),
    projectId: storedId<ProjectId>(),
    authorId: storedId<PersonId>(),
    status: z.enum(newsStates),
    titles: z.partialRecord(z.enum(languages), z.string()),
    releases: z.array(storedId<ReleaseId>()),
  }),
});

/** Whether the items of before the index are in it: a row of its own, so that each start asks one row. */
const preparedRow = storedKind<{ readonly after?: string | undefined; readonly isDone?: true | undefined }>({
  name: 'news days prepared',
  schema: z.looseObject({ after: z.string().optional(), isDone: z.literal(true).optional() }),
});

const dayPrefix = 'news-day|';
const preparedKey = 'news-days-prepared';
/** More items with a date in two years than any programme writes. */
const maxDays = 1000;
const pageSize = 30;

/** The row of an item in the index; none without a date, and none once nothing will come of it. */
function dayOf(item: NewsItem): NewsDay | undefined {
  const { id, earliestDate: date, projectId, author, state } = item;
  const isOver = state.status === 'withdrawn' || state.status === 'rejected';
  if (date === undefined || isOver) return undefined;
  const releases = item.uses.flatMap((use) => (use.in === 'release' ? [use.id] : []));
  const { titles } = lineOf(item);
  return { id, date, projectId, authorId: author.id, status: state.status, titles, releases };
}

const keyOf = ({ date, id }: NewsDay): string => `${dayPrefix}${date}|${id}`;

/** The changes that put an item under its earliest date, and take it from another one; none when it is as before. */
export function newsDayChanges(before: NewsItem | undefined, after: NewsItem): Change[] {
  const was = before && dayOf(before);
  const is = dayOf(after);
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const hasLeft = was !== undefined && (is === undefined || keyOf(is) !== keyOf(was));
  return [
    ...(is === undefined ? [] : [put(newsDayRow, keyOf(is), is)]),
    ...(hasLeft ? [{ op: 'delete', key: keyOf(was) } as const] : []),
  ];
}

/** Items with an earliest date between two ISO dates, both included, in the order of the dates. */
export const newsDays =
  (partition: Partition) =>
  async (first: string, last: string): Promise<readonly NewsDay[]> => {
    const range = { from: `${dayPrefix}${first}`, to: `${dayPrefix}${last}~`, limit: maxDays };
    return (await partition.range(newsDayRow, range)).rows.map(({ value }) => value);
  };

/**
 * Puts the items of before this index into it, page by page. One round trip once all are; when it is stopped in between, the
 * next start goes on after the last whole page. An item that is written meanwhile puts itself in.
 */
export async function prepareNewsDays(
  partition: Partition,
  { list, find, touch }: Pick<NewsStore, 'list' | 'find' | 'touch'>,
): Promise<void> {
  const progress = (await partition.get(preparedRow, preparedKey))?.value ?? {};
  if (progress.isDone) return;
  let { after } = progress;
  do {
    const { lines, next } = await list({}, pageSize, after);
    for (const { id } of lines) {
      await whileConflicting(async () => {
        const found = await find(id);
        const changes = found === undefined ? [] : newsDayChanges(undefined, found.value);
        // The item is written with it, as it is: one that was changed since it was read is read again.
        if (found !== undefined && changes.length > 0) await partition.commit([touch(found), ...changes]);
      });
    }
    const reached = next === undefined ? ({ isDone: true } as const) : { after: next };
    await partition.commit([put(preparedRow, preparedKey, reached)]);
    after = next;
  } while (after !== undefined);
}
