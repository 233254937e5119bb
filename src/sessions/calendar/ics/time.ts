import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { homeZone } from '../../../platform/clock.js';
import { momentOf, type WallTime } from '../../../platform/wall-time.js';
import { line, plain } from './content-line.js';

/** `2026-01-06T07:00:00Z` as `20260106T070000Z`, DATE-TIME in UTC (RFC 5545 3.3.5, form 2). */
export function utc(instant: string): string {
  const whole = Temporal.Instant.from(instant).toString({ smallestUnit: 'second', roundingMode: 'trunc' });
  return whole.replace(/[-:]/g, '');
}

/** `20260106T090000`, DATE-TIME of the wall clock (RFC 5545 3.3.5, form 3). */
export function local({ date, time }: WallTime): string {
  return `${date}T${time}`.replace(/[-:]/g, '').concat('00');
}

/** A property at a time of Helsinki's wall clock. */
export function atWallTime(name: string, wallTime: WallTime): string {
  return line(name, plain(local(wallTime)), { TZID: homeZone });
}

/**
 * A property at an instant: as Helsinki's wall clock shows it, so that the calendar does not shift it when the law on
 * summer time changes; in UTC within the hours of autumn that come twice, as readers take them for the one or the other.
 */
export function atInstant(name: string, instant: string): string {
  const at = Temporal.Instant.from(instant);
  const plainTime = at.toZonedDateTimeISO(homeZone).toPlainDateTime();
  const wallTime = {
    date: plainTime.toPlainDate().toString(),
    time: plainTime.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
  return momentOf(wallTime).clockChange === 'plain'
    ? atWallTime(name, wallTime)
    : line(name, plain(utc(instant)));
}

/** The VTIMEZONE of Helsinki (RFC 5545 3.6.5), which every TZID in a file refers to. */
export function timeZone(): readonly string[] {
  const [block] = tzlib_get_ical_block(homeZone);
  return block?.split('\r\n') ?? [];
}
