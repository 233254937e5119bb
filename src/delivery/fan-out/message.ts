import { deterministicId, type FanOutId, type MessageId } from '../../platform/ids.js';
import type { NewMessage } from '../outbox/message.js';
import type { FanOutContent } from './kind.js';

/**
 * The message that asks for a fan-out: the same content is the same fan-out, however often it is asked for.
 * @param dueAt ISO instant at which it is to leave.
 * @param discriminator tells apart what is to be sent anew although it says the same, such as when a contact came back.
 */
export function fanOutMessage<Content extends FanOutContent>(
  content: Content,
  dueAt: string,
  discriminator = '',
): NewMessage {
  const facts = Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1));
  const sendId = deterministicId<FanOutId>('send', JSON.stringify(facts), discriminator);
  const id = deterministicId<MessageId>('message', 'send', sendId);
  return { id, dueAt, body: { kind: 'send', sendId, content } };
}
