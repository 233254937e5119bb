import { newestFirst } from '../../platform/clock.js';
import type { Change } from '../../platform/commit.js';
import type { ReleaseId } from '../../platform/ids.js';
import { publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import type { IntranetPage, IntranetStore, StandingPage } from './page.js';
import { prefixRange, type Rows } from '../../platform/rows.js';
import { pageOf } from '../../platform/row-lists.js';

const pagePrefix = (releaseId: ReleaseId): string => `intranet-page|${releaseId}|`;
const listPrefix = (language: PublicLanguage): string => `intranet-list|${language}|`;
const listKey = ({ language, publishedAt, releaseId }: IntranetPage): string =>
  `${listPrefix(language)}${newestFirst(publishedAt)}|${releaseId}`;

function changesOf({ page, before }: { page: IntranetPage; before?: StandingPage }): Change[] {
  const key = pagePrefix(page.releaseId) + page.language;
  return [
    before === undefined
      ? { op: 'insert', key, value: page }
      : { op: 'replace', key, value: page, version: before.version },
    { op: 'put', key: listKey(page), value: page },
  ];
}

/** The local intranet: rows `intranet-page|<release>|<language>`, and each page again in its language's `intranet-list`. */
export function intranetStore(rows: Rows, partition: string): IntranetStore {
  return {
    pages: async (releaseId) => {
      const found = await rows.range<IntranetPage>(
        partition,
        prefixRange(pagePrefix(releaseId), publicLanguages.length),
      );
      return Object.fromEntries(
        found.rows.map(({ value, version }) => [value.language, { page: value, version }] as const),
      );
    },
    publish: (pages) => rows.commit(partition, pages.flatMap(changesOf)),
    list: (language, limit, after) =>
      pageOf<IntranetPage>(rows, partition, listPrefix(language), limit, after),
  };
}
