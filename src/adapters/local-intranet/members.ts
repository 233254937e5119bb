import { z } from 'zod';
import { toHtml } from '../../content/markdown.js';
import { get, json, open, post, type Reply, type Route } from '../../http/route.js';
import { AppError } from '../../platform/errors.js';
import { isId, type ReleaseId } from '../../platform/ids.js';
import { pageSchema } from '../../platform/pages.js';
import { parse } from '../../platform/validation.js';
import type {
  IntranetAnswer,
  IntranetLine,
  IntranetListAnswer,
  IntranetPageAnswer,
} from '../../shared/answers/intranet.js';
import { otherLanguage, publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import type { FeedKey, FeedKeys } from './feed-key.js';
import { atomPath, type IntranetPage, jsonFeedPath } from './html.js';
import type { IntranetStore } from './store.js';

interface Deps {
  readonly store: IntranetStore;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Absent where anybody may read the intranet. */
  readonly keys?: FeedKeys;
}

const pageSize = 20;
const languageSchema = z.enum(publicLanguages);

const lineOf = ({
  releaseId,
  title,
  lead,
  projectId,
  publishedAt,
  updatedAt,
}: IntranetPage): IntranetLine => ({
  id: releaseId,
  title,
  lead,
  ...(projectId !== undefined && { projectId }),
  publishedAt,
  updatedAt,
});

function pageAnswer(page: IntranetPage): NonNullable<IntranetPageAnswer['page']> {
  const { body, contact = '', corrections = [] } = page;
  return {
    ...lineOf(page),
    html: toHtml(body, { firstHeading: 3 }),
    contact,
    corrections: corrections.toReversed(),
  };
}

/** The intranet inside the tab, for who has signed in there: a browser sends no token where it follows a link. */
export function intranetApi({ store, publicUrl, keys }: Deps): Route[] {
  const answer = (key: FeedKey | undefined): IntranetAnswer => ({
    at: 'here',
    feeds: publicLanguages.map((language) => ({
      language,
      atom: publicUrl + atomPath(language, key?.key),
      json: publicUrl + jsonFeedPath(language, key?.key),
    })),
    ...(key !== undefined && {
      key: { since: key.since, ...(key.by !== undefined && { renewedBy: key.by.name }) },
    }),
  });

  async function page(id: ReleaseId, language: PublicLanguage): Promise<IntranetPageAnswer> {
    const { [language]: own, [otherLanguage(language)]: second } = await store.pages(id);
    const isOtherOut = second !== undefined && second.page.takenDownAt === undefined;
    if (own === undefined && !isOtherOut) throw new AppError('release.notFound', { id });
    const takenDownAt = own?.page.takenDownAt;
    return {
      ...(own !== undefined && takenDownAt === undefined && { page: pageAnswer(own.page) }),
      ...(takenDownAt !== undefined && { takenDownAt }),
      ...(isOtherOut && { other: second.page.title }),
    };
  }

  return [
    get('/api/intranet', 'release:see', async () => json(answer(await keys?.current()))),
    post('/api/intranet/feed-key', 'release:edit', async ({ person }) => {
      if (keys === undefined) throw new AppError('route.notFound');
      return json(answer(await keys.renew(person)));
    }),
    get('/api/intranet/:language', 'release:see', async ({ params, query }) => {
      const { after } = parse(pageSchema, query);
      const { lines, next } = await store.list(parse(languageSchema, params.language), pageSize, after);
      const list: IntranetListAnswer = { lines: lines.map(lineOf), ...(next !== undefined && { next }) };
      return json(list);
    }),
    get('/api/intranet/:language/:id', 'release:see', async ({ params }) => {
      const { id = '' } = params;
      if (!isId(id)) throw new AppError('release.notFound', { id });
      return json(await page(id as ReleaseId, parse(languageSchema, params.language)));
    }),
  ];
}

/** The addresses of pages, which lead into the tab of the programme: there people sign in. */
export function tabRedirects(): Route[] {
  const to = (...path: readonly string[]): Promise<Reply> =>
    Promise.resolve({ seeOther: `/#/${['intranet', ...path].map(encodeURIComponent).join('/')}` });
  return [
    open('get', '/intranet', ({ language }) => to(language === 'en' ? 'fi' : language)),
    ...publicLanguages.flatMap((language) => [
      open('get', `/intranet/${language}`, () => to(language)),
      open('get', `/intranet/${language}/:page`, ({ params: { page = '' } }) => to(language, page)),
    ]),
  ];
}
