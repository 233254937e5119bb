import { z } from 'zod';
import type { Clock } from '../../src/platform/clock.js';
import type { Language } from '../../src/shared/languages.js';
import type { Log } from '../../src/platform/log.js';
import type { NewsService } from '../../src/news/service.js';
import type { Person, Programme } from '../../src/people/person.js';
import type { PeopleService } from '../../src/people/service.js';
import type { Pace } from '../../src/delivery/pacing/pace.js';
import type { RemindedChannel } from '../../src/sessions/series/series.js';
import type {
  FollowUpService,
  PreferenceService,
  RotationService,
  SeriesService,
  TopicService,
} from '../../src/sessions/service.js';
import type { Card } from '../cards/render.js';

/** The sessions of the programme, as the conversation uses them. */
export interface SessionServices {
  readonly series: SeriesService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly followUp: FollowUpService;
  readonly preferences: PreferenceService;
}

/** What the conversation needs of the rest of Big Room. */
export interface BotServices {
  readonly news: NewsService;
  readonly people: PeopleService;
  readonly sessions: SessionServices;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** The pace of words to single people, below Teams' limits together with all that leaves. */
  readonly words: Pace;
}

export interface BotDeps extends BotServices {
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
  /** The conversation of several in which it was said, as it could be spoken to again. */
  readonly place?: Pick<RemindedChannel, 'name' | 'chat'>;
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

/** An answer to a card that others see too: it changes only where the person is alone with the bot. */
export function shown({ scope }: Turn, card: Card): Answer {
  return { as: scope === 'personal' ? 'replace' : 'aside', card };
}

/** The item id and page key that travel through a card and come back: nothing to rely on. */
export const occurrenceIdSchema = z.string().regex(/^[0-9a-f]{26}-\d{8}$/);
export const newsIdSchema = z.string().regex(/^[\w-]{1,64}$/);
