import { deterministicId, type MessageId, type SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { sessionFanOut } from '../fan-outs.js';
import { calendarRequest, meetingRequest, planRequest } from '../messages.js';
import { meetingOf } from '../../shared/series-meetings.js';
import {
  type ChangeNotification,
  type Series,
  type SeriesAudit,
  seriesKinds,
  type SeriesOutline,
  type SeriesVersion,
  type Undoable,
} from './series.js';
import { Temporal } from 'temporal-polyfill';
import type { Change, Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { isDeepStrictEqual } from 'node:util';
import { type ActionContext, aggregate, type Draft, record } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import type { SeriesStore } from './store.js';

/**
 * Asks to bring what is planned for a series in step with what is stored.
 * @param cause what makes the id of one change differ from that of another.
 * @param dueAt ISO instant.
 */
export function planMessage(seriesId: SeriesId, cause: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('sessionPlan', seriesId, ...cause);
  return { id, dueAt, body: planRequest.body({ seriesId }) };
}

/** Asks to sync the calendar outside with the series. `cause` as for {@link planMessage}. */
export function calendarMessage(seriesId: SeriesId, cause: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('calendar', seriesId, ...cause);
  return { id, dueAt, body: calendarRequest.body({ seriesId }) };
}

/** Asks to set who gets into the meetings of the series. `cause` as for {@link planMessage}. */
export function meetingMessage(seriesId: SeriesId, cause: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('meetingAccess', seriesId, ...cause);
  return { id, dueAt, body: meetingRequest.body({ seriesId }) };
}

/**
 * What leaves when those who are invited see something else than before: the calendar is synced, and contacts get the
 * series again by mail, unless they get another mail about it.
 */
export function invitationMessages(series: Series, isMailed: boolean, dueAt: string): NewMessage[] {
  const { id, sequence } = series;
  const content = { kind: 'invitation', seriesId: id, sequence } as const;
  return [
    calendarMessage(id, [`sequence ${sequence}`], dueAt),
    ...(isMailed ? [sessionFanOut(content, dueAt)] : []),
  ];
}

/**
 * Whether all notifications of a change have left by an instant (both ISO): what a later change supersedes before that
 * reaches nobody otherwise.
 */
export function hasLeft(changedAt: string, at: string, undoSeconds: number): boolean {
  // As long again for what leaves in several parts.
  const left = Temporal.Instant.from(changedAt).add({ seconds: 2 * undoSeconds });
  return Temporal.Instant.compare(left, at) <= 0;
}

/** The changes that cancel messages; `undefined` when one of them has left already. */
export async function cancelUnlessLeft(
  outbox: Pick<Outbox, 'cancel'>,
  messages: readonly MessageId[],
): Promise<readonly Change[] | undefined> {
  try {
    return (await Promise.all(messages.map((id) => outbox.cancel(id)))).flat();
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) return undefined;
    throw error;
  }
}

/**
 * The changes that cancel the notification of a change; `undefined` when some of it has left, or a later change has
 * notified of this one too.
 * @param current the series' sequence as it is stored.
 * @param apart a message that is cancelled elsewhere, where it still waits.
 */
export async function cancelNotification(
  outbox: Pick<Outbox, 'cancel'>,
  current: number,
  notification: ChangeNotification | undefined,
  apart?: MessageId,
): Promise<readonly Change[] | undefined> {
  if (notification?.sequence !== current) return undefined;
  const { messages } = notification;
  const all = await cancelUnlessLeft(outbox, messages);
  if (all === undefined || apart === undefined || !messages.includes(apart)) return all;
  return cancelUnlessLeft(
    outbox,
    messages.filter((id) => id !== apart),
  );
}

/**
 * The version that an undo of a cancelled notification gives back to the series; nothing where what the undone change
 * superseded had not left either.
 * @param at ISO instant of the undone action.
 */
export function versionBefore(
  { notification }: Pick<Undoable<unknown>, 'notification'>,
  at: string,
  undoSeconds: number,
): { readonly versionBefore?: SeriesVersion } {
  if (notification === undefined || !hasLeft(notification.changedBefore, at, undoSeconds)) return {};
  const { sequence, changedBefore, sequenceBefore = sequence - 1 } = notification;
  return { versionBefore: { sequence: sequenceBefore, changedAt: changedBefore } };
}

/** From here the sequences of calendars are counted, in whole seconds. */
const sequencesSince = Temporal.Instant.from('2026-01-01T00:00:00Z');

/**
 * The SEQUENCE after a change: higher than the one before, and by the clock. So it is never one that somebody holds already,
 * not even where a restored backup has forgotten changes (RFC 5545, 3.8.7.4: an integer, enough until 2094).
 * @param at ISO instant of the change.
 */
export function nextSequence(before: number, at: string): number {
  const seconds = Math.floor(Temporal.Instant.from(at).since(sequencesSince).total('seconds'));
  return Math.max(before + 1, seconds);
}

/** The series as a new version: of its own, or the one that people have where they were notified of nothing since. */
export function withNewVersion(
  { sameAs: _before, ...series }: Series,
  at: string,
  versionBefore: SeriesVersion | undefined,
): Series {
  // Feeds may have shown the undone change: for them too this one is the newer.
  const sequence = nextSequence(series.sequence, at);
  if (versionBefore === undefined) return { ...series, sequence, changedAt: at };
  return { ...series, sequence, changedAt: versionBefore.changedAt, sameAs: versionBefore.sequence };
}

/** What an undo of a change needs to know of the version before it. */
export function notificationOf(
  before: Series,
  after: Series,
  messages: readonly NewMessage[],
): ChangeNotification {
  return {
    messages: messages.map(({ id }) => id),
    sequence: after.sequence,
    changedBefore: before.changedAt,
    sequenceBefore: before.sameAs ?? before.sequence,
  };
}

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface SeriesMoved {
  readonly series: Series;
  readonly undo?: number;
}

/** What is decided about a series. */
export interface SeriesDecision {
  readonly series: Series;
  readonly event: SeriesAudit['event'];
  readonly canUndo: boolean;
  readonly changes?: readonly Change[];
  /** Messages beside the invitation, of the series as it will be stored. */
  readonly messages?: (series: Series) => readonly NewMessage[];
  /** An undo of a change of which nobody was notified gives the series this version back. */
  readonly versionBefore?: SeriesVersion;
}

export interface SeriesChangeDeps {
  readonly store: SeriesStore;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  /** How long the notification of a change waits, so that an undo can hold it back; where persons act. */
  readonly undoSeconds?: number;
}

type Event = SeriesAudit['event'];
type SeriesDraft = Draft<Series, Event, Undoable<Series>, NewMessage>;

/** @throws AppError `series.notFound`. */
export async function findSeries(
  store: Pick<SeriesStore, 'series'>,
  id: SeriesId,
): Promise<Versioned<Series>> {
  const found = await store.series(id);
  if (found === undefined) throw new AppError('series.notFound', { id });
  return found;
}

/** A series or a draft of one. @throws AppError `series.notFound`. */
export async function findSeriesOrDraft(
  store: Pick<SeriesStore, 'seriesOrDraft'>,
  id: SeriesId,
): Promise<Versioned<Series>> {
  const found = await store.seriesOrDraft(id);
  if (found === undefined) throw new AppError('series.notFound', { id });
  return found;
}

const ranks = { draft: 0, active: 10, ended: 20 } as const;

/** All series, drafts and active ones first, by kind and Finnish name. */
export async function allInOrder<Each extends SeriesOutline>(store: {
  readonly allSeries: () => Promise<readonly { readonly value: Each }[]>;
}): Promise<Each[]> {
  const rank = ({ state, kind }: Each): number => ranks[state.status] + seriesKinds.indexOf(kind);
  return (await store.allSeries())
    .map(({ value }) => value)
    .sort((one, other) => rank(one) - rank(other) || one.names.fi.localeCompare(other.names.fi, 'fi'));
}

/** @throws AppError `series.ended`, `series.draft`. */
export function requireActive({ id, state }: Series): void {
  if (state.status === 'draft') throw new AppError('series.draft', { id });
  requireNotEnded({ id, state });
}

/** @throws AppError `series.ended`. */
export function requireNotEnded({ id, state }: Pick<Series, 'id' | 'state'>): void {
  if (state.status === 'ended') throw new AppError('series.ended', { id });
}

/** What an invited person's calendar shows of a series. */
function shownOf(series: Series): unknown {
  const { names, descriptions, segments, pausedMonths, isOpenToContacts, joinUrl } = series;
  return [names, descriptions, segments, pausedMonths, isOpenToContacts, joinUrl];
}

/** The message that syncs the calendar after a change that only it sees: who is invited. */
function groupsMessage(before: Series, after: Series, number: number, dueAt: string): NewMessage[] {
  if (isDeepStrictEqual(before.groups, after.groups)) return [];
  return [calendarMessage(after.id, ['groups', String(number)], dueAt)];
}

/** The message that sets the meetings after a change of who gets in; nobody is notified of it. */
function accessMessage(before: Series, after: Series, dueAt: string): NewMessage[] {
  if (isDeepStrictEqual(meetingOf(before), meetingOf(after))) return [];
  return [meetingMessage(after.id, ['series', String(after.auditCount)], dueAt)];
}

/** The series as it will be stored, and the invitation that leaves for it: with a new sequence where calendars show it. */
function invitationOf(
  before: Series,
  { series: decided, versionBefore }: SeriesDecision,
  { at, dueAt }: ActionContext,
): { readonly series: Series; readonly messages: readonly NewMessage[] } {
  const current = { ...decided, sequence: before.sequence };
  if (versionBefore !== undefined)
    return { series: withNewVersion(current, at, versionBefore), messages: [] };
  const isNew = before.state.status === 'draft';
  if (!isNew && isDeepStrictEqual(shownOf(before), shownOf(decided))) {
    const series = { ...current, changedAt: before.changedAt };
    return { series, messages: groupsMessage(before, decided, before.auditCount + 1, dueAt) };
  }
  const series = withNewVersion(current, at, undefined);
  // Who was invited before learns that they no longer are.
  const isMailed = series.isOpenToContacts || (before.isOpenToContacts && !isNew);
  return { series, messages: invitationMessages(series, isMailed, dueAt) };
}

/** What is stored of a decision about a draft: nothing follows from it. */
function draftOfDraft(
  before: Series,
  { series, event }: SeriesDecision,
  context: ActionContext,
): SeriesDraft {
  const value = { ...series, auditCount: before.auditCount };
  return record<Series, Event, Undoable<Series>, NewMessage>(
    { value, audit: [], changes: [], messages: [] },
    context,
    event,
    undefined,
  );
}

function draftFrom(before: Series, decision: SeriesDecision, context: ActionContext): SeriesDraft {
  if (before.state.status === 'draft' && decision.series.state.status === 'draft')
    return draftOfDraft(before, decision, context);
  const { series: decided, messages: invitations } = invitationOf(before, decision, context);
  const series = { ...decided, auditCount: before.auditCount + 1 };
  // One that becomes a draft again was published a moment ago: what was to follow is cancelled with it.
  const isDraft = series.state.status === 'draft';
  const messages = isDraft ? [] : [...invitations, ...(decision.messages?.(series) ?? [])];
  const notification = notificationOf(before, series, messages);
  const isNotified = decision.versionBefore === undefined && series.sequence > before.sequence;
  const undoable = { before, ...(isNotified && { notification }) };
  return record<Series, Event, Undoable<Series>, NewMessage>(
    {
      value: { ...series, auditCount: before.auditCount },
      audit: [],
      changes: decision.changes ?? [],
      messages: isDraft
        ? []
        : [
            ...messages,
            ...accessMessage(before, series, context.dueAt),
            planMessage(series.id, ['series', String(series.auditCount)], context.dueAt),
          ],
    },
    context,
    decision.event,
    decision.canUndo ? undoable : undefined,
  );
}

function engine(deps: SeriesChangeDeps) {
  const { store } = deps;
  return aggregate<SeriesId, Versioned<Series>, Series, Event, Undoable<Series>, NewMessage>(
    {
      read: (id) => findSeriesOrDraft(store, id),
      valueOf: ({ value }) => value,
      write: (before, { value, audit, changes, messages }) => ({
        value,
        messages,
        changes: [
          ...audit.flatMap(({ before: undoable, ...entry }) =>
            store.putSeries(before, value, [entry], undoable && { entry, ...undoable }),
          ),
          ...changes,
        ],
      }),
      auditEntry: async (id, number) => {
        const { entry, ...undoable } = (await store.seriesUndo(id)) ?? {};
        return entry?.number === number ? { ...entry, before: undoable as Undoable<Series> } : undefined;
      },
    },
    { undoSeconds: 0, ...deps },
  );
}

/**
 * Reads a series, decides, and stores what was decided with its audit entry and everything that follows from it; reads
 * and decides again when somebody else was faster. The same series given back, or nothing, stores nothing.
 * @param who the person who acts, or the action context of what Big Room does by itself.
 */
export async function changeSeries(
  deps: SeriesChangeDeps,
  id: SeriesId,
  who: Actor | ActionContext,
  decide: (
    series: Series,
    context: ActionContext,
  ) => SeriesDecision | undefined | Promise<SeriesDecision | undefined>,
): Promise<SeriesMoved> {
  const { value: series, undo } = await engine(deps).change(id, who, async ({ value }, context) => {
    const decision = await decide(value, context);
    const isSame = decision === undefined || isDeepStrictEqual(decision.series, value);
    return isSame ? undefined : draftFrom(value, decision, context);
  });
  return { series, ...(undo !== undefined && { undo }) };
}

/**
 * Takes back the actor's own newest action, while nothing else has happened since.
 * @param restore what the undo makes of the series, given what the undone action left for it.
 * @throws AppError `undo.tooLate`.
 */
export async function undoSeriesChange(
  deps: SeriesChangeDeps,
  id: SeriesId,
  actor: Actor,
  auditNumber: number,
  restore: (
    current: Series,
    undone: SeriesAudit & Undoable<Series>,
    context: ActionContext,
  ) => Promise<SeriesDecision>,
): Promise<SeriesMoved> {
  const { value: series } = await engine(deps).undo(
    id,
    actor,
    auditNumber,
    async ({ value }, { before, ...entry }, context) =>
      draftFrom(value, await restore(value, { ...entry, ...before }, context), context),
  );
  return { series };
}
