import type { Actor } from '../platform/actor.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { may } from '../people/permissions.js';
import type { NewsDeps } from './changing.js';
import type { NewsFilter, NewsLine } from './news.js';

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

const maxCounted = 200;
const mineShown = 30;

/** One round trip for each of the lists, however long they are. */
export async function waitingNews({ store }: Pick<NewsDeps, 'store'>, actor: Actor): Promise<WaitingNews> {
  async function count(filter: NewsFilter): Promise<Waiting> {
    const { lines, next } = await store.list(filter, maxCounted);
    const oldest = next === undefined ? lines.at(-1) : undefined;
    return { count: lines.length, more: next !== undefined, ...(oldest && { oldest }) };
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
    store.mine(actor.id, mineShown),
    may(actor.role, 'news:review') ? review() : undefined,
  ]);
  return {
    ...(toReview && { review: toReview }),
    changesRequested: mine.lines.filter((line) => line.status === 'changesRequested'),
    mine: mine.lines.slice(0, 5),
  };
}
