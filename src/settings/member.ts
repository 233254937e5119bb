import type { Member } from '../people/members.js';
import { usualNotify } from '../people/person.js';
import type { ShownMember } from '../shared/answers/settings.js';

/**
 * A person as the page of people shows them: where they are reached in chat stays with us.
 * @param hasFeed whether people can be notified in Teams' activity feed.
 */
export function shownMember({ person, roleFrom, may }: Member, hasFeed: boolean): ShownMember {
  const { id, name, role, language, projects, chat, left, install, feed, notifyBy } = person;
  return {
    id,
    name,
    role,
    roleFrom,
    language,
    projects,
    inChat: chat === undefined ? 'never' : chat.refusedAt === undefined ? 'met' : 'refused',
    ...(chat === undefined && install && { install }),
    ...(hasFeed && { feed: { by: notifyBy ?? usualNotify, ...(feed && { last: feed }) } }),
    ...(left && { left }),
    may,
  };
}
