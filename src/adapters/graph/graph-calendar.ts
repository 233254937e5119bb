import { today, type Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { Calendar, CalendarRun, CalendarSeries } from '../../sessions/calendar/calendar.js';
import { calendarApi, type CalendarApi } from './calendar-api.js';
import type { Following } from './calendar-event.js';
import { notebook } from './calendar-memory.js';
import { closeSegment, followSegment } from './calendar-segment.js';
import type { GraphClient } from './graph-client.js';
import { toCalendarError } from './graph-fault.js';

/** The most attendees of an event; a group counts as one (https://learn.microsoft.com/graph/api/resources/event). */
const maxAttendees = 500;

interface GraphCalendarOptions {
  readonly client: GraphClient;
  /** Address or object id of the mailbox that owns the sessions. */
  readonly organiser: string;
  readonly clock: Clock;
}

/**
 * The series as events of the organiser's mailbox: one event series a segment, each an online meeting. It looks at what
 * stands there and writes what differs, so that an answer that was lost after Graph had acted doubles nothing.
 *
 * Who is not among the attendees any more keeps the events that they were invited to, and may decline them: taking
 * them off the list would go to everybody anew. To the segments that begin later they are not invited.
 */
export function graphCalendar({ client, organiser, clock }: GraphCalendarOptions): Calendar {
  /** Begins nothing new once the time is up: what is done is seen by the run that goes on. */
  function apiWithin({ hasTime }: CalendarRun): CalendarApi {
    const inTime = <Answer>(step: () => Promise<Answer>): Promise<Answer> =>
      hasTime() ? step() : Promise.reject(new AppError('calendar.unavailable', { reason: 'timeUp' }));
    const within: GraphClient = {
      call: (mailbox, call) => inTime(() => client.call(mailbox, call)),
      list: (mailbox, call, item) => inTime(() => client.list(mailbox, call, item)),
      close: () => client.close(),
    };
    return calendarApi(within, organiser);
  }

  async function followAll(following: Following, wanted: CalendarSeries): Promise<{ joinUrl?: string }> {
    const segments = wanted.isEnded ? [] : wanted.segments;
    const uids = new Set([...following.notes.uids, ...wanted.segments.map(({ uid }) => uid)]);
    for (const uid of uids)
      if (!segments.some((segment) => segment.uid === uid)) await closeSegment(following, uid);
    let joinUrl: string | undefined;
    const date = today(clock).toString();
    for (const segment of segments) {
      const url = await followSegment(following, segment);
      const isInForce = segment.lastDate === undefined || segment.lastDate >= date;
      if (isInForce) joinUrl ??= url;
    }
    return joinUrl === undefined ? {} : { joinUrl };
  }

  return {
    async sync(wanted, memory, run) {
      const attendees = [...new Set(wanted.attendees.map((address) => address.trim().toLowerCase()))];
      if (!wanted.isEnded && attendees.length > maxAttendees)
        throw new AppError('calendar.tooManyAttendees', { count: attendees.length, max: maxAttendees });
      const notes = notebook(memory, (next) => run.keep(next));
      const following = { api: apiWithin(run), notes, clock, attendees };
      try {
        return await followAll(following, wanted);
      } catch (error) {
        throw toCalendarError(error);
      }
    },
  };
}
