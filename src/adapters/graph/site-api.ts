import { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import { elapsedMs } from '../../platform/clock.js';
import type { GraphCall, GraphClient } from './graph-client.js';
import { GraphFault, isFault } from './graph-http.js';

const sitePage = z.object({
  id: z.string(),
  name: z.string(),
  webUrl: z.string(),
  // A page whose state Graph leaves out is not called published.
  publishingState: z
    .object({ level: z.string().nullish(), versionId: z.string().nullish() })
    .nullish()
    .transform((state) => ({ level: state?.level ?? '', version: state?.versionId ?? '' })),
});

/** A page as Graph gives it; `publishingState.level` is `published` for the version that readers get, else `draft` or `checkout`. */
export type SitePage = z.output<typeof sitePage>;

export const isPublished = ({ publishingState }: SitePage): boolean => publishingState.level === 'published';

/** One publishing ends well within the minute for which its message is claimed. */
const budgetMs = 45_000;
const longestRequestMs = 20_000;

const noRoom = new GraphFault('throttled', { code: 'outOfTime' });

/**
 * The pages of one site (https://learn.microsoft.com/graph/api/resources/sitepage) for one publishing: all its requests
 * together take at most 45 seconds. All throw GraphFault.
 */
export function sitePages(client: GraphClient, siteId: string, clock: Clock) {
  const until = elapsedMs(clock) + budgetMs;
  const owner = { siteId };

  /** A request in the time that is left. A longer wait than this is the outbox's: nobody holds a claim meanwhile. */
  function inTime(request: GraphCall): GraphCall {
    const left = until - elapsedMs(clock);
    if (left < 1_000) throw noRoom;
    return { ...request, patienceSeconds: 3, timeoutMs: Math.min(left, longestRequestMs) };
  }

  const call = async (request: GraphCall): Promise<unknown> => client.call(owner, inTime(request));

  const pathOf = (id: string): string => `/pages/${encodeURIComponent(id)}`;
  const typed = (id: string): string => `${pathOf(id)}/microsoft.graph.sitePage`;

  return {
    /** The page with this file name. A site that is not there is a fault with status 404. */
    named: async (name: string): Promise<SitePage | undefined> => {
      const query = { $filter: `name eq '${name}'` };
      const found = await client.list(
        owner,
        inTime({ method: 'GET', path: '/pages/microsoft.graph.sitePage', query }),
        sitePage,
      );
      return found.find((page) => page.name.toLowerCase() === name);
    },

    read: async (id: string): Promise<SitePage | undefined> => {
      try {
        return sitePage.parse(await call({ method: 'GET', path: typed(id) }));
      } catch (error) {
        if (isFault(error, 404)) return undefined;
        throw error;
      }
    },

    create: async (body: object): Promise<SitePage> =>
      sitePage.parse(await call({ method: 'POST', path: '/pages', body })),

    change: async (id: string, body: object): Promise<SitePage> =>
      sitePage.parse(await call({ method: 'PATCH', path: typed(id), body })),

    /** Where the site wants approval, the page only waits for it afterwards. */
    publish: async (id: string): Promise<void> => {
      await call({ method: 'POST', path: `${typed(id)}/publish` });
    },

    /** Into the site's recycle bin; harmless where it is there already. */
    delete: async (id: string): Promise<void> => {
      try {
        await call({ method: 'DELETE', path: pathOf(id) });
      } catch (error) {
        if (!isFault(error, 404)) throw error;
      }
    },
  };
}

export type SitePages = ReturnType<typeof sitePages>;
