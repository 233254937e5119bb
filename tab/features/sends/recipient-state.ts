import type { RecipientState } from '../../../src/delivery/fan-out/fan-out.js';
import { shownStates } from '../../shared/send-progress/pace.js';

/** The state that an address asks for; undefined for any other word. */
export function recipientState(word: string | undefined): RecipientState['status'] | undefined {
  // As links of before say it.
  return word === 'gone' ? 'undeliverable' : shownStates.find((status) => status === word);
}
