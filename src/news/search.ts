import { z } from 'zod';
import { newestFirst } from '../platform/clock.js';
import { languages } from '../shared/languages.js';
import { plainCharacters } from '../shared/normalise.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { put, replace, storedKind } from '../platform/stored.js';
import type { NewsFilter, NewsItem, NewsLine } from './types.js';
import { newsLineRow } from './store.js';

const maxQueryWords = 5;
const maxFound = 50;
const maxWordCharacters = 40;
const maxWords = 2000;

/** The words of a text as they are searched: lower case, letters and digits, at least two characters. */
export function wordsOf(text: string): string[] {
  const found =
    plainCharacters(text)
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

/** The words under which an item may be indexed, kept so that they can be taken away again. */
interface WordList {
  readonly words: readonly string[];
}

/** What the search index holds of an item. */
interface IndexedItem {
  readonly line: NewsLine;
  readonly words: readonly string[];
}

const wordListRow = storedKind<WordList>({
  name: 'news word list',
  schema: z.looseObject({ words: z.array(z.string()) }),
});

/** Of the rules by which words are taken out of texts; 2: without characters that can't be seen. */
const wordRules = 2;

const wordRulesRow = storedKind<{ readonly rules: number }>({
  name: 'news word rules',
  schema: z.looseObject({ rules: z.number() }),
});

const rulesKey = 'rules';
const listKey = (id: NewsId): string => `of|${id}`;
const wordKey = (word: string, line: NewsLine): string =>
  `word|${word}|${newestFirst(line.submittedAt)}|${line.id}`;
const maxLines = 1000;
const batchSize = 100;

function* batches(changes: readonly Change[]): Generator<readonly Change[]> {
  for (let start = 0; start < changes.length; start += batchSize) {
    yield changes.slice(start, start + batchSize);
  }
}

/**
 * The search index: which lines hold which words, in a partition of its own. `word|<word>|<newest first>|<id>` holds the
 * line, `of|<id>` the words. It is updated by a message of the outbox. The list of words is widened first and narrowed
 * last, so that after a crash in between the next run finds everything; its version makes one of two runs at once fail.
 */
export function wordIndex(partition: Partition) {
  async function update(id: NewsId, read: () => Promise<IndexedItem | undefined>): Promise<void> {
    const before = await partition.get(wordListRow, listKey(id));
    const indexed = await read();
    if (indexed === undefined) return;
    const { line, words } = indexed;
    const removed = (before?.value.words ?? []).filter((word) => !words.includes(word));
    await partition.commit([replace(wordListRow, listKey(id), before, { words: [...words, ...removed] })]);
    const claimed = await partition.get(wordListRow, listKey(id));
    if (claimed === undefined) throw new AppError('storage.conflict', { id });
    const puts = words.map((word) => put(newsLineRow, wordKey(word, line), line));
    for (const batch of batches(puts)) await partition.commit(batch);
    // One by one: a row that an earlier run has taken away already must not stop the others.
    for (const word of removed) await remove(wordKey(word, line));
    await partition.commit([replace(wordListRow, listKey(id), claimed, { words })]);
  }

  async function remove(key: string): Promise<void> {
    const current = await partition.get(newsLineRow, key);
    if (current !== undefined) await partition.commit([{ op: 'delete', key }]);
  }

  return {
    /**
     * Makes the index hold just what `read` gives for the item; harmless to repeat, and when two run at once the newer
     * reading stays.
     */
    update: (id: NewsId, read: () => Promise<IndexedItem | undefined>) =>
      whileConflicting(() => update(id, read)),
    /** Whether all items are indexed by the present rules. */
    isIndexedByCurrentRules: async (): Promise<boolean> =>
      ((await partition.get(wordRulesRow, rulesKey))?.value.rules ?? 1) >= wordRules,
    /** Keeps that all items are indexed by the present rules. */
    markIndexedByCurrentRules: (): Promise<void> =>
      partition.commit([put(wordRulesRow, rulesKey, { rules: wordRules })]),
    /** The words under which an item is indexed. */
    wordsOf: async (id: NewsId): Promise<readonly string[]> =>
      (await partition.get(wordListRow, listKey(id)))?.value.words ?? [],
    /** Lines with a word that begins so; `more` when there are too many to read in one trip. */
    find: async (wordStart: string): Promise<{ lines: NewsLine[]; more: boolean }> => {
      const { rows, more } = await partition.range(newsLineRow, prefixRange(`word|${wordStart}`, maxLines));
      return { lines: rows.map(({ value }) => value), more };
    },
  };
}

export type WordIndex = ReturnType<typeof wordIndex>;
