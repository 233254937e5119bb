import type { importWork } from './audience/imports/running.js';
import type { askRequest } from './audience/ask-mail.js';
import type { bulkWork } from './audience/bulk.js';
import type { eraseRequest } from './audience/erasing.js';
import type { stoppedRequest } from './audience/stopped-mail.js';
import type { fanOutRequest } from './delivery/fan-out/kind.js';
import type { FanOutNotice } from './delivery/fan-out/unreached.js';
import type { noticeMessage, notifyManyMessage, WaitedNotice } from './delivery/notices.js';
import type { BodyOf } from './delivery/outbox/kind.js';
import type { newsCardMessage } from './news/cards.js';
import type { NewsNotice } from './news/notices.js';
import type { newsIndexMessage } from './news/search.js';
import type { digestMessage } from './overview/digest.js';
import type { releaseMessage } from './releases/change.js';
import type { SessionContent } from './sessions/fan-outs.js';
import type {
  attendanceRequest,
  calendarRequest,
  meetingRequest,
  planRequest,
  presentersAffected,
  repliesRequest,
} from './sessions/messages.js';
import type { SessionNotice } from './sessions/notices.js';
import type { ReminderNotice } from './sessions/reminders/notices.js';
import type { signUpRequest } from './sessions/outside/sign-up-mail.js';
import type { signUpsFullRequest } from './sessions/outside/sign-ups-full.js';

/**
 * The bodies of all kinds of messages in Big Room, for those who read messages of any kind: the tab, which links each to
 * what it is about, and tests. Nothing that writes or handles messages needs it.
 */
export type KnownBody =
  | (BodyOf<typeof noticeMessage> & {
      readonly notice: NewsNotice | SessionNotice | ReminderNotice | FanOutNotice | WaitedNotice;
    })
  | (BodyOf<typeof notifyManyMessage> & { readonly notice: SessionNotice | ReminderNotice | NewsNotice })
  | (BodyOf<typeof fanOutRequest> & { readonly content: SessionContent })
  | BodyOf<typeof releaseMessage>
  | BodyOf<typeof newsIndexMessage>
  | BodyOf<typeof newsCardMessage>
  | BodyOf<typeof digestMessage>
  | BodyOf<typeof planRequest>
  | BodyOf<typeof calendarRequest>
  | BodyOf<typeof attendanceRequest>
  | BodyOf<typeof repliesRequest>
  | BodyOf<typeof meetingRequest>
  | BodyOf<typeof presentersAffected>
  | BodyOf<typeof stoppedRequest>
  | BodyOf<typeof signUpRequest>
  | BodyOf<typeof signUpsFullRequest>
  | BodyOf<typeof importWork>
  | BodyOf<typeof bulkWork>
  | BodyOf<typeof askRequest>
  | BodyOf<typeof eraseRequest>;
