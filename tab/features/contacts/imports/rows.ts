import type { ImportRowView, ImportView } from '../../../../src/shared/answers/imports.js';
import type { ContactTable } from '../../../../src/shared/contact-table.js';
import type { Language } from '../../../../src/shared/languages.js';
import { wallClockOf } from '../../../../src/shared/dates.js';
import { addDays, wallTimeOf, weekday, type WallTime } from '../../../shared/dates.js';

/** Rows in chunks that fit into a request. */
export const maxRows = 10_000;
const chunkRows = 250;
/** Far below the 256 KiB of a request, in characters of JSON: one may take three bytes. */
const chunkCharacters = 70_000;
const maxCell = 300;

/** The rows of a list in chunks, as they are sent; what is longer than any field is cut as the server would. */
export function chunksOf({ rows }: Pick<ContactTable, 'rows'>): readonly (readonly (readonly string[])[])[] {
  const chunks: (readonly string[])[][] = [];
  let characters = Infinity;
  for (const whole of rows) {
    const cells = whole.map((cell) => cell.slice(0, maxCell));
    const size = JSON.stringify(cells).length;
    characters += size;
    if (characters > chunkCharacters || (chunks.at(-1)?.length ?? 0) === chunkRows) {
      chunks.push([]);
      characters = size;
    }
    chunks.at(-1)?.push(cells);
  }
  return chunks;
}

/** What becomes of a row, with what only the whole list shows: that an address comes twice. */
export type RowStatus = ImportRowView['check']['status'] | 'duplicate';
export const rowStatuses = [
  'faulty',
  'new',
  'exists',
  'stopped',
  'duplicate',
  'leftOut',
] as const satisfies readonly RowStatus[];

export interface ShownRow {
  readonly row: ImportRowView;
  readonly status: RowStatus;
  /** Of a duplicate: the row with the same address that comes first. */
  readonly first?: number;
}

/** Rows as the table shows them. */
export function shownRows(rows: readonly ImportRowView[]): readonly ShownRow[] {
  const firsts = new Map<string, number>();
  return rows.map((row) => {
    const { status } = row.check;
    if (row.address === undefined || status === 'leftOut') return { row, status };
    const first = firsts.get(row.address);
    if (first !== undefined) return { row, status: 'duplicate', first };
    firsts.set(row.address, row.row);
    return { row, status };
  });
}

export type RowCounts = Readonly<Record<RowStatus, number>>;

export function countsOf(rows: readonly ShownRow[]): RowCounts {
  const counts = { faulty: 0, new: 0, exists: 0, stopped: 0, duplicate: 0, leftOut: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}

/** How many are imported: what is faulty, comes twice or was left out is not. */
export const importedIn = (counts: RowCounts): number => counts.new + counts.exists + counts.stopped;

/** How many of those who are imported are contacts already. */
export const knownIn = (rows: readonly ShownRow[]): number =>
  rows.filter(
    ({ row: { check }, status }) =>
      status === 'exists' || (status === 'stopped' && check.status === 'stopped' && check.id !== undefined),
  ).length;

/** How many rows lack a language that one choice for all of them would give. */
export function withoutLanguage(
  rows: readonly ShownRow[],
  { columns, language }: Pick<ImportView, 'columns' | 'language'>,
): number {
  const at = columns.indexOf('language');
  if (language !== undefined) return 0;
  return rows.filter(
    ({ row: { check, cells } }) =>
      check.status === 'faulty' &&
      (at === -1 || (cells[at] ?? '').trim() === '') &&
      check.faults.some(({ field }) => field === 'language'),
  ).length;
}

/**
 * How many people get an invitation to each open series, by language. Somebody who is there already gets one where the
 * series is new for them; whether they have agreed before is not known here.
 */
export function invitedBy(
  rows: readonly ShownRow[],
  { consent }: Pick<ImportView, 'consent'>,
  open: readonly string[],
): ReadonlyMap<string, Readonly<Record<Language, number>>> {
  const none = (): Record<Language, number> => ({ fi: 0, sv: 0, en: 0 });
  const counts = new Map(open.map((id) => [id, none()]));
  if (!consent.given) return counts;
  for (const { row, status } of rows) {
    if (row.language === undefined) continue;
    const { check } = row;
    const ids = status === 'new' ? open : status === 'exists' && check.status === 'exists' ? check.added : [];
    for (const id of ids) {
      const count = counts.get(id);
      if (count !== undefined) count[row.language] += 1;
    }
  }
  return counts;
}

/** How many people that are: whoever gets two invitations is one. */
export function peopleInvited(
  rows: readonly ShownRow[],
  { consent }: Pick<ImportView, 'consent'>,
  open: readonly string[],
): number {
  if (!consent.given || open.length === 0) return 0;
  return rows.filter(({ row: { check }, status }) => {
    if (status === 'new') return true;
    return status === 'exists' && check.status === 'exists' && check.added.some((id) => open.includes(id));
  }).length;
}

/** So close before a session nobody is invited to it without meaning to: they could not come. */
const tooCloseMs = 2 * 3_600_000;
/** After so many days with a session in the morning the last is taken all the same. */
const maxMornings = 20;

/**
 * When to send: at once in office hours, else on the next working morning at nine; not within two hours before a session,
 * nor at its very beginning.
 * @param now milliseconds
 * @param closedDays ISO dates on which nobody is at work although it is no weekend
 * @param starts ISO instants at which sessions begin to which people are invited
 */
export function usualSendTime(
  now: number,
  closedDays: readonly string[],
  starts: readonly string[] = [],
): WallTime | undefined {
  const { date } = wallTimeOf(new Date(now));
  const { hour } = wallClockOf(new Date(now));
  const isWorking = (day: string): boolean => weekday(day) < 5 && !closedDays.includes(day);
  const isTooClose = starts.some((start) => {
    const ahead = Date.parse(start) - now;
    return ahead >= 0 && ahead <= tooCloseMs;
  });
  if (isWorking(date) && hour >= 8 && hour < 16 && !isTooClose) return undefined;
  const sessions = starts.map((start) => wallTimeOf(start));
  const isMorningTaken = (day: string): boolean =>
    sessions.some((session) => session.date === day && session.time >= '09:00' && session.time <= '11:00');
  let day = hour < 8 ? date : addDays(date, 1);
  for (let mornings = 0; ; day = addDays(day, 1)) {
    if (!isWorking(day)) continue;
    mornings += 1;
    if (!isMorningTaken(day) || mornings === maxMornings) return { date: day, time: '09:00' };
  }
}
