import type { PersonId, ProjectId } from './ids.js';

/** In the order in which people read them; each person has one of them in a programme. */
export const roles = ['worker', 'translator', 'approver', 'coordinator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody for whom another person acts while they are away. */
export interface Represented extends PersonRef {
  /** What of their role is lent: that of an admin is lent as a coordinator's. */
  readonly role: Role;
  readonly projects: readonly ProjectId[];
  /** The last day of it in Helsinki, ISO date. */
  readonly until: string;
}

/** Who acts: enough of a person to decide what is allowed and to sign the audit trail. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  /** For whom they act today, beside themselves: their role rights and what is theirs count too. */
  readonly actsFor?: readonly Represented[];
  /** For whom they do this very thing, which they could not do by themselves. */
  readonly for?: PersonRef;
}

/** A person as audit entries name them, also when they have left since. */
export interface PersonRef {
  readonly id: PersonId;
  readonly name: string;
  /** In whose name they acted, where they could only by that person's right. */
  readonly for?: { readonly id: PersonId; readonly name: string };
}

/** The actor as an audit entry names them, with the one in whose name they act. */
export const refOf = ({ id, name, for: absent }: Actor): PersonRef => ({
  id,
  name,
  ...(absent && { for: { id: absent.id, name: absent.name } }),
});

/** The actor who does something in the name of somebody for whom they act. */
export const inNameOf = (actor: Actor, { id, name }: PersonRef): Actor => ({ ...actor, for: { id, name } });

/** Somebody for whom the actor acts, if they do. */
export const representedBy = (
  { actsFor = [] }: Pick<Actor, 'actsFor'>,
  id: PersonId,
): Represented | undefined => actsFor.find((each) => each.id === id);

/** Whether something is this person's: their own, or that of somebody for whom they act. */
export const isTheirs = (actor: Pick<Actor, 'id' | 'actsFor'>, id: PersonId): boolean =>
  actor.id === id || representedBy(actor, id) !== undefined;

/** Whether somebody did something themselves, or somebody else in their name. */
export const isBy = (by: PersonRef | undefined, id: PersonId): boolean => by?.id === id || by?.for?.id === id;

/**
 * Whether two entries speak for one person: whoever acts for another counts as both, so that nobody is the second pair of
 * eyes of what they approved themselves, in whichever name.
 */
export const isOnePerson = (one: PersonRef, other: PersonRef): boolean =>
  [other.id, other.for?.id].some((id) => id !== undefined && isBy(one, id));
