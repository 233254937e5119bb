import type { PersonId } from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import type { Log } from '../../src/platform/log.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { PeopleService } from '../../src/people/service.js';
import type { Pace } from '../../src/delivery/pacing/pace.js';
import type { Transport, PreparedMessage } from '../../src/delivery/fan-out/ports.js';
import type { Recipient, SendContent } from '../../src/delivery/fan-out/fan-out.js';
import type { Card } from '../cards/render.js';
import {
  writtenCard,
  type DirectConnector,
  type OpenAddress,
  type WrittenMessage,
} from '../channel/direct-connector.js';

/** The card of a send in a language. @throws AppError where there is nothing to tell any more. */
export type RenderSend = (content: SendContent, language: Language) => Promise<Card>;

interface Deps {
  readonly connector: DirectConnector;
  readonly render: RenderSend;
  readonly people: Pick<PeopleService, 'rememberChat'>;
  /** Whether this service may be told what is said. */
  readonly mayReach: (serviceUrl: string) => boolean;
  /** For the request that opens a conversation; the sender has asked for the message's own. */
  readonly pace: Pace;
  readonly log: Log;
}

/** Conversations opened lately, for those whose message is tried again. */
const maxOpened = 10_000;

/** Carries a send into chats and channels. */
export function chatTransport(deps: Deps): Transport {
  const { connector, render, mayReach } = deps;
  const opened = new Map<PersonId, string>();
  return {
    prepare: async (content, language) => preparedMessageOf(writtenCard(await render(content, language))),
    send: async (preparedMessage, recipient) => {
      const found = addressOf(recipient);
      if ('result' in found) return found;
      // Kept from before it was refused, or written into the storage by hand.
      if (!mayReach(found.serviceUrl)) return { result: 'failed', reason: 'foreignService' };
      const address = await openAddress(deps, opened, found, recipient);
      return 'result' in address ? address : connector.send(messageIn(preparedMessage), address);
    },
  };
}

function addressOf(recipient: Recipient): ChatAddress | Outcome {
  if (recipient.way === 'mail') return { result: 'failed', reason: 'notAChat' };
  // A channel has no one whom the message is to.
  if (recipient.way === 'channel') return { ...recipient.chat, userId: '' };
  return recipient.chat ?? { result: 'gone', reason: 'neverMet' };
}

/** The conversation with somebody who was met only among others is opened first. */
async function openAddress(
  { connector, people, pace, log }: Deps,
  opened: Map<PersonId, string>,
  address: ChatAddress,
  recipient: Recipient,
): Promise<OpenAddress | Outcome> {
  const { conversationId } = address;
  if (conversationId !== undefined) return { ...address, conversationId };
  if (recipient.way !== 'chat') return { result: 'failed', reason: 'noConversation' };
  const known = opened.get(recipient.personId);
  if (known !== undefined) return { ...address, conversationId: known };
  await pace.permit();
  const answer = await connector.open(address);
  if ('result' in answer) return answer;
  if (opened.size >= maxOpened) opened.clear();
  opened.set(recipient.personId, answer.conversationId);
  const open = { ...address, conversationId: answer.conversationId };
  await people.rememberChat(recipient.personId, open).catch((error: unknown) => {
    // It is opened again next time.
    log.warn('bot.addressNotKept', { error });
  });
  return open;
}

/** A parcel is ours alone to open: nobody else makes one. */
function preparedMessageOf(message: WrittenMessage): PreparedMessage {
  return message as unknown as PreparedMessage;
}

function messageIn(preparedMessage: PreparedMessage): WrittenMessage {
  return preparedMessage as unknown as WrittenMessage;
}
