import type { Language } from '../../src/shared/languages.js';
import type { Card } from './render.js';

/** Among the data of a button: the language of its card, where that is not the person's own. */
export const spokenKey = 'spoken';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of a card with more among the data of each of its buttons. */
function withData(part: unknown, more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(part)) return part.map((each: unknown) => withData(each, more));
  if (!isRecord(part)) return part;
  const isButton = part.type === 'Action.Execute' || part.type === 'Action.Submit';
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      isButton && name === 'data' ? { ...(isRecord(value) && value), ...more } : withData(value, more),
    ]),
  );
}

/** The card, whose buttons are answered in its language where that is not the reader's own. */
export function goingOnInItsLanguage(card: Card, own: Language): Card {
  return card.lang === own ? card : (withData(card, { [spokenKey]: card.lang }) as Card);
}
