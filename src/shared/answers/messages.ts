import type { Message } from '../../delivery/outbox/message.js';

/** Answer of GET /api/outbox: messages that failed or whose arrival is unknown. */
export interface OutboxAnswer {
  readonly messages: readonly Message[];
}

/** Somebody who could not be reached in Teams, and what waits for them. */
export interface UnreachedPerson {
  readonly personId: string;
  readonly name: string;
  /** `neverMet`: they have not written to the bot yet. `closed`: they blocked or removed it. */
  readonly why: 'neverMet' | 'closed';
  /** How many messages wait. */
  readonly count: number;
  /** ISO instant since which the oldest of them waits. */
  readonly since: string;
}

/** Answer of GET /api/unreached, by name: of everything, or of one subject. */
export interface UnreachedAnswer {
  readonly people: readonly UnreachedPerson[];
}
