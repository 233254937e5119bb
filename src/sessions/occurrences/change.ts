import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { refOf, type Actor } from '../../platform/actor.js';
import type { PeopleService } from '../../people/service.js';
import {
  type Announced,
  type Occurrence,
  type OccurrenceAudit,
  occurrenceOf,
  type OccurrenceRecord,
  type TakesPlace,
} from './occurrence.js';
import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import {
  type ActionContext,
  aggregate,
  type Draft,
  type PersonActionContext,
  record,
} from '../../platform/aggregate.js';
import { homeDate } from '../../platform/clock.js';
import type { Change } from '../../platform/commit.js';
import type { SessionContent } from '../fan-outs.js';
import { sessionFanOut } from '../fan-outs.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import {
  cancelUnlessLeft,
  hasLeft,
  invitationMessages,
  notificationOf,
  planMessage,
  withNewVersion,
} from '../series/change.js';
import { timeOf } from '../series/dates.js';
import type { Series, SeriesVersion, Undoable } from '../series/series.js';
import type { DateFollower } from './carry-over.js';
import { presenterEffects, presentersMessages } from './affected.js';
import { agreedProject, findOccurrence, type Found, type ReadingDeps } from './reading.js';

/** What services need in which people act for their projects. */
export interface ParticipationDeps extends OccurrenceChangeDeps {
  readonly people: Pick<PeopleService, 'find' | 'all' | 'programme'>;
}

/** What changed, and the audit number to give to undo while nothing else has happened since. */
export interface OccurrenceChanged {
  readonly occurrence: Occurrence;
  readonly undo?: number;
}

/** What is decided about an occurrence. */
export interface OccurrenceDecision {
  readonly record: OccurrenceRecord;
  readonly event: OccurrenceAudit['event'];
  /** An undo may bring back what was. */
  readonly canUndo: boolean;
  /** More that is stored with it. */
  readonly changes?: readonly Change[];
  /** Messages to people; an undo cancels them. */
  readonly messages?: readonly NewMessage[];
  /** An undo of a change of which nobody was notified gives the series this version back. */
  readonly versionBefore?: SeriesVersion;
}

export interface OccurrenceChangeDeps extends ReadingDeps {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly followers: () => readonly DateFollower[];
  /** How long the notification of a change waits, so that an undo can hold it back. */
  readonly undoSeconds: number;
}

/** An occurrence with its record and its series, as they will be stored. */
interface Version {
  readonly auditCount: number;
  readonly occurrence: Occurrence;
  readonly record: OccurrenceRecord;
  readonly series: Series;
}

type Event = OccurrenceAudit['event'];
type Before = Undoable<OccurrenceRecord>;

/** The record as it is stored, or an empty one of an occurrence about which nothing is stored yet. */
export function recordOf({ record, occurrence }: Found): OccurrenceRecord {
  const { id, seriesId, date } = occurrence;
  return record?.value ?? { id, seriesId, date, state: { status: 'planned' }, auditCount: 0 };
}

/** The audit number that the next entry of an occurrence gets; it is part of the ids of the messages of that action. */
export const nextAuditNumber = (found: Found): string => String(recordOf(found).auditCount + 1);

/** A change of a session that is farther away is in the calendar in time; of a nearer one people are notified. In days. */
const shortNotice = 14;

/** Whether a session that begins then (ISO instant) is so near at a moment that people are notified of its changes. */
export function isAtShortNotice(start: string, at: string): boolean {
  const days = Temporal.Instant.from(at).until(start).total('days');
  return days > 0 && days <= shortNotice;
}

type ChangeContent = Extract<SessionContent, { kind: 'change' }>;

const takesPlace = ({ start, state }: Pick<Occurrence, 'start' | 'state'>): TakesPlace => ({
  start,
  takesPlace: state.status !== 'cancelled',
});

function changeOf(id: OccurrenceId, before: TakesPlace, after: TakesPlace): ChangeContent | undefined {
  const content = (change: ChangeContent['change']): ChangeContent => ({
    kind: 'change',
    change,
    occurrenceId: id,
    start: after.start,
    was: before.start,
  });
  if (before.takesPlace !== after.takesPlace) return content(after.takesPlace ? 'restored' : 'cancelled');
  return after.takesPlace && before.start !== after.start ? content('moved') : undefined;
}

/**
 * How those who were going to come are notified of a change at short notice: by nothing, or by one message.
 * @param context `isInvited`: an invitation leaves with it, from which contacts learn of it; `isFollowing`: those after it are
 *   changed with it.
 */
export function changeMessages(
  id: OccurrenceId,
  before: TakesPlace,
  after: TakesPlace,
  {
    at,
    dueAt,
    sequence,
    isInvited,
    isFollowing,
  }: Pick<ActionContext, 'at' | 'dueAt'> & {
    readonly sequence: number;
    readonly isInvited?: true;
    readonly isFollowing?: true;
  },
): NewMessage[] {
  const content = changeOf(id, before, after);
  if (content === undefined || !(isAtShortNotice(before.start, at) || isAtShortNotice(after.start, at)))
    return [];
  const sent = { ...content, ...(isInvited && { isInvited }), ...(isFollowing && { isFollowing }) };
  return [sessionFanOut(sent, dueAt, `sequence ${sequence}`)];
}

