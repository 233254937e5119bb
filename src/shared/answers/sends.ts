import type { RecipientLine, Send } from '../../delivery/fan-out/fan-out.js';
import type { SendView } from '../../delivery/fan-out/service.js';

/** Answer of GET /api/sends: large sends, newest first, 20 a page; those of one `occurrence` all at once. */
export interface SendListAnswer {
  readonly lines: readonly Send[];
  readonly next?: string;
}

/** Answer of GET /api/sends/:id and of what changes a send. */
export type SendAnswer = SendView;

/** Answer of GET /api/sends/:id/recipients: 100 a page. */
export interface SendRecipientsAnswer {
  readonly lines: readonly RecipientLine[];
  readonly next?: string;
}
