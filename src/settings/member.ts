import type { Member } from '../people/members.js';
import type { ShownMember } from '../shared/answers/settings.js';

/** A person as the page of people shows them: where they are reached in chat stays with us. */
export function shownMember({ person, roleFrom, may }: Member): ShownMember {
  const { id, name, role, language, projects, chat, left } = person;
  return {
    id,
    name,
    role,
    roleFrom,
    language,
    projects,
    inChat: chat === undefined ? 'never' : chat.refusedAt === undefined ? 'met' : 'refused',
    ...(left && { left }),
    may,
  };
}
