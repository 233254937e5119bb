import { z } from 'zod';
import type { NewsService } from '../../../src/news/service.js';
import type { Clock } from '../../../src/platform/clock.js';
import type { FollowUpService } from '../../../src/sessions/follow-up/service.js';
import type { Action } from '../../conversation/actions.js';

/** What the bot's news need of the rest of Big Room. */
export interface NewsServices {
  readonly news: NewsService;
  /** For news that are made of a session. */
  readonly followUp: Pick<FollowUpService, 'linkNews' | 'newsDraft'>;
  readonly clock: Clock;
}

export type NewsActions = Readonly<Record<string, Action<NewsServices>>>;

/** The id of an item as it travels through a card and comes back: nothing to rely on. */
export const newsIdSchema = z.string().regex(/^[\w-]{1,64}$/);
