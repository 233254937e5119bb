import { deterministicId, type MessageId, type SendId } from '../../platform/ids.js';
import type { NewMessage } from '../outbox/message.js';
import type { SendContent } from './fan-out.js';

/**
 * The message that asks for a send: the same content is the same send, however often it is asked for.
 * @param dueAt ISO instant at which it is to leave.
 * @param occasion tells apart what is to be sent anew although it says the same, such as when a contact came back.
 */
export function sendMessage(content: SendContent, dueAt: string, discriminator = ''): NewMessage {
  const facts = Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1));
  const sendId = deterministicId<SendId>('send', JSON.stringify(facts), discriminator);
  const id = deterministicId<MessageId>('message', 'send', sendId);
  return { id, dueAt, body: { kind: 'send', sendId, content } };
}
