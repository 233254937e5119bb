import type { Actor } from '../platform/actor.js';
import type { IssueId, NewsId, PersonId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { textStatus, type TextStatus } from '../content/text.js';
import { newestFirst } from '../platform/clock.js';
import type { WaitingEntry, WaitingGroup, WaitingLines } from '../platform/waiting-index.js';
import { waitingFor } from './policy.js';
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
    /** Items whose authors wrote since they were decided on, and wait for a reply. */
    readonly unanswered: Waiting;
    /** Accepted items that still lack a language. */
    readonly missing: Readonly<Record<PublicLanguage, Waiting>>;
  };
  /** The items to which changes were asked: the person's own, and of those for whom they act. */
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

const unansweredGroup = 'news-unanswered';

/** Where a line waits, for the index of what waits. */
export function newsWaiting(line: NewsLine): WaitingEntry[] {
  const unanswered = line.awaitsReply === true ? [{ group: unansweredGroup, ...entryOf(line) }] : [];
  const listed = counted
    .filter(
      (filter) =>
        filter.state === line.status && (!('missing' in filter) || line.missing.includes(filter.missing)),
    )
    .map((filter) => ({ group: groupOf(filter), ...entryOf(line) }));
  return [...listed, ...unanswered];
}

/** They are in work: among these they are looked for where the index does not know them. */
async function unansweredOf(lists: Pick<NewsLists, 'list'>, limit: number) {
  const { lines, next } = await lists.list({ view: 'inWork' }, limit);
  return { lines: lines.filter(({ awaitsReply }) => awaitsReply === true), more: next !== undefined };
}

export const placedTextsGroup = 'news-placed';

/** How far the texts of an item are that issues of the newsletter use. */
export interface PlacedTexts {
  readonly newsId: NewsId;
  readonly issues: readonly IssueId[];
  readonly texts: Readonly<Record<PublicLanguage, { readonly status: TextStatus; readonly ready: number }>>;
  /** In which of them they are owed; all where it is not there. */
  readonly owed?: readonly PublicLanguage[];
}

/** What the index of what waits holds of an item's texts, for the newsletter's count of what is not ready. */
export function placedTexts({ id, uses, texts, languages: owed }: NewsItem): WaitingEntry[] {
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
    ...(owed && { owed }),
  };
  return [{ group: placedTextsGroup, id, place: id, line }];
}

export function newsWaitingGroups(lists: Pick<NewsLists, 'list'>): WaitingGroup[] {
  const unanswered: WaitingGroup = {
    name: unansweredGroup,
    read: async (limit) => {
      const { lines, more } = await unansweredOf(lists, limit);
      return { entries: lines.map(entryOf), more };
    },
  };
  const listed = counted.map((filter) => ({
    name: groupOf(filter),
    read: async (limit: number) => {
      const { lines, next } = await lists.list(filter, limit);
      return { entries: lines.map(entryOf), more: next !== undefined };
    },
  }));
  return [...listed, unanswered];
}

/** One round trip for what is the person's own, and one for each list that the index does not know. */
export async function waitingNews(
  lists: NewsLists,
  actor: Actor,
  indexed?: WaitingLines,
): Promise<WaitingNews> {
  const { toDecide, toTranslate } = waitingFor(actor);
  const nothing: Waiting = { count: 0, more: false };

  async function count(filter: NewsFilter): Promise<Waiting> {
    const known = indexed?.first<NewsLine>(groupOf(filter), maxCounted);
    const listed = known ?? (await lists.list(filter, maxCounted));
    const more = 'more' in listed ? listed.more : listed.next !== undefined;
    const oldest = more ? undefined : listed.lines.at(-1);
    return { count: listed.lines.length, more, ...(oldest && { oldest }) };
  }

  async function countUnanswered(): Promise<Waiting> {
    const known = indexed?.first<NewsLine>(unansweredGroup, maxCounted);
    const { lines, more } = known ?? (await unansweredOf(lists, maxCounted));
    const oldest = more ? undefined : lines.at(-1);
    return { count: lines.length, more: more && lines.length > 0, ...(oldest && { oldest }) };
  }

  async function review(): Promise<NonNullable<WaitingNews['review']>> {
    const [unanswered, submitted, inReview, ...missing] = await Promise.all([
      toDecide ? countUnanswered() : nothing,
      toDecide ? count({ state: 'submitted' }) : nothing,
      toDecide ? count({ state: 'inReview' }) : nothing,
      ...publicLanguages.map((language) =>
        toTranslate ? count({ state: 'accepted', missing: language }) : nothing,
      ),
    ]);
    const byLanguage = publicLanguages.map((language, index) => [language, missing[index]] as const);
    return {
      submitted,
      inReview,
      unanswered,
      missing: Object.fromEntries(byLanguage) as Record<PublicLanguage, Waiting>,
    };
  }

  const [mine, toReview, ...others] = await Promise.all([
    lists.mine(actor.id, mineShown),
    toDecide || toTranslate ? review() : undefined,
    ...(actor.actsFor ?? []).map(({ id }) => lists.mine(id, mineShown)),
  ]);
  const theirs = others.flatMap(({ lines }) => lines);
  return {
    ...(toReview && { review: toReview }),
    changesRequested: [...mine.lines, ...theirs].filter((line) => line.status === 'changesRequested'),
    mine: mine.lines.slice(0, 5),
  };
}
