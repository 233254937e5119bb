import type { Page } from '../../platform/pages.js';
import type { ProjectId, ReleaseId } from '../../platform/ids.js';
import type { PublicLanguage } from '../../shared/languages.js';
import type { Words } from '../../content/text.js';

/** A release as it stands on the local intranet, in one language. */
export interface IntranetPage extends Words {
  readonly releaseId: ReleaseId;
  readonly language: PublicLanguage;
  readonly projectId?: ProjectId;
  /** ISO instant of the first time it was published. */
  readonly publishedAt: string;
  /** ISO instant at which these words were published. */
  readonly updatedAt: string;
}

export interface StandingPage {
  readonly page: IntranetPage;
  readonly version: string;
}

/** Where the local intranet keeps its pages. */
export interface IntranetStore {
  /** The pages of one release, by language. */
  pages(releaseId: ReleaseId): Promise<Partial<Record<PublicLanguage, StandingPage>>>;
  /**
   * Publishes the pages, all or none.
   * @throws AppError `storage.conflict` when one stands in another version than the one given here.
   */
  publish(pages: readonly { readonly page: IntranetPage; readonly before?: StandingPage }[]): Promise<void>;
  /** Pages of a language, newest first. */
  list(language: PublicLanguage, limit: number, after?: string): Promise<Page<IntranetPage>>;
}

const letters: Readonly<Record<string, string>> = { å: 'a', ä: 'a', ö: 'o', ø: 'o', æ: 'ae', ß: 'ss' };
const idLength = 26;

/** The title as a part of an address: `elma-palvelutarjotin-auttaa`. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[åäöøæß]/gu, (letter) => letters[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/gu, '');
}

/** The path of a page. The id finds it; the words before it are for people, and may change with the title. */
export function pathOf({
  language,
  title,
  releaseId,
}: Pick<IntranetPage, 'language' | 'title' | 'releaseId'>): string {
  const slug = slugOf(title);
  return `/intranet/${language}/${slug === '' ? '' : `${slug}-`}${releaseId}`;
}

/** The release of a path's last part; `undefined` where it holds no id. */
export function releaseIdIn(name: string): ReleaseId | undefined {
  const found = new RegExp(`(?:^|-)([0-9a-f]{${idLength}})$`, 'u').exec(name)?.[1];
  return found === undefined ? undefined : (found as ReleaseId);
}
