import type { ProjectId } from '../ids.js';
import type { Occurrence, OccurrenceRecord } from './occurrence.js';
import type { RotationSettings, Series } from './series.js';

/** The project whose turn is longest ago; one that never had a turn comes before all, ties in the order of the list. */
function longestAgo(
  { projects }: RotationSettings,
  last: ReadonlyMap<ProjectId, string>,
): ProjectId | undefined {
  return [...projects].sort((one, other) => (last.get(one) ?? '').localeCompare(last.get(other) ?? ''))[0];
}

/**
 * The occurrences with a proposal for each slot to come that nobody has: whoever presented longest ago, counting the
 * turns before it, agreed or proposed. A slot that a person left open stays open, and cancelled ones take nobody's turn.
 */
export function withProposals(
  { rotation }: Series,
  records: readonly OccurrenceRecord[],
  occurrences: readonly Occurrence[],
  now: string,
): Occurrence[] {
  if (rotation === undefined) return [...occurrences];
  const presented = (date: string): [ProjectId, string][] =>
    records
      .filter((record) => record.date <= date && record.is.state !== 'cancelled')
      .flatMap(({ turn, date: on }) => (turn ? [[turn.projectId, on] as [ProjectId, string]] : []));
  const proposed: [ProjectId, string][] = [];
  return occurrences.map((occurrence) => {
    const isFree = occurrence.turn?.how === 'nobody' && occurrence.record?.turn !== null;
    if (!isFree || occurrence.is.state === 'cancelled' || occurrence.end <= now) return occurrence;
    const last = new Map(
      [...presented(occurrence.date), ...proposed].sort((one, other) => one[1].localeCompare(other[1])),
    );
    const projectId = longestAgo(rotation, last);
    if (projectId === undefined) return occurrence;
    proposed.push([projectId, occurrence.date]);
    return { ...occurrence, turn: { projectId, how: 'proposed' } };
  });
}
