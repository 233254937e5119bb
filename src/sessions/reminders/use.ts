import { Temporal } from 'temporal-polyfill';
import type { Use } from '../../delivery/fan-out/ports.js';
import type { SendContent } from '../../delivery/fan-out/fan-out.js';
import { thanksUntil } from '../follow-up/thanks-time.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { Series } from '../series/series.js';
import { quietSpanAt, usefulUntil } from './planning.js';

/** What a send is about as things stand; `undefined` for what is not there any more. */
export interface Standing {
  readonly series: Series | undefined;
  readonly occurrence: Occurrence | undefined;
}

const overtaken: Use = { send: false, reason: 'overtaken' };

/** Of use until a moment (an ISO instant or a `Temporal.Instant`), and no more at it. */
function until(end: Temporal.Instant | string, now: Temporal.Instant): Use {
  if (Temporal.Instant.compare(now, end) >= 0) return { send: false, reason: 'late' };
  return { send: true, usefulUntil: end.toString() };
}

type Of<Kind extends SendContent['kind']> = Extract<SendContent, { kind: Kind }>;

/** A session is told of only as it is: at another time, or in another place of its series, it has a reminder of its own. */
function ofReminder(
  { occurrenceId, offset, start }: Of<'reminder'>,
  standing: Standing,
  now: Temporal.Instant,
): Use {
  const { series, occurrence } = standing;
  const isAsTold = occurrence?.id === occurrenceId && occurrence.start === start;
  if (series === undefined || !isAsTold || occurrence.state.status === 'cancelled') return overtaken;
  if (!series.reminders.offsets.includes(offset)) return overtaken;
  const use = until(usefulUntil(start, offset, series.reminders), now);
  // By plan none is due in quiet hours: one that comes then was held up.
  const quiet = quietSpanAt(now, series.reminders.quiet);
  return use.send && quiet !== undefined ? { ...use, notBefore: quiet.end.toInstant().toString() } : use;
}

/** Until the session would begin: whoever hears of it later has found out. */
function ofChange(
  { change, occurrenceId, start }: Of<'change'>,
  standing: Standing,
  now: Temporal.Instant,
): Use {
  const { occurrence } = standing;
  if (occurrence?.id !== occurrenceId || occurrence.start !== start) return overtaken;
  const isCancelled = occurrence.state.status === 'cancelled';
  return isCancelled === (change === 'cancelled') ? until(start, now) : overtaken;
}

/** A second round tells all that the first one would. */
function ofThanks({ round }: Of<'thanks'>, { occurrence }: Standing, now: Temporal.Instant): Use {
  if (occurrence === undefined || occurrence.state.status === 'cancelled') return overtaken;
  if (occurrence.record?.thanked !== round) return overtaken;
  return until(thanksUntil(occurrence.end), now);
}

/**
 * A newer change of the series sends its own invitations to everybody. One who is new is sent the series as it stands
 * when it leaves, whatever changed meanwhile.
 */
function ofInvitation({ sequence, contactId }: Of<'invitation'>, { series }: Standing): Use {
  if (series === undefined) return overtaken;
  if (contactId === undefined) return series.sequence === sequence ? { send: true } : overtaken;
  return series.state.status === 'active' && series.isOpenToContacts ? { send: true } : overtaken;
}

/** Whether something that was planned is still to be sent, and until when. */
export function useOf(content: SendContent, standing: Standing, now: Temporal.Instant): Use {
  switch (content.kind) {
    case 'reminder':
      return ofReminder(content, standing, now);
    case 'change':
      return ofChange(content, standing, now);
    case 'thanks':
      return ofThanks(content, standing, now);
    case 'invitation':
      return ofInvitation(content, standing);
  }
}
