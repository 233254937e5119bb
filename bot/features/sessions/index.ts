import { askedActions } from './asked.js';
import { withMentioned } from './meant.js';
import { slotActions } from './slots.js';
import { cardActions } from '../../conversation/actions.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { intents, lookalikes, words } from './intents.js';
import { pulseActions, sessionActivities, sessionFanOutViews } from './fan-outs.js';
import { sessionNoticeViews } from './notices.js';
import { ownSlotActions } from './own-slots.js';
import { reminderNoticeViews } from './presenter-reminder.js';
import { presentingActions } from './presenting.js';
import { questionActions } from './questions.js';
import { recordingActions } from './recordings.js';
import { reminderActions } from './reminders.js';
import type { SessionServices } from './services.js';
import { sessionActions } from './sessions.js';
import { sessionsWaiting } from './waiting.js';
import { swapActions } from './swaps.js';
import { topicActions } from './topics.js';

export const sessionsMenu: readonly MenuItem[] = [{ title: 'chat.help.sessions', verb: 'sessions.open' }];

/** Sessions in chat: the next ones, presenting, topics, questions and reminders. */
export function sessionsFeature(services: SessionServices): BotFeature {
  return {
    words,
    lookalikes,
    intents,
    menu: sessionsMenu,
    narrowed: (_turn, said, press) => Promise.resolve(withMentioned(said, press, services)),
    waiting: (turn) => sessionsWaiting(turn, services),
    cardActions: cardActions(
      {
        ...sessionActions,
        ...questionActions,
        ...presentingActions,
        ...ownSlotActions,
        ...swapActions,
        ...topicActions,
        ...reminderActions,
        ...pulseActions,
        ...askedActions,
        ...recordingActions,
        ...slotActions,
      },
      services,
    ),
    notices: { ...sessionNoticeViews(services), ...reminderNoticeViews(services) },
    fanOuts: sessionFanOutViews(services),
    activities: sessionActivities(services),
  };
}
