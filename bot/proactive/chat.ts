import type { Outcome } from '../../src/delivery/outbox/message.js';
import { type Pace, unlimited } from '../../src/delivery/pacing/pace.js';
import type { ChatAddress, Person, Programme } from '../../src/people/person.js';
import type { PeopleService } from '../../src/people/service.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Log } from '../../src/platform/log.js';
import {
  type DirectConnector,
  type OpenAddress,
  type WrittenMessage,
  writtenCard,
} from '../channel/direct-connector.js';
import type {
  FanOutContent,
  PreparedMessage,
  Transport,
  Recipient,
} from '../../src/delivery/fan-out/kind.js';
import { AppError } from '../../src/platform/errors.js';
import { isConversationMissing } from './connector-outcome.js';
import type { Language } from '../../src/shared/languages.js';
import type { Card } from '../cards/render.js';
import { within } from './connector-outcome.js';
import type { FeedActivity } from '../../src/delivery/reach/teams-reach.js';
import type { CardFeed } from './notices.js';
import type { FanOutViews } from './views.js';

export interface ChatDeps {
  readonly connector: DirectConnector;
  readonly people: Pick<PeopleService, 'rememberChat'>;
  /** Whether messages may be sent to this service. */
  readonly mayReach: (serviceUrl: string) => boolean;
  readonly log: Log;
}

export type Chat = ReturnType<typeof chat>;

/** Conversations opened lately, for those whose message is tried again. */
const maxOpened = 10_000;

/** The one way from the bot to people unasked: into their own chats, and into channels. */
export function chat({ connector, people, mayReach, log }: ChatDeps) {
  const opened = new Map<PersonId, string>();

  async function openOwn(
    address: ChatAddress,
    personId: PersonId,
    pace: Pace,
  ): Promise<OpenAddress | Outcome> {
    const known = opened.get(personId);
    if (known !== undefined) return { ...address, conversationId: known };
    await pace.permit();
    const answer = await connector.open(address);
    if ('result' in answer) return answer;
    if (opened.size >= maxOpened) opened.clear();
    opened.set(personId, answer.conversationId);
    const open = { ...address, conversationId: answer.conversationId };
    await people.rememberChat(personId, open).catch((error: unknown) => {
      // It is opened again next time.
      log.warn('bot.addressNotKept', { error });
    });
    return open;
  }

  return {
    /**
     * The address that messages can be sent to. The conversation with somebody who was met only among others is opened first.
     * @param personId whose address it is; nobody's for a channel.
     * @param pace is asked for the request that opens a conversation.
     */
    async open(
      address: ChatAddress,
      personId: PersonId | undefined,
      pace: Pace,
    ): Promise<OpenAddress | Outcome> {
      // Kept from before it was refused, or written into the storage by hand.
      if (!mayReach(address.serviceUrl)) return { result: 'failed', reason: 'foreignService' };
      const { conversationId } = address;
      if (conversationId !== undefined) return { ...address, conversationId };
      if (personId === undefined) return { result: 'failed', reason: 'noConversation' };
      return openOwn(address, personId, pace);
    },

    /**
     * Sends a message there. The caller has asked the pace for it. A person's own conversation that Teams does not know any more
     * (the bot was removed and came back, or the account moved) is opened anew, once, and the message goes there.
     * @param personId as for {@link open}.
     * @param wantsPlace whether the outcome is to say where it lies.
     */
    async send(
      message: WrittenMessage,
      address: OpenAddress,
      personId: PersonId | undefined,
      pace: Pace,
      wantsPlace = false,
    ): Promise<Outcome> {
      const outcome = await connector.send(message, address, wantsPlace);
      if (personId === undefined || !isConversationMissing(outcome)) return outcome;
      opened.delete(personId);
      const anew = await openOwn(address, personId, pace);
      // Refused too, or the very conversation that is missing: then it stays so.
      if ('result' in anew) return anew.result === 'retry' ? anew : outcome;
      if (anew.conversationId === address.conversationId) return outcome;
      await pace.permit();
      return connector.send(message, anew, wantsPlace);
    },

    /** The message there becomes this one, quietly. */
    update: (message: WrittenMessage, address: OpenAddress, activityId: string): Promise<Outcome> =>
      connector.update(message, address, activityId),
  };
}

