import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import type { OccurrenceId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { cleanText } from '../../content/input.js';
import { parse } from '../../platform/validation.js';
import { findOccurrence } from '../occurrences/reading.js';
import { actingOf, actsFor } from '../occurrences/acting.js';
import type { PulseView } from './follow-up.js';
import { requireBegun, type AfterwardsDeps } from './deps.js';
import { projectOf } from '../occurrences/occurrence.js';

const useful = [1, 2, 3, 4, 5] as const;

const pulseSchema = z.strictObject({
  useful: z.literal(useful, { error: 'unknownChoice' }),
  better: cleanText.pipe(z.string().max(1_000)).optional(),
});

/** See {@link AfterwardsService.pulse}. */
export async function pulse(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<void> {
  requirePermission(actor, 'session:take');
  const { better = '', ...answer } = parse(pulseSchema, input);
  assertNoPersonalData({ better });
  const { occurrence } = await findOccurrence(deps, id);
  const at = deps.clock.now().toString();
  requireBegun(occurrence, at);
  const full = { ...answer, ...(better !== '' && { better }), at };
  await deps.outbox.commit([deps.followUp.putPulse(occurrence.id, actor.id, full)]);
}

/** The numbers for everybody; the words, without names, for the presenting project and the coordinator. */
export async function pulseOf(deps: AfterwardsDeps, actor: Actor, id: OccurrenceId): Promise<PulseView> {
  requirePermission(actor, 'session:see');
  const [acting, { occurrence }] = await Promise.all([actingOf(deps, actor), findOccurrence(deps, id)]);
  const answers = await deps.followUp.pulses(occurrence.id);
  const [one, two, three, four, five] = useful.map(
    (number) => answers.filter((answer) => answer.useful === number).length,
  );
  const words = actsFor(acting, projectOf(occurrence)) ? answers : [];
  return {
    count: answers.length,
    useful: [one ?? 0, two ?? 0, three ?? 0, four ?? 0, five ?? 0],
    better: words
      .flatMap(({ better, at }) => (better === undefined ? [] : [{ text: better, at }]))
      .sort((first, second) => (first.at < second.at ? 1 : -Number(first.at > second.at))),
  };
}
