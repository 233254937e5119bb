import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { isAppError, AppError } from '../../platform/errors.js';
import { deterministicId, type MessageId, type OccurrenceId } from '../../platform/ids.js';
import type { DeliveryKind } from '../../delivery/outbox/kind.js';
import type { Message, NewMessage, Outcome } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import { parse, wholeNumber } from '../../platform/validation.js';
import { changeOccurrence, recordOf, type OccurrenceMoved } from '../occurrences/change.js';
import type { Attendance, Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence } from '../occurrences/reading.js';
import type { FollowUpService } from './service.js';
import type { AttendanceReport } from './attendance-source.js';
import { requireBegun, type AfterwardsDeps } from './deps.js';
import { actionContextOf, type ActionContext } from '../../platform/aggregate.js';

const countSchema = z.strictObject({
  count: wholeNumber(0, 100_000),
});

/** Reports come some minutes after the end. */
const reportAfter = { minutes: 15 } as const;
/** Waits between looks at a report that is not there: ten minutes, then twice as long each time, 21 hours in all. */
const firstWait = 600;
const maxLooks = 8;

/** Asks for the report of a session once it is over; a session that was moved since is asked for anew. */
export function attendanceMessage({ id, end }: Pick<Occurrence, 'id' | 'end'>): NewMessage {
  return {
    id: deterministicId<MessageId>('attendance', id, end),
    dueAt: new Date(Date.parse(end) + reportAfter.minutes * 60_000).toISOString(),
    body: { kind: 'attendance', occurrenceId: id },
  };
}

async function setAttendance(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const { count } = parse(countSchema, input);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    requireBegun(found.occurrence, actionContext.at);
    const { attendance: before, ...record } = recordOf(found);
    if (before?.from === 'hand' && before.count === count) return undefined;
    const attendance: Attendance = { from: 'hand', count, by: actionContext.by, at: actionContext.at };
    return { record: { ...record, attendance }, event: { action: 'attendance' }, canUndo: true };
  });
}

function attendanceOf({ count, people }: AttendanceReport, at: string): Attendance {
  return {
    from: 'meeting',
    count,
    people: people.map(({ name, seconds }) => ({ name, minutes: Math.round(seconds / 60) })),
    at,
  };
}

/** Keeps what a report says. A number by hand stands, unless somebody asked for the report's instead of it. */
function keepReport(
  deps: AfterwardsDeps,
  id: OccurrenceId,
  report: AttendanceReport,
  actionContext: ActionContext,
  isAsked: boolean,
): Promise<OccurrenceMoved> {
  return changeOccurrence(deps, id, actionContext, (found) => {
    const before = recordOf(found);
    if (before.attendance?.from === 'hand' && !isAsked) return undefined;
    const attendance = attendanceOf(report, actionContext.at);
    const { at: _at, ...facts } = attendance;
    const { at: _was, ...known } = before.attendance ?? { at: '' };
    if (JSON.stringify(facts) === JSON.stringify(known)) return undefined;
    return { record: { ...before, attendance }, event: { action: 'attendance' }, canUndo: isAsked };
  });
}

async function fetchAttendance(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const actionContext = actionContextOf(deps, actor);
  const { occurrence } = await findOccurrence(deps, id);
  requireBegun(occurrence, actionContext.at);
  const { joinUrl, start, end } = occurrence;
  if (deps.attendance === undefined || joinUrl === undefined)
    throw new AppError('attendance.noSource', { id });
  const report = await deps.attendance.report(joinUrl, start, end);
  if (report === undefined) throw new AppError('attendance.notYet', { id });
  return keepReport(deps, id, report, actionContext, true);
}

/** Numbers of those who were there. */
export function attending(deps: AfterwardsDeps): Pick<FollowUpService, 'setAttendance' | 'fetchAttendance'> {
  return {
    setAttendance: (actor, id, input) => setAttendance(deps, actor, id, input),
    fetchAttendance: (actor, id) => fetchAttendance(deps, actor, id),
  };
}

const undeliverable = (reason: string): Outcome => ({ result: 'undeliverable', reason });

function attemptsOf({ state }: Message): number {
  return state.status === 'pending' ? state.attempts : 1;
}

/** Looks again later, at most for a day: then there is no report, and nobody needs to do anything about it. */
function lookAgain(message: Message, reason: string, asked = 0): Outcome {
  const looks = attemptsOf(message);
  if (looks >= maxLooks) return undeliverable(reason);
  return { result: 'retry', reason, afterSeconds: Math.max(firstWait * 2 ** (looks - 1), asked) };
}

/** `undefined` where there is nothing (more) to be known; a fault of the other side is thrown. */
async function reported(
  deps: AfterwardsDeps,
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
    return lookAgain(message, error.code, Number(error.details.afterSeconds ?? 0));
  throw error;
}

const payload = z.object({ occurrenceId: z.string() as unknown as z.ZodType<OccurrenceId> });
export type AttendancePayload = z.infer<typeof payload>;

/** Fetches the report of a session that is over. Twice is as good as once: the report is the same. */
export function attendanceHandler(deps: AfterwardsDeps): DeliveryKind<AttendancePayload> {
  return {
    kind: 'attendance',
    payload,
    afterCrash: 'repeat',
    handle: async ({ occurrenceId }, message) => {
      try {
        const report = await reported(deps, occurrenceId);
        if (report === 'noReport') return lookAgain(message, report);
        if (typeof report === 'string') return undeliverable(report);
        const at = deps.clock.now().toString();
        await keepReport(deps, occurrenceId, report, { at, dueAt: at }, false);
        return { result: 'sent' };
      } catch (error) {
        return faultOutcome(message, error);
      }
    },
  };
}
