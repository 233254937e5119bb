import type { AbsentPerson } from '../../src/delivery/notices.js';
import { t } from '../../src/i18n/messages.js';
import { dateText } from '../../src/shared/dates.js';
import type { Language } from '../../src/shared/languages.js';
import { plain } from './parts.js';
import type { Card } from './render.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The card of a notice for somebody who is away, as their substitute gets it: below its header it says for whom it is. */
export function inPlaceOf({ name, until }: AbsentPerson, language: Language, card: Card): Card {
  const text = t(language, 'chat.substitute.for', { name, until: dateText(language, `${until}T12:00:00Z`) });
  const [first, ...rest] = Array.isArray(card.body) ? (card.body as readonly unknown[]) : [];
  const line = plain(text, { weight: 'Bolder', size: 'Small' }, { spacing: 'Small' });
  return {
    ...card,
    body: [...(first === undefined ? [] : [first]), line, ...rest],
    speak: `${text} ${textOf(card.speak)}`,
    fallbackText: `${text} ${textOf(card.fallbackText)}`,
  };
}
