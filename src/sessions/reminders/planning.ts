import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { ReminderSettings, Series } from '../series/series.js';
import { sessionFanOut } from '../fan-outs.js';

/** The fields of a series that decide when it reminds. */
type Timing = Pick<ReminderSettings, 'offsets' | 'quiet'>;

const minutesOfDay = 1_440;
const minutesOfWeek = 7 * minutesOfDay;

/** So long before quiet hours begin a reminder leaves that can't wait for their end: time to reach everybody. */
const beforeQuietMinutes = 15;

/** A day's reminder has the text "tomorrow"; less than an hour before the start it is of no use. */
const dayIsUselessMinutes = 60;

interface QuietSpan {
  readonly begin: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
}

/** The quiet hours in which a moment lies, where it does; they may go past midnight. */
export function quietSpanAt(moment: Temporal.Instant, quiet: Timing['quiet']): QuietSpan | undefined {
  if (quiet === undefined || quiet.from === quiet.to) return undefined;
  const local = moment.toZonedDateTimeISO(homeZone);
  const today = local.toPlainDate();
  const passesMidnight = quiet.from > quiet.to;
  const on = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: homeZone, plainTime: Temporal.PlainTime.from(time) });
  // What lies in the hours before morning belongs to the quiet of the evening before.
  for (const first of passesMidnight ? [today.subtract({ days: 1 }), today] : [today]) {
    const begin = on(first, quiet.from);
    const end = on(passesMidnight ? first.add({ days: 1 }) : first, quiet.to);
    const isInside =
      Temporal.ZonedDateTime.compare(begin, local) <= 0 && Temporal.ZonedDateTime.compare(local, end) < 0;
    if (isInside) return { begin, end };
  }
  return undefined;
}

/**
 * Minutes before a start as people mean them: a whole number of days is the same time of the day on the wall clock,
 * anything else is real time, which the turning of the clocks makes neither longer nor shorter.
 */
function before(start: Temporal.Instant, offset: number): Temporal.Instant {
  if (offset === 0 || offset % minutesOfDay !== 0) return start.subtract({ minutes: offset });
  const days = offset / minutesOfDay;
  return start.toZonedDateTimeISO(homeZone).subtract({ days }).toInstant();
}

/** When a reminder is to leave: out of quiet hours at their end, or where that is too late, before they begin. */
export function reminderTime(start: string, offset: number, { quiet }: Timing): Temporal.Instant {
  const begins = Temporal.Instant.from(start);
  const plain = before(begins, offset);
  const span = quietSpanAt(plain, quiet);
  if (span === undefined) return plain;
  const end = span.end.toInstant();
  const isInTime = Temporal.Instant.compare(end, begins) < 0;
  return isInTime ? end : span.begin.subtract({ minutes: beforeQuietMinutes }).toInstant();
}

const earliest = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) <= 0 ? one : other;

/**
 * Until when a reminder that is late is still of use; at this moment it is no more.
 *
 * | offset              | of use until                                                |
 * | ------------------- | ----------------------------------------------------------- |
 * | the last one        | the start                                                   |
 * | a week or more      | the time of the next one                                    |
 * | a day or more       | the time of the next one, or an hour before the start       |
 * | less                | the time of the next one                                    |
 */
export function usefulUntil(start: string, offset: number, timing: Timing): Temporal.Instant {
  const begins = Temporal.Instant.from(start);
  const smaller = timing.offsets.filter((each) => each < offset);
  if (smaller.length === 0) return begins;
  const next = reminderTime(start, Math.max(...smaller), timing);
  const isDays = offset >= minutesOfDay && offset < minutesOfWeek;
  return isDays ? earliest(next, begins.subtract({ minutes: dayIsUselessMinutes })) : next;
}

/**
 * The reminders that a series wants for its occurrences: for each and each offset one message, whose id follows from
 * occurrence, offset and start. Cancelled ones are not reminded of; nor does a reminder leave that quiet hours push onto
 * the next one.
 *
 * A message that exists under its id with another time has to be cancelled before it is asked for again.
 * @param since ISO instant of the change that is planned for: what would have been due before is not wanted, since those
 *   who are concerned are notified of the change itself. What was due between then and now is wanted; whether it is still of
 *   use is decided when it leaves.
 */
export function wantedReminders(
  { reminders }: Pick<Series, 'reminders'>,
  occurrences: readonly Occurrence[],
  since: string,
): NewMessage[] {
  return occurrences
    .filter((occurrence) => occurrence.state.status !== 'cancelled')
    .flatMap(({ id: occurrenceId, start }) =>
      reminders.offsets.flatMap((offset) => {
        const due = reminderTime(start, offset, reminders);
        const isPast = Temporal.Instant.compare(due, since) < 0;
        const isUseless = Temporal.Instant.compare(due, usefulUntil(start, offset, reminders)) >= 0;
        if (isPast || isUseless) return [];
        return [sessionFanOut({ kind: 'reminder', occurrenceId, offset, start }, due.toString())];
      }),
    );
}
