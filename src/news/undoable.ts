import type { Actor } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { undoDays } from '../platform/retention.js';
import type { NewsAuditEntry } from './types.js';

/** Events of which the author is notified once the time for an undo is over. */
const notified: readonly string[] = ['accept', 'requestChanges', 'reject', 'note'];

/**
 * The number by which the newest entry of a trail can be undone by this actor now; undefined where it can't: it is somebody
 * else's, has nothing to bring back, or its author is being notified of it.
 */
export function undoableNow(
  newest: NewsAuditEntry | undefined,
  actor: Actor,
  { clock, undoSeconds }: { readonly clock: Clock; readonly undoSeconds: number },
): number | undefined {
  if (newest?.before === undefined || newest.by?.id !== actor.id) return undefined;
  const seconds = (clock.now().epochMilliseconds - Date.parse(newest.at)) / 1000;
  const limit = notified.includes(newest.event.action) ? undoSeconds : undoDays * 86_400;
  return seconds < limit ? newest.number : undefined;
}
