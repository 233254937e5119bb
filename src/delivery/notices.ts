import { z } from 'zod';
import { deterministicId, type MessageId, type PersonId, type ProjectId } from '../platform/ids.js';
import type { Person, ChatAddress } from '../people/person.js';
import type { NewMessage, Outcome } from './outbox/message.js';
import type { PeopleService } from '../people/service.js';
import { storedId } from '../platform/stored.js';
import { kindsByName, messageKind, refusalOf, type DeliveryKind, type PayloadOf } from './outbox/kind.js';
import type { Outbox } from './outbox/outbox.js';

/** What a person is notified of: facts from which the bot writes a card when it leaves, in the person's language. */
export interface Notice {
  /** Its kind. */
  readonly about: string;
}

/** One kind of notice, registered by the feature that it is about; its card is in `bot/features`. */
export interface NoticeKind<Own extends Notice = Notice> {
  /** Stored in the notice as `about`, and so never changes. */
  readonly kind: string;
  /** The whole stored notice, `about` included. */
  readonly payload: z.ZodType<Own>;
  /** Whether it is still true; a notice that is not true any more is not shown. Without this, its card decides. */
  stillTrue?(notice: Own): Promise<boolean>;
}

/** Any notice, untouched: ids are made of a notice's facts in their order. */
export const anyNotice = z.custom<Notice>(
  (value) => typeof (value as Partial<Notice> | null | undefined)?.about === 'string',
);

/** Everybody of a project, or those who coordinate. */
export type NoticeRecipients = { readonly projectId: ProjectId } | 'coordinators';

/** When a notice leaves, after which event, and who acted and so needs none: nobody where Big Room acted itself. */
export interface NoticeContext {
  readonly dueAt: string;
  readonly by?: { readonly id: PersonId };
  /** Number of the audit entry, or what else distinguishes one event from another. */
  readonly act: string;
}

/** A notice to one person. */
export const noticeMessage = messageKind('notice', z.object({ to: storedId<PersonId>(), notice: anyNotice }));

/** A notice to many, which becomes a notice to each. */
export const notifyManyMessage = messageKind(
  'notifyMany',
  z.object({
    to: z.union([
      z.literal('coordinators'),
      z.looseObject({ projectId: storedId<ProjectId>() }),
    ]) as unknown as z.ZodType<NoticeRecipients>,
    except: z.array(storedId<PersonId>()),
    act: z.string(),
    notice: anyNotice,
  }),
);

/** The people of a project. */
export function peopleOf(people: readonly Person[], projectId: ProjectId | undefined): Person[] {
  return people.filter(({ projects }) => projectId !== undefined && projects.includes(projectId));
}

/** Those who coordinate: the coordinators, or the admins where there are none. */
export function coordinatorsOf(people: readonly Person[]): Person[] {
  const coordinators = people.filter(({ role }) => role === 'coordinator');
  return coordinators.length > 0 ? coordinators : people.filter(({ role }) => role === 'admin');
}

/** A notice to one person. The same notice of the same event is one, however often it is asked for. */
export function noticeTo<Own extends Notice>(
  to: PersonId,
  notice: Own,
  { dueAt, act }: Pick<NoticeContext, 'dueAt' | 'act'>,
): NewMessage {
  // The first argument never changes: stored ids were made with it.
  const id = deterministicId<MessageId>('sessionNotice', JSON.stringify(notice), act, to);
  return { id, dueAt, body: noticeMessage.body({ to, notice }) };
}

/**
 * A notice to a whole group, however large: one message, which becomes a notice to each when it is due.
 * @param silent who else needs none.
 * @param round distinguishes messages of one event that are to be expanded each: nobody gets the notice twice for it.
 */
export function notifyMany<Own extends Notice>(
  notice: Own,
  to: NoticeRecipients,
  { dueAt, by, act }: NoticeContext,
  { silent = [], round = '' }: { readonly silent?: readonly PersonId[]; readonly round?: string } = {},
): NewMessage {
  const except = [...(by ? [by.id] : []), ...silent];
  const id = deterministicId<MessageId>('tell', JSON.stringify([notice, to]), act, round);
  return { id, dueAt, body: notifyManyMessage.body({ to, except, act, notice }) };
}

/** A person who has spoken with the bot somewhere. */
export type ReachablePerson = Person & { readonly chat: ChatAddress };

/**
 * Shows a notice to a person, in their chat with the bot. It bounds its own time; a fault of the other side is an outcome.
 * Nothing leaves once the claim is aborted.
 */
export type ShowNotice = (person: ReachablePerson, notice: Notice, claim?: AbortSignal) => Promise<Outcome>;

interface ToOneDeps {
  readonly people: Pick<PeopleService, 'find'>;
  readonly kinds: readonly NoticeKind[];
  readonly show: ShowNotice;
}

/** Shows one notice to one person. */
export function noticeDelivery({
  people,
  kinds,
  show,
}: ToOneDeps): DeliveryKind<PayloadOf<typeof noticeMessage>> {
  const byName = kindsByName(kinds);

  async function showIfTrue(
    person: ReachablePerson,
    stored: Notice,
    claim: AbortSignal | undefined,
  ): Promise<Outcome> {
    const kind = byName.get(stored.about);
    if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
    const notice = kind.payload.safeParse(stored);
    if (!notice.success) return { result: 'failed', reason: refusalOf(notice.error) };
    if ((await kind.stillTrue?.(notice.data)) === false)
      return { result: 'undeliverable', reason: 'superseded' };
    return show(person, notice.data, claim);
  }

  return {
    ...noticeMessage,
    // It may have been shown: the coordinator asks the person, rather than that we guess.
    afterCrash: 'ask',
    afterRestore: 'ask',
    async handle({ to, notice }, _message, claim) {
      const person = await people.find(to);
      if (person === undefined) return { result: 'undeliverable', reason: 'noPerson' };
      const { chat } = person;
      if (chat === undefined) return { result: 'undeliverable', reason: 'noChat' };
      return showIfTrue({ ...person, chat }, notice, claim);
    },
  };
}

interface ToManyDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly outbox: Pick<Outbox, 'commit'>;
}

/** Each takes two of the hundred changes of a commit. */
const perCommit = 45;

/** Expands a notice to the people of a project, or to all coordinators, into a notice to each of them. */
export function notifyManyDelivery({
  people,
  outbox,
}: ToManyDeps): DeliveryKind<PayloadOf<typeof notifyManyMessage>> {
  return {
    ...notifyManyMessage,
    // A notice that was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    // Nobody sees it yet. Each notice has the same due time, and is asked about by itself, with the person's name.
    afterRestore: 'run',
    async handle({ to, except, act, notice }, { dueAt }) {
      const all = await people.all();
      const group = to === 'coordinators' ? coordinatorsOf(all) : peopleOf(all, to.projectId);
      const notices = group
        .filter(({ id }) => !except.includes(id))
        .map(({ id }) => noticeTo(id, notice, { dueAt, act }));
      for (let from = 0; from < notices.length; from += perCommit)
        await outbox.commit([], notices.slice(from, from + perCommit));
      return { result: 'sent' };
    },
  };
}
