import type { FanOutPayload } from './delivery/fan-out/expand.js';
import type { NotifyManyPayload, NoticePayload } from './delivery/notices.js';
import type { NewsNotice } from './news/notices.js';
import type { NewsId } from './platform/ids.js';
import type { ReleasePayload } from './releases/publishing.js';
import type { CalendarPayload } from './sessions/calendar/sync.js';
import type { SessionContent } from './sessions/fan-outs.js';
import type { AttendancePayload } from './sessions/follow-up/attendance.js';
import type { SessionNotice } from './sessions/notices.js';
import type { SessionPlanPayload } from './sessions/planning/planner.js';

/** What the features of Big Room put into the outbox, for whoever shows messages. The outbox itself needs not to know. */
export type KnownBody =
  | ({ readonly kind: 'notice'; readonly notice: NewsNotice | SessionNotice } & Omit<NoticePayload, 'notice'>)
  | ({ readonly kind: 'notifyMany'; readonly notice: SessionNotice } & Omit<NotifyManyPayload, 'notice'>)
  | ({ readonly kind: 'send'; readonly content: SessionContent } & Omit<FanOutPayload, 'content'>)
  | ({ readonly kind: 'release' } & ReleasePayload)
  | { readonly kind: 'newsIndex'; readonly newsId: NewsId }
  | ({ readonly kind: 'sessionPlan' } & SessionPlanPayload)
  | ({ readonly kind: 'calendar' } & CalendarPayload)
  | ({ readonly kind: 'attendance' } & AttendancePayload);
