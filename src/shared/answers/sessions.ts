export type {
  OccurrenceAnswer,
  SessionYearAnswer,
  UpcomingAnswer,
} from '../../sessions/occurrences/routes.js';
export type { PreviewAnswer, SeriesAnswer, SeriesListAnswer } from '../../sessions/series/routes.js';
export type { AgendaAnswer, QuestionsAnswer, TopicsAnswer } from '../../sessions/topics/routes.js';
export type { RotationAnswer, TurnAnswer } from '../../sessions/rotation/routes.js';
export type { OccurrenceNewsAnswer, PulseAnswer } from '../../sessions/follow-up/routes.js';
export type { AbsenceAnswer, ChoiceAnswer, ChoicesAnswer } from '../../sessions/reminders/routes.js';
