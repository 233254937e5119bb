import { today } from '../../platform/clock.js';
import type { Programme } from '../../people/person.js';
import type { Language } from '../../shared/languages.js';
import { translatedTo } from '../../shared/translated.js';
import type { OccurrenceRecord } from '../occurrences/occurrence.js';
import type { IcsSegment, IcsSeries } from './ics/ics.js';
import type { ReadingDeps } from '../occurrences/reading.js';
import { segmentUid } from '../held.js';
import { datesOf, type RepeatingRule, type Rule, weeklyRuleOf } from '../series/rule.js';
import { isPaused, timeOf } from '../series/dates.js';
import type { Segment, Series } from '../series/series.js';
import type { CalendarException } from './calendar.js';

/** How far ahead calendars get single dates, in days: a year and a month, so that next year's pause is in. */
const horizon = 400;

interface Window {
  readonly from: string;
  readonly to: string;
}

type Differing = Pick<OccurrenceRecord, 'date' | 'moved' | 'names' | 'joinUrl'>;

/** What a calendar shows of an occurrence that differs from the rule; undefined where it shows no difference. */
function exceptionOf(
  { date, moved, names, joinUrl }: Differing,
  { series, segment, language }: { series: Series; segment: Segment; language: Language },
): CalendarException | undefined {
  if (moved === undefined && names === undefined && joinUrl === undefined) return undefined;
  return {
    date,
    ...(moved ?? timeOf(segment, date)),
    subject: (names ?? series.names)[language],
    ...(joinUrl !== undefined && { joinUrl }),
  };
}

/**
 * The rule of a segment as calendars know rules, and the dates that it hits without being meant: dates that were chosen by
 * hand are a weekly rule, with all but these left out.
 */
function repeatingRuleOf({ rule, from, until }: Pick<Segment, 'rule' | 'from' | 'until'>): {
  readonly rule: RepeatingRule;
  readonly lastDate?: string;
  readonly notMeant: readonly string[];
} {
  if (rule.every !== 'dates') return { rule, ...(until !== undefined && { lastDate: until }), notMeant: [] };
  const chosen = rule.dates.filter((date) => date >= from && (until === undefined || date <= until));
  const weekly = weeklyRuleOf({ every: 'dates', dates: chosen.length > 0 ? chosen : rule.dates });
  const lastDate = chosen.at(-1) ?? until ?? from;
  const hits = datesOf(weekly, { from, to: lastDate, anchor: from });
  return { rule: weekly, lastDate, notMeant: hits.filter((date) => !chosen.includes(date)) };
}

const isSingle = (rule: Rule): boolean => rule.every === 'dates' && rule.dates.length === 1;

function segmentOf(
  { series, segment, language }: { series: Series; segment: Segment; language: Language },
  records: ReadonlyMap<string, OccurrenceRecord>,
  { from, to }: Window,
): IcsSegment {
  const { rule, lastDate, notMeant } = repeatingRuleOf(segment);
  const last = segment.until !== undefined && segment.until < to ? segment.until : to;
  const dates = datesOf(segment.rule, { from, to: last, anchor: segment.from });
  const { pausedMonths } = series;
  const takesPlace = (date: string): boolean =>
    !isPaused({ rule: segment.rule, pausedMonths }, date) && records.get(date)?.state.status !== 'cancelled';
  return {
    uid: segmentUid(series.id, segment.number),
    subject: series.names[language],
    description: series.descriptions[language] ?? '',
    rule,
    ...(isSingle(segment.rule) && { isSingle: true }),
    firstDate: segment.from,
    ...(lastDate !== undefined && { lastDate }),
    time: segment.time,
    minutes: segment.minutes,
    pausedMonths: segment.rule.every === 'dates' ? [] : pausedMonths,
    without: [...notMeant, ...dates.filter((date) => !takesPlace(date))].sort(),
    exceptions: dates.filter(takesPlace).flatMap((date) => {
      const record = records.get(date);
      const exception = record && exceptionOf(record, { series, segment, language });
      return exception === undefined ? [] : [exception];
    }),
    talks: dates.filter(takesPlace).flatMap((date) => {
      const { talk } = records.get(date) ?? {};
      if (talk === undefined) return [];
      const { topic, presenter, at } = translatedTo(language, talk);
      return [{ date, topic, presenter, at }];
    }),
  };
}

/**
 * The series as calendars are to show it, in one language: by its rules, and all that differs and ever differed from them.
 * @param until an ISO date up to which it is needed at least.
 */
export async function asCalendar(
  { store, clock }: Pick<ReadingDeps, 'store' | 'clock'>,
  series: Series,
  language: Language,
  until = '',
): Promise<IcsSeries> {
  const day = today(clock);
  const known = day.add({ days: horizon }).toString();
  const to = until > known ? until : known;
  // The past is kept: a calendar that reads everything again would show cancelled sessions as held.
  const from = series.segments.reduce((first, segment) => (segment.from < first ? segment.from : first), to);
  const window = { from, to };
  const records = await store.records(series.id, window.from, window.to);
  const byDate = new Map(records.map(({ value }) => [value.date, value]));
  return {
    language,
    ...(series.joinUrl !== undefined && { joinUrl: series.joinUrl }),
    sequence: series.sequence,
    changedAt: series.changedAt,
    today: day.toString(),
    segments: series.segments.map((segment) => segmentOf({ series, segment, language }, byDate, window)),
  };
}

/**
 * The part of the UIDs after the `@`. Until the start has kept one for a programme of an older release, it is what that
 * start keeps: the host of the public address.
 */
export function calendarNamespaceOf({ calendarNamespace }: Programme, publicUrl: string): string {
  return calendarNamespace ?? new URL(publicUrl).hostname;
}

/** The address of the feed of a series in a language, to which calendars subscribe. */
export function feedAddress(
  publicUrl: string,
  { feedKey }: Pick<Series, 'feedKey'>,
  language: Language,
): string {
  return `${publicUrl}/calendar/${feedKey}/${language}.ics`;
}
