import type { Handler } from '../delivery/outbox/message.js';
import { planSeries, type PlanDeps } from './planning/reconcile.js';
import { tick } from './planning/tick.js';

/**
 * Plans what follows from time: reminders, questions to presenters, and the report of who was there. One message asks
 * to plan for one series, after each change of it; without a series it is the tick of a day.
 */
export function sessionPlanner(deps: PlanDeps): Handler {
  return {
    // It looks at what stands and changes the difference.
    afterCrash: 'repeat',
    handle: async ({ body, dueAt }) => {
      if (body.kind !== 'sessionPlan') return { result: 'failed', reason: 'notAPlan' };
      if (body.seriesId === undefined) await tick(deps, dueAt);
      else await planSeries(deps, body.seriesId, dueAt);
      return { result: 'sent' };
    },
  };
}
