import type { PersonId } from '../../platform/ids.js';
import type { PeopleService } from '../../people/service.js';
import type { UnreachedPerson } from '../../shared/answers/messages.js';
import type { AwaitedMessage } from './store.js';

/** The reasons that say that the bot and the person have never met. */
const neverMet: readonly string[] = ['noChat', 'neverMet'];

/**
 * Those who could not be reached, by name, with what waits for them.
 * @param waiting as the outbox lists it.
 */
export async function unreachedPeople(
  people: Pick<PeopleService, 'all'>,
  waiting: readonly AwaitedMessage[],
): Promise<UnreachedPerson[]> {
  if (waiting.length === 0) return [];
  const everybody = await people.all();
  const byPerson = new Map<PersonId, AwaitedMessage[]>();
  for (const each of waiting) byPerson.set(each.personId, [...(byPerson.get(each.personId) ?? []), each]);
  return everybody.flatMap(({ id, name, install }): UnreachedPerson[] => {
    const theirs = byPerson.get(id);
    const [first] = theirs ?? [];
    if (theirs === undefined || first === undefined) return [];
    const since = theirs.map((each) => each.since).sort()[0] ?? first.since;
    const why = theirs.every(({ reason }) => neverMet.includes(reason)) ? 'neverMet' : 'closed';
    const shown = why === 'neverMet' ? install : undefined;
    return [{ personId: id, name, why, count: theirs.length, since, ...(shown && { install: shown }) }];
  });
}
