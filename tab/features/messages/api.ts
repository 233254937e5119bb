import type { OutboxAnswer } from '../../../src/shared/answers/messages.js';
import type { Api } from '../../api.js';
import type { Settlement } from './message.js';

/** Messages that failed, or whose arrival is unknown. */
export function listMessages(api: Api): Promise<OutboxAnswer> {
  return api.get('/api/outbox');
}

/** Decides about all messages that may have left before a backup was restored; answers with those that are left. */
export function resolveRestored(api: Api, as: Settlement): Promise<OutboxAnswer> {
  return api.post('/api/outbox/resolve-restored', { as });
}

/** Decides what becomes of a message; answers with those that are left. */
export function resolveMessage(api: Api, id: string, as: Settlement): Promise<OutboxAnswer> {
  return api.post(`/api/outbox/${id}/resolve`, { as });
}
