import type { Actor, PersonRef } from '../../platform/actor.js';
import { isDeepStrictEqual } from 'node:util';
import { homeDate, type Clock } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { changeMessages, invitationMessages, planMessage, standingOf } from './effects.js';
import type {
  Announced,
  Occurrence,
  OccurrenceAudit,
  OccurrenceRecord,
  OccurrenceUndo,
} from './occurrence.js';
import type { SeriesDeps } from '../deps.js';
import { findOccurrence, type Found, type ReadingDeps } from './reading.js';
import { recalled } from './recall.js';
import { occurrenceOf, timeOf } from './schedule.js';
import type { Series } from '../series/series.js';
import type { OccurrenceMoved } from '../service.js';
import type { SessionStore } from '../store.js';
import { hasLeft } from './undoable.js';

/** When something is done, and by whom; nobody where Big Room does it itself. ISO instants. */
export interface ActionContext {
  readonly at: string;
  readonly by?: PersonRef;
  /** When others learn of it: when it can no longer be undone quietly. */
  readonly dueAt: string;
}

export type PersonActionContext = Required<ActionContext>;

type ChangingDeps = Pick<SeriesDeps, 'store' | 'clock' | 'holidays' | 'outbox' | 'undoSeconds'>;

export function actionContextOf(
  { clock, undoSeconds }: { readonly clock: Clock; readonly undoSeconds: number },
  actor: Actor,
): PersonActionContext {
  const now = clock.now();
  return {
    at: now.toString(),
    dueAt: now.add({ seconds: undoSeconds }).toString(),
    by: { id: actor.id, name: actor.name },
  };
}

/** @throws AppError `series.notFound`. */
export async function findSeries(store: SessionStore, id: SeriesId): Promise<Versioned<Series>> {
  const found = await store.series(id);
  if (found === undefined) throw new AppError('series.notFound', { id });
  return found;
}

/** What is decided about an occurrence. */
export interface OccurrenceDraft {
  readonly record: OccurrenceRecord;
  readonly event: OccurrenceAudit['event'];
  /** An undo may bring back what was. */
  readonly canUndo: boolean;
  /** More that is stored with it. */
  readonly changes?: readonly Change[];
  /** Words to people; an undo calls them back. */
  readonly messages?: readonly NewMessage[];
  /** An undo of what nobody has heard of yet: what the series gets back. */
  readonly back?: Pick<Series, 'sequence' | 'changedAt'>;
}

/** The record as it stands, or an empty one of an occurrence about which nothing is stored yet. */
export function recordOf({ record, occurrence }: Found): OccurrenceRecord {
  const { id, seriesId, date } = occurrence;
  return record?.value ?? { id, seriesId, date, state: { status: 'planned' }, auditCount: 0 };
}

/** The occurrence with another record; a proposal of the rotation stays where the slot is still free. */
async function withRecord(
  { holidays }: Pick<ReadingDeps, 'holidays'>,
  { series, occurrence }: Found,
  record: OccurrenceRecord,
  now: string,
): Promise<Occurrence> {
  const segment = series.value.segments.find(({ number }) => number === occurrence.segment);
  if (segment === undefined) throw new AppError('occurrence.notFound', { id: occurrence.id });
  const on = homeDate(record.moved?.start ?? timeOf(segment, record.date).start).toString();
  const [holiday] = await holidays.between(on, on);
  const after = occurrenceOf(
    { series: series.value, segment, date: record.date, record },
    now,
    () => holiday,
  );
  const isProposed = occurrence.slot?.how === 'proposed' && record.slot === undefined;
  return isProposed ? { ...after, slot: occurrence.slot } : after;
}

/** What an invited person's calendar says of an occurrence. */
function seen({ start, end, state, names, joinUrl }: Occurrence): string {
  return JSON.stringify([start, end, state.status === 'cancelled', names, joinUrl]);
}

/**
 * How those who were going to come believe that it takes place, and the changes that call back the word that waits to
 * tell them otherwise.
 */
async function heard({ outbox }: Pick<ChangingDeps, 'outbox'>, { occurrence, record }: Found) {
  const announced = record?.value.announced;
  const changes = announced && (await recalled(outbox, [announced.message]));
  return announced && changes && changes.length > 0
    ? { standing: announced.was, changes }
    : { standing: standingOf(occurrence), changes: [] };
}

/** What follows for those who are invited. */
interface Telling {
  readonly series: Series;
  readonly announced: Announced | undefined;
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
}

