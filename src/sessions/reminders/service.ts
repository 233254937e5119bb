import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence, type ReadingDeps } from '../occurrences/reading.js';
import type { Absence, PreferenceStore } from './preference-store.js';
import type { SeriesChoice } from './choice.js';

/** Choices of one's own, and who can't come. */
export interface PreferenceService {
  choices(actor: Actor): Promise<Readonly<Record<string, SeriesChoice>>>;
  choose(actor: Actor, id: SeriesId, choice: unknown): Promise<SeriesChoice>;
  /** "I can't come" to this one, or "I can after all". */
  cannotCome(actor: Actor, id: OccurrenceId, cannot: boolean): Promise<void>;
  /** How many said that they can't come, and whether the one who asks did. */
  absences(actor: Actor, id: OccurrenceId): Promise<{ readonly count: number; readonly isMine: boolean }>;
}

export interface PreferenceDeps {
  readonly store: PreferenceStore;
  readonly sessions: ReadingDeps;
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

/** What each person wants to be reminded of, and who can't come. */
export function preferenceService({ store, sessions }: PreferenceDeps): PreferenceService {
  const choices = async ({ id }: Actor): Promise<Readonly<Record<string, SeriesChoice>>> =>
    ((await store.choices(id))?.value.choices ?? {}) as Readonly<Record<string, SeriesChoice>>;

  const choose = async ({ id: personId }: Actor, id: SeriesId, input: unknown): Promise<SeriesChoice> => {
    const series = await sessions.store.series(id);
    if (series === undefined) throw new AppError('series.notFound', { id });
    const date = today(sessions.clock);
    const farthest = date.add(longestSnooze).toString();
    const choice = choiceOf(input, series.value.reminders.offsets, date.toString(), farthest);
    const before = await store.choices(personId);
    const { [id]: _was, ...others } = before?.value.choices ?? {};
    const isPlain = Object.keys(choice).length === 0;
    const after = { personId, choices: isPlain ? others : { ...others, [id]: choice } };
    await store.commit(store.putChoices(before, after));
    return choice;
  };

  const cannotCome = async ({ id: personId }: Actor, asked: OccurrenceId, cannot: boolean): Promise<void> => {
    const { occurrence } = await findOccurrence(sessions, asked);
    assertNotOver(occurrence);
    const { id, start } = occurrence;
    const before = await store.absence(id, personId);
    if (cannot) await store.commit(store.putAbsence(id, { personId, start }));
    else if (before !== undefined) await store.commit(store.dropAbsence(id, before));
  };

  return {
    choices: async (actor) => {
      requirePermission(actor, 'session:take');
      return choices(actor);
    },
    choose: async (actor, id, input) => {
      requirePermission(actor, 'session:take');
      return whileConflicting(() => choose(actor, id, input));
    },
    cannotCome: async (actor, id, cannot) => {
      requirePermission(actor, 'session:take');
      return whileConflicting(() => cannotCome(actor, id, cannot));
    },
    absences: async (actor, id) => {
      requirePermission(actor, 'session:see');
      const { occurrence } = await findOccurrence(sessions, id);
      const of = absentFrom(occurrence, await store.absences(occurrence.id));
      return { count: of.length, isMine: of.some(({ personId }) => personId === actor.id) };
    },
  };
}

/** Those of the absences that were said of the time at which it now is. */
export function absentFrom(
  { start }: Pick<Occurrence, 'start'>,
  all: readonly Absence[],
): readonly Absence[] {
  return all.filter((absence) => absence.start === start);
}

/** Nobody needs to excuse themselves from what is over or called off. */
function assertNotOver({ id, state: { status } }: Occurrence): void {
  if (status === 'held' || status === 'cancelled')
    throw new AppError('occurrence.moveNotAllowed', { id, state: status });
}
