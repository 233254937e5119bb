import type { AfterwardsService } from '../service.js';
import { attending } from './attendance.js';
import { keeping } from './keeping.js';
import { makingNews } from './news.js';
import type { AfterwardsParts } from './deps.js';
import { pulse, pulseOf } from './pulse.js';
import { thank } from './thanks.js';

/** See {@link AfterwardsService}. */
export function afterwardsService(parts: AfterwardsParts): AfterwardsService {
  return {
    ...keeping(parts),
    ...attending(parts),
    thank: (actor, id, input) => thank(parts, actor, id, input),
    pulse: (actor, id, input) => pulse(parts, actor, id, input),
    pulseOf: (actor, id) => pulseOf(parts, actor, id),
    ...makingNews(parts),
  };
}
