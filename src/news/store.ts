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
import { storedTextsSchema, textHistory } from '../content/history.js';
import {
  lineOf,
  messageKinds,
  newsStates,
  type NewsAuditEntry,
  type NewsEvent,
  type NewsFilter,
  type NewsItem,
  type NewsLine,
  type NewsState,
} from './types.js';
import { newsThread } from './thread.js';
import { newsWaiting, placedTexts } from './waiting.js';

const newsState = z.looseObject({
  status: z.enum(newsStates),
  at: z.string(),
  by: storedPersonRef.optional(),
}) as unknown as z.ZodType<NewsState>;

/** Version 1 kept the state at `is`, and its status at `is.state`. */
export const newsRow = storedKind<NewsItem>({
  name: 'news',
  schema: z.looseObject({
    id: storedId<NewsId>(),
    projectId: storedId<ProjectId>(),
    author: storedPersonRef,
    submittedAt: z.string(),
    originalLanguage: z.enum(languages),
    state: newsState,
    texts: storedTextsSchema,
    audiences: z.array(z.string()),
    wishedChannels: z.array(z.string()),
    link: z.string().optional(),
    earliestDate: z.string().optional(),
    uses: z.array(z.looseObject({ in: z.string(), id: z.string(), at: z.string() })),
    isUrgent: z.literal(true).optional(),
    lastMessage: z
      .looseObject({ at: z.string(), kind: z.enum(messageKinds), by: storedPersonRef })
      .optional(),
    auditCount: z.number(),
  }) as unknown as z.ZodType<NewsItem>,
  upgrades: [withState],
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
    lastMessage: z
      .looseObject({
        at: z.string(),
        kind: z.enum(messageKinds),
        isAuthors: z.boolean(),
        isAnswered: z.boolean(),
      })
      .optional(),
  }) as unknown as z.ZodType<NewsLine>,
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

const waitingOf = (item: NewsItem) => [...newsWaiting(lineOf(item)), ...placedTexts(item)];

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
    find: (id: NewsId) => partition.get(newsRow, itemKey(id)),
    insert: (item: NewsItem, entries: readonly NewsAuditEntry[]): Change[] => [
      insert(newsRow, itemKey(item.id), item),
      ...indexLine(newsLineRow, undefined, indexed(item)),
      ...waitingChanges([], waitingOf(item)),
      ...audit.insert(item.id, entries),
    ],
    replace: (before: Versioned<NewsItem>, after: NewsItem, entries: readonly NewsAuditEntry[]): Change[] => [
      replace(newsRow, itemKey(after.id), before, after),
      ...indexLine(newsLineRow, indexed(before.value), indexed(after)),
      ...waitingChanges(waitingOf(before.value), waitingOf(after)),
      ...audit.insert(after.id, entries),
    ],
    /** Newest first. */
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
