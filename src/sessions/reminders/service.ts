import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import type { ReadingDeps } from '../occurrences/reading.js';
import type { PreferenceStore } from './store.js';
import type { SeriesChoice } from '../series/series.js';

interface PreferenceDeps {
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

/** What each person wants to be reminded of. */
export function preferenceService({ store, sessions }: PreferenceDeps) {
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
  };
}

export type PreferenceService = ReturnType<typeof preferenceService>;
