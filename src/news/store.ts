import { z } from 'zod';
import { auditEntryKind, auditTrail } from '../platform/audit-trail.js';
import { newestFirst } from '../platform/clock.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { NewsId, PersonId, ProjectId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import {
  indexLine,
  insert,
  put,
  replace,
  type IndexedLine,
  storedId,
  storedKind,
  storedPersonRef,
  withState,
  withStatus,
} from '../platform/stored.js';
import { waitingChanges } from '../platform/waiting-index.js';
import { languages, publicLanguages } from '../shared/languages.js';
import { storedTextsSchema, textHistory, withReadyTexts } from '../content/history.js';
import {
  audiences,
  channels,
  messageKinds,
  newsStates,
  type NewsAuditEntry,
  type NewsEvent,
  type NewsFilter,
  type NewsItem,
  type NewsLine,
  type NewsState,
} from './types.js';
import { lineOf } from './line.js';
import { newsDayChanges, newsDays } from './days.js';
import { recentChanges } from './presence.js';
import { listedOf, newsViews, viewKeys, viewPrefix, viewWaiting, type Listed } from './views.js';
import { newsThread } from './thread.js';
import { newsWaiting, placedTexts } from './waiting.js';

const newsState = z.looseObject({
  status: z.enum(newsStates),
  at: z.string(),
  by: storedPersonRef.optional(),
}) as unknown as z.ZodType<NewsState>;

interface StoredNews extends NewsItem {
  /** Absent where an older release wrote the item, and nobody since. */
  readonly listed?: Listed;
}

/** An item as it was read, with where it stands among the views. */
export interface FoundNews extends Versioned<NewsItem> {
  readonly listed?: Listed;
}

/** Version 1 kept the state at `is`, and its status at `is.state`; in version 2 nobody said of a text that it is ready. */
export const newsRow = storedKind<StoredNews>({
  name: 'news',
  schema: z.looseObject({
    id: storedId<NewsId>(),
    projectId: storedId<ProjectId>(),
    author: storedPersonRef,
    submittedAt: z.string(),
    originalLanguage: z.enum(languages),
    state: newsState,
    texts: storedTextsSchema,
    languages: z.array(z.enum(publicLanguages)).exactOptional(),
    audiences: z.array(z.string()),
    wishedChannels: z.array(z.string()),
    link: z.string().optional(),
    earliestDate: z.string().optional(),
    uses: z.array(
      z.looseObject({ in: z.string(), id: z.string(), at: z.string(), outAt: z.string().optional() }),
    ),
    assignee: storedPersonRef.optional(),
    source: z.string().optional(),
    authorAt: z.string().optional(),
    changedAt: z.string().optional(),
    isUrgent: z.literal(true).optional(),
    urgentFor: z.string().optional(),
    lastMessage: z
      .looseObject({ at: z.string(), kind: z.enum(messageKinds), by: storedPersonRef })
      .optional(),
    listed: z
      .looseObject({
        view: z.enum(newsViews),
        place: z.string(),
        projectId: storedId<ProjectId>(),
        missing: z.array(z.enum(publicLanguages)),
        assigneeId: storedId<PersonId>().optional(),
        changedAt: z.string().optional(),
      })
      .optional(),
    auditCount: z.number(),
  }) as unknown as z.ZodType<StoredNews>,
  upgrades: [withState, withReadyTexts],
});

/** Version 1 called the status `state`. */
export const newsLineRow = storedKind<NewsLine>({
  name: 'news line',
  schema: z.looseObject({
    id: storedId<NewsId>(),
    projectId: storedId<ProjectId>(),
    authorName: z.string(),
    submittedAt: z.string(),
    status: z.enum(newsStates),
    titles: z.partialRecord(z.enum(languages), z.string()),
    missing: z.array(z.enum(publicLanguages)),
    used: z.boolean(),
    view: z.exactOptional(z.enum(newsViews)),
    awaitsReply: z.exactOptional(z.literal(true)),
    movedAt: z.exactOptional(z.string()),
    isResubmitted: z.exactOptional(z.literal(true)),
    asked: z.exactOptional(z.string()),
    outAt: z.exactOptional(z.string()),
    audiences: z.exactOptional(z.array(z.enum(audiences))),
    wishedChannels: z.exactOptional(z.array(z.enum(channels))),
    earliestDate: z.exactOptional(z.string()),
    assignee: z.exactOptional(storedPersonRef),
    revisions: z.exactOptional(z.partialRecord(z.enum(languages), z.number())),
    lastMessage: z.exactOptional(
      z.looseObject({
        at: z.string(),
        kind: z.enum(messageKinds),
        isAuthors: z.boolean(),
        isAnswered: z.boolean(),
      }),
    ),
  }),
  upgrades: [withStatus],
});

export const newsAuditRow = auditEntryKind<NewsEvent, NewsState>({
  name: 'news audit',
  event: z.looseObject({ action: z.string() }) as unknown as z.ZodType<NewsEvent>,
  before: newsState,
});

const any = 'any';
const itemKey = (id: NewsId): string => `news|${id}`;

