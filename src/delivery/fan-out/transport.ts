import type { Language } from '../../shared/languages.js';
import type { Outcome } from '../outbox/message.js';
import type { Recipient, Way } from './fan-out.js';
import type { FanOutContent } from './kind.js';

/** What leaves, made once for a language and used for everybody of that language in a chunk. */
export type PreparedMessage = { readonly [preparedMessage]: true };
declare const preparedMessage: unique symbol;

/** Carries messages one way. Knows the other side's limits only as answers; pace is the sender's. */
export interface Transport {
  /**
   * The content in a language, as its kind writes it. A chunk asks for it once a language.
   * @throws AppError where there is nothing to say any more: the chunk asks `FanOutKind.stillUseful` again.
   */
  prepare(content: FanOutContent, language: Language): Promise<PreparedMessage>;
  /** Sends to one. Bounds its own time; never throws for a fault of the other side. */
  send(preparedMessage: PreparedMessage, recipient: Recipient): Promise<Outcome>;
}

export type Transports = { readonly [Each in Way]: Transport };
