import { languages } from '../shared/languages.js';
import { missingLanguages } from '../content/text.js';
import type { NewsItem, NewsLine } from './types.js';

/** The line by which an item is recognised in a list. */
export function lineOf(item: NewsItem): NewsLine {
  return {
    id: item.id,
    projectId: item.projectId,
    authorName: item.author.name,
    submittedAt: item.submittedAt,
    status: item.state.status,
    titles: Object.fromEntries(
      languages.flatMap((language) => {
        const text = item.texts[language];
        return text === undefined ? [] : [[language, text.title] as const];
      }),
    ),
    missing: missingLanguages(item.texts),
    used: item.uses.length > 0,
  };
}