function filterPrefix(filter: NewsFilter): string {
  const { view } = filter;
  if (view !== undefined) return viewPrefix({ ...filter, view });
  return `news-line|${filter.state ?? any}|${filter.projectId ?? any}|${filter.missing ?? any}|`;
}

const minePrefix = (author: PersonId): string => `news-mine|${author}|`;

/** A line is indexed under every filter that matches it, so that each filter is one range of keys. */
function indexed(item: NewsItem): IndexedLine<NewsLine> {
  const line = lineOf(item);
  const end = `${newestFirst(line.submittedAt)}|${line.id}`;
  const filters = [undefined, line.status].flatMap((state) =>
    [undefined, line.projectId].flatMap((projectId) =>
      [undefined, ...line.missing].map((missing): NewsFilter => ({
        ...(state && { state }),
        ...(projectId && { projectId }),
        ...(missing && { missing }),
      })),
    ),
  );
  return {
    line,
    keys: [...filters.map((filter) => filterPrefix(filter) + end), minePrefix(item.author.id) + end],
  };
}

const waitingOf = (item: NewsItem) => {
  const line = lineOf(item);
  return [...newsWaiting(line), ...viewWaiting(line), ...placedTexts(item)];
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The rows of an item among the views and the recent changes. */
function viewChanges(
  before: { readonly item: NewsItem; readonly listed: Listed | undefined } | undefined,
  item: NewsItem,
): Change[] {
  const line = lineOf(item);
  const after = listedOf(item, line);
  const listed = before?.listed;
  const recent = recentChanges(item.id, listed?.changedAt, after.changedAt);
  const oldKeys = listed === undefined ? [] : viewKeys(listed);
  const keys = viewKeys(after);
  if (before !== undefined && isSame(oldKeys, keys) && isSame(lineOf(before.item), line)) return recent;
  return [
    ...keys.map((key) => put(newsLineRow, key, line)),
    ...oldKeys.filter((key) => !keys.includes(key)).map((key): Change => ({ op: 'delete', key })),
    ...recent,
  ];
}

const stored = (item: NewsItem): StoredNews => ({ ...item, listed: listedOf(item, lineOf(item)) });

/**
 * News in the programme's partition: `news|<id>`, its audit trail and revisions, and one line row for each filter that
 * matches it. Writing gives changes, to be committed with those of others.
 */
export function newsStore(partition: Partition) {
  const audit = auditTrail<NewsId, NewsAuditEntry>(partition, {
    kind: newsAuditRow,
    prefix: 'news-audit|',
  });
  return {
    find: async (id: NewsId): Promise<FoundNews | undefined> => {
      const found = await partition.get(newsRow, itemKey(id));
      if (found === undefined) return undefined;
      const { listed, ...value } = found.value;
      return { ...found, value, ...(listed !== undefined && { listed }) };
    },
    insert: (item: NewsItem, entries: readonly NewsAuditEntry[]): Change[] => [
      insert(newsRow, itemKey(item.id), stored(item)),
      ...viewChanges(undefined, item),
      ...indexLine(newsLineRow, undefined, indexed(item)),
      ...waitingChanges([], waitingOf(item)),
      ...newsDayChanges(undefined, item),
      ...audit.insert(item.id, entries),
    ],
    replace: (before: FoundNews, after: NewsItem, entries: readonly NewsAuditEntry[]): Change[] => [
      replace(newsRow, itemKey(after.id), before, stored(after)),
      ...viewChanges({ item: before.value, listed: before.listed }, after),
      ...indexLine(newsLineRow, indexed(before.value), indexed(after)),
      ...waitingChanges(waitingOf(before.value), waitingOf(after)),
      ...newsDayChanges(before.value, after),
      ...audit.insert(after.id, entries),
    ],
    /** Writes an item as it is, so that whoever decided on it in the meantime must decide again. */
    touch: ({ value, listed, ...found }: FoundNews): Change =>
      replace(newsRow, itemKey(value.id), found, { ...value, ...(listed !== undefined && { listed }) }),
    days: newsDays(partition),
    /** The rows of an item's lists once more, as they are made today; stores nothing where it changed meanwhile. */
    relist: ({ value: item, listed, ...before }: FoundNews): Change[] => [
      replace(newsRow, itemKey(item.id), before, stored(item)),
      ...indexLine(newsLineRow, undefined, indexed(item)),
      ...viewChanges({ item, listed }, item),
      ...waitingChanges([], waitingOf(item)),
    ],
    /** Newest first; what moved last first where the filter names a view. */
    list: (filter: NewsFilter, limit: number, after?: string): Promise<Page<NewsLine>> =>
      partition.page(newsLineRow, filterPrefix(filter), limit, after),
    /** A person's own, newest first. */
    mine: (author: PersonId, limit: number, after?: string): Promise<Page<NewsLine>> =>
      partition.page(newsLineRow, minePrefix(author), limit, after),
    audit,
    texts: textHistory<NewsId>(partition, 'news-text|'),
    thread: newsThread(partition),
  };
}

export type NewsStore = ReturnType<typeof newsStore>;
