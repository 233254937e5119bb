import { cardActions } from '../../conversation/actions.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { pulseActions, sessionFanOutViews } from './fan-outs.js';
import { sessionNoticeViews } from './notices.js';
import { presentingActions } from './presenting.js';
import { questionActions } from './questions.js';
import { reminderActions } from './reminders.js';
import type { SessionServices } from './services.js';
import { sessionActions } from './sessions.js';
import { swapActions } from './swaps.js';
import { topicActions } from './topics.js';
import { intents, lookalikes, words } from './words.js';

export const sessionsMenu: readonly MenuItem[] = [{ title: 'chat.help.sessions', verb: 'sessions.open' }];

/** The sessions in chat: what comes, presenting, topics and questions, and of what one is reminded. */
export function sessionsFeature(services: SessionServices): BotFeature {
  return {
    words,
    lookalikes,
    intents,
    menu: sessionsMenu,
    cardActions: cardActions(
      {
        ...sessionActions,
        ...questionActions,
        ...presentingActions,
        ...swapActions,
        ...topicActions,
        ...reminderActions,
        ...pulseActions,
      },
      services,
    ),
    notices: sessionNoticeViews(services),
    fanOuts: sessionFanOutViews(services),
  };
}
