import { pageSchema } from '../platform/pages.js';
import { z } from 'zod';
import { representedBy } from '../platform/actor.js';
import type { NewsId, PersonId, ProjectId } from '../platform/ids.js';
import { languages, publicLanguages } from '../shared/languages.js';
import { newsStates, type NewsFilter } from './types.js';
import { newsViews } from './views.js';
import { openActions, writesAsAuthor } from './policy.js';
import type { NewsChanged, NewsService } from './service.js';
import type { Person } from '../people/person.js';
import {
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  put,
  type Call,
  type Reply,
  type Route,
} from '../http/route.js';
import { auditNumber, parse, revisionNumber } from '../platform/validation.js';
import type {
  NewsAuditAnswer,
  NewsItemAnswer,
  NewsListAnswer,
  NewsMessagesAnswer,
} from '../shared/answers/news.js';

const listSchema = z.strictObject({
  state: z.enum(newsStates).optional(),
  project: z.string().max(64).optional(),
  missing: z.enum(publicLanguages).optional(),
  text: z.string().max(200).optional(),
  view: z.enum(newsViews).optional(),
  /** Only what the one who asks takes care of. */
  /** `me`, or somebody for whom the one who asks acts. */
  assigned: z.string().max(64).optional(),
  ...pageSchema.shape,
});
const languageSchema = z.enum(languages);
const editSchema = z.object({ basedOn: revisionNumber }).loose();
const revision = revisionNumber.optional();
const seenRevisions = z.strictObject({ fi: revision, sv: revision, en: revision });
/** The revisions that were looked at beside each other; `although` somebody else is writing just now, or it is what another language says. */
const readySchema = z.strictObject({ seen: seenRevisions, although: z.boolean().optional() });
const acceptSchema = z.strictObject({ seen: seenRevisions.optional(), although: z.boolean().optional() });
const noteSchema = z.strictObject({ note: z.string() });
const messageSchema = z.strictObject({ text: z.string() });
const reasonSchema = z.strictObject({ reason: z.string() });
const undoSchema = z.strictObject({ audit: auditNumber });

/** What was looked at, without what is left out. */
function given({ seen, although }: z.infer<typeof acceptSchema>) {
  return { ...(seen && { seen }), ...(although !== undefined && { although }) };
}

const idOf = ({ params }: Call): NewsId => params.id as NewsId;

function filterOf(
  { state, project, missing, view, assigned }: z.infer<typeof listSchema>,
  person: Person,
): NewsFilter {
  const theirs = assigned === undefined ? undefined : representedBy(person, assigned as PersonId);
  const assigneeId = theirs?.id ?? person.id;
  return {
    ...(state !== undefined && { state }),
    ...(project !== undefined && { projectId: project as ProjectId }),
    ...(missing !== undefined && { missing }),
    ...(view !== undefined && { view }),
    ...(view !== undefined && assigned !== undefined && { assigneeId }),
  };
}

