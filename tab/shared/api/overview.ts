import type { OverviewAnswer } from '../../../src/shared/answers/overview.js';
import type { Getter } from '../../api.js';

/** What waits for the person. */
export function getOverview(api: Getter): Promise<OverviewAnswer> {
  return api.get('/api/overview');
}
