import type { Revision } from '../content/text.js';
import type { Page } from '../platform/pages.js';
import { homeDate, newestFirst } from '../platform/clock.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import { lineOf } from './line.js';
import type { Release, ReleaseAudit, ReleaseLine } from './release.js';
import type { ReleaseStore } from './store.js';
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

/** More releases in six weeks than any programme publishes in a year. */
const maxInCalendar = 1000;

const releaseKey = (id: ReleaseId): string => `release|${id}`;
const auditPrefix = (id: ReleaseId): string => `release-audit|${id}|`;
const auditKey = (id: ReleaseId, number: number): string => auditPrefix(id) + revisionPlace(number);
const textPrefix = (id: ReleaseId, language: Language): string => `release-text|${id}|${language}|`;
const queuePrefix = 'release-queue|';
const troublePrefix = `${queuePrefix}0|`;
const archivePrefix = 'release-archive|';
const dayPrefix = 'release-day|';

const recordKeys = (id: ReleaseId): RecordKeys => ({
  audit: (number) => auditKey(id, number),
  text: (language) => textPrefix(id, language),
});

/** Where the queue shows a release, by what it asks of people; `undefined` when it is done. */
function queueGroup(line: ReleaseLine): 0 | 1 | 2 | 3 | undefined {
  if (line.overdue === true) return 0;
  switch (line.status) {
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

function indexed(release: Release): Indexed<ReleaseLine> {
  const line = lineOf(release);
  return { line, keys: lineKeys(line) };
}

/**
 * Releases in the programme's partition: `release|<id>`, its audit trail and revisions, and one line row in the
 * queue or the archive, and one under its day.
 */
export function releaseStore(rows: Rows, partition: string): ReleaseStore {
  const page = <Line>(prefix: string, limit: number, after?: string): Promise<Page<Line>> =>
    pageOf<Line>(rows, partition, prefix, limit, after);

  return {
    find: async (id) => rows.get<Release>(partition, releaseKey(id)),
    insert: (release, records) => [
      { op: 'insert', key: releaseKey(release.id), value: release },
      ...indexLine(undefined, indexed(release)),
      ...insertRecords(records, recordKeys(release.id)),
    ],
    replace: (before, after, records) => [
      { op: 'replace', key: releaseKey(after.id), value: after, version: before.version },
      ...indexLine(indexed(before.value), indexed(after)),
      ...insertRecords(records, recordKeys(after.id)),
    ],
    queue: (limit, after) => page<ReleaseLine>(queuePrefix, limit, after),
    needingAttention: (limit) => page<ReleaseLine>(troublePrefix, limit),
    archive: (limit, after) => page<ReleaseLine>(archivePrefix, limit, after),
    days: async (first, last) => {
      const range = { from: `${dayPrefix}${first}`, to: `${dayPrefix}${last}~`, limit: maxInCalendar };
      return (await rows.range<ReleaseLine>(partition, range)).rows.map((row) => row.value);
    },
    audit: (id) => trailOf<ReleaseAudit>(rows, partition, auditPrefix(id)),
    auditEntry: async (id, number) => (await rows.get<ReleaseAudit>(partition, auditKey(id, number)))?.value,
    revisions: (id, language, limit, after) => page<Revision>(textPrefix(id, language), limit, after),
  };
}
