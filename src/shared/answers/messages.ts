import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';
import type { InstallState } from '../../people/person.js';
import type { Message, Resolution } from '../../delivery/outbox/message.js';

/** Answer of GET /api/outbox: messages that failed or whose arrival is unknown. */
export interface OutboxAnswer {
  readonly messages: readonly Message[];
  /** How many wait because they may have left before a restored backup was made, those not listed too; 1,000 at most. */
  readonly restored: number;
}

/** Answer of GET /api/outbox/audit: who decided what about such messages, newest first, 50 a page. */
export type OutboxAuditAnswer = Page<LogEntry<Resolution>>;

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
  /** What came of installing the app for somebody whom the bot has not met; absent where nobody tried. */
  readonly install?: InstallState;
}

/** Answer of GET /api/unreached, by name: of everything, or of one subject. */
export interface UnreachedAnswer {
  readonly people: readonly UnreachedPerson[];
}
