import { attendanceRequest } from '../messages.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Message, NewMessage, Outcome } from '../../delivery/outbox/message.js';
import { isAppError } from '../../platform/errors.js';
import { deterministicId, type MessageId, type OccurrenceId } from '../../platform/ids.js';
import {
  changeOccurrence,
  type OccurrenceChanged,
  recordOf,
  type ParticipationDeps,
} from '../occurrences/change.js';
import type { ActionContext } from '../../platform/aggregate.js';
import { requireSeen, type Seen } from '../../platform/seen.js';
import type { Attendance, Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence } from '../occurrences/reading.js';

/** Who was there, by the meeting's own report. Times are ISO instants. */
export interface AttendanceReport {
  readonly count: number;
  readonly people: readonly { readonly name: string; readonly address?: string; readonly seconds: number }[];
  readonly start: string;
  readonly end: string;
}

/** Where attendance is known from; the other source is a number entered by hand. */
export interface AttendanceSource {
  /**
   * The report of the meeting behind a join address that overlaps most with this time; `undefined` while there is none
   * (it comes some minutes after the end; channel meetings have none).
   * @throws AppError `calendar.unavailable`, `calendar.organiserGone`.
   */
  report(joinUrl: string, start: string, end: string): Promise<AttendanceReport | undefined>;
}

export interface AttendanceDeps extends ParticipationDeps {
  /** Without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
}

/** Reports come some minutes after the end. */
const reportAfter = { minutes: 15 } as const;
/** Waits between asking for a report that is not there: ten minutes, then twice as long each time, 21 hours in all. */
const firstWait = 600;
const maxAttempts = 8;

/** Asks for the report of a session once it is over; a session that was moved since is asked for again. */
export function attendanceMessage({ id, end }: Pick<Occurrence, 'id' | 'end'>): NewMessage {
  return {
    id: deterministicId<MessageId>('attendance', id, end),
    dueAt: new Date(Date.parse(end) + reportAfter.minutes * 60_000).toISOString(),
    body: attendanceRequest.body({ occurrenceId: id }),
  };
}

/** A record with more names than that could not be stored any more; how many there were is kept in full. */
const maxNames = 1_000;
const maxNameCharacters = 120;

/** Of very many those who stayed longest are named, in the order of the report. */
function attendanceOf({ count, people }: AttendanceReport, at: string): Attendance {
  const shortest = [...people].sort((one, other) => other.seconds - one.seconds).slice(0, maxNames);
  const kept = new Set(shortest);
  return {
    from: 'meeting',
    count,
    people: people
      .filter((person) => kept.has(person))
      .map(({ name, seconds }) => ({
        name: name.slice(0, maxNameCharacters),
        minutes: Math.round(seconds / 60),
      })),
    at,
  };
}

/**
 * Stores what a report says. A number entered by hand is kept, unless somebody asked for the report's number, who `seen`
 * what was there.
 */
export function keepReport(
  deps: ParticipationDeps,
  id: OccurrenceId,
  report: AttendanceReport,
  actionContext: ActionContext,
  asked?: { readonly seen: Seen | undefined },
): Promise<OccurrenceChanged> {
  return changeOccurrence(deps, id, actionContext, (found) => {
    const before = recordOf(found);
    if (before.attendance?.from === 'hand' && asked === undefined) return undefined;
    const attendance = attendanceOf(report, actionContext.at);
    const { at: _at, ...facts } = attendance;
    const { at: _was, ...known } = before.attendance ?? { at: '' };
    if (JSON.stringify(facts) === JSON.stringify(known)) return undefined;
    if (before.attendance?.from === 'hand')
      requireSeen(asked?.seen, { count: attendance.count }, { count: before.attendance.count });
    return {
      record: { ...before, attendance },
      event: { action: 'attendance' },
      canUndo: asked !== undefined,
    };
  });
}

const undeliverable = (reason: string): Outcome => ({ result: 'undeliverable', reason });

function attemptsOf({ state }: Message): number {
  return state.status === 'pending' ? state.attempts : 1;
}

/** Asks again later, at most for a day: then there is no report, and nobody needs to do anything about it. */
function askAgain(message: Message, reason: string, afterSeconds = 0): Outcome {
  const attempts = attemptsOf(message);
  if (attempts >= maxAttempts) return undeliverable(reason);
  return { result: 'retry', reason, afterSeconds: Math.max(firstWait * 2 ** (attempts - 1), afterSeconds) };
}

/** The report, or why there is none (yet); a fault of the other side is thrown. */
async function reported(
  deps: AttendanceDeps,
  id: OccurrenceId,
): Promise<AttendanceReport | 'noSource' | 'superseded' | 'noReport'> {
  const { occurrence } = await findOccurrence(deps, id);
  const { joinUrl, start, end, state, record } = occurrence;
  if (deps.attendance === undefined || joinUrl === undefined) return 'noSource';
  if (state.status !== 'held' || record?.attendance?.from === 'hand') return 'superseded';
  return (await deps.attendance.report(joinUrl, start, end)) ?? 'noReport';
}

function faultOutcome(message: Message, error: unknown): Outcome {
  if (isAppError(error, 'occurrence.notFound')) return undeliverable('superseded');
  if (isAppError(error, 'calendar.organiserGone')) return { result: 'failed', reason: error.code };
  if (isAppError(error, 'calendar.unavailable'))
    return askAgain(message, error.code, Number(error.details.afterSeconds ?? 0));
  throw error;
}

/** Fetches the report of a session that is over. Twice is as good as once: the report is the same. */
export function attendanceDelivery(deps: AttendanceDeps): DeliveryKind<PayloadOf<typeof attendanceRequest>> {
  return {
    ...attendanceRequest,
    afterCrash: 'repeat',
    // It reads outside, and changes nothing there.
    afterRestore: 'run',
    handle: async ({ occurrenceId }, message) => {
      try {
        const report = await reported(deps, occurrenceId);
        if (report === 'noReport') return askAgain(message, report);
        if (typeof report === 'string') return undeliverable(report);
        const at = deps.clock.now().toString();
        await keepReport(deps, occurrenceId, report, { at, dueAt: at });
        return { result: 'sent' };
      } catch (error) {
        return faultOutcome(message, error);
      }
    },
  };
}
