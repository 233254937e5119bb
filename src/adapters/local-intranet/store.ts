import { z } from 'zod';
import { newestFirst } from '../../platform/clock.js';
import type { ReleaseId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Partition } from '../../platform/partition.js';
import { prefixRange } from '../../platform/rows.js';
import { put, replace, storedKind } from '../../platform/stored.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import type { IntranetPage } from './page.js';

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
