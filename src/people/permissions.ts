import type { Actor, Role } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';

/** What a person may be allowed to do; stated beside each route and card action. */
export type Permission =
  | 'programme:see'
  | 'news:submit'
  | 'news:seeOwn'
  | 'news:review'
  | 'newsletter:see'
  | 'newsletter:edit'
  | 'release:see'
  | 'release:edit'
  | 'session:see'
  /** To take part: propose and vote, ask, volunteer, answer for one's own project, choose one's reminders. */
  | 'session:take'
  | 'session:edit'
  | 'contact:edit'
  | 'send:see'
  | 'send:edit'
  | 'outbox:see'
  | 'outbox:resolve';

const workerMay: readonly Permission[] = [
  'programme:see',
  'news:submit',
  'news:seeOwn',
  'newsletter:see',
  'release:see',
  'session:see',
  'session:take',
];

const coordinatorMay: readonly Permission[] = [
  ...workerMay,
  'news:review',
  'newsletter:edit',
  'release:edit',
  'session:edit',
  'contact:edit',
  'send:see',
  'send:edit',
  'outbox:see',
  'outbox:resolve',
];

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  worker: workerMay,
  coordinator: coordinatorMay,
  admin: coordinatorMay,
};

export function may(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return granted[role];
}

/** @throws AppError `permission.denied`. */
export function requirePermission({ role }: { readonly role: Role }, permission: Permission): void {
  if (!may(role, permission)) throw new AppError('permission.denied', { permission });
}

/**
 * Big Room itself, where it reads what anybody in the programme may read, to show it to them. What it changes by itself
 * has no actor: such an audit entry names nobody.
 */
export const systemActor: Actor = { id: 'big-room' as PersonId, name: 'Big Room', role: 'worker' };
