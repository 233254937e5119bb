import type { Actor } from '../platform/actor.js';
import { deterministicId, type PersonId } from '../platform/ids.js';

const prefix = 'outside-';

/**
 * Somebody who writes on a public page, where nobody signs in: one for each form, so that the same form twice is one.
 * Nothing is sent to them.
 */
export function outsider(formId: string, name: string): Actor {
  return { id: (prefix + deterministicId('outsider', formId)) as PersonId, name, role: 'worker' };
}

export const isOutsider = ({ id }: { readonly id: PersonId }): boolean => id.startsWith(prefix);
