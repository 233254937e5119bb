import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';
import type { FanOut, FanOutEvent, FanOutView, RecipientLine } from '../../delivery/fan-out/fan-out.js';

/**
 * Answer of GET /api/sends: fan-outs, newest first, 20 a page; those about one thing, such as `?occurrence=<id>`, all at
 * once.
 */
export interface FanOutListAnswer {
  readonly lines: readonly FanOut[];
  readonly next?: string;
}

/** Answer of GET /api/sends/:id and of what changes a fan-out. */
export type FanOutAnswer = FanOutView;

/** Answer of GET /api/sends/:id/recipients: 100 a page. */
export interface FanOutRecipientsAnswer {
  readonly lines: readonly RecipientLine[];
  readonly next?: string;
}

/** Answer of GET /api/sends/:id/audit: what people did to it, newest first, 50 a page. */
export type FanOutAuditAnswer = Page<LogEntry<FanOutEvent>>;
