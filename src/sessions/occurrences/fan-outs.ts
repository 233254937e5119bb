import type { Actor } from '../../platform/actor.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { Send } from '../../delivery/fan-out/fan-out.js';
import type { SendService } from '../../delivery/fan-out/service.js';

/** How far back is looked: 1,000 sends, more than a year of a programme. */
const maxPages = 50;

/** What was sent to many about an occurrence, newest first, however much was sent about others since. */
export async function sendsOfOccurrence(
  sends: Pick<SendService, 'list'>,
  actor: Actor,
  occurrenceId: OccurrenceId,
): Promise<Send[]> {
  const found: Send[] = [];
  let after: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { lines, next } = await sends.list(actor, after);
    found.push(
      ...lines.filter(({ content }) => 'occurrenceId' in content && content.occurrenceId === occurrenceId),
    );
    if (next === undefined) break;
    after = next;
  }
  return found;
}
