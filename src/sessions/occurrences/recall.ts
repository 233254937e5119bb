import type { Change } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';

/**
 * The changes that call back what an undone change had on its way; `undefined` when something of it has left already,
 * so that what is undone has to be told anew.
 */
export async function recalled(
  outbox: Pick<Outbox, 'cancel'>,
  messages: readonly MessageId[],
): Promise<readonly Change[] | undefined> {
  try {
    return (await Promise.all(messages.map((id) => outbox.cancel(id)))).flat();
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) return undefined;
    throw error;
  }
}
