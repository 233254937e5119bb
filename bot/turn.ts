import { z } from 'zod';
import type { Clock } from '../src/clock.js';
import type { Language } from '../src/languages.js';
import type { Log } from '../src/log.js';
import type { NewsService } from '../src/news/service.js';
import type { Person, Programme } from '../src/people/person.js';
import type { PeopleService } from '../src/people/service.js';
import type { Card } from './cards/render.js';

/** What the conversation needs of the rest of Big Room. */
export interface BotServices {
  readonly news: NewsService;
  readonly people: PeopleService;
  readonly clock: Clock;
}

export interface BotParts extends BotServices {
  readonly log: Log;
}

/** Where people talk: alone with the bot, or before others. */
export type Scope = 'personal' | 'group' | 'channel';

/** One thing that a person said or pressed: who, where, and in which language to answer. */
export interface Turn {
  readonly person: Person;
  readonly language: Language;
  readonly scope: Scope;
  readonly programme: Programme;
}

/** What the bot answers. */
export type Answer =
  /** The card that was acted on becomes this one; a text message is answered with it. */
  | { readonly as: 'replace'; readonly card: Card }
  /** Said beside the card, which stays as it is for everybody else and for later. */
  | { readonly as: 'aside'; readonly card: Card }
  /** The card stays with all that was typed into it; this is said in words. */
  | { readonly as: 'keep'; readonly text: string };

export const replaceWith = (card: Card): Answer => ({ as: 'replace', card });

/** The item id and page key that travel through a card and come back: nothing to rely on. */
export const newsIdSchema = z.string().regex(/^[\w-]{1,64}$/);
