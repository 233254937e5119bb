import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import { may, requirePermission, signedFor, type Permission } from '../people/permissions.js';
import type { Release, ReleaseEvent } from './types.js';
import { canEdit, openMoves, type PeoplesMove } from './workflow.js';

type ReleaseAction = ReleaseEvent['action'];

const writings: readonly ReleaseAction[] = ['editText', 'useItemText'];
/** What lets a release out, or holds it back. */
const decisions: readonly ReleaseAction[] = [
  'approve',
  'approveFirst',
  'sendBack',
  'schedule',
  'publishNow',
  'unschedule',
  'correct',
  'putBack',
];

/** What it takes to do something with a release: to write its texts, to let it out, or else to manage it. */
function permissionFor(action: ReleaseAction): Permission {
  if (writings.includes(action)) return 'release:translate';
  return decisions.includes(action) ? 'release:approve' : 'release:edit';
}

/** @throws AppError `permission.denied`. */
export function requireMayDo(actor: Actor, action: ReleaseAction): void {
  requirePermission(actor, permissionFor(action));
}

/**
 * Taking back needs what the step needed: whoever has another role by now leaves it as it is. That the step was their own is
 * for the trail to know.
 * @throws AppError `permission.denied`.
 */
export function requireMayTakeBack(actor: Actor, { action }: ReleaseEvent): void {
  requirePermission(actor, 'release:undo');
  requireMayDo(actor, action);
}

/** The moves open to the actor with a release as it is. */
export function movesFor(actor: Actor, release: Release): PeoplesMove[] {
  return openMoves(release).filter((move) => may(actor, permissionFor(move)));
}

/** What the actor may do with a release beside its moves. */
export interface ReleaseMay {
  readonly translate: boolean;
  readonly edit: boolean;
}

export function releaseMay(actor: Actor, release: Release): ReleaseMay {
  const open = canEdit(release);
  return { translate: open && may(actor, 'release:translate'), edit: open && may(actor, 'release:edit') };
}

/** Whether the actor may give an approval; the second of two has to be somebody else's. */
export const mayApprove = (actor: Actor): boolean => may(actor, 'release:approve');

/** The actor as they sign an approval. */
export const approverOf = (actor: Actor): PersonRef => refOf(signedFor(actor, 'release:approve'));

/** Whether what waits among the releases is for the actor. */
export function isForActor(actor: Actor): boolean {
  return may(actor, 'release:edit') || may(actor, 'release:approve');
}
