import type { Substitution, SubstitutionStatus } from '../../people/substitution.js';
import type { PersonRef } from '../../platform/actor.js';

export interface ShownSubstitution extends Substitution {
  readonly status: SubstitutionStatus;
}

/** Answer of GET /api/substitutes: each list by the first day; what is over stays in it for two months. */
export interface SubstitutionsAnswer {
  /** Who acts for me. */
  readonly mine: readonly ShownSubstitution[];
  /** For whom I act, or am to. */
  readonly standsIn: readonly ShownSubstitution[];
  /** Everybody's, for who gives out work or manages people. */
  readonly all?: readonly ShownSubstitution[];
  /** Who can be chosen, by name. */
  readonly people: readonly PersonRef[];
}

/** Answer of what sets, ends or restores one. */
export interface SubstitutionAnswer {
  readonly substitution: ShownSubstitution;
}
