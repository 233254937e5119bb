import { z } from 'zod';
import { newestFirst, type Clock } from '../../platform/clock.js';
import type { ReleaseId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Partition } from '../../platform/partition.js';
import { prefixRange } from '../../platform/rows.js';
import { put, replace, storedKind } from '../../platform/stored.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import { whileConflicting } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import { isSameText } from '../../content/text.js';
import type { IntranetPost, IntranetSite } from '../../releases/channels/intranet/intranet.js';
import type { PublishedUrls } from '../../releases/types.js';
import { type IntranetPage, pathOf } from './html.js';

/** A page as it was read, with its version. */
export interface StoredPage {
  readonly page: IntranetPage;
  readonly version: string;
}

export const intranetPageRow = storedKind<IntranetPage>({
  name: 'intranetPage',
  schema: z.looseObject({
    releaseId: z.string(),
    language: z.enum(publicLanguages),
    title: z.string(),
    lead: z.string(),
    body: z.string(),
    projectId: z.string().optional(),
    publishedAt: z.string(),
    updatedAt: z.string(),
  }) as unknown as z.ZodType<IntranetPage>,
});

const pagePrefix = (releaseId: ReleaseId): string => `intranet-page|${releaseId}|`;
const listPrefix = (language: PublicLanguage): string => `intranet-list|${language}|`;
const listKey = ({ language, publishedAt, releaseId }: IntranetPage): string =>
  `${listPrefix(language)}${newestFirst(publishedAt)}|${releaseId}`;

export type IntranetStore = ReturnType<typeof intranetStore>;

/** The pages of the local intranet: `intranet-page|<release>|<language>`, and each page again in its language's `intranet-list`. */
export function intranetStore(partition: Partition) {
  return {
    /** The pages of one release, by language. */
    pages: async (releaseId: ReleaseId): Promise<Partial<Record<PublicLanguage, StoredPage>>> => {
      const range = prefixRange(pagePrefix(releaseId), publicLanguages.length);
      const { rows } = await partition.range(intranetPageRow, range);
      return Object.fromEntries(
        rows.map(({ value, version }) => [value.language, { page: value, version }] as const),
      );
    },

    /**
     * Publishes the pages, all or none.
     * @throws AppError `storage.conflict` when one has another version than the one given here.
     */
    publish: (
      pages: readonly { readonly page: IntranetPage; readonly before?: StoredPage }[],
    ): Promise<void> =>
      partition.commit(
        pages.flatMap(({ page, before }) => [
          replace(intranetPageRow, pagePrefix(page.releaseId) + page.language, before, page),
          put(intranetPageRow, listKey(page), page),
        ]),
      ),

    /** Pages of a language, newest first. */
    list: (language: PublicLanguage, limit: number, after?: string): Promise<Page<IntranetPage>> =>
      partition.page(intranetPageRow, listPrefix(language), limit, after),
  };
}

export interface IntranetDeps {
  readonly store: IntranetStore;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The local intranet, which replaces the county's own where that is not connected. */
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
