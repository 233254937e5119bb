import type { PersonId } from './ids.js';

/** In the order in which people read them; each person has one of them in a programme. */
export const roles = ['worker', 'translator', 'approver', 'coordinator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who acts: enough of a person to decide what is allowed and to sign the audit trail. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
}

/** A person as audit entries name them, also when they have left since. */
export interface PersonRef {
  readonly id: PersonId;
  readonly name: string;
}

export const refOf = ({ id, name }: Actor): PersonRef => ({ id, name });