/** How those who were going to come soon are notified that a session goes with its series. */
export function endedMessages(
  occurrence: Occurrence,
  { at, dueAt, sequence }: Pick<ActionContext, 'at' | 'dueAt'> & { readonly sequence: number },
): NewMessage[] {
  const { id, seriesId, start } = occurrence;
  if (!isAtShortNotice(start, at)) return [];
  const projectId = agreedProject(occurrence);
  const who = projectId === undefined ? {} : { projectId };
  const content = { kind: 'ended', seriesId, occurrenceId: id, start, ...who } as const;
  return [sessionFanOut(content, dueAt, `sequence ${sequence}`)];
}

/** The occurrence with another record; a proposal of the rotation stays where the slot is still free. */
async function withRecord(
  { holidays }: Pick<ReadingDeps, 'holidays'>,
  { series, occurrence }: Found,
  changed: OccurrenceRecord,
  now: string,
): Promise<Occurrence> {
  const segment = series.value.segments.find(({ number }) => number === occurrence.segment);
  if (segment === undefined) throw new AppError('occurrence.notFound', { id: occurrence.id });
  const on = homeDate(changed.moved?.start ?? timeOf(segment, changed.date).start).toString();
  const [holiday] = await holidays.between(on, on);
  const date = { series: series.value, segment, date: changed.date, record: changed };
  const after = occurrenceOf(date, now, () => holiday);
  const isProposed = occurrence.slot?.how === 'proposed' && changed.slot === undefined;
  return isProposed ? { ...after, slot: occurrence.slot } : after;
}

/** What an invited person's calendar shows of an occurrence. */
function shownOf({ start, end, state, names, joinUrl }: Occurrence): string {
  return JSON.stringify([start, end, state.status === 'cancelled', names, joinUrl]);
}

/**
 * When and whether it takes place as far as those who were going to come know, and the changes that cancel the message
 * that waits to notify them otherwise.
 */
async function knownOf(
  { outbox }: Pick<OccurrenceChangeDeps, 'outbox'>,
  { occurrence, record: stored }: Found,
) {
  const announced = stored?.value.announced;
  const changes = announced && (await cancelUnlessLeft(outbox, [announced.message]));
  return announced && changes && changes.length > 0
    ? { known: announced.was, changes }
    : { known: takesPlace(occurrence), changes: [] };
}

/** What follows for those who are invited. */
interface Invited {
  readonly series: Series;
  readonly announced: Announced | undefined;
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
}

/** The series after a change of an occurrence, and how people are notified of it. */
async function invitedOf(
  deps: OccurrenceChangeDeps,
  { versionBefore }: OccurrenceDecision,
  { found, after }: { readonly found: Found; readonly after: Occurrence },
  context: ActionContext,
): Promise<Invited> {
  const { value: before } = found.series;
  const announced = found.record?.value.announced;
  if (shownOf(found.occurrence) === shownOf(after))
    return {
      series: versionBefore ? withNewVersion(before, context.at, versionBefore) : before,
      announced,
      messages: [],
      changes: [],
    };
  const series = withNewVersion(before, context.at, versionBefore);
  const isSame = isDeepStrictEqual(takesPlace(found.occurrence), takesPlace(after));
  const people = isSame ? undefined : await knownOf(deps, found);
  const { sequence } = series;
  const notifying = people
    ? changeMessages(after.id, people.known, takesPlace(after), { ...context, sequence })
    : [];
  const effects = people
    ? presenterEffects([
        {
          before: found.occurrence,
          known: people.known,
          after: { ...takesPlace(after), id: after.id },
        },
      ])
    : [];
  // The message brings the invitation of its part of the series: contacts need no second mail where that is all.
  const isAll = notifying.length > 0 && hasLeft(before.changedAt, context.at, deps.undoSeconds);
  const isMailed = series.isOpenToContacts && !isAll;
  const presenters = versionBefore ? [] : presentersMessages(effects, context, nextAuditNumber(found));
  // Either shows whether people know of it: both leave at the same time, and what is not true any more is not shown.
  const [message] = [...notifying, ...presenters];
  return {
    series,
    announced: people ? message && { message: message.id, was: people.known } : announced,
    messages: [
      ...(versionBefore ? [] : invitationMessages(series, isMailed, context.dueAt)),
      ...notifying,
      ...presenters,
    ],
    changes: people?.changes ?? [],
  };
}

/** Actions after which nothing that is planned for a series comes at another time. */
const withoutPlan: readonly Event['action'][] = ['materials', 'notes', 'attendance', 'thanks'];

/** What an undo needs. */
function undoableOf(
  before: OccurrenceRecord,
  { decision, invited, found }: { decision: OccurrenceDecision; invited: Invited; found: Found },
): Before {
  const series = found.series.value;
  const notification = notificationOf(series, invited.series, invited.messages);
  const isNotified = decision.versionBefore === undefined && invited.series.sequence > series.sequence;
  const messages = (decision.messages ?? []).map(({ id }) => id);
  return { before, ...(isNotified && { notification }), ...(messages.length > 0 && { messages }) };
}

