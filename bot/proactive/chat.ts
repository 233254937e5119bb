import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { Pace } from '../../src/delivery/pacing/pace.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { PeopleService } from '../../src/people/service.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Log } from '../../src/platform/log.js';
import type { DirectConnector, OpenAddress, WrittenMessage } from '../channel/direct-connector.js';

export interface ChatDeps {
  readonly connector: DirectConnector;
  readonly people: Pick<PeopleService, 'rememberChat'>;
  /** Whether this service may be told what is said. */
  readonly mayReach: (serviceUrl: string) => boolean;
  readonly log: Log;
}

export type Chat = ReturnType<typeof chat>;

/** Conversations opened lately, for those whose message is tried again. */
const maxOpened = 10_000;

/** The one road from the bot to people, unasked: into their own chats, and into channels. */
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
     * Where something can be said. The conversation with somebody who was met only among others is opened first.
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

    /** Says something there. The caller has asked the pace for it. */
    send: (message: WrittenMessage, address: OpenAddress): Promise<Outcome> =>
      connector.send(message, address),
  };
}
