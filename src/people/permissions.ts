import type { Actor, Role } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';

/** What a person may be allowed to do, by what is done; stated beside each route and card action. */
export type Permission =
  | 'programme:see'
  /** Names, settings, how many approve. */
  | 'programme:manage'
  /** Who belongs to the programme, and their roles. */
  | 'people:manage'
  /** Who gave which role to whom, and changed which setting. */
  | 'audit:see'
  | 'news:submit'
  | 'news:seeOwn'
  /** Every item, and the inbox with its views. */
  | 'news:see'
  /** To write texts of others, and to say that a language is ready. */
  | 'news:translate'
  /** What is no text: details, who takes care of an item, what is dealt with. */
  | 'news:edit'
  /** To accept, ask for changes, reject, reopen, and write to the author. */
  | 'news:decide'
  | 'newsletter:see'
  | 'newsletter:translate'
  | 'newsletter:edit'
  | 'newsletter:approve'
  /** To take back one's own last step; a step needs its own permission beside this one. */
  | 'newsletter:undo'
  | 'release:see'
  | 'release:translate'
  | 'release:edit'
  /** To let a release out, or hold it back. */
  | 'release:approve'
  /** As `newsletter:undo`. */
  | 'release:undo'
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

const translatorMay: readonly Permission[] = [
  ...workerMay,
  'news:see',
  'news:translate',
  'newsletter:translate',
  'newsletter:undo',
  'release:translate',
];

const approverMay: readonly Permission[] = [
  ...workerMay,
  'news:see',
  'news:decide',
  'newsletter:approve',
  'newsletter:undo',
  'release:approve',
  'release:undo',
];

const coordinatorMay: readonly Permission[] = [
  ...new Set([...translatorMay, ...approverMay]),
  'news:edit',
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
  translator: translatorMay,
  approver: approverMay,
  coordinator: coordinatorMay,
  admin: [...coordinatorMay, 'programme:manage', 'people:manage', 'audit:see'],
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
