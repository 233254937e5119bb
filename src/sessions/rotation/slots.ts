import type { Actor } from '../../platform/actor.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import {
  changeOccurrence,
  actionContextOf,
  recordOf,
  type OccurrenceDraft,
  type PersonActionContext,
} from '../occurrences/change.js';
import { agreedProject } from './fair-order.js';
import type { Occurrence, OccurrenceRecord, Talk, Slot } from '../occurrences/occurrence.js';
import { applyMove } from '../occurrences/workflow.js';
import type { Found } from '../occurrences/reading.js';
import type { OccurrenceMoved, RotationService } from '../service.js';
import { tell } from './notices.js';
import {
  actingOf,
  requireActing,
  requireUpcoming,
  requireProject,
  projectOf,
  type TakingDeps,
} from './deps.js';

/**
 * The record with another turn, and the talk of whoever has it now: a talk belongs to its project. With a talk it is
 * confirmed, without one it is planned again.
 */
export function withSlot(
  occurrence: Pick<Occurrence, 'id' | 'state'>,
  record: OccurrenceRecord,
  slot: Slot | null,
  talk: Talk | undefined,
  actionContext: PersonActionContext,
): OccurrenceRecord {
  const { talk: _talk, swap: _swap, ...rest } = record;
  const after = { ...rest, slot, ...(talk && { talk }) };
  const { status } = record.state;
  if (talk && status === 'planned') return applyMove(occurrence, after, 'confirm', actionContext);
  if (!talk && status === 'confirmed') return applyMove(occurrence, after, 'unconfirm', actionContext);
  return after;
}

/** @throws AppError `occurrence.moveNotAllowed` where nobody's turn can be changed. */
export function requireSlots(occurrence: Occurrence): void {
  requireUpcoming(occurrence);
  if (occurrence.slot === undefined)
    throw new AppError('occurrence.moveNotAllowed', { id: occurrence.id, missing: 'rotation' });
}

/** The audit number that the next entry of an occurrence gets, which tells its words from those of other acts. */
export const nextAct = (found: Found): string => String(recordOf(found).auditCount + 1);

function given(
  found: Found,
  projectId: ProjectId,
  how: Slot['how'],
  actionContext: PersonActionContext,
): OccurrenceDraft {
  const record = recordOf(found);
  const talk = projectOf(found.occurrence) === projectId ? record.talk : undefined;
  const slot: Slot = { projectId, how, at: actionContext.at };
  return {
    record: withSlot(found.occurrence, record, slot, talk, actionContext),
    event: { action: 'turn', projectId, how },
    canUndo: true,
  };
}

function leftOpen(found: Found, actionContext: PersonActionContext): OccurrenceDraft {
  const record = withSlot(found.occurrence, recordOf(found), null, undefined, actionContext);
  return { record, event: { action: 'turn' }, canUndo: true };
}

async function assign(
  deps: TakingDeps,
  actor: Actor,
  id: OccurrenceId,
  projectId: ProjectId | null,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  if (projectId !== null) await requireProject(deps, projectId);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    const { occurrence } = found;
    requireSlots(occurrence);
    const before = agreedProject(occurrence);
    const isLeftOpen = recordOf(found).slot === null;
    if (projectId === null ? isLeftOpen : before === projectId) return undefined;
    const telling = { ...actionContext, act: nextAct(found) };
    const draft =
      projectId === null ? leftOpen(found, actionContext) : given(found, projectId, 'chosen', actionContext);
    const words = (about: 'turnGiven' | 'turnTaken', project: ProjectId | null | undefined) =>
      project === null || project === undefined
        ? []
        : [tell({ about, occurrenceId: occurrence.id, projectId: project }, { projectId: project }, telling)];
    return { ...draft, messages: [...words('turnTaken', before), ...words('turnGiven', projectId)] };
  });
}

async function volunteer(
  deps: TakingDeps,
  actor: Actor,
  id: OccurrenceId,
  projectId: ProjectId,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:take');
  await requireProject(deps, projectId);
  requireActing(await actingOf(deps, actor), projectId);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    requireSlots(found.occurrence);
    const holder = agreedProject(found.occurrence);
    if (holder === projectId) return undefined;
    if (holder !== undefined) throw new AppError('presenter.taken', { id, projectId: holder });
    return given(found, projectId, 'volunteer', actionContext);
  });
}

async function giveUp(deps: TakingDeps, actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:take');
  const acting = await actingOf(deps, actor);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    requireSlots(found.occurrence);
    // Said twice, or somebody else said it: it is open.
    if (recordOf(found).slot === null) return undefined;
    const projectId = projectOf(found.occurrence);
    requireActing(acting, projectId);
    if (projectId === undefined) return undefined;
    const { id: occurrenceId } = found.occurrence;
    const notice = { about: 'turnGivenUp', occurrenceId, projectId, by: actor.name } as const;
    const telling = { ...actionContext, act: nextAct(found) };
    return { ...leftOpen(found, actionContext), messages: [tell(notice, 'coordinators', telling)] };
  });
}

/** Who has a slot: given by the coordinator, taken by a volunteer, given up. */
export function turns(deps: TakingDeps): Pick<RotationService, 'assign' | 'volunteer' | 'giveUp'> {
  return {
    assign: (actor, id, projectId) => assign(deps, actor, id, projectId),
    volunteer: (actor, id, projectId) => volunteer(deps, actor, id, projectId),
    giveUp: (actor, id) => giveUp(deps, actor, id),
  };
}
