import type { NewsId } from '../platform/ids.js';
import { get, json, type Route } from '../http/route.js';
import type { NewsService } from '../news/service.js';
import type { NewsletterService } from '../newsletter/service.js';
import { storyId } from '../newsletter/types.js';
import type { ReleaseService } from '../releases/service.js';
import type { NewsletterOutlet, OutletsAnswer, ReleaseOutlet } from '../shared/answers/outlets.js';

interface Deps {
  readonly news: Pick<NewsService, 'get'>;
  readonly newsletter: Pick<NewsletterService, 'line' | 'openLine'>;
  readonly releases: Pick<ReleaseService, 'get'>;
}

/** Where an item is read, for whoever may see the item. */
export function outletRoutes({ news, newsletter, releases }: Deps): Route[] {
  return [
    get('/api/news/:id/outlets', 'news:seeOwn', async ({ person, params }) => {
      const item = await news.get(person, params.id as NewsId);
      const inNewsletter = item.uses.map(async (use): Promise<NewsletterOutlet[]> => {
        if (use.in !== 'newsletter') return [];
        const line = await newsletter.line(person, use.id);
        const { id: issueId, number, status, deadline } = line;
        return [{ issueId, storyId: storyId(issueId, item.id), number, status, deadline }];
      });
      const inReleases = item.uses.map(async (use): Promise<ReleaseOutlet[]> => {
        if (use.in !== 'release') return [];
        const { release, status, movedOn } = await releases.get(person, use.id);
        const { state, out } = release;
        const due = 'due' in state && out === undefined ? state.due : out?.at;
        return [
          {
            id: release.id,
            channel: release.channel,
            status,
            ...(due !== undefined && { due }),
            isOverdue: state.status === 'approved' && state.overdue !== undefined,
            movedOn,
            isOut: out !== undefined && state.status !== 'takenDown',
            ...(state.status === 'publishing' &&
              state.awaitsApproval !== undefined && { awaitsApproval: true as const }),
            ...(out !== undefined && { urls: out.urls }),
          },
        ];
      });
      const [open, issues, channels] = await Promise.all([
        newsletter.openLine(person),
        Promise.all(inNewsletter),
        Promise.all(inReleases),
      ]);
      const answer: OutletsAnswer = {
        newsletter: issues.flat().toSorted((one, other) => other.number - one.number),
        ...(open !== undefined && { open: { number: open.number } }),
        releases: channels.flat(),
      };
      return json(answer);
    }),
  ];
}
