import { z } from 'zod';
import { newestFirst } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { put, replace, storedKind } from '../platform/stored.js';
import { newsLineRow } from './store.js';
import type { NewsLine } from './types.js';

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
 * last, so that a crash in between leaves nothing unfindable to the next run; its version tells two runs at once apart.
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
    /** Lines with a word that begins so; `more` when there are too many to read in one trip. */
    find: async (wordStart: string): Promise<{ lines: NewsLine[]; more: boolean }> => {
      const { rows, more } = await partition.range(newsLineRow, prefixRange(`word|${wordStart}`, maxLines));
      return { lines: rows.map(({ value }) => value), more };
    },
  };
}

export type WordIndex = ReturnType<typeof wordIndex>;
