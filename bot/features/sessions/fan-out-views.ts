import type { PersonId } from '../../../src/platform/ids.js';
import type { Actor } from '../../../src/platform/actor.js';
import type { SessionContent } from '../../../src/sessions/fan-outs.js';
import type { BotServices } from '../../conversation/turn.js';
import type { FanOutViews, Readers } from '../../proactive/views.js';
import { changeView, reminderView, thanksView } from './reminder-view.js';
import { factsOf, occurrenceOf } from './session-facts.js';

/** Big Room itself, reading what anybody in the programme may read. */
const reader: Actor = { id: 'big-room' as PersonId, name: 'Big Room', role: 'worker' };

type Content<Kind extends SessionContent['kind']> = Extract<SessionContent, { readonly kind: Kind }>;

/**
 * The cards of reminders, changes and thanks, of the sessions as they stand; an invitation is no card.
 * @throws AppError `occurrence.notFound` where the session is no more.
 */
export function sessionFanOutViews(services: BotServices): FanOutViews {
  return {
    reminder: async ({ occurrenceId }: Content<'reminder'>, readers: Readers) =>
      reminderView(readers, await factsOf(reader, occurrenceId, readers.language, services), services.clock),
    change: async (content: Content<'change'>, readers: Readers) =>
      changeView(readers, await factsOf(reader, content.occurrenceId, readers.language, services), content),
    thanks: async ({ occurrenceId }: Content<'thanks'>, readers: Readers) =>
      thanksView(readers, await occurrenceOf(reader, occurrenceId, services)),
  };
}
