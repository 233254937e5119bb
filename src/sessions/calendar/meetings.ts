import { isDeepStrictEqual } from 'node:util';
import { leadsSessions } from '../policy.js';
import { z } from 'zod';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { requirePermission } from '../../people/permissions.js';
import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedKind } from '../../platform/stored.js';
import { meetingRequest } from '../messages.js';
import { findSeries, findSeriesOrDraft, meetingMessage } from '../series/change.js';
import { lobbyChoices, meetingOf, type MeetingAccess } from '../../shared/series-meetings.js';
import type { Series } from '../series/series.js';
import type { SeriesStore } from '../series/store.js';
import type { calendarStateStore } from './sync.js';

/**
 * What became of one meeting: `holds` is what was read back after it was set. `refused`: it may not be set, with a code;
 * `notOurs`: the organiser's mailbox has no such meeting.
 */
export type MeetingOutcome =
  | { readonly is: 'set'; readonly holds: MeetingAccess }
  | { readonly is: 'refused'; readonly reason: string }
  | { readonly is: 'notOurs' };

/** The online meetings of the organiser's mailbox. */
export interface OnlineMeetings {
  /**
   * Sets who gets into a meeting and what they may do there, where that differs, and reads it back: the organisation's
   * policy may hold something else.
   * @throws AppError `calendar.unavailable` (try again, `afterSeconds` in the details where it was named),
   *   `calendar.organiserGone`.
   */
  set(joinUrl: string, access: MeetingAccess): Promise<MeetingOutcome>;
}

const accessSchema = z.object({
  lobby: z.enum(lobbyChoices),
  presenters: z.enum(lobbyChoices),
  microphones: z.boolean(),
  cameras: z.boolean(),
});

const fields = ['lobby', 'presenters', 'microphones', 'cameras'] as const;
export type MeetingField = (typeof fields)[number];

const resultSchema = z.object({
  wanted: accessSchema,
  /** ISO instant at which it was read back. */
  at: z.string(),
  result: z.enum(['set', 'refused', 'differs', 'notOurs']),
  /** Which settings the organisation's policy holds otherwise. */
  differs: z.array(z.enum(fields)).exactOptional(),
  /** Graph's code of a refusal. */
  reason: z.string().exactOptional(),
});
type MeetingResult = Readonly<z.infer<typeof resultSchema>>;

const resultRow = storedKind<MeetingResult>({ name: 'meetingAccess', schema: resultSchema });
const key = (id: SeriesId): string => `meeting-access|${id}`;

/** What became of the meetings of each series, in `meeting-access|<series>`. */
export function meetingStore(partition: Partition) {
  return {
    meetingResult: (id: SeriesId): Promise<Versioned<MeetingResult> | undefined> =>
      partition.get(resultRow, key(id)),
    putMeetingResult: (
      id: SeriesId,
      before: Versioned<MeetingResult> | undefined,
      after: MeetingResult,
    ): Change => replace(resultRow, key(id), before, after),
  };
}

export interface MeetingDeps {
  readonly store: Pick<SeriesStore, 'series' | 'seriesOrDraft'> &
    Pick<ReturnType<typeof calendarStateStore>, 'calendarState'>;
  readonly results: ReturnType<typeof meetingStore>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
  /** Without it the organisation's defaults decide. */
  readonly meetings?: OnlineMeetings | undefined;
}

/**
 * Whether the meetings of a series are as they should be. `notConnected`: Big Room reaches no meetings; `ownLink`: somebody
 * put the link in by hand, so that it is their meeting; `pending`: there is no meeting yet, or it is being set;
 * `refused` and `differs`: the organisation's IT decides.
 */
export interface MeetingStatus {
  readonly status: 'notConnected' | 'ownLink' | 'pending' | 'set' | 'refused' | 'differs';
  /** ISO instant at which that was found. */
  readonly at?: string;
  readonly differs?: readonly MeetingField[];
}

const isOwnLink = ({ joinUrl, joinUrlBy }: Pick<Series, 'joinUrl' | 'joinUrlBy'>): boolean =>
  joinUrl !== undefined && joinUrlBy !== 'calendar';

function statusOf(series: Series, result: MeetingResult | undefined): MeetingStatus {
  if (isOwnLink(series)) return { status: 'ownLink' };
  if (result === undefined || !isDeepStrictEqual(result.wanted, meetingOf(series)))
    return { status: 'pending' };
  const { at, differs } = result;
  if (result.result === 'notOurs') return { status: 'pending', at };
  return { status: result.result, at, ...(differs && { differs }) };
}

