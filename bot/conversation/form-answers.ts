import { z } from 'zod';
import { type FieldFault, fieldFaults } from '../../src/platform/errors.js';
import { t } from '../../src/i18n/messages.js';
import type { Language } from '../../src/shared/languages.js';
import type { Notice } from '../cards/parts.js';
import { type Card, bytesOf, maxMessageBytes } from '../cards/render.js';
import { type Answer, replaceWith } from './turn.js';
import { faultText } from './actions.js';

type Data = Readonly<Record<string, unknown>>;

export const formIdSchema = z.string().regex(/^[\w-]{8,64}$/);

/** A card that may hold very long typed text: where it cannot be sent, the card that the person has stays. */
export function formAnswer(card: Card, language: Language): Answer {
  if (bytesOf(card) <= maxMessageBytes) return replaceWith(card);
  return { as: 'keep', text: t(language, 'chat.form.tooLarge') };
}

/** What stands in the inputs of a card; never throws, so that what was typed can always be shown again. */
export function typedIn<Name extends string>(data: Data, names: readonly Name[]): Record<Name, string> {
  const read = (name: Name): string => {
    const value = data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>;
}

/** The faults at a form's fields, by their names on the card, and what is said above them. */
export function faultsIn(
  error: unknown,
  language: Language,
  renamed: Readonly<Record<string, string>> = {},
): { faults: readonly FieldFault[]; notices: readonly Notice[] } {
  const faults = fieldFaults(error).map((fault) => {
    const name = fault.field.replace(/\..*$/, '');
    return { ...fault, field: renamed[name] ?? name };
  });
  return { faults, notices: [{ style: 'attention', text: faultText(error, language) }] };
}
