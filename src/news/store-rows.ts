import type { Revision } from '../content/text.js';
import type { Page } from '../platform/pages.js';
import { newestFirst } from '../platform/clock.js';
import type { NewsId, PersonId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import { waitingChanges } from '../platform/waiting-index.js';
import { lineOf } from './line.js';
import { newsWaiting } from './waiting.js';
import type { AuditEntry, NewsFilter, NewsItem, NewsLine } from './types.js';
import type { NewsStore } from './store.js';
import type { Rows } from '../platform/rows.js';
import {
  insertRecords,
  pageOf,
  indexLine,
  revisionPlace,
  trailOf,
  type Indexed,
  type RecordKeys,
} from '../platform/row-lists.js';

const any = 'any';
const itemKey = (id: NewsId): string => `news|${id}`;
const auditPrefix = (id: NewsId): string => `news-audit|${id}|`;
const auditKey = (id: NewsId, number: number): string => auditPrefix(id) + revisionPlace(number);
const textPrefix = (id: NewsId, language: Language): string => `news-text|${id}|${language}|`;
const recordKeys = (id: NewsId): RecordKeys => ({
  audit: (number) => auditKey(id, number),
  text: (language) => textPrefix(id, language),
});

function filterPrefix(filter: NewsFilter): string {
  return `news-line|${filter.state ?? any}|${filter.projectId ?? any}|${filter.missing ?? any}|`;
}

/** A line stands under every filter that matches it, so that each filter is one range of keys. */
function lineKeys(line: NewsLine, author: PersonId): string[] {
  const place = `${newestFirst(line.submittedAt)}|${line.id}`;
  const filters = [undefined, line.status].flatMap((state) =>
    [undefined, line.projectId].flatMap((projectId) =>
      [undefined, ...line.missing].map((missing): NewsFilter => ({
        ...(state && { state }),
        ...(projectId && { projectId }),
        ...(missing && { missing }),
      })),
    ),
  );
  return [...filters.map((filter) => filterPrefix(filter) + place), `news-mine|${author}|${place}`];
}

function indexed(item: NewsItem): Indexed<NewsLine> {
  const line = lineOf(item);
  return { line, keys: lineKeys(line, item.author.id) };
}

/**
 * News in the programme's partition: `news|<id>`, its audit trail and revisions, and one line row for each
 * filter that matches it.
 */
export function newsStore(rows: Rows, partition: string): NewsStore {
  const page = <Line>(prefix: string, limit: number, after?: string): Promise<Page<Line>> =>
    pageOf<Line>(rows, partition, prefix, limit, after);

  return {
    find: async (id) => rows.get<NewsItem>(partition, itemKey(id)),
    insert: (item, records) => [
      { op: 'insert', key: itemKey(item.id), value: item },
      ...indexLine(undefined, indexed(item)),
      ...waitingChanges([], newsWaiting(lineOf(item))),
      ...insertRecords(records, recordKeys(item.id)),
    ],
    replace: (before, after, records) => [
      { op: 'replace', key: itemKey(after.id), value: after, version: before.version },
      ...indexLine(indexed(before.value), indexed(after)),
      ...waitingChanges(newsWaiting(lineOf(before.value)), newsWaiting(lineOf(after))),
      ...insertRecords(records, recordKeys(after.id)),
    ],
    list: (filter, limit, after) => page<NewsLine>(filterPrefix(filter), limit, after),
    mine: (author, limit, after) => page<NewsLine>(`news-mine|${author}|`, limit, after),
    revisions: (id, language, limit, after) => page<Revision>(textPrefix(id, language), limit, after),
    revision: async (id, language, revision) =>
      (await rows.get<Revision>(partition, textPrefix(id, language) + revisionPlace(revision)))?.value,
    audit: (id) => trailOf<AuditEntry>(rows, partition, auditPrefix(id)),
    auditEntry: async (id, number) => (await rows.get<AuditEntry>(partition, auditKey(id, number)))?.value,
  };
}
