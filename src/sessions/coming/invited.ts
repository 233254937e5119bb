import type { Person } from '../../people/person.js';
import type { Series, SeriesPeople } from '../series/series.js';

function belongsTo(people: SeriesPeople, projects: readonly string[]): boolean {
  return people.of === 'programme' || people.projects.some((project) => projects.includes(project));
}

/** The people of the organisation whom a series concerns: those who are reminded of it, unless they choose otherwise. */
export function invitedPeople(
  { people }: Pick<Series, 'people'>,
  everybody: readonly Person[],
): readonly Person[] {
  return everybody.filter(({ projects }) => belongsTo(people, projects));
}

/** Whether a series invites people outside the organisation at present. */
export const takesContacts = ({
  state,
  isOpenToContacts,
}: Pick<Series, 'state' | 'isOpenToContacts'>): boolean => state.status === 'active' && isOpenToContacts;
