import type { Revision } from '../content/text.js';
import type { Page } from '../platform/pages.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { NewsId, PersonId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import type { AuditEntry, NewsFilter, NewsItem, NewsLine } from './types.js';

/** What is written beside an item when it changes. */
export interface NewsRecords {
  readonly audit: readonly AuditEntry[];
  readonly revisions?: readonly Revision[];
}

/** Where the news is kept. Writing gives changes, to be committed with those of others. */
export interface NewsStore {
  find(id: NewsId): Promise<Versioned<NewsItem> | undefined>;
  insert(item: NewsItem, records: NewsRecords): Change[];
  replace(before: Versioned<NewsItem>, after: NewsItem, records: NewsRecords): Change[];
  list(filter: NewsFilter, limit: number, after?: string): Promise<Page<NewsLine>>;
  mine(author: PersonId, limit: number, after?: string): Promise<Page<NewsLine>>;
  revisions(id: NewsId, language: Language, limit: number, after?: string): Promise<Page<Revision>>;
  revision(id: NewsId, language: Language, revision: number): Promise<Revision | undefined>;
  audit(id: NewsId): Promise<readonly AuditEntry[]>;
  auditEntry(id: NewsId, number: number): Promise<AuditEntry | undefined>;
}

/** What the search index holds of an item. */
export interface Indexed {
  readonly line: NewsLine;
  readonly words: readonly string[];
}

/** The search index: which lines hold which words. It follows the store by a message of the outbox. */
export interface WordIndex {
  /**
   * Makes the index hold just what `read` gives for the item; harmless to repeat, and when two run at once the
   * newer reading stays.
   */
  follow(id: NewsId, read: () => Promise<Indexed | undefined>): Promise<void>;
  /** Lines with a word that begins so; `more` when there are too many to read in one trip. */
  find(wordStart: string): Promise<{ lines: readonly NewsLine[]; more: boolean }>;
}
