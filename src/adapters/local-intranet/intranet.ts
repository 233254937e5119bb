import type { Clock } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import { publicLanguages } from '../../shared/languages.js';
import { isSameText } from '../../content/text.js';
import type { IntranetPost, IntranetSite } from '../../releases/channels/intranet/intranet.js';
import type { PublishedUrls } from '../../releases/types.js';
import { pathOf, type IntranetPage } from './page.js';
import type { IntranetStore, StoredPage } from './store.js';

export interface IntranetDeps {
  readonly store: IntranetStore;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The local intranet, which stands in for the county's own where that is not connected. */
export function localIntranet({ store, clock, publicUrl }: IntranetDeps): IntranetSite {
  async function publishPages({ releaseId, projectId, texts }: IntranetPost): Promise<PublishedUrls> {
    const current = await store.pages(releaseId);
    const now = clock.now().toString();
    const pages = publicLanguages.flatMap((language): { page: IntranetPage; before?: StoredPage }[] => {
      const text = texts[language];
      if (text === undefined) return [];
      const before = current[language];
      const isSame = before !== undefined && isSameText(before.page, text);
      const page = {
        releaseId,
        language,
        ...text,
        ...(projectId !== undefined && { projectId }),
        publishedAt: before?.page.publishedAt ?? now,
        updatedAt: isSame ? before.page.updatedAt : now,
      };
      return [{ page, ...(before && { before }) }];
    });
    await store.publish(pages.filter(({ page, before }) => before?.page.updatedAt !== page.updatedAt));
    return Object.fromEntries(pages.map(({ page }) => [page.language, publicUrl + pathOf(page)] as const));
  }

  return {
    publish: async (post) => {
      try {
        return { result: 'published', urls: await whileConflicting(() => publishPages(post)) };
      } catch (error) {
        const isPassing = isAppError(error, 'storage.unavailable') || isAppError(error, 'storage.conflict');
        if (!isPassing) throw error;
        return { result: 'retry', reason: 'unavailable' };
      }
    },
  };
}
