import { AppError } from '../../platform/errors.js';
import type { NewsService } from '../../news/service.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { TakingParts } from '../rotation/deps.js';
import type { AttendanceSource } from './attendance-source.js';
import type { AfterwardsStore } from './store.js';

export interface AfterwardsParts extends TakingParts {
  readonly afterwards: AfterwardsStore;
  readonly news: Pick<NewsService, 'get'>;
  /** Without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
}

/** @throws AppError `occurrence.moveNotAllowed` where it has not begun, or does not take place. */
export function demandBegun({ id, is, start }: Occurrence, now: string): void {
  if (is.state === 'cancelled' || start > now)
    throw new AppError('occurrence.moveNotAllowed', { id, state: is.state, start });
}
