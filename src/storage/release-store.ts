import { homeDate, newestFirst } from '../clock.js';
import type { Change } from '../commit.js';
import type { ReleaseId } from '../ids.js';
import type { Language } from '../languages.js';
import type { Page, Revision } from '../news/news.js';
import { lineOf } from '../releases/line.js';
import type { Release, ReleaseAudit, ReleaseLine } from '../releases/release.js';
import type { ReleaseRecords, ReleaseStore } from '../releases/store.js';
import { prefixRange, type Rows } from './rows.js';

/** More releases in six weeks than any programme publishes in a year. */
const mostInCalendar = 1000;
const mostAudits = 1000;

const releaseKey = (id: ReleaseId): string => `release|${id}`;
const auditPrefix = (id: ReleaseId): string => `release-audit|${id}|`;
const auditKey = (id: ReleaseId, number: number): string => auditPrefix(id) + String(number).padStart(6, '0');
const textPrefix = (id: ReleaseId, language: Language): string => `release-text|${id}|${language}|`;
const queuePrefix = 'release-queue|';
const troublePrefix = `${queuePrefix}0|`;
const archivePrefix = 'release-archive|';
const dayPrefix = 'release-day|';

/** Newest revision first; parked words stand beside the revision that won. */
function revisionKey(id: ReleaseId, revision: Revision, auditNumber: number): string {
  const place = String(999_999 - revision.revision).padStart(6, '0');
  const key = `${textPrefix(id, revision.language)}${place}`;
  return revision.parked === true ? `${key}|parked|${auditNumber}` : key;
}

/** Where the queue shows a release, by what it asks of people; `undefined` when it is done. */
function queueGroup(line: ReleaseLine): 0 | 1 | 2 | 3 | undefined {
  if (line.overdue === true) return 0;
  switch (line.state) {
    case 'failed':
    case 'uncertain':
      return 0;
    case 'scheduled':
    case 'publishing':
      return 1;
    case 'approved':
      return 2;
    case 'draft':
      return 3;
    case 'published':
    case 'cancelled':
      return undefined;
  }
}

/** Instants of different precision don't sort as text: whole milliseconds do. */
const sortable = (instant: string): string => new Date(instant).toISOString();

function lineKeys(line: ReleaseLine): string[] {
  const group = queueGroup(line);
  const place =
    group === undefined
      ? `${archivePrefix}${newestFirst(line.at)}|${line.id}`
      : `${queuePrefix}${group}|${sortable(line.due ?? line.at)}|${line.id}`;
  if (line.due === undefined) return [place];
  return [place, `${dayPrefix}${homeDate(line.due).toString()}|${sortable(line.due)}|${line.id}`];
}

function lineChanges(before: Release | undefined, after: Release): Change[] {
  const line = lineOf(after);
  const lineBefore = before && lineOf(before);
  if (lineBefore !== undefined && JSON.stringify(lineBefore) === JSON.stringify(line)) return [];
  const keys = lineKeys(line);
  const gone = lineBefore === undefined ? [] : lineKeys(lineBefore).filter((key) => !keys.includes(key));
  return [
    ...keys.map((key): Change => ({ op: 'put', key, value: line })),
    ...gone.map((key): Change => ({ op: 'delete', key })),
  ];
}

function recordChanges(id: ReleaseId, { audit, revisions = [] }: ReleaseRecords): Change[] {
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
 * Releases in the programme's partition: `release|<id>`, its audit trail and revisions, and one line row in the
 * queue or the archive, and one under its day.
 */
export function releaseStore(rows: Rows, partition: string): ReleaseStore {
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
    find: async (id) => rows.get<Release>(partition, releaseKey(id)),
    insert: (release, records) => [
      { op: 'insert', key: releaseKey(release.id), value: release },
      ...lineChanges(undefined, release),
      ...recordChanges(release.id, records),
    ],
    replace: (before, after, records) => [
      { op: 'replace', key: releaseKey(after.id), value: after, version: before.version },
      ...lineChanges(before.value, after),
      ...recordChanges(after.id, records),
    ],
    queue: (limit, after) => page<ReleaseLine>(queuePrefix, limit, after),
    troubled: (limit) => page<ReleaseLine>(troublePrefix, limit),
    archive: (limit, after) => page<ReleaseLine>(archivePrefix, limit, after),
    days: async (first, last) => {
      const range = { from: `${dayPrefix}${first}`, to: `${dayPrefix}${last}~`, limit: mostInCalendar };
      return (await rows.range<ReleaseLine>(partition, range)).rows.map((row) => row.value);
    },
    audit: async (id) => (await page<ReleaseAudit>(auditPrefix(id), mostAudits)).lines,
    auditEntry: async (id, number) => (await rows.get<ReleaseAudit>(partition, auditKey(id, number)))?.value,
    revisions: (id, language, limit, after) => page<Revision>(textPrefix(id, language), limit, after),
  };
}
