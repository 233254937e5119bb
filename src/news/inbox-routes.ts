import { z } from 'zod';
import { get, json, post, put, type Call, type Route } from '../http/route.js';
import type { NewsId, PersonId } from '../platform/ids.js';
import { parse } from '../platform/validation.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import type { Person } from '../people/person.js';
import { publicLanguages } from '../shared/languages.js';
import type { PersonRef } from '../platform/actor.js';
import type {
  DeskAnswer,
  NewsItemAnswer,
  NewsViewsAnswer,
  Reviewer,
  ReviewersAnswer,
} from '../shared/answers/news.js';
import { reviewersOf } from './assign.js';
import { openActions } from './policy.js';
import type { NewsPresence } from './presence.js';
import type { NewsService } from './service.js';
import type { NewsStore } from './store.js';
import { countViews } from './views.js';

export interface InboxDeps {
  readonly news: Pick<NewsService, 'submit' | 'assign'>;
  readonly store: Pick<NewsStore, 'list'>;
  readonly presence: NewsPresence;
  /** Everybody of the programme. */
  readonly people: () => Promise<readonly Person[]>;
  /** Who acts for somebody today. */
  readonly substituteOf: (
    person: Person,
  ) => Promise<{ readonly person: PersonRef; readonly until: string } | undefined>;
  readonly index: () => Promise<WaitingLines>;
}

const assignSchema = z.strictObject({ to: z.string().max(64).nullable() });
const presenceSchema = z.strictObject({
  newsId: z.exactOptional(z.string().min(1).max(64)),
  isTyping: z.boolean(),
  language: z.exactOptional(z.enum(publicLanguages)),
  since: z.exactOptional(z.iso.datetime()),
});

const idOf = ({ params }: Call): NewsId => params.id as NewsId;

/** The coordinator's desk: views with counts, who takes care of what, who is at what, and news written in the tab. */
export function inboxRoutes({ news, store, presence, people, substituteOf, index }: InboxDeps): Route[] {
  return [
    // Not below /api/news/, where a word would be taken for an item's id.
    get('/api/inbox/views', 'news:see', async () =>
      json((await countViews(store, await index())) satisfies NewsViewsAnswer),
    ),
    get('/api/inbox/now', 'news:see', async ({ person }) =>
      json((await presence.read(person)) satisfies DeskAnswer),
    ),
    get('/api/inbox/reviewers', 'news:see', async () => {
      const all = await people();
      const reviewers = reviewersOf(all).map(async (reviewer): Promise<Reviewer> => {
        const found = all.find(({ id }) => id === reviewer.id);
        const away = found && (await substituteOf(found));
        return { ...reviewer, ...(away && { away: { substitute: away.person.name, until: away.until } }) };
      });
      return json({ people: await Promise.all(reviewers) } satisfies ReviewersAnswer);
    }),
    put('/api/inbox/present', 'news:see', async ({ person, body }) => {
      const { newsId, ...rest } = parse(presenceSchema, body);
      await presence.note(person, { ...rest, ...(newsId !== undefined && { newsId: newsId as NewsId }) });
      return json({});
    }),
    post('/api/news', 'news:submit', async ({ person, body }) => {
      const { item } = await news.submit(person, body);
      return json({ item, actions: openActions(person, item) } satisfies NewsItemAnswer);
    }),
    post('/api/news/:id/assign', 'news:edit', async (call) => {
      const to = parse(assignSchema, call.body).to as PersonId | null;
      const { item, undo } = await news.assign(call.person, idOf(call), to);
      return json({
        item,
        actions: openActions(call.person, item),
        ...(undo !== undefined && { undo }),
      } satisfies NewsItemAnswer);
    }),
  ];
}
