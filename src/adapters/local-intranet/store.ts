import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { newestFirst, type Clock } from '../../platform/clock.js';
import type { ReleaseId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Partition } from '../../platform/partition.js';
import { prefixRange } from '../../platform/rows.js';
import { put, replace, storedKind } from '../../platform/stored.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import { whileConflicting, type Change } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { Programme } from '../../people/person.js';
import type { Publication, Site } from '../../releases/channels/channel.js';
import type { PublishedUrls } from '../../releases/types.js';
import { type IntranetPage, pathOf } from './html.js';
import { pageOf, previewOf } from './preview.js';

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
    contact: z.string().optional(),
    corrections: z
      .array(z.looseObject({ at: z.string(), note: z.string(), language: z.enum(publicLanguages) }))
      .optional(),
    takenDownAt: z.string().optional(),
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

    /**
     * The pages stay at their addresses, to say that they were taken down; no list has them.
     * @throws AppError `storage.conflict` as `publish` does.
     */
    takeDown: (pages: readonly StoredPage[], takenDownAt: string): Promise<void> =>
      partition.commit(
        pages.flatMap((before): Change[] => [
          replace(intranetPageRow, pagePrefix(before.page.releaseId) + before.page.language, before, {
            ...before.page,
            takenDownAt,
          }),
          { op: 'delete', key: listKey(before.page) },
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
  readonly programme: () => Promise<Programme>;
}

/** The local intranet, which replaces the county's own where that is not connected. */
export function localIntranet({ store, clock, publicUrl, programme }: IntranetDeps): Site {
  async function publishPages(publication: Publication): Promise<PublishedUrls> {
    const current = await store.pages(publication.releaseId);
    const now = clock.now().toString();
    const pages = publicLanguages.flatMap((language): { page: IntranetPage; before?: StoredPage }[] => {
      const before = current[language];
      const page = pageOf(publication, language, now, before?.page);
      return page === undefined ? [] : [{ page, ...(before && { before }) }];
    });
    const isNew = ({ page, before }: (typeof pages)[number]) => !isDeepStrictEqual(page, before?.page);
    const left = publicLanguages.flatMap((language) => {
      const before = current[language];
      const isOut = before !== undefined && before.page.takenDownAt === undefined;
      return isOut && publication.texts[language] === undefined ? [before] : [];
    });
    await store.publish(pages.filter(isNew));
    if (left.length > 0) await store.takeDown(left, now);
    return Object.fromEntries(pages.map(({ page }) => [page.language, publicUrl + pathOf(page)] as const));
  }

  async function takeDownPages(releaseId: ReleaseId): Promise<void> {
    const pages = Object.values(await store.pages(releaseId)).filter(
      ({ page }) => page.takenDownAt === undefined,
    );
    if (pages.length > 0) await store.takeDown(pages, clock.now().toString());
  }

  /** What was done, or that trying later may help where the storage is away. */
  async function unlessAway<Done>(
    act: () => Promise<Done>,
  ): Promise<Done | { readonly result: 'retry'; readonly reason: 'unavailable' }> {
    try {
      return await whileConflicting(act);
    } catch (error) {
      const isPassing = isAppError(error, 'storage.unavailable') || isAppError(error, 'storage.conflict');
      if (!isPassing) throw error;
      return { result: 'retry', reason: 'unavailable' };
    }
  }

  return {
    publish: (publication) =>
      unlessAway(async () => ({ result: 'published', urls: await publishPages(publication) })),
    takeDown: (releaseId) =>
      unlessAway(async () => {
        await takeDownPages(releaseId);
        return { result: 'takenDown' };
      }),
    preview: previewOf({ clock, programme, pages: store.pages }),
  };
}
