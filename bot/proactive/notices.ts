import type { ConversationReference, TurnContext } from 'botbuilder';
import { isAppError } from '../../src/platform/errors.js';
import type {
  Handler,
  NewsNotice,
  Notice,
  Outcome,
  SessionNotice,
} from '../../src/delivery/outbox/message.js';
import type { ChatAddress, Person } from '../../src/people/person.js';
import { questionOf } from '../features/sessions/question-actions.js';
import type { Card } from '../cards/render.js';
import { beforeSaying, outcomeOf, SendTimeout, within } from './delivery.js';
import { occurrenceOf } from '../features/sessions/session-facts.js';
import { cardMessage } from '../channel/replies.js';
import type { BotSettings, TeamsChannel } from '../channel/teams-channel.js';
import type { BotDeps, Turn } from '../conversation/turn.js';
import { noticeView } from '../features/news/notice-view.js';
import { sessionNoticeView, type Standing } from '../features/sessions/session-notice-view.js';

const openMs = 10_000;
const sendMs = 15_000;
/** With the others below the minute for which the outbox's worker holds a word. */
const paceMs = 10_000;

/** A person who has spoken with the bot somewhere. */
type Spoken = Person & { readonly chat: ChatAddress };
/** An address at which something can be said. */
type OpenChat = ChatAddress & { readonly conversationId: string };

function referenceOf(chat: OpenChat): Partial<ConversationReference> {
  return {
    channelId: chat.channelId,
    serviceUrl: chat.serviceUrl,
    bot: { id: chat.botId, name: 'Big Room' },
    user: { id: chat.userId, name: '' },
    conversation: {
      id: chat.conversationId,
      conversationType: 'personal',
      isGroup: false,
      name: '',
      ...(chat.tenantId !== '' && { tenantId: chat.tenantId }),
    },
  };
}

const overtaken: Outcome = { result: 'gone', reason: 'overtaken' };

/** The card about a session as it stands now, or that it is not so any more. */
async function sessionCardFor(turn: Turn, notice: SessionNotice, deps: BotDeps): Promise<Card | Outcome> {
  try {
    const standing = await standingOf(turn, notice, deps);
    return sessionNoticeView(turn, standing, notice) ?? overtaken;
  } catch (error) {
    const isOver = isAppError(error, 'occurrence.notFound') || isAppError(error, 'question.notFound');
    if (isOver) return overtaken;
    throw error;
  }
}

async function standingOf(turn: Turn, notice: SessionNotice, deps: BotDeps): Promise<Standing> {
  const id = notice.occurrenceId;
  if ('questionId' in notice) return questionOf(turn, id, notice.questionId, deps);
  if (!('withId' in notice)) return { occurrence: await occurrenceOf(turn.person, id, deps) };
  const [occurrence, other] = await Promise.all([
    occurrenceOf(turn.person, id, deps),
    occurrenceOf(turn.person, notice.withId, deps),
  ]);
  return { occurrence, other };
}

async function newsCardFor(turn: Turn, notice: NewsNotice, deps: BotDeps): Promise<Card | Outcome> {
  try {
    return noticeView(turn, await deps.news.get(turn.person, notice.newsId), notice);
  } catch (error) {
    if (isAppError(error, 'news.notFound')) return { result: 'gone', reason: 'newsNotFound' };
    throw error;
  }
}

/** The card, or why there will never be one. */
async function cardFor(notice: Notice, person: Person, deps: BotDeps): Promise<Card | Outcome> {
  const programme = await deps.people.programme();
  const turn: Turn = { person, language: person.language, scope: 'personal', programme };
  return 'newsId' in notice ? newsCardFor(turn, notice, deps) : sessionCardFor(turn, notice, deps);
}

/** The person's own conversation with the bot, opened first where they were met only among others. */
async function openChat(
  channel: TeamsChannel,
  { id, chat }: Spoken,
  { people, log }: BotDeps,
): Promise<OpenChat | Outcome> {
  // Kept from before it was refused, or written into the storage by hand.
  if (!channel.mayReach(chat.serviceUrl)) return { result: 'failed', reason: 'foreignService' };
  if (chat.conversationId !== undefined) return { ...chat, conversationId: chat.conversationId };
  try {
    const open = { ...chat, conversationId: await within(openMs, channel.openConversation(chat)) };
    await people.rememberChat(id, open).catch((error: unknown) => {
      // It is opened again next time.
      log.warn('bot.addressNotKept', { error });
    });
    return open;
  } catch (error) {
    return beforeSaying(outcomeOf(error));
  }
}

async function send(channel: TeamsChannel, appId: string, chat: OpenChat, card: Card): Promise<Outcome> {
  // The call resolves although a send inside has failed when the adapter handles its own errors: what counts is
  // what happened inside.
  let outcome: Outcome = { result: 'uncertain', reason: 'notTold' };
  const work = channel.continueConversationAsync(appId, referenceOf(chat), async (context: TurnContext) => {
    try {
      await context.sendActivity(cardMessage(card));
      outcome = { result: 'sent' };
    } catch (error) {
      outcome = outcomeOf(error);
    }
  });
  try {
    await within(sendMs, work);
    return outcome;
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Waits for the turn of what is to be said; or when to try again, where it would take too long. */
async function turnFor({ conversationId }: ChatAddress, { words }: BotDeps): Promise<Outcome | undefined> {
  try {
    // A conversation that is to be opened first takes a request more.
    if (conversationId === undefined) await within(paceMs, words.permit());
    const wait = await within(paceMs, words.permit(conversationId));
    return wait === 0 ? undefined : { result: 'retry', reason: 'paced', afterSeconds: wait };
  } catch (error) {
    if (error instanceof SendTimeout) return { result: 'retry', reason: 'paced' };
    throw error;
  }
}

/** Carries out the outbox's words to people: a card in the person's language, in their chat with the bot. */
export function notices(channel: TeamsChannel, { appId }: BotSettings, deps: BotDeps): Handler {
  return {
    // It may have been said: the coordinator asks the person, rather than that we guess.
    afterCrash: 'ask',
    handle: async (message) => {
      if (message.body.kind !== 'notice') return { result: 'failed', reason: 'notANotice' };
      const person = await deps.people.find(message.body.to);
      if (person === undefined) return { result: 'gone', reason: 'noPerson' };
      const { chat } = person;
      if (chat === undefined) return { result: 'gone', reason: 'noChat' };
      const card = await cardFor(message.body.notice, person, deps);
      if ('result' in card) return card as Outcome;
      const later = await turnFor(chat, deps);
      if (later !== undefined) return later;
      const open = await openChat(channel, { ...person, chat }, deps);
      return 'result' in open ? open : send(channel, appId, open, card);
    },
  };
}
