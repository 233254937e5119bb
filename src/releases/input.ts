import { pageSchema } from '../platform/pages.js';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError, type FieldFaultCode } from '../platform/errors.js';
import { deterministicId, type NewsId, type ReleaseId } from '../platform/ids.js';
import { auditNumber, parse, revisionNumber } from '../platform/validation.js';
import { writtenText } from '../content/input.js';
import { wallTimeSchema, type WallTime } from '../platform/wall-time.js';
import { languages, publicLanguages } from '../shared/languages.js';
import { homeZone } from '../platform/clock.js';
import type { ReleaseCalendar } from './types.js';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'wrongType');
const channel = z.string().optional();
const originSchema = z.union([
  z.strictObject({ newsId: id.transform((text) => text as NewsId), channel }),
  z.strictObject({ formId: id, channel }),
]);

/** What a release is made from, and the id that makes it the same release when it is asked for again. */
export interface Origin {
  readonly id: ReleaseId;
  readonly channel: string;
  readonly newsId?: NewsId;
}

/** Without a channel the first of those that are registered is meant. @throws AppError `input.invalid`. */
export function parseOrigin(input: unknown, channels: readonly string[]): Origin {
  const origin = parse(originSchema, input);
  const chosen = origin.channel ?? channels[0];
  if (chosen === undefined || !channels.includes(chosen))
    throw new AppError('input.invalid', { fields: [{ field: 'channel', code: 'unknownChoice' }] });
  if ('newsId' in origin) {
    const { newsId } = origin;
    return { id: deterministicId<ReleaseId>('release', 'news', newsId, chosen), channel: chosen, newsId };
  }
  return { id: deterministicId<ReleaseId>('release', 'form', origin.formId), channel: chosen };
}

const waiverSchema = z.strictObject({ waiver: writtenText({ max: 500, min: 1 }).optional() });

/** The reason of a waiver. @throws AppError `input.invalid` or `text.personalData`, with the fault at `waiver`. */
export function parseWaiver(waiver: string | undefined): string | undefined {
  return parse(waiverSchema, { waiver }).waiver;
}

/** @throws AppError `input.invalid` with faults at `date` and `time`. */
export function parseWallTime(input: unknown): WallTime {
  return parse(wallTimeSchema, input);
}

/** @throws AppError `input.invalid` when it is not a month such as `2026-12`. */
export function parseMonth(month: string): Temporal.PlainYearMonth {
  try {
    if (/^\d{4}-\d{2}$/.test(month)) return Temporal.PlainYearMonth.from(month);
  } catch {
    // It has the shape of a month but is none, such as 2026-13.
  }
  throw new AppError('input.invalid', { fields: [{ field: 'month', code: 'notADate' }] });
}

export const listSchema = z.strictObject({
  of: z.enum(['queue', 'archive']).default('queue'),
  ...pageSchema.shape,
});
export const languageSchema = z.enum(languages);
export const publicLanguageSchema = z.enum(publicLanguages);
export const editSchema = z.object({ basedOn: revisionNumber }).loose();
const seenRevision = revisionNumber.optional();
/** `seen`: the revisions on the approver's screen; where others are current by now the answer is `text.conflict`. */
export const seenSchema = z.strictObject({ seen: z.strictObject({ fi: seenRevision, sv: seenRevision }) });
export const approveSchema = seenSchema.extend({ waiver: z.string().optional() });
/** `basedOn`: the revision of the text that goes, 0 where there is none. */
export const takeSourceSchema = z.strictObject({ basedOn: revisionNumber });
export const undoSchema = z.strictObject({ audit: auditNumber });

/** How long after its time a release still goes out by itself; later than that a person decides. */
const maxLateness = Temporal.Duration.from({ minutes: 60 });

/** How far ahead a release may be planned: a date beyond it is most likely a slip of the finger. */
const maxLead = { years: 2 } as const;

function dateFault(code: FieldFaultCode, values?: Readonly<Record<string, string>>): AppError {
  return new AppError('input.invalid', { fields: [{ field: 'date', code, ...(values && { values }) }] });
}

/** @throws AppError `release.timePassed`. */
export function assertNotPassed(due: Temporal.Instant, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(due, now) <= 0)
    throw new AppError('release.timePassed', { due: due.toString() });
}

/**
 * Refuses a time that is too far away, or before the date that the item's author asked for.
 * @throws AppError `input.invalid` with the fault at `date`.
 */
export function assertDateFits(due: Temporal.Instant, now: Temporal.Instant, earliestDate?: string): void {
  const at = due.toZonedDateTimeISO(homeZone);
  const last = now.toZonedDateTimeISO(homeZone).add(maxLead);
  if (Temporal.ZonedDateTime.compare(at, last) > 0) throw dateFault('dateTooFar');
  if (earliestDate !== undefined && Temporal.PlainDate.compare(at.toPlainDate(), earliestDate) < 0)
    throw dateFault('dateTooEarly', { earliest: earliestDate });
}

/** Whether a release that is due then is too late to go out by itself. */
export function isTooLate(due: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, Temporal.Instant.from(due).add(maxLateness)) > 0;
}

/** The days on a month's page of a calendar: whole weeks, Monday first. */
export function monthPage(month: Temporal.PlainYearMonth): Pick<ReleaseCalendar, 'first' | 'last'> {
  const start = month.toPlainDate({ day: 1 });
  const end = month.toPlainDate({ day: month.daysInMonth });
  return {
    first: start.subtract({ days: start.dayOfWeek - 1 }).toString(),
    last: end.add({ days: 7 - end.dayOfWeek }).toString(),
  };
}

/** How many weeks the calendar shows that begins with the current one. */
const comingWeeks = 5;

/** The days of the calendar that begins with the week of this date: late in a month its own page is mostly past. */
export function comingPage(today: Temporal.PlainDate): Pick<ReleaseCalendar, 'first' | 'last'> {
  const first = today.subtract({ days: today.dayOfWeek - 1 });
  return { first: first.toString(), last: first.add({ days: comingWeeks * 7 - 1 }).toString() };
}
