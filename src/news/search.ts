import { z } from 'zod';
import { newestFirst } from '../platform/clock.js';
import { languages, publicLanguages } from '../shared/languages.js';
import { currentRevisions } from '../content/text.js';
import { keysOfText, keysOfWord, wordsOf } from '../content/word-keys.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { put, replace, storedId, storedKind } from '../platform/stored.js';
import { messageKind } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { NewsFilter, NewsItem, NewsLine } from './types.js';
import { newsLineRow } from './store.js';

const maxQueryWords = 5;
const maxFormsSearched = 4;
const maxFound = 50;
const maxWords = 2000;
const maxFormKeys = 6000;

/** Before a key of inflected forms, which so is no word that somebody could type. */
const formMark = '=';
const formKey = (key: string): string => formMark + key;

/** What an item is found by: its words, and the keys under which the forms of a word meet and compounds have their ends. */
export function wordsOfItem(item: NewsItem): string[] {
  const texts = languages.flatMap((language) => {
    const text = item.texts[language];
    return text === undefined ? [] : [{ language, text: [text.title, text.lead, text.body].join('\n') }];
  });
  const words = wordsOf([item.author.name, ...texts.map(({ text }) => text)].join('\n'));
  const keys = texts.flatMap(({ language, text }) => (language === 'en' ? [] : keysOfText(text, language)));
  return [
    ...words.slice(0, maxWords),
    ...[...new Set(keys)].slice(0, maxFormKeys).map((key) => formKey(key)),
  ];
}

function matches(line: NewsLine, { state, projectId, missing, view, assigneeId }: NewsFilter): boolean {
  return (
    (state === undefined || line.status === state) &&
    (projectId === undefined || line.projectId === projectId) &&
    (missing === undefined || line.missing.includes(missing)) &&
    (view === undefined || line.view === view) &&
    (assigneeId === undefined || line.assignee?.id === assigneeId)
  );
}

const sortKey = (line: NewsLine): string => newestFirst(line.submittedAt) + line.id;

type Found = Awaited<ReturnType<WordIndex['find']>>;

/** Lines with a word that begins so, with another form of it, or with a compound that ends in one. */
async function findWord(index: Pick<WordIndex, 'find' | 'findForm'>, word: string): Promise<Found> {
  const [finnish, swedish] = publicLanguages.map((language) => keysOfWord(word, language));
  const inTurn = [0, 1, 2].flatMap((turn) => [finnish?.[turn] ?? [], swedish?.[turn] ?? []].flat());
  const forms = [...new Set(inTurn)].slice(0, maxFormsSearched).map((key) => index.findForm(key));
  const found = await Promise.all([index.find(word), ...forms]);
  return { lines: found.flatMap(({ lines }) => lines), more: found.some(({ more }) => more) };
}

/**
 * Lines that have every word of the query, newest first: as the beginning of a word, in another form, or at the end of
 * a compound. All is read at once: a round trip for each query word, and up to four for its keys.
 */
