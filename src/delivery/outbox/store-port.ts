import type { Change, Commit, Versioned } from '../../platform/commit.js';
import type { MessageId } from '../../platform/ids.js';
import type { Message } from './message.js';

/** One entry of the due index: which message is to be looked at, in the order of their times. */
export interface DueEntry {
  readonly id: MessageId;
  /** Where it stands in the index; given back to continue behind it. */
  readonly key: string;
}

/**
 * Where messages are kept, beside what asked for them. A pending message stands in the due index under the time at
 * which it is to be looked at next, a troubled one in the index of the troubled; the changes made here keep
 * message and indexes together.
 */
export interface OutboxStore {
  /** @throws Error when what is stored is not a message. */
  find(id: MessageId): Promise<Versioned<Message> | undefined>;
  /** Entries whose time has come by this ISO instant, earliest first. */
  due(until: string, max: number, after?: DueEntry): Promise<readonly DueEntry[]>;
  /** Failed and uncertain messages, oldest first. */
  needingAttention(max: number): Promise<Message[]>;
  insert(message: Message): Change[];
  /** Holds when the message is still at the version that was read. */
  replace(before: Versioned<Message>, after: Message): Change[];
  /**
   * Holds when the message is still as it was claimed. That its entry stands in the due index at the end of this
   * very claim shows it, so that nothing needs to be read again after the claim.
   */
  record(claimed: Message, after: Message): Change[];
  /** Takes an entry without a message out of the index. */
  dropEntry(entry: DueEntry): Change[];
  readonly commit: Commit;
}
