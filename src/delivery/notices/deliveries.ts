import { z } from 'zod';
import type { PersonId, ProjectId } from '../../platform/ids.js';
import type { ChatAddress, Person } from '../../people/person.js';
import type { PeopleService } from '../../people/service.js';
import { kindsByName, refusalOf, type DeliveryKind } from '../outbox/kind.js';
import type { Outcome } from '../outbox/message.js';
import type { Outbox } from '../outbox/outbox.js';
import { anyNotice, type Notice, type NoticeKind } from './kind.js';
import { coordinatorsOf, noticeTo, peopleOf, type NoticeRecipients } from './messages.js';

const personId = z.string() as unknown as z.ZodType<PersonId>;
const projectId = z.string() as unknown as z.ZodType<ProjectId>;

const toOne = z.object({ to: personId, notice: anyNotice });
/** The stored body of a notice to one person, without its kind. */
export type NoticePayload = z.infer<typeof toOne>;

/** A person who has spoken with the bot somewhere. */
export type ReachablePerson = Person & { readonly chat: ChatAddress };

/** Shows a notice to a person, in their chat with the bot. It bounds its own time; a fault of the other side is an outcome. */
export type ShowNotice = (person: ReachablePerson, notice: Notice) => Promise<Outcome>;

interface ToOneDeps {
  readonly people: Pick<PeopleService, 'find'>;
  readonly kinds: readonly NoticeKind[];
  readonly show: ShowNotice;
}

/** Tells one person one thing. */
export function noticeDelivery({ people, kinds, show }: ToOneDeps): DeliveryKind<NoticePayload> {
  const byName = kindsByName(kinds);

  async function tell(person: ReachablePerson, stored: Notice): Promise<Outcome> {
    const kind = byName.get(stored.about);
    if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
    const notice = kind.payload.safeParse(stored);
    if (!notice.success) return { result: 'failed', reason: refusalOf(notice.error) };
    if ((await kind.stillTrue?.(notice.data)) === false)
      return { result: 'undeliverable', reason: 'superseded' };
    return show(person, notice.data);
  }

  return {
    kind: 'notice',
    payload: toOne,
    // It may have been said: the coordinator asks the person, rather than that we guess.
    afterCrash: 'ask',
    async handle({ to, notice }) {
      const person = await people.find(to);
      if (person === undefined) return { result: 'undeliverable', reason: 'noPerson' };
      const { chat } = person;
      if (chat === undefined) return { result: 'undeliverable', reason: 'noChat' };
      return tell({ ...person, chat }, notice);
    },
  };
}

const toMany = z.object({
  to: z.union([
    z.literal('coordinators'),
    z.looseObject({ projectId }),
  ]) as unknown as z.ZodType<NoticeRecipients>,
  except: z.array(personId),
  act: z.string(),
  notice: anyNotice,
});
/** The stored body of a notice to many, without its kind. */
export type NotifyManyPayload = z.infer<typeof toMany>;

interface ToManyDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly outbox: Pick<Outbox, 'commit'>;
}

/** Each takes two of the hundred changes of a commit. */
const perCommit = 45;

/** Expands a notice to the people of a project, or to all coordinators, into a notice to each of them. */
export function notifyManyDelivery({ people, outbox }: ToManyDeps): DeliveryKind<NotifyManyPayload> {
  return {
    kind: 'notifyMany',
    payload: toMany,
    // A notice that was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    async handle({ to, except, act, notice }, { dueAt }) {
      const all = await people.all();
      const meant = to === 'coordinators' ? coordinatorsOf(all) : peopleOf(all, to.projectId);
      const notices = meant
        .filter(({ id }) => !except.includes(id))
        .map(({ id }) => noticeTo(id, notice, { dueAt, act }));
      for (let from = 0; from < notices.length; from += perCommit)
        await outbox.commit([], notices.slice(from, from + perCommit));
      return { result: 'sent' };
    },
  };
}
