import type { Clock } from '../../../src/platform/clock.js';
import type { ComingService } from '../../../src/sessions/coming/service.js';
import type { FollowUpService } from '../../../src/sessions/follow-up/service.js';
import type { PreferenceService } from '../../../src/sessions/reminders/service.js';
import type { RotationService } from '../../../src/sessions/rotation/service.js';
import type { SessionService } from '../../../src/sessions/service.js';
import type { TopicService } from '../../../src/sessions/topics/service.js';
import type { Action } from '../../conversation/actions.js';

/** The services of Big Room that the sessions in chat use. */
export interface SessionServices {
  readonly series: SessionService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly followUp: FollowUpService;
  readonly preferences: PreferenceService;
  readonly coming: ComingService;
  readonly clock: Clock;
  /** The address at which people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

export type SessionActions = Readonly<Record<string, Action<SessionServices>>>;