export function newsRoutes(news: NewsService): Route[] {
  const itemAnswer = (person: Person, { item, undo }: NewsChanged): Reply =>
    json({
      item,
      actions: openActions(person, item),
      ...(undo !== undefined && { undo }),
    } satisfies NewsItemAnswer);

  /** A route that moves an item and answers with it. */
  const moving =
    <From extends Call>(move: (call: From, id: NewsId) => Promise<NewsChanged>) =>
    async (call: From): Promise<Reply> =>
      itemAnswer(call.person, await move(call, idOf(call)));

  const list = async ({ person, query }: Call): Promise<Reply> => {
    const wanted = parse(listSchema, query);
    const answer: NewsListAnswer =
      wanted.text === undefined || wanted.text.trim() === ''
        ? await news.list(person, filterOf(wanted, person), wanted.after)
        : await news.search(person, wanted.text, filterOf(wanted, person));
    return json(answer);
  };

  const edit = moving(({ person, params, body }, id) => {
    const { basedOn, ...text } = parse(editSchema, body);
    return news.edit(person, id, parse(languageSchema, params.language), text, basedOn);
  });

  return [
    get('/api/news', 'news:see', list),
    get('/api/news/mine', 'news:seeOwn', async ({ person, query }) =>
      json(await news.mine(person, parse(pageSchema, query).after)),
    ),
    get(
      '/api/news/:id',
      'news:seeOwn',
      moving(async ({ person }, id) => ({ item: await news.get(person, id) })),
    ),
    get('/api/news/:id/audit', 'news:seeOwn', async (call) =>
      json(
        (await news.audit(
          call.person,
          idOf(call),
          parse(pageSchema, call.query).after,
        )) satisfies NewsAuditAnswer,
      ),
    ),
    get('/api/news/:id/messages', 'news:seeOwn', async (call) =>
      json(
        (await news.messages(
          call.person,
          idOf(call),
          parse(pageSchema, call.query).after,
        )) satisfies NewsMessagesAnswer,
      ),
    ),
    // Reviewers write to the author, who is notified; authors to the reviewers, who see it on the item.
    post(
      '/api/news/:id/messages',
      'news:seeOwn',
      moving(async ({ person, body }, id) => {
        const { text } = parse(messageSchema, body);
        if (!writesAsAuthor(person, await news.get(person, id))) return news.note(person, id, text);
        const { item, undo } = await news.reply(person, id, text);
        return { item, ...(undo !== undefined && { undo }) };
      }),
    ),
    post(
      '/api/news/:id/messages/settle',
      'news:edit',
      moving(({ person }, id) => news.settleMessage(person, id)),
    ),
    get('/api/news/:id/texts/:language/history', 'news:seeOwn', async (call) => {
      const language = parse(languageSchema, call.params.language);
      return json(await news.history(call.person, idOf(call), language, parse(pageSchema, call.query).after));
    }),
    put('/api/news/:id/texts/:language', 'news:seeOwn', edit),
    post(
      '/api/news/:id/texts/:language/ready',
      'news:seeOwn',
      moving(({ person, params, body }, id) =>
        news.ready(person, id, parse(languageSchema, params.language), given(parse(readySchema, body ?? {}))),
      ),
    ),
    overwrite(
      'put',
      '/api/news/:id/details',
      'news:seeOwn',
      moving(({ person, body, seen }: OverwritingCall, id) => news.editDetails(person, id, body, seen)),
    ),
    ...moveRoutes(news, moving),
  ];
}

type Moving = (move: (call: Call, id: NewsId) => Promise<NewsChanged>) => (call: Call) => Promise<Reply>;

function moveRoutes(news: NewsService, moving: Moving): Route[] {
  return [
    post(
      '/api/news/:id/start-review',
      'news:edit',
      moving(({ person }, id) => news.startReview(person, id)),
    ),
    post(
      '/api/news/:id/accept',
      'news:decide',
      moving(({ person, body }, id) => news.accept(person, id, given(parse(acceptSchema, body ?? {})))),
    ),
    post(
      '/api/news/:id/reopen',
      'news:decide',
      moving(({ person }, id) => news.reopen(person, id)),
    ),
    post(
      '/api/news/:id/request-changes',
      'news:decide',
      moving(({ person, body }, id) => news.requestChanges(person, id, parse(noteSchema, body).note)),
    ),
    post(
      '/api/news/:id/reject',
      'news:decide',
      moving(({ person, body }, id) => news.reject(person, id, parse(reasonSchema, body).reason)),
    ),
    post(
      '/api/news/:id/note',
      'news:decide',
      moving(({ person, body }, id) => news.note(person, id, parse(noteSchema, body).note)),
    ),
    post(
      '/api/news/:id/withdraw',
      'news:submit',
      moving(({ person }, id) => news.withdraw(person, id)),
    ),
    post(
      '/api/news/:id/resubmit',
      'news:submit',
      moving(({ person }, id) => news.resubmit(person, id)),
    ),
    post(
      '/api/news/:id/undo',
      'news:seeOwn',
      moving(({ person, body }, id) => news.undo(person, id, parse(undoSchema, body).audit)),
    ),
  ];
}
