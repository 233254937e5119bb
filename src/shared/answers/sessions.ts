import type { ChangePreview } from '../../sessions/planning/preview.js';
import type { ClosedDays } from '../../platform/holidays.js';
import type { ProgrammeEvent } from '../../people/person.js';
import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';
import type { NewsId } from '../../platform/ids.js';
import type { ClockChange } from '../../platform/wall-time.js';
import type { ArchiveLine } from '../../sessions/follow-up/archive.js';
import type { NewsDraft, PulseView } from '../../sessions/follow-up/service.js';
import type { OccurrenceAudit, OccurrenceLine } from '../../sessions/occurrences/occurrence.js';
import type {
  HeldLine,
  MeetingSession,
  OccurrenceView,
  SessionYear,
} from '../../sessions/occurrences/queries.js';
import type { AgendaItem, Series, SeriesAudit, SeriesChoice } from '../../sessions/series/series.js';
import type { MeetingStatus } from '../../sessions/calendar/meetings.js';
import type { AwayPresenters, ComingService } from '../../sessions/coming/service.js';
import type { SeriesGlance, SeriesReview } from '../../sessions/publishing/service.js';
import type { RotationView } from '../../sessions/rotation/service.js';
import type { PreviewDate } from '../../sessions/series/service.js';
import type { AskedQuestion } from '../../sessions/topics/topic.js';
import type { Wall } from '../../sessions/topics/wall.js';
import type { OwnSlot } from '../../sessions/topics/own-slots.js';
import type { Question, Topic } from '../../sessions/topics/topic.js';

/** Answer of GET /api/series. */
export interface SeriesListAnswer {
  readonly series: readonly Series[];
}

/** Answer of POST /api/series/preview. */
export interface PreviewAnswer {
  readonly dates: readonly PreviewDate[];
}

/** Answer of GET and POST /api/days-off and of DELETE /api/days-off/:id: the organisation's own days off. */
export interface DaysOffAnswer {
  readonly days: readonly ClosedDays[];
}

/** Answer of GET /api/days-off/audit: newest first, 50 a page. */
export type DaysOffAuditAnswer = Page<LogEntry<ProgrammeEvent>>;

/** Answer of GET /api/series-at-a-glance. */
export interface SeriesGlancesAnswer {
  readonly glances: readonly SeriesGlance[];
}

/** Answer of GET /api/series/:id/review. */
export type SeriesReviewAnswer = SeriesReview;

/** Answer of GET /api/series/:id and of everything that changes a series; `undo` goes to POST .../undo. */
export interface SeriesAnswer {
  readonly series: Series;
  readonly undo?: number;
}

/** Answers of GET /api/series/:id/audit and /api/occurrences/:id/audit: newest first, 50 a page. */
export type SeriesAuditAnswer = Page<SeriesAudit>;
export type OccurrenceAuditAnswer = Page<OccurrenceAudit>;

/** Answer of GET /api/sessions/year/:year. */
export type SessionYearAnswer = SessionYear;

/** Answer of GET /api/sessions/of-meeting: which session a meeting in Teams is, where that can be known. */
export interface OfMeetingAnswer {
  readonly session: MeetingSession | null;
}

/** Answer of GET /api/sessions/upcoming. */
export interface UpcomingAnswer {
  readonly lines: readonly OccurrenceLine[];
}

/**
 * Answer of GET /api/occurrences/:id and of everything that changes an occurrence. `undo` goes to POST .../undo;
 * `clockChange` says that the clocks change at the time that was chosen. The occurrence may have another id than was asked for:
 * the one to which a change of its series brought it.
 */
export interface OccurrenceAnswer extends OccurrenceView {
  readonly undo?: number;
  readonly clockChange?: Exclude<ClockChange, 'plain'>;
}

/** Answer of GET /api/topics, of one series with `?series=`. */
export interface TopicsAnswer {
  readonly topics: readonly Topic[];
}

/** Answer of POST /api/topics and of what changes a topic. */
export interface TopicAnswer {
  readonly topic: Topic;
}

/** Answer of GET /api/occurrences/:id/questions. */
export interface QuestionsAnswer {
  readonly questions: readonly AskedQuestion[];
}

/** Answer of POST /api/occurrences/:id/questions and of what changes a question. */
export interface QuestionAnswer {
  readonly question: Question;
}

/** Answer of GET /api/me/slots: the coming slots of one's own projects. */
export interface OwnSlotsAnswer {
  readonly slots: readonly OwnSlot[];
}

/** Answer of GET /api/occurrences/:id/wall. */
export type WallAnswer = Wall;

/** Answer of GET /api/occurrences/:id/agenda. */
export interface AgendaAnswer {
  readonly items: readonly AgendaItem[];
}

/** Answer of POST /api/occurrences/:id/preview, /api/series/:id/change-from/preview and /api/series/:id/end/preview. */
export type ChangePreviewAnswer = ChangePreview;

/** Answer of GET /api/series/:id/rotation. */
export type RotationAnswer = RotationView;

/** Answer of everything that changes a slot. `isAsked`: the other project was asked to swap, and nothing changed yet. */
export interface SlotAnswer extends OccurrenceAnswer {
  readonly isAsked?: boolean;
}

/** Answer of GET and PUT /api/occurrences/:id/pulse. */
export type PulseAnswer = PulseView;

/** Answer of GET /api/occurrences/:id/thanks: how many would be thanked of those invited, and of those who were there. */
export interface ThanksAnswer {
  readonly invited: number;
  readonly there: number;
}

/** Answer of GET /api/sessions/recent: those that were held last, newest first. */
export interface RecentAnswer {
  readonly lines: readonly HeldLine[];
}

/** Answer of GET /api/sessions/archive: those that were held and left something to see, newest first, a page. */
export type ArchiveAnswer = Page<ArchiveLine>;

/** Answer of GET /api/occurrences/:id/news-draft. */
export interface NewsDraftAnswer {
  readonly draft: NewsDraft;
}

/** Answer of GET /api/occurrences/:id/news and of PUT .../news/:news. */
export interface OccurrenceNewsAnswer {
  readonly news: readonly NewsId[];
}

/** Answer of GET /api/me/sessions: one's own choices by series; a series that is not there reminds of everything. */
export interface ChoicesAnswer {
  readonly choices: Readonly<Record<string, SeriesChoice>>;
}

/** Answer of PUT /api/me/sessions/:id, whose body is the whole choice. */
export interface ChoiceAnswer {
  readonly choice: SeriesChoice;
}

/** Answer of GET and PUT /api/occurrences/:id/coming, whose body is `{ answer }`. */
export type ComingAnswer = Awaited<ReturnType<ComingService['coming']>>;

/** Answer of GET /api/occurrences/:id/coming/:group. */
export type ComingNamesAnswer = Awaited<ReturnType<ComingService['names']>>;

/** Answer of GET and POST /api/series/:id/meeting: whether its meetings are as they should be. */
export type MeetingAnswer = MeetingStatus;

/** Answer of GET /api/sessions/presenters-away. */
export interface PresentersAwayAnswer {
  readonly sessions: readonly AwayPresenters[];
}

/** Answer of GET /api/series/:id/public-page: where people outside see it, without the host; none where it is not open to them. */
export interface PublicPageAnswer {
  readonly path?: string;
}
