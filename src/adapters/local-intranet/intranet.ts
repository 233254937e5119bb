import type { Clock } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import { sameWords } from '../../content/text.js';
import type { Channel, PublishOutcome } from '../../releases/channel.js';
import type { PublishedUrls, Release } from '../../releases/release.js';
import { pathOf, type IntranetPage, type IntranetStore, type StandingPage } from './page.js';

export interface IntranetDeps {
  readonly store: IntranetStore;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The page that a release's text becomes, over the one that stands. */
function pageOf(
  release: Release,
  language: PublicLanguage,
  standing: StandingPage | undefined,
  now: string,
): IntranetPage | undefined {
  const text = release.texts[language];
  if (text === undefined) return undefined;
  const { title, lead, body } = text;
  const isSame = standing !== undefined && sameWords(standing.page, text);
  return {
    releaseId: release.id,
    language,
    title,
    lead,
    body,
    ...(release.projectId !== undefined && { projectId: release.projectId }),
    publishedAt: standing?.page.publishedAt ?? now,
    updatedAt: isSame ? standing.page.updatedAt : now,
  };
}

/** The languages in which the release was approved. */
function approvedLanguages({ state }: Release): readonly PublicLanguage[] {
  if (!('approval' in state)) return [];
  return publicLanguages.filter((language) => state.approval.revisions[language] !== undefined);
}

async function publishPages(
  { store, clock, publicUrl }: IntranetDeps,
  release: Release,
): Promise<PublishedUrls> {
  const standing = await store.pages(release.id);
  const now = clock.now().toString();
  const pages = approvedLanguages(release).flatMap((language) => {
    const before = standing[language];
    const page = pageOf(release, language, before, now);
    return page === undefined ? [] : [{ page, ...(before && { before }) }];
  });
  await store.publish(pages.filter(({ page, before }) => before?.page.updatedAt !== page.updatedAt));
  return Object.fromEntries(pages.map(({ page }) => [page.language, publicUrl + pathOf(page)] as const));
}

/**
 * The local intranet, which stands in for the county's own where that is not connected. It knows its pages by
 * release and language: publishing again changes only words that are new.
 */
export function localIntranet(deps: IntranetDeps): Channel {
  return {
    publish: async (release): Promise<PublishOutcome> => {
      try {
        const urls = await whileConflicting(() => publishPages(deps, release));
        return { result: 'published', urls };
      } catch (error) {
        const isPassing = isAppError(error, 'storage.unavailable') || isAppError(error, 'storage.conflict');
        if (!isPassing) throw error;
        return { result: 'retry', reason: 'unavailable' };
      }
    },
  };
}
