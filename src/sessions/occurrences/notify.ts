import type { Handler, Message, MessageBody, NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { PeopleService } from '../../people/service.js';
import { coordinatorsOf, peopleOf, wordTo } from '../rotation/notices.js';

interface TellingDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly outbox: Pick<Outbox, 'commit'>;
}

/** Each takes two of the hundred changes of a commit. */
const perCommit = 45;

type Tell = Extract<MessageBody, { kind: 'tell' }>;

async function wordsOf(
  { people }: TellingDeps,
  { to, except, act, notice }: Tell,
  { dueAt }: Pick<Message, 'dueAt'>,
): Promise<NewMessage[]> {
  const all = await people.all();
  const meant = to === 'coordinators' ? coordinatorsOf(all) : peopleOf(all, to.projectId);
  return meant.filter(({ id }) => !except.includes(id)).map(({ id }) => wordTo(id, notice, { dueAt, act }));
}

/** Expands a word to the people of a project, or to all coordinators, into a word to each of them. */
export function teller(deps: TellingDeps): Handler {
  return {
    // A word that was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    handle: async (message) => {
      if (message.body.kind !== 'tell') return { result: 'failed', reason: 'notATell' };
      const words = await wordsOf(deps, message.body, message);
      for (let from = 0; from < words.length; from += perCommit)
        await deps.outbox.commit([], words.slice(from, from + perCommit));
      return { result: 'sent' };
    },
  };
}
