import type { Actor } from '../platform/actor.js';
import type { IssueId, NewsId, PersonId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { textStatus, type TextStatus } from '../content/text.js';
import { may } from '../people/permissions.js';
import { newestFirst } from '../platform/clock.js';
import type { WaitingEntry, WaitingGroup, WaitingLines } from '../platform/waiting-index.js';
import type { NewsFilter, NewsItem, NewsLine } from './types.js';

/** Some items that wait: how many, and the one that has waited longest. `more`: there are more than were counted. */
export interface Waiting {
  readonly count: number;
  readonly more: boolean;
  readonly oldest?: NewsLine;
}

/** What waits for a person among the news; reviewers see the programme's, everybody their own. */
export interface WaitingNews {
  readonly review?: {
    readonly submitted: Waiting;
    readonly inReview: Waiting;
    /** Accepted items that still lack a language. */
    readonly missing: Readonly<Record<PublicLanguage, Waiting>>;
  };
  /** The person's own items to which changes were asked. */
  readonly changesRequested: readonly NewsLine[];
  /** The person's own newest items. */
  readonly mine: readonly NewsLine[];
}

/** The lists of news that are counted, newest first. */
interface NewsLists {
  list(filter: NewsFilter, limit: number): Promise<Page<NewsLine>>;
  mine(author: PersonId, limit: number): Promise<Page<NewsLine>>;
}

const maxCounted = 200;
const mineShown = 30;

/** The lists that reviewers see counted, by the filter of the inbox that shows them. */
const counted = [
  { state: 'submitted' },
  { state: 'inReview' },
  ...publicLanguages.map((missing) => ({ state: 'accepted', missing }) as const),
] as const satisfies readonly NewsFilter[];

const groupOf = ({ state, missing }: NewsFilter): string =>
  ['news', state, missing].filter((part) => part !== undefined).join('-');

const entryOf = (line: NewsLine) => ({
  id: line.id,
  place: `${newestFirst(line.submittedAt)}|${line.id}`,
  line,
});

/** Where a line waits, for the index of what waits. */
export function newsWaiting(line: NewsLine): WaitingEntry[] {
  return counted
    .filter(
      (filter) =>
        filter.state === line.status && (!('missing' in filter) || line.missing.includes(filter.missing)),
    )
    .map((filter) => ({ group: groupOf(filter), ...entryOf(line) }));
}

export const placedTextsGroup = 'news-placed';

/** How far the texts of an item are that issues of the newsletter use. */
export interface PlacedTexts {
  readonly newsId: NewsId;
  readonly issues: readonly IssueId[];
  readonly texts: Readonly<Record<PublicLanguage, { readonly status: TextStatus; readonly ready: number }>>;
}

/** What the index of what waits holds of an item's texts, for the newsletter's count of what is not ready. */
export function placedTexts({ id, uses, texts }: NewsItem): WaitingEntry[] {
  const issues = uses.flatMap((use) => (use.in === 'newsletter' ? [use.id] : []));
  if (issues.length === 0) return [];
  const states = publicLanguages.map((language) => {
    const ready = texts[language]?.ready ?? 0;
    return [language, { status: textStatus(texts, language), ready }] as const;
  });
  const line: PlacedTexts = {
    newsId: id,
    issues,
    texts: Object.fromEntries(states) as PlacedTexts['texts'],
  };
  return [{ group: placedTextsGroup, id, place: id, line }];
}

export function newsWaitingGroups(lists: Pick<NewsLists, 'list'>): WaitingGroup[] {
  return counted.map((filter) => ({
    name: groupOf(filter),
    read: async (limit) => {
      const { lines, next } = await lists.list(filter, limit);
      return { entries: lines.map(entryOf), more: next !== undefined };
    },
  }));
}

/** One round trip for what is the person's own, and one for each list that the index does not know. */
export async function waitingNews(
  lists: NewsLists,
  actor: Actor,
  indexed?: WaitingLines,
): Promise<WaitingNews> {
  async function count(filter: NewsFilter): Promise<Waiting> {
    const known = indexed?.first<NewsLine>(groupOf(filter), maxCounted);
    const listed = known ?? (await lists.list(filter, maxCounted));
    const more = 'more' in listed ? listed.more : listed.next !== undefined;
    const oldest = more ? undefined : listed.lines.at(-1);
    return { count: listed.lines.length, more, ...(oldest && { oldest }) };
  }

  async function review(): Promise<NonNullable<WaitingNews['review']>> {
    const [submitted, inReview, ...missing] = await Promise.all([
      count({ state: 'submitted' }),
      count({ state: 'inReview' }),
      ...publicLanguages.map((language) => count({ state: 'accepted', missing: language })),
    ]);
    const byLanguage = publicLanguages.map((language, index) => [language, missing[index]] as const);
    return {
      submitted,
      inReview,
      missing: Object.fromEntries(byLanguage) as Record<PublicLanguage, Waiting>,
    };
  }

  const [mine, toReview] = await Promise.all([
    lists.mine(actor.id, mineShown),
    may(actor.role, 'news:review') ? review() : undefined,
  ]);
  return {
    ...(toReview && { review: toReview }),
    changesRequested: mine.lines.filter((line) => line.status === 'changesRequested'),
    mine: mine.lines.slice(0, 5),
  };
}
