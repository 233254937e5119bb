import type { Actor } from '../../platform/actor.js';
import { may } from '../../people/permissions.js';
import type { Occurrence } from './occurrence.js';
import type { OccurrenceView } from './queries.js';

/** The occurrence with how many were there, and without who they were and how long they stayed. */
function withoutNames(occurrence: Occurrence): Occurrence {
  const { record } = occurrence;
  if (record?.attendance?.from !== 'meeting') return occurrence;
  return { ...occurrence, record: { ...record, attendance: { ...record.attendance, people: [] } } };
}

/** An occurrence as somebody may see it: who was there is for those who look after the sessions. */
export function occurrenceFor({ role }: Actor, view: OccurrenceView): OccurrenceView {
  return may(role, 'session:edit') ? view : { ...view, occurrence: withoutNames(view.occurrence) };
}
