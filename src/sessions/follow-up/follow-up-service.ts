import type { FollowUpService } from '../service.js';
import { attending } from './attendance.js';
import { keeping } from './keeping.js';
import { makingNews } from './news.js';
import type { AfterwardsDeps } from './deps.js';
import { pulse, pulseOf } from './pulse.js';
import { thank } from './thanks.js';

/** See {@link AfterwardsService}. */
export function followUpService(deps: AfterwardsDeps): FollowUpService {
  return {
    ...keeping(deps),
    ...attending(deps),
    thank: (actor, id, input) => thank(deps, actor, id, input),
    pulse: (actor, id, input) => pulse(deps, actor, id, input),
    pulseOf: (actor, id) => pulseOf(deps, actor, id),
    ...makingNews(deps),
  };
}
