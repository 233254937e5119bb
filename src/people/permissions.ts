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

/** Whose rights count: their own role, and the roles of those for whom they act. */
type Holder = Pick<Actor, 'role' | 'actsFor'>;

/** By their own role alone. */
const mayAlone = ({ role }: Pick<Actor, 'role'>, permission: Permission): boolean =>
  granted[role].includes(permission);

export function may(holder: Holder, permission: Permission): boolean {
  return [holder, ...(holder.actsFor ?? [])].some((each) => mayAlone(each, permission));
}

export function permissionsOf(holder: Holder): readonly Permission[] {
  return [...new Set([holder, ...(holder.actsFor ?? [])].flatMap(({ role }) => granted[role]))];
}

/** @throws AppError `permission.denied`. */
export function requirePermission(holder: Holder, permission: Permission): void {
  if (!may(holder, permission)) throw new AppError('permission.denied', { permission });
}

/** The actor as they sign what takes a permission: in the name of somebody for whom they act, where their own role lacks it. */
export function signedFor<Who extends Actor>(actor: Who, permission: Permission): Who {
  if (mayAlone(actor, permission)) return actor;
  const absent = actor.actsFor?.find((each) => mayAlone(each, permission));
  return absent === undefined ? actor : { ...actor, for: { id: absent.id, name: absent.name } };
}

/** What of a role a substitute gets: not what would let them give themselves, or others, rights that stay. */
export const lentRole = (role: Role): Role => (role === 'admin' ? 'coordinator' : role);

/**
 * Big Room itself, where it reads what anybody in the programme may read, to show it to them. What it changes by itself
 * has no actor: such an audit entry names nobody.
 */
export const systemActor: Actor = { id: 'big-room' as PersonId, name: 'Big Room', role: 'worker' };
