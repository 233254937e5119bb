import type { Clock } from '../platform/clock.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';

/**
 * The outbox while the demo's past is told: nobody gets a word about it. Only a release whose time is still to
 * come goes in, to be published then.
 */
export function quietOutbox(outbox: Outbox, clock: Clock): Outbox {
  const isStillToCome = ({ body, dueAt }: NewMessage): boolean =>
    body.kind === 'release' && Date.parse(dueAt) > clock.now().epochMilliseconds;
  return {
    ...outbox,
    commit: (changes, messages = []) => outbox.commit(changes, messages.filter(isStillToCome)),
  };
}
