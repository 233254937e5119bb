import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeZone } from '../../platform/clock.js';

/** Helsinki in the names of Windows, which every mailbox knows. */
export const graphZone = 'FLE Standard Time';

/** Graph's `dateTimeTimeZone` in the two zones in which Big Room reads: UTC and Helsinki. */
export const graphDateTime = z
  .object({ dateTime: z.string(), timeZone: z.string() })
  .transform(({ dateTime, timeZone }) =>
    Temporal.PlainDateTime.from(dateTime.replace(/Z$/, ''))
      .toZonedDateTime(timeZone === 'UTC' ? 'UTC' : homeZone)
      .withTimeZone(homeZone),
  );

/** A Helsinki time as Graph wants it: local, without an offset. */
export const toGraph = (time: Temporal.ZonedDateTime) => ({
  dateTime: time.withTimeZone(homeZone).toPlainDateTime().toString({ smallestUnit: 'second' }),
  timeZone: graphZone,
});

/** An ISO instant as Helsinki time. */
export const homeTime = (instant: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);

/** A wall-clock time of a Helsinki date. A time that a change to summer time leaves out is an hour later. */
export const homeTimeOn = (date: Temporal.PlainDate, time: string): Temporal.ZonedDateTime =>
  date.toZonedDateTime({ timeZone: homeZone, plainTime: Temporal.PlainTime.from(time) });

export const isSameTime = (one: Temporal.ZonedDateTime, other: Temporal.ZonedDateTime): boolean =>
  one.epochMilliseconds === other.epochMilliseconds;
