import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../../platform/clock.js';
import type { OccurrenceId } from '../../../platform/ids.js';
import type { Language } from '../../../shared/languages.js';
import type { CalendarSegment } from '../calendar.js';
import { farthestMove } from '../../occurrences/occurrence.js';
import { fileOf, line, lineOfText, plain } from './content-line.js';
import {
  cancelledEvent,
  event,
  once,
  segmentEvents,
  takesPlace,
  type CalendarUser,
  type Frame,
  type SeriesFacts,
} from './event.js';
import { timeZone, utc } from './time.js';

/** How often a calendar that subscribed is to look again (RFC 7986 5.7). */
const refreshInterval = 'PT1H';

/** A series as a calendar file tells it. */
export interface IcsSeries extends SeriesFacts {
  readonly segments: readonly CalendarSegment[];
}

/** A calendar object with the method of iTIP (RFC 5546 1.4), which the mail's part has to name too. */
export interface IcsObject {
  /** Without the host: the segment's. */
  readonly uid: string;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/** One session alone. Times are ISO instants. */
export interface IcsSession extends SeriesFacts {
  readonly id: OccurrenceId;
  readonly subject: string;
  readonly description: string;
  readonly start: string;
  readonly end: string;
  readonly isCancelled: boolean;
}

function calendar(
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL',
  properties: readonly string[],
  events: readonly string[],
): string {
  return fileOf([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Big Room//Sessions//EN',
    'CALSCALE:GREGORIAN',
    line('METHOD', plain(method)),
    ...properties,
    ...timeZone(),
    ...events,
    'END:VCALENDAR',
  ]);
}

/**
 * A feed to subscribe to: every series given, past segments included (METHOD PUBLISH, RFC 5546 3.2.1).
 * A calendar without events is no valid file (RFC 5545 3.6), but the time zone in it is a component, so a feed of
 * nothing is one.
 */
export function feedOf(
  feed: { readonly name: string; readonly language: Language; readonly series: readonly IcsSeries[] },
  frame: Omit<Frame, 'attendee'>,
): string {
  const name = lineOfText(feed.name);
  const events = feed.series.flatMap((series) =>
    series.segments.filter(takesPlace).flatMap((segment) => segmentEvents(segment, series, frame)),
  );
  const properties = [
    line('NAME', name, { LANGUAGE: feed.language }),
    line('X-WR-CALNAME', name),
    line('X-WR-TIMEZONE', plain(homeZone)),
    line('LAST-MODIFIED', plain(utc(frame.stamp))),
    line('REFRESH-INTERVAL', plain(refreshInterval), { VALUE: 'DURATION' }),
    line('X-PUBLISHED-TTL', plain(refreshInterval)),
  ];
  return calendar('PUBLISH', properties, events);
}

/** Whether a segment can still matter to anybody's calendar: what it has may have been moved beyond its end. */
function isOver({ lastDate }: CalendarSegment, stamp: string): boolean {
  if (lastDate === undefined) return false;
  const today = Temporal.Instant.from(stamp).toZonedDateTimeISO(homeZone).toPlainDate();
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(lastDate).add({ days: farthestMove }), today) < 0;
}

function cancelled(segment: CalendarSegment, series: IcsSeries, frame: Frame): IcsObject {
  const { uid } = segment;
  return { uid, method: 'CANCEL', content: calendar('CANCEL', [], cancelledEvent(segment, series, frame)) };
}

/**
 * Invitations for a mail to one person: one object per segment, as an object has one UID (RFC 5546 3.2.2), with the
 * recurring event and everything that differs from it. The same again with a higher sequence is an update.
 * A segment of which nothing is left is taken out of the calendar; one that is over long since is left out.
 */
export function invitationsOf(
  series: IcsSeries,
  attendee: CalendarUser,
  common: Omit<Frame, 'attendee'>,
): readonly IcsObject[] {
  const frame = { ...common, attendee };
  return series.segments
    .filter((segment) => !isOver(segment, frame.stamp))
    .map((segment): IcsObject => {
      if (!takesPlace(segment)) return cancelled(segment, series, frame);
      const content = calendar('REQUEST', [], segmentEvents(segment, series, frame));
      return { uid: segment.uid, method: 'REQUEST', content };
    });
}

/**
 * Takes the series out of one person's calendar, one object per segment (RFC 5546 3.2.5). The sequence is that of
 * the last invitation, the stamp decides (RFC 5546 2.1.5): so an invitation after it, when somebody wants to be invited
 * again although the series did not change, is not older than it.
 */
export function cancellationOf(
  series: IcsSeries,
  attendee: CalendarUser,
  common: Omit<Frame, 'attendee'>,
): readonly IcsObject[] {
  const frame = { ...common, attendee };
  return series.segments
    .filter((segment) => !isOver(segment, frame.stamp))
    .map((segment) => cancelled(segment, series, frame));
}

/**
 * One session to add to a calendar by hand (METHOD PUBLISH). It is an event of its own with the occurrence's id as
 * UID, not an instance of the series: calendars refuse an instance of a series that they don't know. So somebody who
 * was invited to the series or subscribed to it as well has it twice; added again after a change, it is replaced.
 */
export function singleOf(session: IcsSession, frame: Omit<Frame, 'attendee'>): string {
  const status = session.isCancelled ? 'CANCELLED' : 'CONFIRMED';
  return calendar('PUBLISH', [], event({ ...session, uid: session.id, status }, frame, once(session)));
}
