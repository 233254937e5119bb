import type { Language } from '../../shared/languages.js';
import type { Outcome } from '../outbox/message.js';
import type { DropReason, Recipient, SendContent, Way } from './fan-out.js';

/**
 * Whether a send is still of use at this moment, and until when. `notBefore`: nobody is to be disturbed before (quiet
 * hours); it begins then, or not at all where it would be of no more use. What has begun goes on. ISO instants.
 */
export type Use =
  | { readonly send: true; readonly usefulUntil?: string; readonly notBefore?: string }
  | { readonly send: false; readonly reason: DropReason };

/** Who knows what a send is about: sessions. Asked when it is due, and again before each chunk. */
export interface SendSource {
  /** Everybody who should get it as things stand, each key once, people by their own choices left out already. */
  recipients(content: SendContent): Promise<readonly Recipient[]>;
  use(content: SendContent): Promise<Use>;
  /** What those recipients are called now who are kept without a name; those who are gone are left out. */
  names(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What leaves, made once for a language and used for everybody of that language in a chunk. */
export type PreparedMessage = { readonly [preparedMessage]: true };
declare const preparedMessage: unique symbol;

/** Carries words one way. Knows the other side's limits only as answers; pace is the sender's. */
export interface Transport {
  /**
   * The content in a language. A chunk asks for it once a language.
   * @throws AppError where there is nothing to tell any more: the chunk asks {@link SendSource.use} again.
   */
  prepare(content: SendContent, language: Language): Promise<PreparedMessage>;
  /** Sends to one. Bounds its own time; never throws for a fault of the other side. */
  send(preparedMessage: PreparedMessage, recipient: Recipient): Promise<Outcome>;
}

export type Transports = { readonly [Each in Way]: Transport };
