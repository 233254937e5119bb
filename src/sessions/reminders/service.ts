import { requireUpcoming } from '../occurrences/workflow.js';
import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { agreedProject, findOccurrence, type ReadingDeps } from '../occurrences/reading.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { PeopleService } from '../../people/service.js';
import { groupNotice } from '../notices.js';
import { cancelUnlessLeft } from '../series/change.js';
import type { Absence, PreferenceStore } from './store.js';
import type { SeriesChoice } from '../series/series.js';

interface PreferenceDeps {
  readonly store: PreferenceStore;
  readonly sessions: ReadingDeps;
  readonly people: Pick<PeopleService, 'find'>;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  /** How long it waits that the coordinators are notified, so that whoever can come after all may hold it back. */
  readonly undoSeconds: number;
}

/** Whether the coordinators must know that somebody can't come: who presents, as far as that is known. */
function isMissed({ talk }: Occurrence, { id, name }: Actor): boolean {
  return talk === undefined || talk.by.id === id || talk.presenter.includes(name);
}

/** Longer than that is "off". */
const longestSnooze = { years: 1 } as const;

const choiceSchema = z.strictObject({
  isOff: z.boolean().nullish(),
  offsets: z.array(z.number().int()).min(1, { error: 'required' }).nullish(),
  snoozedUntil: isoDateSchema.nullish(),
});

/** The choice as it is kept: only what differs from "remind me of everything". */
function choiceOf(input: unknown, offsets: readonly number[], date: string, farthest: string): SeriesChoice {
  const { isOff, offsets: wanted, snoozedUntil } = parse(choiceSchema, input);
  const faults: FieldFault[] = [];
  if (wanted?.some((offset) => !offsets.includes(offset)))
    faults.push({ field: 'offsets', code: 'unknownChoice' });
  if (snoozedUntil && snoozedUntil < date) faults.push({ field: 'snoozedUntil', code: 'datePast' });
  if (snoozedUntil && snoozedUntil > farthest) faults.push({ field: 'snoozedUntil', code: 'dateTooFar' });
  if (faults.length > 0) throw new AppError('input.invalid', { fields: faults });
  const isSome = wanted !== undefined && wanted !== null && !offsets.every((each) => wanted.includes(each));
  return {
    ...(isOff === true && { isOff }),
    ...(isSome && { offsets: offsets.filter((each) => wanted.includes(each)) }),
    // Until today is over already: today is not among the days on which nothing comes.
    ...(snoozedUntil && snoozedUntil > date && { snoozedUntil }),
  };
}

/** The absences that were given for its current time. */
export function currentAbsences(
  { start }: Pick<Occurrence, 'start'>,
  all: readonly Absence[],
): readonly Absence[] {
  return all.filter((absence) => absence.start === start);
}

/** What each person wants to be reminded of, and who can't come. */
export function preferenceService({ store, sessions, people, outbox, undoSeconds }: PreferenceDeps) {
  /** The notice to the coordinators that a presenter can't come to a session at this time; undefined where nobody is missed. */
  async function awayMessage(actor: Actor, occurrence: Occurrence): Promise<NewMessage | undefined> {
    const projectId = agreedProject(occurrence);
    if (projectId === undefined || !isMissed(occurrence, actor)) return undefined;
    if ((await people.find(actor.id))?.projects.includes(projectId) !== true) return undefined;
    const { id: occurrenceId, start } = occurrence;
    const notice = { about: 'presenterAway', occurrenceId, projectId, by: actor.name } as const;
    const dueAt = sessions.clock.now().add({ seconds: undoSeconds }).toString();
    return groupNotice(notice, 'coordinators', { dueAt, by: actor, act: `away ${start}` });
  }

  return {
    /** One's own choices by series; a series that is not there reminds of everything. */
    async choices(actor: Actor): Promise<Readonly<Record<string, SeriesChoice>>> {
      requirePermission(actor, 'session:take');
      const { choices = {} } = (await store.choices(actor.id))?.value ?? {};
      return choices as Readonly<Record<string, SeriesChoice>>;
    },

    /**
     * The whole choice for a series, in place of the one before.
     * @throws AppError `series.notFound`, `input.invalid` with faults at `offsets`, `snoozedUntil`.
     */
    async choose(actor: Actor, id: SeriesId, input: unknown): Promise<SeriesChoice> {
      requirePermission(actor, 'session:take');
      return whileConflicting(async () => {
        const series = await sessions.store.series(id);
        if (series === undefined) throw new AppError('series.notFound', { id });
        const date = today(sessions.clock);
        const farthest = date.add(longestSnooze).toString();
        const choice = choiceOf(input, series.value.reminders.offsets, date.toString(), farthest);
        const before = await store.choices(actor.id);
        const { [id]: _was, ...others } = before?.value.choices ?? {};
        const isPlain = Object.keys(choice).length === 0;
        const after = { personId: actor.id, choices: isPlain ? others : { ...others, [id]: choice } };
        await store.commit(store.putChoices(before, after));
        return choice;
      });
    },

    /**
     * "I can't come" to this one, or "I can after all". Where the one who can't was to present, the coordinators are notified.
     * @returns whether their project presents, so that they are to be asked who does so now.
     * @throws AppError `occurrence.moveNotAllowed`.
     */
    async cannotCome(
      actor: Actor,
      askedId: OccurrenceId,
      cannot: boolean,
    ): Promise<{ readonly isPresenter: boolean }> {
      requirePermission(actor, 'session:take');
      return whileConflicting(async () => {
        const { occurrence } = await findOccurrence(sessions, askedId);
        // Nobody needs to excuse themselves from what is over or called off.
        requireUpcoming(occurrence);
        const { id, start } = occurrence;
        const before = await store.absence(id, actor.id);
        const away = await awayMessage(actor, occurrence);
        const messages = away === undefined ? [] : [away];
        if (cannot) await outbox.commit(store.putAbsence(id, { personId: actor.id, start }), messages);
        else if (before !== undefined) {
          const unsent = await cancelUnlessLeft(
            outbox,
            messages.map((message) => message.id),
          );
          await outbox.commit([...store.dropAbsence(id, before), ...(unsent ?? [])]);
        }
        return { isPresenter: away !== undefined };
      });
    },

    /** How many can't come, and whether the caller is one of them. */
    async absences(
      actor: Actor,
      id: OccurrenceId,
    ): Promise<{ readonly count: number; readonly isMine: boolean }> {
      requirePermission(actor, 'session:see');
      const { occurrence } = await findOccurrence(sessions, id);
      const of = currentAbsences(occurrence, await store.absences(occurrence.id));
      return { count: of.length, isMine: of.some(({ personId }) => personId === actor.id) };
    },
  };
}

export type PreferenceService = ReturnType<typeof preferenceService>;
