import type { z } from 'zod';
import type { Message, Outcome } from './message.js';

/**
 * One kind of message: what it carries and how it is carried out. A module registers its kinds; the outbox knows none of
 * them by name.
 */
export interface DeliveryKind<Payload = unknown> {
  /** Stands in the stored body, and so never changes. */
  readonly kind: string;
  /** The stored body without its kind. A body that it refuses ends as `failed`. */
  readonly payload: z.ZodType<Payload>;
  /**
   * A thrown error counts as `retry`. It bounds its own time, well below the minute that a claim lasts, and answers
   * `uncertain` where the time was up before the other side said anything.
   */
  handle(payload: Payload, message: Message): Promise<Outcome>;
  /**
   * What to do when an instance died between claim and record: `repeat` where doing it twice is harmless or better than
   * not at all, `ask` where a person must decide.
   */
  readonly afterCrash: 'repeat' | 'ask';
  /** Whoever registered it decides what became of a message in trouble: the outbox does not let people resolve it. */
  readonly isResolvedElsewhere?: true;
}
