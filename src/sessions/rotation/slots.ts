import type { PersonActionContext } from '../../platform/aggregate.js';
import type { PersonRef } from '../../platform/actor.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../platform/ids.js';
import { exchangeChanges } from '../occurrences/carry-over.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import {
  nextAuditNumber,
  type OccurrenceChangeDeps,
  type OccurrenceDecision,
  recordOf,
} from '../occurrences/change.js';
import { isUpcoming, moveState, requireUpcoming } from '../occurrences/workflow.js';
import { groupNotice } from '../notices.js';
import {
  chosenPerson,
  projectOf,
  type Occurrence,
  type OccurrenceAudit,
  type OccurrenceRecord,
  type Slot,
  type SwapAsk,
  type Talk,
} from '../occurrences/occurrence.js';
import { agreedProject, type Found } from '../occurrences/reading.js';

/** What is decided about slots; the operations of the service make use of it. */

/**
 * The record with another slot, and the talk of whoever has it now: a talk belongs to its project. With a talk it is
 * confirmed, without one it is planned again.
 */
function withSlot(
  occurrence: Pick<Occurrence, 'id' | 'state'>,
  record: OccurrenceRecord,
  slot: Slot | null,
  talk: Talk | undefined,
  context: PersonActionContext,
): OccurrenceRecord {
  const { talk: _talk, swap: _swap, opening: _opening, ...rest } = record;
  const after = { ...rest, slot, ...(talk && { talk }) };
  const { status } = record.state;
  if (talk && status === 'planned') return moveState(occurrence, after, 'confirm', context);
  if (!talk && status === 'confirmed') return moveState(occurrence, after, 'unconfirm', context);
  return after;
}

/** @throws AppError `occurrence.moveNotAllowed` where no slot can be changed. */
export function requireSlots(occurrence: Occurrence): void {
  requireUpcoming(occurrence);
  if (occurrence.slot === undefined)
    throw new AppError('occurrence.moveNotAllowed', { id: occurrence.id, missing: 'rotation' });
}

/** A project gets the slot. @param person who of it presents, where somebody was chosen. */
export function given(
  found: Found,
  projectId: ProjectId,
  how: Slot['how'],
  context: PersonActionContext,
  person?: PersonRef,
): OccurrenceDecision {
  const record = recordOf(found);
  const talk = projectOf(found.occurrence) === projectId ? record.talk : undefined;
  const slot: Slot = { projectId, how, at: context.at, ...(person && { person }) };
  return {
    record: withSlot(found.occurrence, record, slot, talk, context),
    event: { action: 'turn', projectId, how },
    canUndo: true,
  };
}

/** Nobody has the slot any more. */
export function leftOpen(found: Found, context: PersonActionContext): OccurrenceDecision {
  const projectId = agreedProject(found.occurrence);
  const record = withSlot(found.occurrence, recordOf(found), null, undefined, context);
  return {
    record: projectId === undefined ? record : { ...record, opening: { projectId } },
    event: { action: 'turn' },
    canUndo: true,
  };
}

/** Two slots with the projects that have them. */
export interface Pair {
  readonly here: Found;
  readonly there: Found;
  readonly project: ProjectId;
  readonly other: ProjectId;
}

export function swapNotPossible(id: OccurrenceId, withId: OccurrenceId): AppError {
  return new AppError('swap.notPossible', { id, withId });
}

/** @throws AppError `swap.notPossible` where the two are not slots to come of two projects in one series. */
export function pairOf(here: Found, there: Found): Pair {
  const [one, another] = [here.occurrence, there.occurrence];
  const [project, other] = [projectOf(one), projectOf(another)];
  const isFit = one.seriesId === another.seriesId && isUpcoming(one) && isUpcoming(another);
  if (!isFit || project === undefined || other === undefined || project === other)
    throw swapNotPossible(one.id, another.id);
  return { here, there, project, other };
}

/**
 * Both records after the swap: what is decided of the one here, and the other as changes beside it, with what follows
 * the talks. An undo brings both back.
 */
export async function swapped(
  { store, followers }: Pick<OccurrenceChangeDeps, 'store' | 'followers'>,
  { here, there, project, other }: Pair,
  context: PersonActionContext,
  messages: readonly NewMessage[],
): Promise<OccurrenceDecision> {
  const { at, by } = context;
  /** The record of one slot once the other one's project has it, which brings its talk along, and who presents it. */
  const recordAfter = (slot: Found, from: Found, projectId: ProjectId): OccurrenceRecord => {
    const { talk } = recordOf(from);
    const person = chosenPerson(from.occurrence);
    const after: Slot = { projectId, how: 'swap', at, ...(person && { person }) };
    return withSlot(slot.occurrence, recordOf(slot), after, talk, context);
  };
  const number = recordOf(there).auditCount + 1;
  const [id, withId] = [here.occurrence.id, there.occurrence.id];
  const event = { action: 'turn', projectId: project, how: 'swap', with: id } as const;
  const entry: OccurrenceAudit = { number, at, by, event };
  const theirs = { ...recordAfter(there, here, project), auditCount: number };
  const undo = { entry, before: recordOf(there), messages: messages.map((message) => message.id) };
  return {
    record: recordAfter(here, there, other),
    event: { action: 'turn', projectId: other, how: 'swap', with: withId },
    canUndo: true,
    changes: [
      ...store.putRecord(there.record, theirs, [entry], undo),
      ...(await exchangeChanges(followers(), id, withId)),
    ],
    messages,
  };
}

/** One project asks the other to swap; nothing where it has asked already. */
export function swapAsked(
  { here, there, project, other }: Pair,
  context: PersonActionContext,
): OccurrenceDecision | undefined {
  const [id, withId] = [here.occurrence.id, there.occurrence.id];
  const record = recordOf(here);
  const { at, by } = context;
  if (record.swap?.with === withId && record.swap.theirProjectId === other) return undefined;
  const swap: SwapAsk = { with: withId, projectId: project, theirProjectId: other, by, at };
  const notice = { about: 'swapAsked', occurrenceId: id, withId, by: by.name } as const;
  return {
    record: { ...record, swap },
    event: { action: 'swapAsked' },
    canUndo: true,
    messages: [groupNotice(notice, { projectId: other }, { ...context, act: nextAuditNumber(here) })],
  };
}