/** The answer to somebody waits for it: an invoke must be answered within about 5 s. */
const privateMs = 2_500;

/** Shows a card in a person's own chat, outside the pace, as the answer to what they did among others; whether it arrived. */
export function privately(chats: Chat, log: Log) {
  const show = async ({ id, chat: address }: Person, card: Card): Promise<boolean> => {
    if (address === undefined) return false;
    const open = await chats.open(address, id, unlimited);
    return (
      !('result' in open) && (await chats.send(writtenCard(card), open, id, unlimited)).result === 'sent'
    );
  };
  return async (person: Person, card: Card): Promise<boolean> => {
    try {
      return await within(privateMs, show(person, card));
    } catch (error) {
      log.warn('bot.notSaidPrivately', { error });
      return false;
    }
  };
}

/** The card of a fan-out in a language. @throws AppError where its message is not true any more. */
export type RenderFanOut = (content: FanOutContent, language: Language) => Promise<Card>;

/** The cards as the features show them. */
export function renderFanOut(views: FanOutViews, programme: () => Promise<Programme>): RenderFanOut {
  return async (content, language) => {
    const view = Object.hasOwn(views, content.kind) ? views[content.kind] : undefined;
    if (view === undefined) throw new AppError('send.moveNotAllowed', { kind: content.kind });
    return view(content, { language, programme: await programme() });
  };
}

interface ChatTransportDeps {
  readonly chat: Chat;
  readonly render: RenderFanOut;
  /** For the request that opens a conversation; the sender has asked for the message's own. */
  readonly pace: Pace;
  /** The activity feed; absent where it is not set up. */
  readonly feed?: CardFeed | undefined;
}

interface Prepared {
  readonly card: WrittenMessage;
  readonly activity?: FeedActivity;
}

type ToOne = Extract<Recipient, { way: 'chat' }>;

/** Sends fan-outs into chats and channels, and to the activity feeds of those who want that. */
export function chatTransport({ chat: chats, render, pace, feed }: ChatTransportDeps): Transport {
  async function toChat({ card }: Prepared, recipient: Recipient): Promise<Outcome> {
    const found = await addressOf(recipient);
    if ('result' in found) return found;
    const personId = recipient.way === 'chat' ? recipient.personId : undefined;
    return chats.send(card, found, personId, pace);
  }

  /** By the way that they chose, and by the other one where that certainly did not arrive. */
  function toOne(prepared: Prepared, recipient: ToOne): Promise<Outcome> {
    const { activity } = prepared;
    const { personId, by, chat: address } = recipient;
    if (feed === undefined || activity === undefined)
      return by === 'feedBeside' ? Promise.resolve(failed('noFeed')) : toChat(prepared, recipient);
    if (by === 'feedBeside') return feed.notify(personId, activity);
    const reader = { id: personId, notifyBy: by ?? ('chat' as const), ...(address && { chat: address }) };
    return feed.reach(reader, {
      chat: () => toChat(prepared, recipient),
      activity: () => Promise.resolve(activity),
    });
  }

  return {
    // Only this transport knows what it has prepared: nobody else makes one.
    prepare: async (content, language) => {
      const card = await render(content, language);
      const activity = await feed?.activityOf(content, card, { language });
      const prepared: Prepared = { card: writtenCard(card), ...(activity && { activity }) };
      return prepared as unknown as PreparedMessage;
    },
    send: (preparedMessage, recipient) => {
      const prepared = preparedMessage as unknown as Prepared;
      return recipient.way === 'chat' ? toOne(prepared, recipient) : toChat(prepared, recipient);
    },
  };

  async function addressOf(recipient: Recipient) {
    if (recipient.way === 'mail') return failed('notAChat');
    // A channel has no one whom the message is to.
    if (recipient.way === 'channel') return chats.open({ ...recipient.chat, userId: '' }, undefined, pace);
    if (recipient.chat === undefined) return neverMet;
    return chats.open(recipient.chat, recipient.personId, pace);
  }
}

const neverMet: Outcome = { result: 'undeliverable', reason: 'neverMet' };
const failed = (reason: string): Outcome => ({ result: 'failed', reason });
