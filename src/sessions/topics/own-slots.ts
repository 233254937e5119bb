import { requirePermission } from '../../people/permissions.js';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { Occurrence, OccurrenceLine } from '../occurrences/occurrence.js';
import { projectOf } from '../occurrences/occurrence.js';
import { projectsOfActor } from '../policy.js';
import { byStart, lineOf, occurrencesOf } from '../occurrences/reading.js';
import { isUpcoming } from '../occurrences/workflow.js';
import { allInOrder } from '../series/change.js';
import type { TopicDeps } from './questions.js';

/** A session that a project of one's own presents, or is proposed to present. */
export interface OwnSlot {
  readonly occurrence: OccurrenceLine;
  /** What its presenters still owe; nothing while the slot is only proposed to them. */
  readonly missing: readonly ('topic' | 'material')[];
  /** How many questions nobody has answered. */
  readonly openQuestions: number;
}

/** Days ahead: a project of a dozen has one slot of a monthly series in a year. */
const daysAhead = 400;
const maxSlots = 12;

function missingOf({ talk, record, slot }: Occurrence): OwnSlot['missing'] {
  if (slot?.how === 'proposed') return [];
  if (talk === undefined) return ['topic'];
  const hasMaterial = talk.material !== undefined || (record?.materials ?? []).length > 0;
  return hasMaterial ? [] : ['material'];
}

/**
 * The coming slots of one's own projects in order of time, at most 12, with what is missing and how many questions wait.
 * Two round trips, and one for each slot that is shown.
 */
export function ownSlotQuery(deps: TopicDeps) {
  const { store, topics, clock } = deps;

  async function openQuestions({ id }: Occurrence): Promise<number> {
    return (await topics.questions(id)).filter(({ value }) => value.state.status === 'open').length;
  }

  return async (actor: Actor): Promise<readonly OwnSlot[]> => {
    requirePermission(actor, 'session:take');
    const { projects } = await projectsOfActor(deps, actor);
    if (projects.length === 0) return [];
    const series = (await allInOrder(store)).filter(({ rotation }) => rotation !== undefined);
    const day = today(clock);
    // One that began before midnight may still be running.
    const from = day.subtract({ days: 1 }).toString();
    const to = day.add({ days: daysAhead }).toString();
    const all = await Promise.all(series.map((each) => occurrencesOf(deps, each, from, to)));
    const own = all
      .flat()
      .filter(isUpcoming)
      .filter((occurrence) => projects.some((project) => project === projectOf(occurrence)))
      .sort(byStart)
      .slice(0, maxSlots);
    return Promise.all(
      own.map(async (occurrence) => ({
        occurrence: lineOf(occurrence),
        missing: missingOf(occurrence),
        openQuestions: await openQuestions(occurrence),
      })),
    );
  };
}
