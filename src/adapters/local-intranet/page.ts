import type { ProjectId, ReleaseId } from '../../platform/ids.js';
import type { PublicLanguage } from '../../shared/languages.js';
import type { TextContent } from '../../content/text.js';

/** A release as it stands on the local intranet, in one language. */
export interface IntranetPage extends TextContent {
  readonly releaseId: ReleaseId;
  readonly language: PublicLanguage;
  readonly projectId?: ProjectId;
  /** ISO instant of the first time it was published. */
  readonly publishedAt: string;
  /** ISO instant at which these words were published. */
  readonly updatedAt: string;
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