export async function search(
  index: Pick<WordIndex, 'find' | 'findForm'>,
  query: string,
  filter: NewsFilter,
): Promise<{ lines: readonly NewsLine[]; more: boolean }> {
  const words = wordsOf(query).slice(0, maxQueryWords);
  if (words.length === 0) return { lines: [], more: false };
  const found = await Promise.all(words.map((word) => findWord(index, word)));
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

/**
 * Of the rules by which lines are made and words taken out of texts. 2: without characters that can't be seen; 3: with the keys
 * of their forms; 4: lines with their view; 5: lines that say whether an item is out and awaits a reply.
 */
const wordRules = 5;

interface WordRules {
  /** By which all items are indexed. */
  readonly rules: number;
  /** How far indexing by newer rules has come: all items up to this page of the list. */
  readonly progress?: { readonly rules: number; readonly after: string };
}

const wordRulesRow = storedKind<WordRules>({
  name: 'news word rules',
  schema: z.looseObject({
    rules: z.number(),
    progress: z.exactOptional(z.looseObject({ rules: z.number(), after: z.string() })),
  }),
});

const rulesKey = 'rules';
const listKey = (id: NewsId): string => `of|${id}`;
const wordKey = (word: string, line: NewsLine): string =>
  `word|${word}|${newestFirst(line.submittedAt)}|${line.id}`;
const maxLines = 1000;
const batchSize = 100;

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += batchSize) yield all.slice(start, start + batchSize);
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
    const kept = new Set(words);
    const removed = (before?.value.words ?? []).filter((word) => !kept.has(word));
    await partition.commit([replace(wordListRow, listKey(id), before, { words: [...words, ...removed] })]);
    const claimed = await partition.get(wordListRow, listKey(id));
    if (claimed === undefined) throw new AppError('storage.conflict', { id });
    const puts = words.map((word) => put(newsLineRow, wordKey(word, line), line));
    for (const batch of batches(puts)) await partition.commit(batch);
    for (const batch of batches(removed.map((word) => wordKey(word, line)))) await removeAll(batch);
    await partition.commit([replace(wordListRow, listKey(id), claimed, { words })]);
  }

  /** One by one where an earlier run has taken some away already: that must not stop the others. */
  async function removeAll(keys: readonly string[]): Promise<void> {
    try {
      await partition.commit(keys.map((key): Change => ({ op: 'delete', key })));
    } catch (error) {
      if (!isAppError(error, 'storage.conflict')) throw error;
      for (const key of keys) await remove(key);
    }
  }

  async function remove(key: string): Promise<void> {
    const current = await partition.get(newsLineRow, key);
    if (current !== undefined) await partition.commit([{ op: 'delete', key }]);
  }

  async function find(start: string): Promise<{ lines: NewsLine[]; more: boolean }> {
    const { rows, more } = await partition.range(newsLineRow, prefixRange(start, maxLines));
    return { lines: rows.map(({ value }) => value), more };
  }

  return {
    /**
     * Makes the index hold just what `read` gives for the item; harmless to repeat, and when two run at once the newer
     * reading stays.
     */
    update: (id: NewsId, read: () => Promise<IndexedItem | undefined>) =>
      whileConflicting(() => update(id, read)),
    /** Whether all items are indexed by the present rules; else after which page of the list that goes on. */
    indexingProgress: async (): Promise<'done' | { readonly after?: string }> => {
      const { rules = 1, progress } = (await partition.get(wordRulesRow, rulesKey))?.value ?? {};
      if (rules >= wordRules) return 'done';
      return progress?.rules === wordRules ? { after: progress.after } : {};
    },
    /** Keeps that all items are indexed by the present rules, or those up to a page of the list. */
    keepIndexingProgress: async (progress: 'done' | { readonly after: string }): Promise<void> => {
      const before = await partition.get(wordRulesRow, rulesKey);
      const rules = before?.value.rules ?? 1;
      if (rules >= wordRules) return;
      const value =
        progress === 'done' ? { rules: wordRules } : { rules, progress: { rules: wordRules, ...progress } };
      await partition.commit([put(wordRulesRow, rulesKey, value)]);
    },
    /** The words under which an item is indexed. */
    wordsOf: async (id: NewsId): Promise<readonly string[]> =>
      (await partition.get(wordListRow, listKey(id)))?.value.words ?? [],
    /** Lines with a word that begins so; `more` when there are too many to read in one trip. */
    find: (wordStart: string) => find(`word|${wordStart}`),
    /** Lines with a word, or a compound's end, that has this key (`keysOfWord`). */
    findForm: (key: string) => find(`word|${formKey(key)}|`),
  };
}

export type WordIndex = ReturnType<typeof wordIndex>;

/** Asks to bring the search index up to date with an item. */
export const newsIndexMessage = messageKind('newsIndex', z.object({ newsId: storedId<NewsId>() }));

/** The message by which the search index is brought up to date with an item. @param at ISO instant. */
export function indexMessage({ id, auditCount, texts }: NewsItem, at: string): NewMessage {
  return {
    // Edits in a row share an audit entry, not a revision.
    id: deterministicId('newsIndex', id, String(auditCount), JSON.stringify(currentRevisions(texts))),
    dueAt: at,
    body: newsIndexMessage.body({ newsId: id }),
  };
}