/** The worst of all meetings of a series: one that is closed closes it to those who come to that one. */
function resultOf(wanted: MeetingAccess, at: string, outcomes: readonly MeetingOutcome[]): MeetingResult {
  const refusal = outcomes.find((outcome) => outcome.is === 'refused');
  if (refusal !== undefined) return { wanted, at, result: 'refused', reason: refusal.reason };
  const held = outcomes.flatMap((outcome) => (outcome.is === 'set' ? [outcome.holds] : []));
  if (held.length < outcomes.length) return { wanted, at, result: 'notOurs' };
  const differs = fields.filter((field) => held.some((holds) => holds[field] !== wanted[field]));
  return differs.length === 0
    ? { wanted, at, result: 'set' }
    : { wanted, at, result: 'differs', differs: [...differs] };
}

/** Teams may know a meeting some time after the calendar made it; after so many attempts it never will. */
const maxAttempts = 5;

/** Who gets into the meetings of a series: what is set, and what became of it. */
export function meetingService({ store, results, outbox, clock, meetings }: MeetingDeps) {
  async function status(actor: Actor, id: SeriesId): Promise<MeetingStatus> {
    requirePermission(actor, 'session:see');
    const find = leadsSessions(actor) ? findSeriesOrDraft : findSeries;
    const { value: series } = await find(store, id);
    if (meetings === undefined) return { status: 'notConnected' };
    return statusOf(series, (await results.meetingResult(id))?.value);
  }

  return {
    meetingStatus: status,

    /** Sets the meetings of a series again and reads them back, as after IT has changed something. */
    async checkMeeting(actor: Actor, id: SeriesId): Promise<MeetingStatus> {
      requirePermission(actor, 'session:edit');
      await findSeries(store, id);
      const at = clock.now().toString();
      if (meetings !== undefined) await outbox.commit([], [meetingMessage(id, ['asked', at], at)]);
      return status(actor, id);
    },
  };
}

export type MeetingService = ReturnType<typeof meetingService>;

/**
 * Sets the meetings that the calendar made for a series. It stores what became of it over what it read before: of two runs at
 * once the slower one reads and sets anew, so that the settings of the newest change hold in the end.
 */
export function meetingDelivery({
  store,
  results,
  outbox,
  clock,
  meetings,
}: MeetingDeps): DeliveryKind<PayloadOf<typeof meetingRequest>> {
  /** @param isLast one that can't be found then may not be set. @returns whether all of them were found. */
  async function set(port: OnlineMeetings, id: SeriesId, isLast: boolean): Promise<boolean> {
    const [series, state, before] = await Promise.all([
      store.series(id),
      store.calendarState(id),
      results.meetingResult(id),
    ]);
    const joinUrls = state?.value.meetings ?? [];
    if (series?.value.state.status !== 'active' || joinUrls.length === 0) return true;
    const wanted = meetingOf(series.value);
    const outcomes: MeetingOutcome[] = [];
    for (const joinUrl of joinUrls) outcomes.push(await port.set(joinUrl, wanted));
    const result = resultOf(wanted, clock.now().toString(), outcomes);
    const isFound = result.result !== 'notOurs';
    const missing = { ...result, result: 'refused', reason: 'notFound' } as const;
    const after = isFound || !isLast ? result : missing;
    await outbox.commit([results.putMeetingResult(id, before, after)]);
    return isFound;
  }

  function outcomeOf(error: unknown): Outcome {
    if (isAppError(error, 'calendar.organiserGone')) return { result: 'failed', reason: error.code };
    const isPassing = isAppError(error, 'calendar.unavailable') || isAppError(error, 'storage.conflict');
    if (!isPassing) throw error;
    const { afterSeconds } = error.details;
    return {
      result: 'retry',
      reason: error.code,
      ...(typeof afterSeconds === 'number' && { afterSeconds }),
    };
  }

  return {
    ...meetingRequest,
    afterCrash: 'repeat',
    // It reads what holds before it writes.
    afterRestore: 'run',
    handle: async ({ seriesId }, { state }) => {
      if (meetings === undefined) return { result: 'sent' };
      const isLast = state.status === 'pending' && state.attempts >= maxAttempts;
      try {
        const isFound = await set(meetings, seriesId, isLast);
        return isFound || isLast ? { result: 'sent' } : { result: 'retry', reason: 'notFound' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}
