import type { Actor } from '../../../src/platform/actor.js';
import type { PersonId } from '../../../src/platform/ids.js';
import { AppError } from '../../../src/platform/errors.js';
import type { RenderSend } from '../../proactive/chat-transport.js';
import { factsOf, occurrenceOf } from './session-facts.js';
import type { BotServices } from '../../conversation/turn.js';
import { changeView, reminderView, thanksView } from './reminder-view.js';

/** Big Room itself, reading what anybody in the programme may read. */
const reader: Actor = { id: 'big-room' as PersonId, name: 'Big Room', role: 'worker' };

/**
 * The cards of reminders, changes and thanks, of the sessions as they stand; everybody of a language gets the same one.
 * @throws AppError `occurrence.notFound` where the session is no more; `send.moveNotAllowed` for what is no card.
 */
export function renderSend(services: BotServices): RenderSend {
  return async (content, language) => {
    const readers = { language, programme: await services.people.programme() };
    switch (content.kind) {
      case 'reminder': {
        const facts = await factsOf(reader, content.occurrenceId, language, services);
        return reminderView(readers, facts, services.clock);
      }
      case 'change': {
        const facts = await factsOf(reader, content.occurrenceId, language, services);
        return changeView(readers, facts, content);
      }
      case 'thanks':
        return thanksView(readers, await occurrenceOf(reader, content.occurrenceId, services));
      default:
        throw new AppError('send.moveNotAllowed', { kind: content.kind });
    }
  };
}
