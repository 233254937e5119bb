import { newestFirst } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { NewsLine } from './types.js';
import type { Indexed, WordIndex } from './store.js';
import { prefixRange, type Rows } from '../platform/rows.js';

/** The words that an item may stand under, kept so that they can be taken away again. */
interface WordList {
  readonly words: readonly string[];
}

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
 * The search index, a partition of its own: `word|<word>|<newest first>|<id>` holds the line, `of|<id>` the words.
 * The list of words is widened first and narrowed last, so that a crash in between leaves nothing unfindable to
 * the next run; its version tells two runs at once apart.
 */
export function wordIndex(rows: Rows, partition: string): WordIndex {
  async function follow(id: NewsId, read: () => Promise<Indexed | undefined>): Promise<void> {
    const before = await rows.get<WordList>(partition, listKey(id));
    const indexed = await read();
    if (indexed === undefined) return;
    const { line, words } = indexed;
    const old = before?.value.words ?? [];
    const gone = old.filter((word) => !words.includes(word));
    const widened: WordList = { words: [...words, ...gone] };
    await rows.commit(partition, [
      before === undefined
        ? { op: 'insert', key: listKey(id), value: widened }
        : { op: 'replace', key: listKey(id), value: widened, version: before.version },
    ]);
    const claimed = await rows.get<WordList>(partition, listKey(id));
    if (claimed === undefined) throw new AppError('storage.conflict', { id });
    const puts = words.map((word): Change => ({ op: 'put', key: wordKey(word, line), value: line }));
    for (const batch of batches(puts)) await rows.commit(partition, batch);
    // One by one: a row that an earlier run has taken away already must not stop the others.
    for (const word of gone) await remove(wordKey(word, line));
    await rows.commit(partition, [
      { op: 'replace', key: listKey(id), value: { words } satisfies WordList, version: claimed.version },
    ]);
  }

  async function remove(key: string): Promise<void> {
    const standing = await rows.get(partition, key);
    if (standing !== undefined) await rows.commit(partition, [{ op: 'delete', key }]);
  }

  return {
    follow: (id, read) => whileConflicting(() => follow(id, read)),
    find: async (wordStart) => {
      const found = await rows.range<NewsLine>(partition, prefixRange(`word|${wordStart}`, maxLines));
      return { lines: found.rows.map((row) => row.value), more: found.more };
    },
  };
}
