import type { ReachablePerson, ShowNotice, Notice } from '../../src/delivery/notices.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import { type Pace, unlimited } from '../../src/delivery/pacing/pace.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { PeopleService } from '../../src/people/service.js';
import { writtenCard } from '../channel/direct-connector.js';
import type { Card } from '../cards/render.js';
import type { Turn } from '../conversation/turn.js';
import type { Chat } from './chat.js';
import { SendTimeout, beforeSending, outcomeOf, within } from './connector-outcome.js';
import type { NoticeViews } from './views.js';

const openMs = 10_000;
const sendMs = 15_000;
/** With the others below the minute for which the outbox's worker holds a message. */
const paceMs = 10_000;

interface Deps {
  readonly chat: Chat;
  readonly views: NoticeViews;
  readonly people: Pick<PeopleService, 'programme'>;
  /** The pace of notices to single people, which go before what is for many. */
  readonly pace: Pace;
}

/** Shows notices to people: a card in the person's language, in their chat with the bot. */
export function showNotices({ chat, views, people, pace }: Deps): ShowNotice {
  return async (person, notice, claim) => {
    const card = await cardOf(person, notice);
    if ('result' in card) return card as Outcome;
    const later = await whenPaced(person.chat, pace);
    if (later !== undefined) return later;
    try {
      const open = await within(openMs, chat.open(person.chat, person.id, unlimited));
      if ('result' in open) return open;
      // Another worker may take the message over from now on.
      return claim?.aborted === true
        ? { result: 'postponed', reason: 'claimOver' }
        : await send(card, open, person.id);
    } catch (error) {
      return beforeSending(outcomeOf(error));
    }
  };

  /** The card, or why there will never be one. */
  async function cardOf(person: ReachablePerson, notice: Notice): Promise<Card | Outcome> {
    const view = Object.hasOwn(views, notice.about) ? views[notice.about] : undefined;
    if (view === undefined) return { result: 'retry', reason: 'noHandler' };
    const programme = await people.programme();
    const turn: Turn = { person, language: person.language, scope: 'personal', programme };
    return view(turn, notice);
  }

  async function send(card: Card, open: Parameters<Chat['send']>[1], personId: PersonId): Promise<Outcome> {
    try {
      return await within(sendMs, chat.send(writtenCard(card), open, personId, unlimited));
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

/** Waits until it may leave; or says when to try again, where that would take too long. */
async function whenPaced({ conversationId }: ChatAddress, pace: Pace): Promise<Outcome | undefined> {
  try {
    // A conversation that is to be opened first takes a request more.
    if (conversationId === undefined) await within(paceMs, pace.permit());
    const wait = await within(paceMs, pace.permit(conversationId));
    return wait === 0 ? undefined : { result: 'postponed', reason: 'paced', afterSeconds: wait };
  } catch (error) {
    if (error instanceof SendTimeout) return { result: 'postponed', reason: 'paced' };
    throw error;
  }
}
