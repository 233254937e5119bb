import { homeDate, type Clock } from '../clock.js';
import { whileConflicting, type Change, type Versioned } from '../commit.js';
import { AppError } from '../errors.js';
import type { OccurrenceId, SeriesId } from '../ids.js';
import type { Actor } from '../news/service.js';
import type { NewMessage } from '../outbox/message.js';
import type { PersonRef } from '../texts/text.js';
import { changeMessages, invitationMessages, planMessage, standingOf } from './effects.js';
import type { Occurrence, OccurrenceAudit, OccurrenceRecord } from './occurrence.js';
import type { SeriesParts } from './parts.js';
import { findOccurrence, type Found, type ReadingParts } from './reading.js';
import { occurrenceOf, timeOf } from './schedule.js';
import type { Series } from './series.js';
import type { OccurrenceMoved } from './service.js';
import type { SessionStore } from './store.js';

/** When something is done, and by whom; nobody where Big Room does it itself. ISO instants. */
export interface Occasion {
  readonly at: string;
  readonly by?: PersonRef;
  /** When others learn of it: when it can no longer be undone quietly. */
  readonly dueAt: string;
}

export type PersonsOccasion = Required<Occasion>;

type ChangingParts = Pick<SeriesParts, 'store' | 'clock' | 'holidays' | 'outbox' | 'undoSeconds'>;

export function occasionOf(
  { clock, undoSeconds }: { readonly clock: Clock; readonly undoSeconds: number },
  actor: Actor,
): PersonsOccasion {
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
  readonly did: OccurrenceAudit['did'];
  /** An undo may bring back what was. */
  readonly canUndo: boolean;
  /** More that is stored with it. */
  readonly changes?: readonly Change[];
  readonly messages?: readonly NewMessage[];
  /** An undo of what nobody has heard of yet: the sequence that the series gets back. */
  readonly sequenceBack?: number;
}

/** The record as it stands, or an empty one of an occurrence about which nothing is stored yet. */
export function recordOf({ record, occurrence }: Found): OccurrenceRecord {
  const { id, seriesId, date } = occurrence;
  return record?.value ?? { id, seriesId, date, is: { state: 'planned' }, auditCount: 0 };
}

/** The occurrence with another record; a proposal of the rotation stays where the slot is still free. */
async function withRecord(
  { holidays }: Pick<ReadingParts, 'holidays'>,
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
  const isProposed = occurrence.turn?.how === 'proposed' && record.turn === undefined;
  return isProposed ? { ...after, turn: occurrence.turn } : after;
}

/** What an invited person's calendar says of an occurrence. */
function seen({ start, end, is, names, joinUrl }: Occurrence): string {
  return JSON.stringify([start, end, is.state === 'cancelled', names, joinUrl]);
}

/** All that is told of a change of an occurrence, once the series has the sequence with which it is told. */
function messagesOf(
  series: Series,
  before: Occurrence,
  after: Occurrence,
  { at, dueAt }: Pick<Occasion, 'at' | 'dueAt'>,
): NewMessage[] {
  const { sequence } = series;
  return [
    ...invitationMessages(series, series.isOpenToContacts, dueAt),
    ...changeMessages(after.id, standingOf(before), standingOf(after), { at, dueAt, sequence }),
  ];
}

/** The series after a change of an occurrence, and what is told of it. */
function told(
  series: Series,
  draft: OccurrenceDraft,
  [before, after]: [Occurrence, Occurrence],
  occasion: Occasion,
) {
  if (draft.sequenceBack !== undefined) {
    return { series: { ...series, sequence: draft.sequenceBack, changedAt: occasion.at }, messages: [] };
  }
  if (seen(before) === seen(after)) return { series, messages: [] };
  const next = { ...series, sequence: series.sequence + 1, changedAt: occasion.at };
  return { series: next, messages: messagesOf(next, before, after, occasion) };
}

/**
 * Reads an occurrence, decides, and stores what was decided with its audit entry and everything that follows from it;
 * reads and decides anew when somebody else was faster. `undefined` stores nothing.
 *
 * The series' row is written with it, changed or not: so a change of this-and-following, which carries records to other
 * dates, and a change of a record never pass each other unseen.
 */
export async function changeOccurrence(
  parts: ChangingParts,
  id: OccurrenceId,
  occasion: Occasion,
  decide: (found: Found) => OccurrenceDraft | undefined | Promise<OccurrenceDraft | undefined>,
): Promise<OccurrenceMoved> {
  return whileConflicting(async () => {
    const found = await findOccurrence(parts, id);
    const draft = await decide(found);
    if (draft === undefined) return { occurrence: found.occurrence };
    const before = recordOf(found);
    const number = before.auditCount + 1;
    const record = { ...draft.record, auditCount: number };
    const after = await withRecord(parts, found, record, occasion.at);
    const { series, messages } = told(found.series.value, draft, [found.occurrence, after], occasion);
    const isTold = series.sequence > found.series.value.sequence;
    const entry: OccurrenceAudit = {
      number,
      at: occasion.at,
      ...(occasion.by && { by: occasion.by }),
      did: draft.did,
      ...(isTold && { sequence: series.sequence, told: messages.map((message) => message.id) }),
      ...(draft.canUndo && { before }),
    };
    await parts.outbox.commit(
      [
        ...parts.store.putRecord(found.record, record, [entry]),
        ...parts.store.putSeries(found.series, series, []),
        ...(draft.changes ?? []),
      ],
      [
        ...messages,
        ...(draft.messages ?? []),
        planMessage(series.id, [record.id, String(number)], occasion.dueAt),
      ],
    );
    return { occurrence: after, ...(draft.canUndo && { undo: number }) };
  });
}
