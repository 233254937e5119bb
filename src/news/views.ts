import type { Page } from '../platform/pages.js';
import { newestFirst } from '../platform/clock.js';
import type { WaitingEntry, WaitingGroup, WaitingLines } from '../platform/waiting-index.js';
import type { PersonId, ProjectId } from '../platform/ids.js';
import type { PublicLanguage } from '../shared/languages.js';
import { viewOf } from './line.js';
import type { NewsFilter, NewsItem, NewsLine } from './types.js';

/** The parts of the inbox; each item is in one of them. */
export const newsViews = ['new', 'inWork', 'ready', 'archive'] as const;
export type NewsView = (typeof newsViews)[number];

/** Where a line stands in its view: what moved last comes first. */
export const placeInView = (line: Pick<NewsLine, 'id' | 'movedAt' | 'submittedAt'>): string =>
  `${newestFirst(line.movedAt ?? line.submittedAt)}|${line.id}`;

const any = 'any';

/** The keys of a view begin so, under each of its filters. */
export function viewPrefix({
  view,
  projectId,
  missing,
  assigneeId,
}: NewsFilter & { readonly view: NewsView }): string {
  return `news-view|${view}|${projectId ?? any}|${missing ?? any}|${assigneeId ?? any}|`;
}

/** Where an item stands among the views, kept with it: these rows are there, whatever an older release did since. */
export interface Listed {
  readonly view: NewsView;
  readonly place: string;
  readonly projectId: ProjectId;
  readonly missing: readonly PublicLanguage[];
  readonly assigneeId?: PersonId;
  /** Its row among the recent changes. */
  readonly changedAt?: string;
}

export function listedOf(item: NewsItem, line: NewsLine): Listed {
  return {
    view: viewOf(item),
    place: placeInView(line),
    projectId: line.projectId,
    missing: line.missing,
    ...(line.assignee !== undefined && { assigneeId: line.assignee.id }),
    ...(item.changedAt !== undefined && { changedAt: item.changedAt }),
  };
}

/** Every key under which a line stands in its view: one for each filter that matches, so that each is one range. */
export function viewKeys({ view, place, missing: languages, ...listed }: Listed): string[] {
  return [undefined, listed.projectId].flatMap((projectId) =>
    [undefined, ...languages].flatMap((missing) =>
      [undefined, ...(listed.assigneeId === undefined ? [] : [listed.assigneeId])].map(
        (assigneeId) =>
          viewPrefix({
            view,
            ...(projectId && { projectId }),
            ...(missing && { missing }),
            ...(assigneeId && { assigneeId }),
          }) + place,
      ),
    ),
  );
}

/** How many items a view has. `more`: there are more than were counted. */
export interface ViewCount {
  readonly count: number;
  readonly more: boolean;
}

/** The archive only grows: its number says nothing, and is not counted. */
export type ViewCounts = Readonly<Record<Exclude<NewsView, 'archive'>, ViewCount>>;

const maxCounted = 200;
/** New news is counted by the list that the overview shows. */
const groups = { new: 'news-submitted', inWork: 'news-view-inWork', ready: 'news-view-ready' } as const;
type Counted = keyof typeof groups;
const counted = ['new', 'inWork', 'ready'] as const satisfies readonly Counted[];

const isKept = (view: NewsView | undefined): view is 'inWork' | 'ready' =>
  view === 'inWork' || view === 'ready';
/** The lines themselves are not needed to count them. */
const entryOf = (line: NewsLine) => ({ id: line.id, place: placeInView(line), line: {} });

/** Where a line is counted, for the index of what waits. */
export function viewWaiting(line: NewsLine): WaitingEntry[] {
  return isKept(line.view) ? [{ group: groups[line.view], ...entryOf(line) }] : [];
}

interface Lists {
  list(filter: NewsFilter, limit: number): Promise<Page<NewsLine>>;
}

export function viewGroups(lists: Lists): WaitingGroup[] {
  return (['inWork', 'ready'] as const).map((view) => ({
    name: groups[view],
    read: async (limit) => {
      const { lines, next } = await lists.list({ view }, limit);
      return { entries: lines.map(entryOf), more: next !== undefined };
    },
  }));
}

/** How many items each view has: no trip where the index knows it, and one for each view that it does not. */
export async function countViews(lists: Lists, indexed: WaitingLines): Promise<ViewCounts> {
  const count = async (view: Counted): Promise<ViewCount> => {
    const known = indexed.first(groups[view], maxCounted);
    if (known !== undefined) return { count: known.lines.length, more: known.more };
    const { lines, next } = await lists.list({ view }, maxCounted);
    return { count: lines.length, more: next !== undefined };
  };
  const counts = await Promise.all(counted.map(async (view) => [view, await count(view)] as const));
  return Object.fromEntries(counts) as Record<Counted, ViewCount>;
}
