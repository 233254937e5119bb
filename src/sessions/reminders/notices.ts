import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type NoticeKind, notifyMany } from '../../delivery/notices.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { isAppError } from '../../platform/errors.js';
import type { OccurrenceId, PersonId, ProjectId } from '../../platform/ids.js';
import { currentAnswers, personInvitee } from '../coming/answer.js';
import type { AnswerStore } from '../coming/store.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { agreedProject, findOccurrence, type Found, type ReadingDeps } from '../occurrences/reading.js';
import { isUpcoming } from '../occurrences/workflow.js';
import type { Series } from '../series/series.js';
import { reminderTime, usefulUntil } from './planning.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;

const payloads = {
  /** A session that the project presents comes near: to its people, in place of the reminder that everybody gets. `offset`: minutes before. */
  presenterReminder: z.object({
    about: z.literal('presenterReminder'),
    occurrenceId,
    projectId: z.string() as unknown as z.ZodType<ProjectId>,
    offset: z.number(),
    start: z.string(),
  }),
  /** Somebody asked to be reminded of a session at another moment. */
  remindLater: z.object({ about: z.literal('remindLater'), occurrenceId, start: z.string() }),
} as const;

export type PresenterReminder = Readonly<z.infer<typeof payloads.presenterReminder>>;
export type LaterReminder = Readonly<z.infer<typeof payloads.remindLater>>;
export type ReminderNotice = PresenterReminder | LaterReminder;

interface Deps {
  readonly sessions: ReadingDeps;
  readonly answers: Pick<AnswerStore, 'answers'>;
}

/** The session of a reminder, while it is as it was announced. */
async function announced(
  sessions: ReadingDeps,
  { occurrenceId: id, start }: Pick<LaterReminder, 'occurrenceId' | 'start'>,
): Promise<Found | undefined> {
  try {
    const found = await findOccurrence(sessions, id);
    const isSame = found.occurrence.id === id && found.occurrence.start === start;
    return isSame && isUpcoming(found.occurrence) ? found : undefined;
  } catch (error) {
    if (isAppError(error, 'occurrence.notFound')) return undefined;
    throw error;
  }
}

/** The reminders that single people get by themselves: of what they present, and of what they asked for. */
export function reminderNotices({ sessions, answers }: Deps): readonly NoticeKind[] {
  const subject = ({ occurrenceId: id }: { readonly occurrenceId: OccurrenceId }): string =>
    `occurrence:${id}`;
  const presenting: NoticeKind<PresenterReminder> = {
    kind: 'presenterReminder',
    payload: payloads.presenterReminder,
    subject,
    stillTrue: async (notice) => {
      const found = await announced(sessions, notice);
      if (found === undefined || agreedProject(found.occurrence) !== notice.projectId) return false;
      const { reminders } = found.series.value;
      if (!reminders.offsets.includes(notice.offset)) return false;
      const until = usefulUntil(notice.start, notice.offset, reminders);
      return Temporal.Instant.compare(sessions.clock.now(), until) < 0;
    },
    // Whoever has said that they can't come has been asked who presents instead.
    isFor: async (notice, to: PersonId) => {
      const found = await announced(sessions, notice);
      if (found === undefined) return false;
      const given = await answers.answers(found.occurrence);
      return currentAnswers(found.occurrence, given).get(personInvitee(to))?.answer !== 'notComing';
    },
  };
  const later: NoticeKind<LaterReminder> = {
    kind: 'remindLater',
    payload: payloads.remindLater,
    subject,
    stillTrue: async (notice) => {
      const found = await announced(sessions, notice);
      return found !== undefined && Temporal.Instant.compare(sessions.clock.now(), notice.start) < 0;
    },
  };
  return [presenting, later] as readonly NoticeKind[];
}

/**
 * The reminders of those who present, at the times of everybody's: for each session whose slot is agreed and each offset one
 * message, whose id follows from session, project, offset and start. Like {@link wantedReminders} otherwise.
 * @param since see there.
 */
export function wantedPresenterReminders(
  { reminders }: Pick<Series, 'reminders'>,
  occurrences: readonly Occurrence[],
  since: string,
): NewMessage[] {
  if (!reminders.ways.includes('person')) return [];
  return occurrences.filter(isUpcoming).flatMap((occurrence) => {
    const { id, start } = occurrence;
    const projectId = agreedProject(occurrence);
    if (projectId === undefined) return [];
    return reminders.offsets.flatMap((offset) => {
      const due = reminderTime(start, offset, reminders);
      const isPast = Temporal.Instant.compare(due, since) < 0;
      const isUseless = Temporal.Instant.compare(due, usefulUntil(start, offset, reminders)) >= 0;
      if (isPast || isUseless) return [];
      const notice: PresenterReminder = {
        about: 'presenterReminder',
        occurrenceId: id,
        projectId,
        offset,
        start,
      };
      return [notifyMany(notice, { projectId }, { dueAt: due.toString(), act: 'reminder' })];
    });
  });
}
