import { systemActor } from '../../../src/people/permissions.js';
import { AppError } from '../../../src/platform/errors.js';
import type { RenderSend } from '../../proactive/chat-transport.js';
import { factsOf, occurrenceOf } from './session-facts.js';
import type { BotServices } from '../../conversation/turn.js';
import { changeView, reminderView, thanksView } from './reminder-view.js';

/**
 * The cards of reminders, changes and thanks, of the sessions as they stand; everybody of a language gets the same one.
 * @throws AppError `occurrence.notFound` where the session is no more; `send.moveNotAllowed` for what is no card.
 */
export function renderSend(services: BotServices): RenderSend {
  return async (content, language) => {
    const readers = { language, programme: await services.people.programme() };
    switch (content.kind) {
      case 'reminder': {
        const facts = await factsOf(systemActor, content.occurrenceId, language, services);
        return reminderView(readers, facts, services.clock);
      }
      case 'change': {
        const facts = await factsOf(systemActor, content.occurrenceId, language, services);
        return changeView(readers, facts, content);
      }
      case 'thanks':
        return thanksView(readers, await occurrenceOf(systemActor, content.occurrenceId, services));
      default:
        throw new AppError('send.moveNotAllowed', { kind: content.kind });
    }
  };
}
