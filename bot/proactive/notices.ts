import type { FanOutContent } from '../../src/delivery/fan-out/kind.js';
import type { FanOutNotice } from '../../src/delivery/fan-out/unreached.js';
import type { MessagePlace, Notice, ShowNotice, WaitedNotice } from '../../src/delivery/notices.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import { type Pace, unlimited } from '../../src/delivery/pacing/pace.js';
import type { Feed } from '../../src/delivery/reach/feed.js';
import type { FeedActivity } from '../../src/delivery/reach/teams-reach.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { PeopleService } from '../../src/people/service.js';
import { writtenCard } from '../channel/direct-connector.js';
import { inPlaceOf } from '../cards/in-place-of.js';
import { goingOnInItsLanguage } from '../cards/language.js';
import type { Card } from '../cards/render.js';
import type { Turn } from '../conversation/turn.js';
import type { Chat, RenderFanOut } from './chat.js';
import { SendTimeout, beforeSending, outcomeOf, within } from './connector-outcome.js';
import type { MenuItem } from '../feature.js';
import { isAppError } from '../../src/platform/errors.js';
import type { ActivityReader } from './feed.js';
import { type NoticeViews, superseded } from './views.js';
import { waitedView } from './waited.js';

const openMs = 10_000;
const sendMs = 15_000;
/** With the others below the minute for which the outbox's worker holds a message. */
const paceMs = 10_000;

interface Deps {
  readonly chat: Chat;
  readonly views: NoticeViews;
  /** What is offered below a card that stands for several notices. */
  readonly menu: readonly MenuItem[];
  readonly people: Pick<PeopleService, 'programme'>;
  /** The pace of notices to single people, which go before what is for many. */
  readonly pace: Pace;
  /** The activity feed, with what it says of a card; absent where it is not set up. */
  readonly feed?: CardFeed | undefined;
}

/** The activity feed for what has a card. */
export interface CardFeed extends Feed {
  readonly activityOf: (
    what: Notice | FanOutContent,
    card: Card,
    reader: ActivityReader,
  ) => Promise<FeedActivity>;
}

/** What became of a fan-out's message for one whom it did not reach before: the card that all others got. */
export function fanOutNoticeView(render: RenderFanOut): NoticeViews {
  const view = async ({ language }: Turn, { content }: FanOutNotice): Promise<Card | Outcome> => {
    try {
      return await render(content, language);
    } catch (error) {
      if (isAppError(error, 'occurrence.notFound')) return superseded;
      throw error;
    }
  };
  return { fanOut: view };
}

/** Shows notices to people: a card in the person's language, in their chat with the bot. */
export function showNotices({ chat, views, menu, people, pace, feed }: Deps): ShowNotice {
  return async (person, notice, claim, at, absent) => {
    const programme = await people.programme();
    const turn: Turn = { person, language: person.language, scope: 'personal', programme };
    const rendered = await cardOf(turn, notice);
    if ('result' in rendered) return rendered as Outcome;
    const card = absent === undefined ? rendered : inPlaceOf(absent, turn.language, rendered);
    if (feed === undefined)
      return at === 'feed' ? { result: 'failed', reason: 'noFeed' } : inChat(turn, notice, card, claim, at);
    const activity = (): Promise<FeedActivity> => feed.activityOf(notice, card, turn);
    if (at === 'feed') return feed.notify(person.id, await activity(), claim);
    if (at !== undefined) return inChat(turn, notice, card, claim, at);
    return feed.reach(person, { chat: () => inChat(turn, notice, card, claim), activity, claim });
  };

  async function inChat(
    turn: Turn,
    notice: Notice,
    card: Card,
    claim?: AbortSignal,
    at?: MessagePlace,
  ): Promise<Outcome> {
    const { person } = turn;
    if (person.chat === undefined) return { result: 'undeliverable', reason: 'noChat' };
    const address = { ...person.chat, ...(at && { conversationId: at.conversationId }) };
    const later = await whenPaced(address, pace);
    if (later !== undefined) return later;
    try {
      const open = await within(openMs, chat.open(address, person.id, unlimited));
      if ('result' in open) return open;
      // What a card is to become may have changed while it waited.
      const latest = at === undefined ? card : await cardOf(turn, notice);
      if ('result' in latest) return latest as Outcome;
      // Another worker may take the message over from now on.
      if (claim?.aborted === true) return { result: 'postponed', reason: 'claimOver' };
      return await (at === undefined ? send(latest, open, person.id) : update(latest, open, at));
    } catch (error) {
      return beforeSending(outcomeOf(error));
    }
  }

  /** The card, or why there will never be one. */
  async function cardOf(turn: Turn, notice: Notice): Promise<Card | Outcome> {
    if (notice.about === 'whatWaited') return waitedCard(turn, notice as WaitedNotice);
    const view = Object.hasOwn(views, notice.about) ? views[notice.about] : undefined;
    if (view === undefined) return { result: 'retry', reason: 'noHandler' };
    const card = await view(turn, notice);
    return 'result' in card ? card : goingOnInItsLanguage(card, turn.language);
  }

  /** One card for all that waited: what each of their cards would say first. */
  async function waitedCard(turn: Turn, { notices, leftOut }: WaitedNotice): Promise<Card | Outcome> {
    const cards = await Promise.all(notices.map((notice) => cardOf(turn, notice)));
    const missing = cards.find((each) => 'result' in each && each.result === 'retry');
    if (missing !== undefined) return missing;
    const shown = cards.filter((each): each is Card => !('result' in each));
    return shown.length === 0 ? superseded : waitedView(turn, { cards: shown, leftOut, menu });
  }

  async function update(
    card: Card,
    open: Parameters<Chat['update']>[1],
    { activityId }: MessagePlace,
  ): Promise<Outcome> {
    try {
      return await within(sendMs, chat.update(writtenCard(card), open, activityId));
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async function send(card: Card, open: Parameters<Chat['send']>[1], personId: PersonId): Promise<Outcome> {
    try {
      return await within(sendMs, chat.send(writtenCard(card), open, personId, unlimited, true));
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
