import type { Page } from '../../platform/pages.js';
import type { Change, Commit, Versioned } from '../../platform/commit.js';
import type { SendId } from '../../platform/ids.js';
import type { SendHeader } from './header.js';
import type { Progress } from './progress.js';
import type { Recipient, Send } from './fan-out.js';

/** The recipients of a send: which send, and which of its expansions. */
export type Expansion = Pick<SendHeader, 'id' | 'expansion'>;

/** How far a chunk has come, and under which claim that was written. */
export interface Found {
  readonly progress: Progress;
  readonly claim: number;
  readonly version: string;
}

/**
 * Where sends are kept: headers and their lists among the programme's rows, recipients in a partition for each send.
 *
 * How far a chunk has come stands in a row whose key names the claim. Who takes a chunk over deletes the row of the
 * claim before, as it was read, and inserts one of their own: so a worker that lost its chunk finds its row gone at its
 * next write, and a worker that holds it needs to read nothing between two writes.
 */
export interface SendStore {
  find(id: SendId): Promise<Versioned<SendHeader> | undefined>;
  /** Newest first, 20 a page. */
  list(after?: string): Promise<Page<Send>>;
  /** All sends on which there is still work, in no order that means anything. */
  active(): Promise<readonly SendId[]>;
  /** Sends with recipients that ended up to an ISO instant, longest ago first. */
  ended(until: string, max: number): Promise<readonly SendId[]>;
  insert(header: SendHeader): Change[];
  /** Holds when the header is still at the version that was read. */
  replace(before: Versioned<SendHeader>, after: SendHeader): Change[];
  readonly commit: Commit;

  /** Stores the recipients of an expansion with the progress of each chunk. @throws AppError `input.tooLarge`. */
  putChunks(
    expansion: Expansion,
    chunks: readonly (readonly Recipient[])[],
    progress: readonly Progress[],
  ): Promise<void>;
  /** Takes away the rows of all expansions but this one. */
  clean(kept: Expansion): Promise<void>;
  /** Erases all recipients of a send that has ended, and takes it off the list of {@link ended}. */
  erase(header: SendHeader): Promise<void>;
  recipients(expansion: Expansion, chunk: number): Promise<readonly Recipient[]>;
  progress(expansion: Expansion, chunk: number): Promise<Found | undefined>;
  /** How far every chunk has come, in their order. */
  allProgress(expansion: Expansion): Promise<readonly Progress[]>;
  /**
   * Makes the chunk one's own if it is still as it was found.
   * @returns the number of the claim, to be given to {@link record}.
   * @throws AppError `storage.conflict`.
   */
  claim(expansion: Expansion, found: Found, progress: Progress): Promise<number>;
  /** @throws AppError `storage.conflict` when somebody else took the chunk over. */
  record(expansion: Expansion, claim: number, progress: Progress): Promise<void>;
}
