import { z } from 'zod';
import type { ReleaseId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, storedKind } from '../../platform/stored.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';

/** What is remembered of a page on the site. Pages are found by name without it; it saves writing what is written already. */
export interface KnownPage {
  readonly language: PublicLanguage;
  readonly pageId: string;
  /** What was written last; the same for the same contents. */
  readonly stamp?: string;
  /** The page's version after that. */
  readonly version?: string;
  /** The request of a person for which the page was handed in for publishing. */
  readonly handedInFor?: string;
  /** The site was asked to publish or to delete it, and what came of that is not known yet. */
  readonly isAsked?: true;
}

const knownPageRow = storedKind<KnownPage>({
  name: 'sitePage',
  schema: z.looseObject({
    language: z.enum(publicLanguages),
    pageId: z.string(),
    stamp: z.string().exactOptional(),
    version: z.string().exactOptional(),
    handedInFor: z.string().exactOptional(),
    isAsked: z.literal(true).exactOptional(),
  }),
});

const prefixOf = (id: ReleaseId): string => `site-page|${id}|`;

/** `site-page|<release>|<language>`. One worker at a time works on a release, and a lost row costs a request: so rows are put. */
export function sitePageStore(partition: Partition) {
  return {
    of: async (id: ReleaseId): Promise<Partial<Record<PublicLanguage, KnownPage>>> => {
      const known = await partition.all(knownPageRow, prefixOf(id), publicLanguages.length);
      return Object.fromEntries(known.map((page) => [page.language, page] as const));
    },
    keep: (id: ReleaseId, page: KnownPage): Promise<void> =>
      partition.commit([put(knownPageRow, prefixOf(id) + page.language, page)]),
    forget: (id: ReleaseId, language: PublicLanguage): Promise<void> =>
      partition.commit([{ op: 'delete', key: prefixOf(id) + language }]),
  };
}
