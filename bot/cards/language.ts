import type { Language } from '../../src/shared/languages.js';
import type { Card } from './render.js';
import { withData } from './with-data.js';

/** Among the data of a button: the language of its card, where that is not the person's own. */
export const spokenKey = 'spoken';

/** The card, whose buttons are answered in its language where that is not the reader's own. */
export function goingOnInItsLanguage(card: Card, own: Language): Card {
  return card.lang === own ? card : (withData(card, { [spokenKey]: card.lang }) as Card);
}
