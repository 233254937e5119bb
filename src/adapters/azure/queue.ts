import { QueueClient, type ReceivedMessageItem } from '@azure/storage-queue';
import type { HighWaterMark } from '../../delivery/departures.js';
import type { StorageAccount } from './account.js';
import { requestMs, retrying, statusOf } from './faults.js';
import { longestDelay, type Delivery, type Queue } from '../../platform/queue.js';

/** Names of metadata are those of identifiers, in lower case. */
const markName = 'leftuntil';
/** "Never expires" (https://learn.microsoft.com/rest/api/storageservices/put-message). */
const forEver = -1;

/** Gives up one request in its time. */
const inTime = () => ({ abortSignal: AbortSignal.timeout(requestMs()) });

export type AzureQueueOptions = StorageAccount & {
  /** Its name: letters, digits and hyphens, 3 to 63. */
  readonly queue: string;
};

/** A queue of Azure Queue Storage. Text travels as Base64, because the service wraps it in XML. */
export class AzureQueue implements Queue {
  readonly #queue: QueueClient;

  /**
   * The high-water mark, in the queue's metadata: it is not part of a table, and whoever restores tables restores no queues
   * (https://learn.microsoft.com/rest/api/storageservices/set-queue-metadata).
   */
  readonly mark: HighWaterMark = {
    read: async () => (await retrying(() => this.#queue.getProperties(inTime()))).metadata?.[markName],
    write: async (at) => {
      await retrying(() => this.#queue.setMetadata({ [markName]: at }, inTime()));
    },
  };

  constructor({ queue, ...account }: AzureQueueOptions) {
    // Retrying is done by `retrying`, alike for tables and queues.
    const options = { keepAliveOptions: { enable: true }, retryOptions: { maxTries: 1 } };
    this.#queue =
      'connectionString' in account
        ? new QueueClient(account.connectionString, queue, options)
        : new QueueClient(`${account.url}/${queue}`, account.credential, options);
  }

  /** Makes the queue when it is not there. */
  async prepare(): Promise<void> {
    await retrying(() => this.#queue.createIfNotExists(inTime()));
  }

  async send(text: string, afterSeconds = 0): Promise<void> {
    const visibilityTimeout = Math.max(0, Math.min(Math.ceil(afterSeconds), longestDelay));
    const encoded = Buffer.from(text, 'utf8').toString('base64');
    await retrying(() =>
      this.#queue.sendMessage(encoded, { visibilityTimeout, messageTimeToLive: forEver, ...inTime() }),
    );
  }

  async receive(max: number, hiddenSeconds: number): Promise<readonly Delivery[]> {
    const { receivedMessageItems } = await retrying(() =>
      this.#queue.receiveMessages({
        numberOfMessages: Math.max(1, Math.min(max, 32)),
        visibilityTimeout: Math.max(1, Math.ceil(hiddenSeconds)),
        ...inTime(),
      }),
    );
    return receivedMessageItems.map((item) => this.#deliveryOf(item));
  }

  #deliveryOf(item: ReceivedMessageItem): Delivery {
    return {
      text: Buffer.from(item.messageText, 'base64').toString('utf8'),
      deliveries: item.dequeueCount,
      done: () =>
        retrying(async () => {
          try {
            await this.#queue.deleteMessage(item.messageId, item.popReceipt, inTime());
          } catch (error) {
            if (!isOthersNow(error)) throw error;
          }
        }),
    };
  }
}

/** Deleted already, or received by somebody else since. */
function isOthersNow(error: unknown): boolean {
  const { status, code } = statusOf(error);
  return (
    code === 'MessageNotFound' ||
    code === 'PopReceiptMismatch' ||
    (status === 404 && code !== 'QueueNotFound')
  );
}
