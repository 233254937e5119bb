import { urlOf } from '../../../shared/links.js';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { homeZone } from '../../../platform/clock.js';
import { momentOf, type WallTime } from '../../../platform/wall-time.js';

/** Octets that fit on one line, its end not counted (RFC 5545 3.1). */
const maxOctets = 75;

/** A line's end (RFC 5545 3.1). */
const lineEnd = '\r\n';

/** The value of a property, safe to write on a line: made by the functions of this file alone. */
interface Value {
  readonly raw: string;
}

/** Parameters of a property, by name; what is `undefined` is left out. */
type Parameters = Readonly<Record<string, string | undefined>>;

/** Line ends of every kind; Unicode has more of them than ASCII. */
const lineEnds = /\r\n|[\r\n\u0085\u2028\u2029]/g;

/** Control characters that no value may hold (RFC 5545 3.1, CONTROL), but for the tab and the end of a line. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A half of a surrogate pair alone is no character and can't be written as UTF-8. */
const loneSurrogates = /\p{Surrogate}/gu;

function clean(text: string): string {
  return text.replace(lineEnds, '\n').replace(controls, '').replace(loneSurrogates, '\u{fffd}');
}

/** What a person wrote, as a TEXT value with its special characters escaped (RFC 5545 3.3.11). */
export function text(value: string): Value {
  return {
    raw: clean(value)
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n'),
  };
}

/** As {@link text}, in one line: for titles and names. */
export function lineOfText(value: string): Value {
  return text(clean(value).replace(/\s+/g, ' ').trim());
}

/** A value that the writer made itself and that needs no escaping: a number, a date, a rule, a term of the standard. */
export function plain(value: string | number): Value {
  return { raw: clean(String(value)).replaceAll('\n', '') };
}

/** A web address (RFC 5545 3.3.13), percent-encoded; `undefined` where the text is no http(s) address. */
export function webAddress(value: string): Value | undefined {
  const url = urlOf(value);
  if (url === undefined) return undefined;
  const { protocol, href } = url;
  return protocol === 'https:' || protocol === 'http:' ? { raw: href } : undefined;
}

/** A mail address as CAL-ADDRESS (RFC 5545 3.3.3), percent-encoded as RFC 6068 2 wants it. */
export function mailAddress(address: string): Value {
  const encoded = encodeURI(clean(address).replaceAll('\n', ''));
  return { raw: `mailto:${encoded.replace(/[?#&;,:/]/g, encodeURIComponent)}` };
}

/**
 * A parameter's value in quotes, so that commas and colons in it are no separators. A quotation mark can't be in
 * it at all and the escape of RFC 6868 is unknown to Outlook, so it becomes an apostrophe; the caret is escaped.
 */
function parameter(value: string): string {
  const safe = clean(value).replace(/\s+/g, ' ').replaceAll('"', "'").replaceAll('^', '^^');
  return /^[A-Za-z0-9/-]+$/.test(safe) ? safe : `"${safe.trim()}"`;
}

/** One property as a line that is not folded yet: `NAME;PARAMETER=value:value`. */
export function line(name: string, value: Value, parameters: Parameters = {}): string {
  const named = Object.entries(parameters).flatMap(([key, given]) =>
    given === undefined ? [] : [`;${key}=${parameter(given)}`],
  );
  return `${name}${named.join('')}:${value.raw}`;
}

/** Breaks a line so that no part is longer than 75 octets of UTF-8, never within a character (RFC 5545 3.1). */
function fold(whole: string): string {
  const deps: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of whole) {
    const size = Buffer.byteLength(character);
    if (octets + size > maxOctets) {
      deps.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...deps, part].join(lineEnd);
}

/** Lines as the text of a file, folded and ended as the standard wants them. */
export function fileOf(lines: readonly string[]): string {
  return lines.map((whole) => fold(whole) + lineEnd).join('');
}

/** `2026-01-06T07:00:00Z` as `20260106T070000Z`, DATE-TIME in UTC (RFC 5545 3.3.5, form 2). */
export function utc(instant: string): string {
  const whole = Temporal.Instant.from(instant).toString({ smallestUnit: 'second', roundingMode: 'trunc' });
  return whole.replace(/[-:]/g, '');
}

/** `20260106T090000`, DATE-TIME of the wall clock (RFC 5545 3.3.5, form 3). */
function local({ date, time }: WallTime): string {
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
