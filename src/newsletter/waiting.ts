import type { IssueId, NewsId } from '../platform/ids.js';
import type { WaitingEntry, WaitingGroup, WaitingLines } from '../platform/waiting-index.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import type { NewsService } from '../news/service.js';
import { placedTexts, placedTextsGroup, type PlacedTexts } from '../news/waiting.js';
import { isWholeDeviation, usedStatusOver } from '../content/deviation.js';
import type { IssueLine, WholeIssue } from './types.js';
import type { IssueOverview } from './view.js';
import { isOpen } from './workflow.js';

/** The open issue, and its stories with the revisions over which they say something otherwise. */
type Line =
  | { readonly issue: Pick<IssueOverview, 'id' | 'number' | 'status' | 'deadline' | 'firstBy'> }
  | {
      readonly story: {
        readonly issueId: IssueId;
        readonly newsId: NewsId;
        readonly own: Partial<Record<PublicLanguage, number>>;
        /** The languages in which something of the item's text is left beside what is said otherwise. */
        readonly partly?: readonly PublicLanguage[];
      };
    };

const group = 'newsletter';
const missing = { status: 'missing', ready: 0 } as const;

const entryOf = (id: string, line: Line): WaitingEntry => ({ group, id, place: id, line });

/**
 * What the index of what waits holds of an issue. Its stories stay there once it is no longer open, until they are read
 * again: they may be more than one transaction deletes.
 */
export function issueWaiting({ id, number, state, deadline, stories }: WholeIssue): WaitingEntry[] {
  const firstBy = state.status === 'drafting' ? state.firstApproval?.by : undefined;
  const issue = { id, number, status: state.status, deadline, ...(firstBy && { firstBy }) };
  return [
    ...(isOpen(state) ? [entryOf(id, { issue })] : []),
    ...stories.map((story) => {
      const own = publicLanguages.flatMap((language) => {
        const text = story.own[language];
        return text === undefined ? [] : [[language, text.basedOn] as const];
      });
      const partly = publicLanguages.filter((language) => {
        const text = story.own[language];
        return text !== undefined && !isWholeDeviation(text);
      });
      const line = {
        issueId: id,
        newsId: story.newsId,
        own: Object.fromEntries(own),
        ...(partly.length > 0 && { partly }),
      };
      return entryOf(story.id, { story: line });
    }),
  ];
}

interface Deps {
  /** Issues, newest first, and one of them whole. */
  readonly store: {
    lines(limit: number): Promise<readonly IssueLine[]>;
    find(id: IssueId): Promise<{ readonly value: WholeIssue } | undefined>;
  };
  readonly news: Pick<NewsService, 'many'>;
}

/** The open issue with its stories, and the items of these. */
export function newsletterWaitingGroups({ store, news }: Deps): WaitingGroup[] {
  async function openIssue(): Promise<WholeIssue | undefined> {
    const [newest] = await store.lines(1);
    return newest !== undefined && isOpen(newest) ? (await store.find(newest.id))?.value : undefined;
  }
  return [
    {
      name: group,
      read: async () => {
        const issue = await openIssue();
        return { entries: issue === undefined ? [] : issueWaiting(issue), more: false };
      },
    },
    {
      name: placedTextsGroup,
      read: async () => {
        const items = await news.many(((await openIssue())?.stories ?? []).map(({ newsId }) => newsId));
        return { entries: items.flatMap(placedTexts), more: false };
      },
    },
  ];
}

/** The open issue, if any, for the overview; `undefined` where the index does not know. */
export function indexedOverview(
  indexed: WaitingLines,
): { readonly issue: IssueOverview | undefined } | undefined {
  const lines = indexed.all<Line>(group);
  const items = indexed.all<PlacedTexts>(placedTextsGroup);
  if (lines === undefined || items === undefined) return undefined;
  const [issue] = lines.flatMap((line) => ('issue' in line ? [line.issue] : []));
  if (issue === undefined) return { issue: undefined };
  const itemOf = new Map(items.map((item) => [item.newsId, item]));
  const stories = lines
    .flatMap((line) => ('story' in line ? [line.story] : []))
    .filter(({ issueId }) => issueId === issue.id);
  const notReady = publicLanguages.map((language) => {
    const waiting = stories.filter(({ newsId, own, partly = [] }) => {
      const item = itemOf.get(newsId);
      if (item?.owed?.includes(language) === false) return false;
      const text = item?.texts[language] ?? missing;
      const basedOn = own[language];
      const deviation = basedOn === undefined ? undefined : { basedOn, whole: !partly.includes(language) };
      return usedStatusOver(text, deviation).status !== 'ready';
    });
    return [language, waiting.length] as const;
  });
  return {
    issue: {
      ...issue,
      storyCount: stories.length,
      notReady: Object.fromEntries(notReady) as Record<PublicLanguage, number>,
    },
  };
}
