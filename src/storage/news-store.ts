import { newestFirst } from '../clock.js';
import type { Change } from '../commit.js';
import type { NewsId, PersonId } from '../ids.js';
import type { Language } from '../languages.js';
import { lineOf } from '../news/line.js';
import type { AuditEntry, NewsFilter, NewsItem, NewsLine, Page, Revision } from '../news/news.js';
import type { NewsRecords, NewsStore } from '../news/store.js';
import { prefixRange, type Rows } from './rows.js';

const any = 'any';
const itemKey = (id: NewsId): string => `news|${id}`;
const auditKey = (id: NewsId, number: number): string =>
  `news-audit|${id}|${String(number).padStart(6, '0')}`;
const textPrefix = (id: NewsId, language: Language): string => `news-text|${id}|${language}|`;
/** Newest revision first. */
const revisionPart = (revision: number): string => String(999_999 - revision).padStart(6, '0');

function revisionKey(id: NewsId, revision: Revision, auditNumber: number): string {
  const key = `${textPrefix(id, revision.language)}${revisionPart(revision.revision)}`;
  return revision.parked === true ? `${key}|parked|${auditNumber}` : key;
}

function filterPrefix(filter: NewsFilter): string {
  return `news-line|${filter.state ?? any}|${filter.projectId ?? any}|${filter.missing ?? any}|`;
}

/** A line stands under every filter that matches it, so that each filter is one range of keys. */
function lineKeys(line: NewsLine, author: PersonId): string[] {
  const place = `${newestFirst(line.submittedAt)}|${line.id}`;
  const filters = [undefined, line.state].flatMap((state) =>
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

function lineChanges(before: NewsItem | undefined, after: NewsItem): Change[] {
  const line = lineOf(after);
  const lineBefore = before && lineOf(before);
  if (lineBefore !== undefined && JSON.stringify(lineBefore) === JSON.stringify(line)) return [];
  const keys = lineKeys(line, after.author.id);
  const gone = lineBefore === undefined ? [] : lineKeys(lineBefore, after.author.id);
  return [
    ...keys.map((key): Change => ({ op: 'put', key, value: line })),
    ...gone.filter((key) => !keys.includes(key)).map((key): Change => ({ op: 'delete', key })),
  ];
}

function recordChanges(id: NewsId, { audit, revisions = [] }: NewsRecords): Change[] {
  const lastAudit = audit.at(-1)?.number ?? 0;
  return [
    ...audit.map((entry): Change => ({ op: 'insert', key: auditKey(id, entry.number), value: entry })),
    ...revisions.map((revision): Change => ({
      op: 'insert',
      key: revisionKey(id, revision, lastAudit),
      value: revision,
    })),
  ];
}

/**
 * News in the programme's partition: `news|<id>`, its audit trail and revisions, and one line row for each
 * filter that matches it.
 */
export function newsStore(rows: Rows, partition: string): NewsStore {
  async function page<Line>(prefix: string, limit: number, after?: string): Promise<Page<Line>> {
    const isOwnKey = after === undefined || after.startsWith(prefix);
    const found = await rows.range<Line>(partition, prefixRange(prefix, limit, isOwnKey ? after : undefined));
    const last = found.rows.at(-1);
    return {
      lines: found.rows.map((row) => row.value),
      ...(found.more && last !== undefined && { next: last.key }),
    };
  }

  return {
    find: async (id) => rows.get<NewsItem>(partition, itemKey(id)),
    insert: (item, records) => [
      { op: 'insert', key: itemKey(item.id), value: item },
      ...lineChanges(undefined, item),
      ...recordChanges(item.id, records),
    ],
    replace: (before, after, records) => [
      { op: 'replace', key: itemKey(after.id), value: after, version: before.version },
      ...lineChanges(before.value, after),
      ...recordChanges(after.id, records),
    ],
    list: (filter, limit, after) => page<NewsLine>(filterPrefix(filter), limit, after),
    mine: (author, limit, after) => page<NewsLine>(`news-mine|${author}|`, limit, after),
    revisions: (id, language, limit, after) => page<Revision>(textPrefix(id, language), limit, after),
    revision: async (id, language, revision) =>
      (await rows.get<Revision>(partition, textPrefix(id, language) + revisionPart(revision)))?.value,
    audit: async (id) => {
      const found = await rows.range<AuditEntry>(partition, prefixRange(`news-audit|${id}|`, 1000));
      return found.rows.map((row) => row.value);
    },
    auditEntry: async (id, number) => (await rows.get<AuditEntry>(partition, auditKey(id, number)))?.value,
  };
}