const versionOf = (found: Found): Version => {
  const stored = recordOf(found);
  const { auditCount } = stored;
  return { auditCount, occurrence: found.occurrence, record: stored, series: found.series.value };
};

async function draftFrom(
  deps: OccurrenceChangeDeps,
  found: Found,
  decision: OccurrenceDecision,
  context: ActionContext,
): Promise<Draft<Version, Event, Before, NewMessage>> {
  const before = recordOf(found);
  const auditCount = before.auditCount + 1;
  const { announced: _announced, ...decided } = { ...decision.record, auditCount };
  const occurrence = await withRecord(deps, found, decided, context.at);
  const invited = await invitedOf(deps, decision, { found, after: occurrence }, context);
  const { series, announced } = invited;
  const changed = { ...decided, ...(announced && { announced }) };
  const isPlanned = !withoutPlan.includes(decision.event.action);
  return record<Version, Event, Before, NewMessage>(
    {
      value: { occurrence, record: changed, series, auditCount: before.auditCount },
      audit: [],
      changes: [...invited.changes, ...(decision.changes ?? [])],
      messages: [
        ...invited.messages,
        ...(decision.messages ?? []),
        ...(isPlanned ? [planMessage(series.id, [changed.id, String(auditCount)], context.dueAt)] : []),
      ],
    },
    context,
    decision.event,
    decision.canUndo ? undoableOf(before, { decision, invited, found }) : undefined,
  );
}

function engine(deps: OccurrenceChangeDeps) {
  const { store } = deps;
  return aggregate<OccurrenceId, Found, Version, Event, Before, NewMessage>(
    {
      read: (id) => findOccurrence(deps, id),
      valueOf: versionOf,
      write: (found, { value, audit, changes, messages }) => ({
        value,
        messages,
        changes: [
          ...audit.flatMap(({ before: undoable, ...entry }) =>
            store.putRecord(found.record, value.record, [entry], undoable && { entry, ...undoable }),
          ),
          ...store.putSeries(found.series, value.series, []),
          ...changes,
        ],
      }),
      aboutOf: ({ occurrence: { id } }) => ({ noun: 'session', id }),
      auditEntry: async (_id, number, { occurrence }) => {
        const { entry, ...undoable } = (await store.occurrenceUndo(occurrence.id)) ?? {};
        return entry?.number === number ? { ...entry, before: undoable as Before } : undefined;
      },
    },
    deps,
  );
}

type Decide<Context> = (
  found: Found,
  context: Context,
) => OccurrenceDecision | undefined | Promise<OccurrenceDecision | undefined>;

/**
 * Reads an occurrence, decides, and stores what was decided with its audit entry and everything that follows from it;
 * reads and decides again when somebody else was faster. `undefined` stores nothing.
 *
 * The series' row is written with it, changed or not: so a change of this-and-following, which moves records to other
 * dates, and a change of a record never pass each other unseen.
 * @param who the person who acts, or the action context of what Big Room does by itself.
 * @param signerOf as whom the person signs it, where that depends on what is found.
 */
export function changeOccurrence(
  deps: OccurrenceChangeDeps,
  id: OccurrenceId,
  who: Actor,
  decide: Decide<PersonActionContext>,
  signerOf?: (found: Found) => Actor,
): Promise<OccurrenceChanged>;
export function changeOccurrence(
  deps: OccurrenceChangeDeps,
  id: OccurrenceId,
  who: ActionContext,
  decide: Decide<ActionContext>,
): Promise<OccurrenceChanged>;
export async function changeOccurrence(
  deps: OccurrenceChangeDeps,
  id: OccurrenceId,
  who: Actor | ActionContext,
  decide: Decide<never>,
  signerOf?: (found: Found) => Actor,
): Promise<OccurrenceChanged> {
  const { value, undo } = await engine(deps).change(id, who, async (found, given) => {
    const context = signerOf === undefined ? given : { ...given, by: refOf(signerOf(found)) };
    const decision = await decide(found, context as never);
    return decision && draftFrom(deps, found, decision, context);
  });
  return { occurrence: value.occurrence, ...(undo !== undefined && { undo }) };
}

/**
 * Takes back the actor's own newest action, while nothing else has happened since.
 * @param restore what the undo makes of the occurrence, given what the undone action left for it.
 * @throws AppError `undo.tooLate`.
 */
export async function undoOccurrenceChange(
  deps: OccurrenceChangeDeps,
  id: OccurrenceId,
  actor: Actor,
  auditNumber: number,
  restore: (
    found: Found,
    undone: OccurrenceAudit & Before,
    context: ActionContext,
  ) => Promise<OccurrenceDecision>,
): Promise<OccurrenceChanged> {
  const { value } = await engine(deps).undo(
    id,
    actor,
    auditNumber,
    async (found, { before, ...entry }, context) =>
      draftFrom(deps, found, await restore(found, { ...entry, ...before }, context), context),
  );
  return { occurrence: value.occurrence };
}
