import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import { may, requirePermission, signedFor, type Permission } from '../people/permissions.js';
import type { IssueEvent, IssueStateName } from './types.js';
import { isOpen } from './workflow.js';

type IssueAction = IssueEvent['action'];

const writings: readonly IssueAction[] = ['editText', 'useItemText', 'letter'];
const decisions: readonly IssueAction[] = ['approve', 'approveFirst', 'unapprove', 'sendBack'];

/** What it takes to do something with an issue: to write its texts, to decide on it, or else to shape it. */
function permissionFor(action: IssueAction): Permission {
  if (writings.includes(action)) return 'newsletter:translate';
  return decisions.includes(action) ? 'newsletter:approve' : 'newsletter:edit';
}

/** @throws AppError `permission.denied`. */
export function requireMayDo(actor: Actor, action: IssueAction): void {
  requirePermission(actor, permissionFor(action));
}

/**
 * Taking back needs what the step needed: whoever has another role by now leaves it as it is. That the step was their own is
 * for the trail to know.
 * @throws AppError `permission.denied`.
 */
export function requireMayTakeBack(actor: Actor, { action }: IssueEvent): void {
  requirePermission(actor, 'newsletter:undo');
  requireMayDo(actor, action);
}

/** What the actor may do with an issue in its state: the fields and buttons to show. */
export interface IssueMay {
  /** To write texts: those of stories, and those around them. */
  readonly translate: boolean;
  /** To place, arrange, set the deadline. */
  readonly edit: boolean;
  readonly approve: boolean;
  /** To send an issue back to whoever shapes it, with a reason. */
  readonly sendBack: boolean;
}

export function issueMay(actor: Actor, status: IssueStateName): IssueMay {
  const open = isOpen({ status });
  return {
    translate: open && may(actor, 'newsletter:translate'),
    edit: open && may(actor, 'newsletter:edit'),
    approve: open && status !== 'approved' && may(actor, 'newsletter:approve'),
    sendBack: open && may(actor, 'newsletter:approve'),
  };
}

/** Whether the actor may give an approval; the second of two has to be somebody else's. */
export const mayApprove = (actor: Pick<Actor, 'role' | 'actsFor'>): boolean =>
  may(actor, 'newsletter:approve');

/** The actor as they sign an approval. */
export const approverOf = (actor: Actor): PersonRef => refOf(signedFor(actor, 'newsletter:approve'));

/** Whether the open issue waits for the actor. */
export function isForActor(actor: Actor): boolean {
  return (
    may(actor, 'newsletter:edit') || may(actor, 'newsletter:translate') || may(actor, 'newsletter:approve')
  );
}
