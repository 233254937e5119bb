import type { Message } from '../../delivery/outbox/message.js';

/** Answer of GET /api/outbox: messages that failed, or for which nobody knows whether they arrived. */
export interface OutboxAnswer {
  readonly messages: readonly Message[];
}
