import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from '../../src/shared/languages.js';
import type { Card } from './render.js';
import { withData } from './with-data.js';

/** Among the data of a button: the programme of its card, where that is not the first one of the installation. */
export const programmeKey = 'programme';

type Names = Readonly<Record<Language, string>>;

const speaking = new AsyncLocalStorage<string>();
const naming = new AsyncLocalStorage<Names>();

/**
 * Does something in the name of a programme: the buttons of each card that is rendered meanwhile lead back to it, whichever
 * programme somebody chooses later.
 * @param name of its place; empty for the first, whose cards are those of installations that have one alone.
 */
export function speakingFor<Value>(name: string, work: () => Value): Value {
  return speaking.run(name, work);
}

/** Does something for somebody who is in several programmes: the cards that are rendered meanwhile name theirs on top. */
export function namingProgramme<Value>(names: Names, work: () => Value): Value {
  return naming.run(names, work);
}

/** Whether the cards of this moment name their programme, since their reader is in several. */
export const isProgrammeNamed = (): boolean => naming.getStore() !== undefined;

/** The small line on top of a card, with the programme before it where the reader is in several. */
export function kickerOfProgramme(kicker: string, language: Language): string {
  const name = naming.getStore()?.[language];
  return name === undefined ? kicker : `${name} · ${kicker}`;
}

/** The card, whose buttons lead back to the programme that speaks. */
export function ofProgramme(card: Card): Card {
  const name = speaking.getStore();
  return name === undefined || name === '' ? card : (withData(card, { [programmeKey]: name }) as Card);
}
