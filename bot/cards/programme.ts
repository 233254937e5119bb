import { AsyncLocalStorage } from 'node:async_hooks';
import type { Card } from './render.js';
import { withData } from './with-data.js';

/** Among the data of a button: the programme of its card, where that is not the first one of the installation. */
export const programmeKey = 'programme';

const speaking = new AsyncLocalStorage<string>();

/**
 * Does something in the name of a programme: the buttons of each card that is rendered meanwhile lead back to it, whichever
 * programme somebody chooses later.
 * @param name of its place; empty for the first, whose cards are those of installations that have one alone.
 */
export function speakingFor<Value>(name: string, work: () => Value): Value {
  return name === '' ? work() : speaking.run(name, work);
}

/** The card, whose buttons lead back to the programme that speaks. */
export function ofProgramme(card: Card): Card {
  const name = speaking.getStore();
  return name === undefined ? card : (withData(card, { [programmeKey]: name }) as Card);
}