/** The series after a change of an occurrence, and what is told of it. */
async function tellingOf(
  deps: ChangingDeps,
  draft: OccurrenceDraft,
  { found, after }: { readonly found: Found; readonly after: Occurrence },
  actionContext: ActionContext,
): Promise<Telling> {
  const { value: before } = found.series;
  const announced = found.record?.value.announced;
  if (seen(found.occurrence) === seen(after))
    return { series: { ...before, ...draft.back }, announced, messages: [], changes: [] };
  const stepped = { sequence: before.sequence + 1, changedAt: actionContext.at };
  const series = { ...before, ...(draft.back ?? stepped) };
  const isSame = isDeepStrictEqual(standingOf(found.occurrence), standingOf(after));
  const known = isSame ? undefined : await heard(deps, found);
  const words = known
    ? changeMessages(after.id, known.standing, standingOf(after), {
        ...actionContext,
        sequence: series.sequence,
      })
    : [];
  // The word carries the invitation of its part of the series: contacts need no second mail where that is all.
  const isAll = words.length > 0 && hasLeft(before.changedAt, actionContext.at, deps.undoSeconds);
  const isMailed = series.isOpenToContacts && !isAll;
  const [word] = words;
  return {
    series,
    announced: known ? word && { message: word.id, was: known.standing } : announced,
    messages: [...(draft.back ? [] : invitationMessages(series, isMailed, actionContext.dueAt)), ...words],
    changes: known?.changes ?? [],
  };
}

/** Acts after which nothing that is planned for a series comes at another time. */
const withoutPlan: readonly OccurrenceAudit['event']['action'][] = [
  'materials',
  'notes',
  'attendance',
  'thanks',
];

/** What takes the act back. */
function undoOf(
  entry: OccurrenceAudit,
  before: OccurrenceRecord,
  { draft, telling, found }: { draft: OccurrenceDraft; telling: Telling; found: Found },
): OccurrenceUndo {
  const { sequence, changedAt: changedBefore } = found.series.value;
  const isTold = telling.series.sequence > sequence;
  const told = {
    messages: telling.messages.map(({ id }) => id),
    sequence: telling.series.sequence,
    changedBefore,
  };
  const words = (draft.messages ?? []).map(({ id }) => id);
  return { entry, before, ...(isTold && { told }), ...(words.length > 0 && { words }) };
}

/**
 * Reads an occurrence, decides, and stores what was decided with its audit entry and everything that follows from it;
 * reads and decides anew when somebody else was faster. `undefined` stores nothing.
 *
 * The series' row is written with it, changed or not: so a change of this-and-following, which carries records to other
 * dates, and a change of a record never pass each other unseen.
 */
export async function changeOccurrence(
  deps: ChangingDeps,
  id: OccurrenceId,
  actionContext: ActionContext,
  decide: (found: Found) => OccurrenceDraft | undefined | Promise<OccurrenceDraft | undefined>,
): Promise<OccurrenceMoved> {
  return whileConflicting(async () => {
    const found = await findOccurrence(deps, id);
    const draft = await decide(found);
    if (draft === undefined) return { occurrence: found.occurrence };
    const before = recordOf(found);
    const number = before.auditCount + 1;
    const { announced: _announced, ...decided } = { ...draft.record, auditCount: number };
    const after = await withRecord(deps, found, decided, actionContext.at);
    const telling = await tellingOf(deps, draft, { found, after }, actionContext);
    const record = { ...decided, ...(telling.announced && { announced: telling.announced }) };
    const { by } = actionContext;
    const entry: OccurrenceAudit = { number, at: actionContext.at, ...(by && { by }), event: draft.event };
    const undo = draft.canUndo ? undoOf(entry, before, { draft, telling, found }) : undefined;
    const isPlanned = !withoutPlan.includes(draft.event.action);
    await deps.outbox.commit(
      [
        ...deps.store.putRecord(found.record, record, [entry], undo),
        ...deps.store.putSeries(found.series, telling.series, []),
        ...telling.changes,
        ...(draft.changes ?? []),
      ],
      [
        ...telling.messages,
        ...(draft.messages ?? []),
        ...(isPlanned
          ? [planMessage(telling.series.id, [record.id, String(number)], actionContext.dueAt)]
          : []),
      ],
    );
    return { occurrence: after, ...(draft.canUndo && { undo: number }) };
  });
}
