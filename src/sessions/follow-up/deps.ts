import { AppError } from '../../platform/errors.js';
import type { NewsService } from '../../news/service.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { TakingDeps } from '../occurrences/acting.js';
import type { AttendanceSource } from './attendance-source.js';
import type { FollowUpStore } from './store.js';

export interface AfterwardsDeps extends TakingDeps {
  readonly followUp: FollowUpStore;
  readonly news: Pick<NewsService, 'get'>;
  /** Without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
}

/** @throws AppError `occurrence.moveNotAllowed` where it has not begun, or does not take place. */
export function requireBegun({ id, state, start }: Occurrence, now: string): void {
  if (state.status === 'cancelled' || start > now)
    throw new AppError('occurrence.moveNotAllowed', { id, state: state.status, start });
}
