import type { Role } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import type { Person } from './person.js';

/** Those who coordinate: the coordinators, or the admins where there are none. */
export function coordinatorsOf(people: readonly Person[]): Person[] {
  const coordinators = withRole(people, 'coordinator');
  return coordinators.length > 0 ? coordinators : withRole(people, 'admin');
}

/** Those who approve what goes out: the approvers, or who coordinates where there are none. */
export function approversOf(people: readonly Person[]): Person[] {
  const approvers = withRole(people, 'approver');
  return approvers.length > 0 ? approvers : coordinatorsOf(people);
}

const withRole = (people: readonly Person[], wanted: Role): Person[] =>
  people.filter(({ role }) => role === wanted);

/** Where somebody's role comes from: it was given here, or by who runs the installation, and then stays as it is. */
export type RoleSource = 'here' | 'installation';

/** How a person is kept, and what is true of their role whatever is kept. */
export interface Membership {
  readonly person: Person;
  readonly roleFrom: RoleSource;
}

/** Admins whom the installation names belong to the programme, and are admins, on every read, whatever is kept of them. */
export function withGivenRole(person: Person, admins: readonly PersonId[]): Person {
  if (!admins.includes(person.id) || (person.role === 'admin' && isMember(person))) return person;
  const { left: _left, ...here } = person;
  return { ...here, role: 'admin' };
}

export const roleSourceOf = ({ id }: Pick<Person, 'id'>, admins: readonly PersonId[]): RoleSource =>
  admins.includes(id) ? 'installation' : 'here';

/** What an admin may do with a person: the fields and buttons to show. */
export interface PersonMay {
  readonly changeRole: boolean;
  readonly remove: boolean;
}

/**
 * @param people everybody who belongs to the programme, the person too.
 * @param admins whom the installation names: while there is one, nobody else has to be an admin.
 */
export function personMay(person: Person, people: readonly Person[], admins: readonly PersonId[]): PersonMay {
  const isNamed = admins.includes(person.id);
  const isLast = admins.length === 0 && isLastAdmin(person, people);
  const isHere = person.left === undefined;
  return { changeRole: isHere && !isNamed && !isLast, remove: isHere && !isNamed && !isLast };
}

function isLastAdmin({ id, role }: Person, people: readonly Person[]): boolean {
  return (
    role === 'admin' &&
    people.every((other) => other.id === id || other.role !== 'admin' || other.left !== undefined)
  );
}

/**
 * @param next the role that the person is to have; none where they are removed.
 * @throws AppError `person.roleGiven` for whom the installation names; `person.lastAdmin` where nobody could manage the
 *   programme then.
 */
export function requireMayChange(
  person: Person,
  next: Role | undefined,
  { people, admins }: { readonly people: readonly Person[]; readonly admins: readonly PersonId[] },
): void {
  if (admins.includes(person.id))
    throw new AppError('person.roleGiven', { id: person.id, name: person.name });
  if (next !== 'admin' && admins.length === 0 && isLastAdmin(person, people))
    throw new AppError('person.lastAdmin', { id: person.id, name: person.name });
}

/** Whether somebody can still be written to, and acts: who was removed from the programme does not. */
export const isMember = ({ left }: Pick<Person, 'left'>): boolean => left === undefined;
