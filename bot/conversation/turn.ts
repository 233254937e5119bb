import { z } from 'zod';
import type { Language } from '../../src/shared/languages.js';
import type { Person, Programme } from '../../src/people/person.js';
import type { RemindedChannel } from '../../src/sessions/series/series.js';
import type { MessagePlace } from '../../src/delivery/notices.js';
import type { Card } from '../cards/render.js';

/** Where people talk: alone with the bot, or before others. */
export type Scope = 'personal' | 'group' | 'channel';

/** One thing that a person said or pressed: who, where, and in which language to answer. */
export interface Turn {
  readonly person: Person;
  readonly language: Language;
  readonly scope: Scope;
  readonly programme: Programme;
  /** The group chat or channel, with what is needed to write to it again; none where the person is alone with the bot. */
  readonly sharedConversation?: Pick<RemindedChannel, 'name' | 'chat'>;
  /** The message whose button was pressed and which becomes the answer; only where the person is alone with the bot. */
  readonly pressedAt?: MessagePlace;
}

/** What the bot answers. */
export type Answer =
  /** The card that was acted on becomes this one; a text message is answered with it. */
  | {
      readonly as: 'replace';
      readonly card: Card;
      /** It holds something that the others of a conversation need not know, although the button is for everybody. */
      readonly isPrivate?: true;
      /** What is to be kept of where the card stands, where it answers a text alone with the person. Never throws. */
      readonly onSent?: (place: MessagePlace) => Promise<void>;
    }
  /** Said beside the card, which stays as it is for everybody else and for later. */
  | { readonly as: 'aside'; readonly card: Card }
  /** The card stays with all that was typed into it; this is said in words. */
  | { readonly as: 'keep'; readonly text: string };

/** Why nothing was done; said on a card of its own, beside the card, with what can be done instead. */
export interface Problem {
  readonly as: 'problem';
  readonly text: string;
}

export const replaceWith = (card: Card): Answer => ({ as: 'replace', card });

/** An answer to a card that others see too: it changes only where the person is alone with the bot. */
export function shown({ scope }: Turn, card: Card): Answer {
  return { as: scope === 'personal' ? 'replace' : 'aside', card };
}

/** The id of a session as it travels through a card and comes back: nothing to rely on. */
export const occurrenceIdSchema = z.string().regex(/^[0-9a-f]{26}-\d{8}$/);
