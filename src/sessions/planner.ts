import { z } from 'zod';
import type { DeliveryKind } from '../delivery/outbox/kind.js';
import type { SeriesId } from '../platform/ids.js';
import { planSeries, type PlanDeps } from './planning/reconcile.js';
import { tick } from './planning/tick.js';

const payload = z.object({ seriesId: (z.string() as unknown as z.ZodType<SeriesId>).optional() });
/** Which series to plan; without one, all: it is the tick of a day. */
export type SessionPlanPayload = z.infer<typeof payload>;

/**
 * Plans what follows from time: reminders, questions to presenters, and the report of who was there. One message asks
 * to plan for one series, after each change of it; without a series it is the tick of a day.
 */
export function sessionPlanner(deps: PlanDeps): DeliveryKind<SessionPlanPayload> {
  return {
    kind: 'sessionPlan',
    payload,
    // It looks at what stands and changes the difference.
    afterCrash: 'repeat',
    handle: async ({ seriesId }, { dueAt }) => {
      if (seriesId === undefined) await tick(deps, dueAt);
      else await planSeries(deps, seriesId, dueAt);
      return { result: 'sent' };
    },
  };
}
