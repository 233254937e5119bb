import type { Actor } from '../../../src/platform/actor.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { BotServices } from '../../conversation/turn.js';
import type { SessionFacts } from './session-view.js';

type Needs = Pick<BotServices, 'sessions' | 'publicUrl'>;

/** Where a calendar file of one session is downloaded. */
function calendarUrl(publicUrl: string, { feedKey }: Series, id: OccurrenceId, language: Language): string {
  return `${publicUrl}/calendar/${feedKey}/${language}/${id}.ics`;
}

/** A session with all that its cards tell, read at once. @throws AppError `occurrence.notFound`. */
export async function factsOf(
  actor: Actor,
  id: OccurrenceId,
  language: Language,
  { sessions, publicUrl }: Needs,
): Promise<SessionFacts> {
  const { series, topics, preferences } = sessions;
  const [{ occurrence }, agenda, questions, absences] = await Promise.all([
    series.occurrence(actor, id),
    topics.agenda(actor, id),
    topics.questions(actor, id),
    preferences.absences(actor, id),
  ]);
  const own = await series.get(actor, occurrence.seriesId);
  return {
    occurrence,
    agenda,
    openQuestions: questions.filter(({ state }) => state.status === 'open').length,
    isAbsent: absences.isMine,
    calendarUrl: calendarUrl(publicUrl, own.series, id, language),
  };
}

/** The session alone. @throws AppError `occurrence.notFound`. */
export async function occurrenceOf(actor: Actor, id: OccurrenceId, { sessions }: Needs): Promise<Occurrence> {
  return (await sessions.series.occurrence(actor, id)).occurrence;
}
