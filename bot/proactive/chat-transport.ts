import type {
  FanOutContent,
  PreparedMessage,
  Transport,
  Recipient,
} from '../../src/delivery/fan-out/kind.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { Pace } from '../../src/delivery/pacing/pace.js';
import type { Programme } from '../../src/people/person.js';
import { AppError } from '../../src/platform/errors.js';
import type { Language } from '../../src/shared/languages.js';
import type { Card } from '../cards/render.js';
import { type WrittenMessage, writtenCard } from '../channel/direct-connector.js';
import type { Chat } from './chat.js';
import type { FanOutViews } from './views.js';

/** The card of a fan-out in a language. @throws AppError where there is nothing to say any more. */
export type RenderFanOut = (content: FanOutContent, language: Language) => Promise<Card>;

/** The cards as the features show them. */
export function renderFanOut(views: FanOutViews, programme: () => Promise<Programme>): RenderFanOut {
  return async (content, language) => {
    const view = Object.hasOwn(views, content.kind) ? views[content.kind] : undefined;
    if (view === undefined) throw new AppError('send.moveNotAllowed', { kind: content.kind });
    return view(content, { language, programme: await programme() });
  };
}

interface Deps {
  readonly chat: Chat;
  readonly render: RenderFanOut;
  /** For the request that opens a conversation; the sender has asked for the message's own. */
  readonly pace: Pace;
}

/** Carries fan-outs into chats and channels. */
export function chatTransport({ chat, render, pace }: Deps): Transport {
  return {
    // What is prepared is ourSession alone to open: nobody else makes one.
    prepare: async (content, language) =>
      writtenCard(await render(content, language)) as unknown as PreparedMessage,
    send: async (preparedMessage, recipient) => {
      const found = await addressOf(recipient);
      if ('result' in found) return found;
      return chat.send(preparedMessage as unknown as WrittenMessage, found);
    },
  };

  async function addressOf(recipient: Recipient) {
    if (recipient.way === 'mail') return failed('notAChat');
    // A channel has no one whom the message is to.
    if (recipient.way === 'channel') return chat.open({ ...recipient.chat, userId: '' }, undefined, pace);
    if (recipient.chat === undefined) return neverMet;
    return chat.open(recipient.chat, recipient.personId, pace);
  }
}

const neverMet: Outcome = { result: 'undeliverable', reason: 'neverMet' };
const failed = (reason: string): Outcome => ({ result: 'failed', reason });
