import type { Change } from '../../platform/commit.js';
import type { MessageId } from '../../platform/ids.js';
import type { Message, NewMessage } from './message.js';

/** The outbox as the domain folders use it. */
export interface Outbox {
  /**
   * Stores the changes and the messages to come in one transaction, then puts the messages on the queue. When
   * the process dies in between, the sweep finds them. Each message takes two of the 100 changes.
   *
   * Asking twice is asking once: a message whose id stands already stays as it is, be it waiting, sent or in trouble
   * (a troubled one is sent again by {@link resolve}), and the changes are stored all the same. Only a cancelled
   * one is asked for anew, with its new time and body.
   * @throws AppError `storage.conflict` as {@link Commit} does.
   */
  commit(changes: readonly Change[], messages?: readonly NewMessage[]): Promise<void>;
  /**
   * The changes that call a pending message back; empty when there is none or it was cancelled before.
   * @throws AppError `outbox.tooLate` when it left already or is leaving.
   */
  cancel(id: MessageId): Promise<Change[]>;
  /**
   * The changes that end a message whose effect is asked for anew or no longer wanted, in trouble or not; empty when
   * there is none or it ended before. Unlike {@link cancel} it does not mind that the message may have arrived.
   * @throws AppError `outbox.tooLate` when it is leaving just now.
   */
  settle(id: MessageId): Promise<Change[]>;
  /** Messages that need a person: failed and uncertain, oldest first, at most 50. */
  needingAttention(): Promise<Message[]>;
  /**
   * Resolves a troubled message: sends it again, or records that it did arrive or needs not to. Not one that carries a
   * release: whether that is out is the release's to know, and a person decides there.
   * @throws AppError `outbox.notFound`, `outbox.notResolvable`.
   */
  resolve(id: MessageId, as: 'again' | 'sent' | 'cancelled'): Promise<void>;
}
