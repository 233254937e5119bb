import { Temporal } from 'temporal-polyfill';
import type { Usefulness } from '../../delivery/fan-out/kind.js';
import type { SessionContent } from '../fan-outs.js';
import { thanksUntil } from '../follow-up/follow-up.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { Series } from '../series/series.js';
import { quietSpanAt, usefulUntil } from './planning.js';

/** What a send is about as things stand; `undefined` for what is not there any more. */
export interface Current {
  readonly series: Series | undefined;
  readonly occurrence: Occurrence | undefined;
}

const superseded: Usefulness = { send: false, reason: 'superseded' };

/** Of use until a moment (an ISO instant or a `Temporal.Instant`), and no more at it. */
function until(end: Temporal.Instant | string, now: Temporal.Instant): Usefulness {
  if (Temporal.Instant.compare(now, end) >= 0) return { send: false, reason: 'late' };
  return { send: true, usefulUntil: end.toString() };
}

type Of<Kind extends SessionContent['kind']> = Extract<SessionContent, { kind: Kind }>;

/** A reminder announces a session only as it is: at another time, or in another place of its series, it has a reminder of its own. */
function ofReminder(
  { occurrenceId, offset, start }: Of<'reminder'>,
  current: Current,
  now: Temporal.Instant,
): Usefulness {
  const { series, occurrence } = current;
  const isAsAnnounced = occurrence?.id === occurrenceId && occurrence.start === start;
  if (series === undefined || !isAsAnnounced || occurrence.state.status === 'cancelled') return superseded;
  if (!series.reminders.offsets.includes(offset)) return superseded;
  const use = until(usefulUntil(start, offset, series.reminders), now);
  // By plan none is due in quiet hours: one that comes then was held up.
  const quiet = quietSpanAt(now, series.reminders.quiet);
  return use.send && quiet !== undefined ? { ...use, notBefore: quiet.end.toInstant().toString() } : use;
}

/** Until the session would begin: whoever gets it later has found out. */
function ofChange(
  { change, occurrenceId, start }: Of<'change'>,
  current: Current,
  now: Temporal.Instant,
): Usefulness {
  const { occurrence } = current;
  if (occurrence?.id !== occurrenceId || occurrence.start !== start) return superseded;
  const isCancelled = occurrence.state.status === 'cancelled';
  return isCancelled === (change === 'cancelled') ? until(start, now) : superseded;
}

/** A second round says all that the first one would. */
function ofThanks({ round }: Of<'thanks'>, { occurrence }: Current, now: Temporal.Instant): Usefulness {
  if (occurrence === undefined || occurrence.state.status === 'cancelled') return superseded;
  if (occurrence.record?.thanked !== round) return superseded;
  return until(thanksUntil(occurrence.end), now);
}

/**
 * A newer change of the series sends its own invitations to everybody. One who is new is sent the series as it stands
 * when it leaves, whatever changed meanwhile.
 */
function ofInvitation({ sequence, contactId }: Of<'invitation'>, { series }: Current): Usefulness {
  if (series === undefined) return superseded;
  if (contactId === undefined) return series.sequence === sequence ? { send: true } : superseded;
  return series.state.status === 'active' && series.isOpenToContacts ? { send: true } : superseded;
}

/** Whether something that was planned is still to be sent, and until when. */
export function useOf(content: SessionContent, current: Current, now: Temporal.Instant): Usefulness {
  switch (content.kind) {
    case 'reminder':
      return ofReminder(content, current, now);
    case 'change':
      return ofChange(content, current, now);
    case 'thanks':
      return ofThanks(content, current, now);
    case 'invitation':
      return ofInvitation(content, current);
  }
}
