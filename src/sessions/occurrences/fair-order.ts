import { homeDate } from '../../platform/clock.js';
import type { ProjectId } from '../../platform/ids.js';
import type { Occurrence, OccurrenceRecord } from './occurrence.js';
import type { Series } from '../series/series.js';

/** A project that presented, or is to, on an ISO date. */
interface Presented {
  readonly projectId: ProjectId;
  readonly date: string;
}

/** The day (ISO date) on which a session really was, or is to be. */
export function presentedOn({ moved, date }: Pick<OccurrenceRecord, 'moved' | 'date'>): string {
  return moved ? homeDate(moved.start).toString() : date;
}

/** The slots of the records up to an ISO date, that date included, oldest first, by the day on which they really were. */
export function presentedBy(records: readonly OccurrenceRecord[], date: string): Presented[] {
  return records
    .flatMap((record) => {
      const { state, slot } = record;
      return slot && state.status !== 'cancelled'
        ? [{ projectId: slot.projectId, date: presentedOn(record) }]
        : [];
    })
    .filter((presented) => presented.date <= date)
    .sort((one, other) => compare(one.date, other.date));
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The project that has agreed to present in a slot; a proposal is no promise. */
export function agreedProject({ slot }: Pick<Occurrence, 'slot'>): ProjectId | undefined {
  return slot !== undefined && 'projectId' in slot && slot.how !== 'proposed' ? slot.projectId : undefined;
}

/**
 * Who is proposed for a free slot: the one that presented longest ago, one that never did before all others, ties in the
 * order of the list. Those who have agreed to present within the round that begins here are passed by, else a project
 * that volunteered or swapped would come twice while others wait.
 */
function proposalFor(
  projects: readonly ProjectId[],
  last: ReadonlyMap<ProjectId, string>,
  round: readonly Occurrence[],
): ProjectId | undefined {
  const agreed = new Set(round.map(agreedProject));
  const waiting = projects.filter((project) => !agreed.has(project));
  const order = waiting.length > 0 ? waiting : [...projects];
  return order.sort((one, other) => compare(last.get(one) ?? '', last.get(other) ?? ''))[0];
}

/**
 * The occurrences with a proposal for each slot to come that nobody has. A slot that a person left open stays open;
 * cancelled ones count for nobody; a project that gave its slot up has not presented, and so comes back soon.
 *
 * @param occurrences all from today (and from 60 days before, for those that were moved) to a year beyond what is
 *   asked for, so that each answer says the same.
 */
export function withProposals(
  { rotation }: Pick<Series, 'rotation'>,
  records: readonly OccurrenceRecord[],
  occurrences: readonly Occurrence[],
  now: string,
): Occurrence[] {
  if (rotation === undefined) return [...occurrences];
  const coming = occurrences
    .filter(({ state, end }) => state.status !== 'cancelled' && end > now)
    .sort((one, other) => compare(one.start, other.start));
  const last = new Map<ProjectId, string>();
  for (const { projectId, date } of presentedBy(records, homeDate(now).toString())) last.set(projectId, date);
  const proposed = new Map<Occurrence, ProjectId>();
  for (const [index, occurrence] of coming.entries()) {
    const isFree = occurrence.slot?.how === 'nobody' && occurrence.record?.slot !== null;
    const round = coming.slice(index + 1, index + rotation.projects.length);
    const projectId = isFree ? proposalFor(rotation.projects, last, round) : agreedProject(occurrence);
    if (projectId === undefined) continue;
    last.set(projectId, homeDate(occurrence.start).toString());
    if (isFree) proposed.set(occurrence, projectId);
  }
  return occurrences.map((occurrence) => {
    const projectId = proposed.get(occurrence);
    return projectId === undefined ? occurrence : { ...occurrence, slot: { projectId, how: 'proposed' } };
  });
}
