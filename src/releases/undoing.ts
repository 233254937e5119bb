import type { Actor } from '../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import { requirePermission } from '../people/permissions.js';
import { callBack, change, actionContextOf, type ReleaseDeps } from './changing.js';
import { useSource } from './creating.js';
import { draftOf, planState, record, type Draft, type PersonActionContext } from './draft.js';
import { bringBack } from './workflow.js';
import type { Release, ReleaseAudit } from './release.js';
import type { Moved } from './service.js';
import { assertNotPassed } from './timing.js';

/**
 * The release as it was before the move. What was to go out then is planned anew: its old message was called back.
 * @throws AppError `undo.tooLate` when its time has passed by now.
 */
function broughtBack(current: Release, entry: ReleaseAudit, actionContext: PersonActionContext): Draft {
  const { before, event } = entry;
  if (before === undefined) throw tooLate(current);
  if (before.status !== 'scheduled') return draftOf(bringBack(current, event.action, before));
  try {
    assertNotPassed(Temporal.Instant.from(before.due), Temporal.Instant.from(actionContext.at));
  } catch (error) {
    throw tooLate(current, error);
  }
  const { is, message } = planState(current, before.approval, before.due, actionContext);
  const release = {
    ...bringBack(current, event.action, { ...is, at: before.at, by: before.by }),
    plans: current.plans + 1,
  };
  return { ...draftOf(release), messages: [message] };
}

function tooLate({ id, state }: Release, cause?: unknown): AppError {
  return new AppError('undo.tooLate', { id, state: state.status }, { cause });
}

/** See {@link ReleaseService.undo}. */
export async function undo(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  auditNumber: number,
): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  const actionContext = actionContextOf(deps.clock, actor);
  const release = await change(deps, id, async (current) => {
    const entry = await deps.store.auditEntry(id, auditNumber);
    const isOwn = entry?.by?.id === actor.id;
    if (entry === undefined || !isOwn || current.auditCount !== auditNumber) throw tooLate(current);
    const draft = record(broughtBack(current, entry, actionContext), actionContext, { action: 'undo' });
    const quiet = await callBack(deps.outbox, draft, current);
    return current.state.status === 'cancelled' ? useSource(deps, actor, quiet, actionContext.at) : quiet;
  });
  return { release };
}
