import { z } from 'zod';
import { t } from '../../i18n/messages.js';
import {
  otherLanguage,
  publicLanguages,
  type Language,
  type PublicLanguage,
} from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import { atomFeed, jsonFeed, type FeedContent } from './feeds.js';
import {
  frameOf,
  indexPage,
  missingFeedPage,
  missingPage,
  releasePage,
  takenDownPage,
  type Frame,
  releaseIdIn,
  style,
} from './html.js';
import type { FeedKeys } from './feed-key.js';
import { tabRedirects } from './members.js';
import type { IntranetStore } from './store.js';
import { parse } from '../../platform/validation.js';
import { open, type OpenCall, type Reply, type Route } from '../../http/route.js';

export interface IntranetRouteDeps {
  readonly store: IntranetStore;
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

const pageSize = 20;
const feedSize = 20;
const pageSchema = z.object({ after: z.string().max(512).optional() });

function publicLanguageOf(language: Language): PublicLanguage {
  return language === 'en' ? 'fi' : language;
}

const html = (text: string, status = 200): Reply => ({ text, type: 'text/html; charset=utf-8', status });

async function frameIn({ programme }: IntranetRouteDeps, language: PublicLanguage): Promise<Frame> {
  return frameOf(await programme(), language);
}

async function index(deps: IntranetRouteDeps, language: PublicLanguage, call: OpenCall): Promise<Reply> {
  const { after } = parse(pageSchema, call.query);
  const [frame, { lines, next }] = await Promise.all([
    frameIn(deps, language),
    deps.store.list(language, pageSize, after),
  ]);
  return html(indexPage(frame, lines, { isFirst: after === undefined, ...(next !== undefined && { next }) }));
}

async function release(deps: IntranetRouteDeps, language: PublicLanguage, name: string): Promise<Reply> {
  const frame = await frameIn(deps, language);
  const id = releaseIdIn(name);
  const pages = id === undefined ? {} : await deps.store.pages(id);
  const page = pages[language]?.page;
  const otherOne = pages[otherLanguage(language)]?.page;
  const other = otherOne?.takenDownAt === undefined ? otherOne : undefined;
  if (page === undefined) return html(missingPage(frame, other), 404);
  if (page.takenDownAt !== undefined) return html(takenDownPage(frame, page.takenDownAt), 410);
  return html(releasePage(frame, page, other));
}

async function feedContent(
  deps: IntranetRouteDeps,
  language: PublicLanguage,
  key?: string,
): Promise<FeedContent> {
  const [{ programmeName, projectName }, { lines }] = await Promise.all([
    frameIn(deps, language),
    deps.store.list(language, feedSize),
  ]);
  const title = t(language, 'intranet.feedTitle', { programme: programmeName });
  const { publicUrl } = deps;
  return { language, title, author: programmeName, publicUrl, pages: lines, projectName, key };
}

const atomOf = (content: FeedContent): Reply => ({
  text: atomFeed(content),
  type: 'application/atom+xml; charset=utf-8',
});
const jsonOf = (content: FeedContent): Reply => ({
  text: jsonFeed(content),
  type: 'application/feed+json; charset=utf-8',
});

const styleRoute = open('get', '/intranet/style.css', () =>
  Promise.resolve({ text: style, type: 'text/css; charset=utf-8' }),
);

/** The local intranet for members: addresses of pages lead into the tab, and those of the feeds hold a key. */
export function memberRoutes(deps: IntranetRouteDeps & { readonly keys: FeedKeys }): Route[] {
  const feed =
    (language: PublicLanguage, write: (content: FeedContent) => Reply) =>
    async ({ params: { key = '' } }: OpenCall): Promise<Reply> =>
      (await deps.keys.fits(key))
        ? write(await feedContent(deps, language, key))
        : html(missingFeedPage(language), 404);
  return [
    styleRoute,
    ...tabRedirects(),
    ...publicLanguages.flatMap((language) => [
      open('get', `/intranet/${language}/:key/feed.atom`, feed(language, atomOf)),
      open('get', `/intranet/${language}/:key/feed.json`, feed(language, jsonOf)),
    ]),
  ];
}

/** The local intranet, open to everybody: an index and a page per language, and two feeds. */
export function intranetRoutes(deps: IntranetRouteDeps): Route[] {
  const perLanguage = publicLanguages.flatMap((language): Route[] => [
    open('get', `/intranet/${language}`, (call) => index(deps, language, call)),
    open('get', `/intranet/${language}/feed.atom`, async () => atomOf(await feedContent(deps, language))),
    open('get', `/intranet/${language}/feed.json`, async () => jsonOf(await feedContent(deps, language))),
    open('get', `/intranet/${language}/:page`, ({ params }) => release(deps, language, params.page ?? '')),
  ]);
  return [
    open('get', '/intranet', (call) => index(deps, publicLanguageOf(call.language), call)),
    styleRoute,
    ...perLanguage,
  ];
}
