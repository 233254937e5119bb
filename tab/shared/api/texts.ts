import type { Revision, TextContent } from '../../../src/content/text.js';
import type { Page } from '../../../src/platform/pages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Api } from '../../api.js';

/** The text of a news item or a release in one language. @param subjectPath the address of the item or release */
export function textApi(api: Api, subjectPath: string, language: Language) {
  const path = `${subjectPath}/texts/${language}`;
  return {
    historyPath: `${path}/history`,
    /** Its revisions, newest first, page by page. */
    history: (after?: string) => api.get<Page<Revision>>(`${path}/history`, { after }),
    /** Stores words as the page closes. */
    putLast: (words: TextContent, basedOn: number) => api.putLast(path, { ...words, basedOn }),
  };
}
