import type { NewsItem, NewsLine } from '../../../src/news/types.js';
import { languages } from '../../../src/shared/languages.js';
import { missingLanguages } from '../../../src/content/text.js';

/** The line of an item in a list, as the server would make it: for an item that has just changed. */
export function lineOf(item: NewsItem): NewsLine {
  const titles = languages.flatMap((language) => {
    const text = item.texts[language];
    return text === undefined ? [] : [[language, text.title] as const];
  });
  return {
    id: item.id,
    projectId: item.projectId,
    authorName: item.author.name,
    submittedAt: item.submittedAt,
    status: item.state.status,
    titles: Object.fromEntries(titles),
    missing: missingLanguages(item.texts),
    used: item.uses.length > 0,
  };
}
