import { newestFirst } from '../platform/clock.js';
import { languages } from '../shared/languages.js';
import type { NewsFilter, NewsItem, NewsLine } from './types.js';
import type { WordIndex } from './word-index.js';

const maxQueryWords = 5;
const maxFound = 50;
const maxWordCharacters = 40;
const maxWords = 2000;

/** The words of a text as they are searched: lower case, letters and digits, at least two characters. */
export function wordsOf(text: string): string[] {
  const found =
    text
      .normalize('NFC')
      .toLocaleLowerCase('fi')
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return [...new Set(found.map((word) => Array.from(word).slice(0, maxWordCharacters).join('')))];
}

/** All words by which an item is found. */
export function wordsOfItem(item: NewsItem): string[] {
  const texts = languages.flatMap((language) => {
    const text = item.texts[language];
    return text === undefined ? [] : [text.title, text.lead, text.body];
  });
  return wordsOf([item.author.name, ...texts].join('\n')).slice(0, maxWords);
}

function matches(line: NewsLine, { state, projectId, missing }: NewsFilter): boolean {
  return (
    (state === undefined || line.status === state) &&
    (projectId === undefined || line.projectId === projectId) &&
    (missing === undefined || line.missing.includes(missing))
  );
}

const sortKey = (line: NewsLine): string => newestFirst(line.submittedAt) + line.id;

/** Lines in which every word of the query begins some word, newest first. One round trip for each query word. */
export async function search(
  index: Pick<WordIndex, 'find'>,
  query: string,
  filter: NewsFilter,
): Promise<{ lines: readonly NewsLine[]; more: boolean }> {
  const words = wordsOf(query).slice(0, maxQueryWords);
  if (words.length === 0) return { lines: [], more: false };
  const found = await Promise.all(words.map((word) => index.find(word)));
  const [first, ...others] = found.map(({ lines }) => new Map(lines.map((line) => [line.id, line])));
  const all = [...(first?.values() ?? [])]
    .filter((line) => others.every((other) => other.has(line.id)) && matches(line, filter))
    .sort((one, other) => sortKey(one).localeCompare(sortKey(other)));
  return {
    lines: all.slice(0, maxFound),
    more: all.length > maxFound || found.some(({ more }) => more),
  };
}
