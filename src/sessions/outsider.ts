import { t } from '../i18n/messages.js';
import type { Actor, PersonRef } from '../platform/actor.js';
import { deterministicId, type PersonId } from '../platform/ids.js';
import { type Language, languages } from '../shared/languages.js';

const prefix = 'outside-';

/**
 * Somebody who writes on a public page, where nobody signs in: one for each form, so that the same form twice is one.
 * Nothing is sent to them.
 */
export function outsider(formId: string, name: string): Actor {
  return { id: (prefix + deterministicId('outsider', formId)) as PersonId, name, role: 'worker' };
}

/** What stands for the name of who gives none, in each language: it is stored in that of the page. */
const nobody = new Set(languages.map((language) => t(language, 'public.somebody')));

/** What has an author, with who gave no name on a public page named in the reader's language. */
export function authoredIn<Each extends { readonly by: PersonRef }>(language: Language, one: Each): Each {
  const { by } = one;
  if (!isOutsider(by) || !nobody.has(by.name)) return one;
  return { ...one, by: { ...by, name: t(language, 'public.somebody') } };
}

export const isOutsider = ({ id }: { readonly id: PersonId }): boolean => id.startsWith(prefix);
