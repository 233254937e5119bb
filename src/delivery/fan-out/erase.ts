import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { FanOutStore } from './store.js';

interface Deps {
  readonly store: FanOutStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long it is of use who got what; then only the counts are kept. */
const keptHours = 60 * 24;
/** The sweep has other things to do. */
const maxAtOnce = 5;

/** Erases the recipients of sends that ended long ago, a few at a time. */
export async function forgetOld(deps: Deps): Promise<void> {
  const { store, clock, log } = deps;
  const until = clock.now().subtract({ hours: keptHours }).toString();
  for (const id of await store.ended(until, maxAtOnce)) {
    try {
      await forget(deps, id);
    } catch (error) {
      // Somebody else does it, or the next sweep.
      if (!isAppError(error, 'storage.conflict')) log.error('send.notForgotten', { id, error });
    }
  }
}

/** Said in the header first: whoever wants to send it again from then on is told that it can't be. */
async function forget({ store, log }: Deps, id: FanOutId): Promise<void> {
  const found = await store.find(id);
  if (found === undefined) return;
  if (!found.value.isForgotten)
    await store.commit(store.replace(found, { ...found.value, isForgotten: true }));
  await store.erase(found.value);
  log.info('send.forgotten', { id });
}
