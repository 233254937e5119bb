import { get, json, type Route } from '../../http/route.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { ThanksAnswer } from '../../shared/answers/sessions.js';
import type { SessionFanOutDeps } from '../fan-outs.js';
import { occurrenceIdOf } from '../occurrences/routes.js';

/** How many would be thanked now, before anything is sent; those who present are thanked by themselves. */
export function thanksRoutes({ recipients }: Pick<SessionFanOutDeps, 'recipients'>): Route[] {
  const countOf = async (occurrenceId: OccurrenceId, to?: 'there'): Promise<number> =>
    (await recipients({ kind: 'thanks', occurrenceId, round: 1, ...(to && { to }) })).length;
  return [
    get('/api/occurrences/:id/thanks', 'session:edit', async (call) => {
      const id = occurrenceIdOf(call);
      const [invited, there] = await Promise.all([countOf(id), countOf(id, 'there')]);
      return json({ invited, there } satisfies ThanksAnswer);
    }),
  ];
}
