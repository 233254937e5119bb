import type { Message } from '../../delivery/outbox/message.js';

/** Answer of GET /api/outbox: messages that failed or whose arrival is unknown. */
export interface OutboxAnswer {
  readonly messages: readonly Message[];
}
