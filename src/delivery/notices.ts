import { z } from 'zod';
import { deterministicId, type MessageId, type PersonId, type ProjectId } from '../platform/ids.js';
import type { Person } from '../people/person.js';
import { approversOf, coordinatorsOf } from '../people/policy.js';
import type { Message, NewMessage, Outcome } from './outbox/message.js';
import type { PeopleService } from '../people/service.js';
import { storedId } from '../platform/stored.js';
import { kindsByName, messageKind, refusalOf, type DeliveryKind, type PayloadOf } from './outbox/kind.js';
import type { Outbox } from './outbox/outbox.js';
import type { AskInstall } from './reach/install.js';

/** What a person is notified of: facts from which the bot writes a card when it leaves, in the person's language. */
export interface Notice {
  /** Its kind. */
  readonly about: string;
}

/** A message in a chat. */
export interface MessagePlace {
  readonly conversationId: string;
  readonly activityId: string;
}

/** One kind of notice, registered by the feature that it is about; its card is in `bot/features`. */
export interface NoticeKind<Own extends Notice = Notice> {
  /** Stored in the notice as `about`, and so never changes. */
  readonly kind: string;
  /** The whole stored notice, `about` included. */
  readonly payload: z.ZodType<Own>;
  /**
   * Whether it is still true; a notice that is not true any more is not shown. Without this, its card decides.
   * @param way `feed` where it goes to the activity feed: what a card in the chat says already is news there.
   */
  stillTrue?(notice: Own, way?: 'feed'): Promise<boolean>;
  /** Whether it still is for this person; asked right before it is shown. Everybody's unless it says so. */
  isFor?(notice: Own, to: PersonId): Promise<boolean>;
  /** It lies there now, in the person's chat; called where that is known, and may fail: it is of use alone. */
  arrived?(notice: Own, place: MessagePlace): Promise<void>;
  /** Whether somebody has to act on it: of who is away it goes to their substitute. Without this it is the person's own. */
  isDuty?(notice: Own): boolean;
  /** What it is about, as `<kind of thing>:<id>`, such as `occurrence:<id>`: there it is shown whom it did not reach. */
  subject?(notice: Own): string;
}

/** Any notice, untouched: ids are made of a notice's facts in their order. */
export const anyNotice = z.custom<Notice>(
  (value) => typeof (value as Partial<Notice> | null | undefined)?.about === 'string',
);

/** Everybody of a project, those who coordinate, or those who approve. */
export type NoticeRecipients = { readonly projectId: ProjectId } | 'coordinators' | 'approvers';

/** When a notice leaves, after which event, and who acted and so needs none: nobody where Big Room acted itself. */
export interface NoticeContext {
  readonly dueAt: string;
  readonly by?: { readonly id: PersonId };
  /** Number of the audit entry, or what else distinguishes one event from another. */
  readonly act: string;
}

/** A notice to one person. `way`: into the activity feed alone, beside the one that goes to the chat. */
export const noticeMessage = messageKind(
  'notice',
  z.object({ to: storedId<PersonId>(), notice: anyNotice, way: z.literal('feed').exactOptional() }),
);

/** A notice to many, which becomes a notice to each. */
export const notifyManyMessage = messageKind(
  'notifyMany',
  z.object({
    to: z.union([
      z.literal('coordinators'),
      z.literal('approvers'),
      z.looseObject({ projectId: storedId<ProjectId>() }),
    ]) as unknown as z.ZodType<NoticeRecipients>,
    except: z.array(storedId<PersonId>()),
    act: z.string(),
    notice: anyNotice,
  }),
);

/** The people of a project. Whoever coordinates is none of them, unless the project has nobody else. */
export function peopleOf(people: readonly Person[], projectId: ProjectId | undefined): Person[] {
  const all = people.filter(({ projects }) => projectId !== undefined && projects.includes(projectId));
  const coordinators = new Set(coordinatorsOf(people).map(({ id }) => id));
  const others = all.filter(({ id }) => !coordinators.has(id));
  return others.length > 0 ? others : all;
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

/**
 * Shows a notice to a person, in their chat with the bot. It bounds its own time; a fault of the other side is an outcome.
 * Where the person has no chat, the outcome is `undeliverable`: `noChat`, or `superseded` where nothing is left to show.
 * Nothing leaves once the claim is aborted.
 * @param absent in whose place the person is shown it: the card says so.
 * It goes by the way that the person chose, and by the other one where that certainly did not arrive.
 * @param at the message that becomes the notice's card, without notifying anybody, in place of a new message; or `feed`: the
 *   activity feed alone.
 */
export type ShowNotice = (
  person: Person,
  notice: Notice,
  claim?: AbortSignal,
  at?: MessagePlace | 'feed',
  absent?: AbsentPerson,
) => Promise<Outcome>;

/** Somebody who is away, as a card for their substitute names them. */
export interface AbsentPerson {
  readonly id: PersonId;
  readonly name: string;
  /** The last day, ISO date. */
  readonly until: string;
}

/** Several notices in one: what waited for somebody who turned up. `leftOut`: how many older ones it does not hold. */
export interface WaitedNotice extends Notice {
  readonly about: 'whatWaited';
  readonly notices: readonly Notice[];
  readonly leftOut: number;
}

const waitedNotice: z.ZodType<WaitedNotice> = z.object({
  about: z.literal('whatWaited'),
  notices: z.array(anyNotice),
  leftOut: z.number(),
});

/** Which notices ask somebody to act. */
function dutiesAmong(kinds: readonly NoticeKind[]): (stored: Notice) => boolean {
  const byName = kindsByName(kinds);
  return (stored) => {
    const kind = byName.get(stored.about);
    const notice = kind?.payload.safeParse(stored);
    return notice?.success === true && kind?.isDuty?.(notice.data) === true;
  };
}

interface ToOneDeps {
  readonly people: Pick<PeopleService, 'find' | 'noteRefusal' | 'substituteOf' | 'acting'>;
  readonly kinds: readonly NoticeKind[];
  readonly show: ShowNotice;
  readonly outbox: Pick<Outbox, 'commit'>;
  /** Has the app installed for somebody whom the bot has not met; absent where that can't be. */
  readonly askInstall?: AskInstall | undefined;
}

/** The reason of what is not so any more. */
const superseded: Outcome = { result: 'undeliverable', reason: 'superseded' };

/** Whether an outcome says that the person could not be reached, and not that there was nothing to show. */
function isUnreached(outcome: Outcome): outcome is Extract<Outcome, { result: 'undeliverable' }> {
  return outcome.result === 'undeliverable' && outcome.reason !== 'superseded';
}

/** Whether it goes to the activity feed first, by choice. */
const feedFirst = ({ notifyBy, feed }: Person): 'feed' | undefined =>
  notifyBy === 'feed' && feed?.result !== 'refused' ? 'feed' : undefined;

/** Shows one notice to one person; what can't reach them waits until they turn up. */
export function noticeDelivery({
  people,
  kinds,
  show,
  outbox,
  askInstall,
}: ToOneDeps): DeliveryKind<PayloadOf<typeof noticeMessage>> {
  const byName = kindsByName(kinds);

  /** The notice as its kind reads it, or why it is not shown. */
  async function current(
    stored: Notice,
    person: Person,
    way?: 'feed',
  ): Promise<Notice | WaitedNotice | Outcome> {
    if (stored.about === 'whatWaited') return allCurrent(stored, person);
    const kind = byName.get(stored.about);
    if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
    const notice = kind.payload.safeParse(stored);
    if (!notice.success) return { result: 'failed', reason: refusalOf(notice.error) };
    const isTrue = (await kind.stillTrue?.(notice.data, way)) !== false;
    // Costs more, and only matters for one who can be shown it.
    const isTheirs = person.chat === undefined || (await kind.isFor?.(notice.data, person.id)) !== false;
    return isTrue && isTheirs ? notice.data : superseded;
  }

  /** What waited, without what is not so any more. */
  async function allCurrent(stored: Notice, person: Person): Promise<WaitedNotice | Outcome> {
    const waited = waitedNotice.safeParse(stored);
    if (!waited.success) return { result: 'failed', reason: refusalOf(waited.error) };
    const each = await Promise.all(waited.data.notices.map((notice) => current(notice, person)));
    const notices = each.filter((one): one is Notice => 'about' in one);
    return notices.length === 0 ? superseded : { ...waited.data, notices };
  }

  /** It has arrived, whatever becomes of this. */
  async function arrived(stored: Notice, place: MessagePlace): Promise<void> {
    const kind = byName.get(stored.about);
    const notice = kind?.payload.safeParse(stored);
    if (notice?.success === true) await kind?.arrived?.(notice.data, place).catch(() => undefined);
  }

  function subjectOf(stored: Notice): { subject?: string } {
    const kind = byName.get(stored.about);
    const notice = kind?.payload.safeParse(stored);
    const subject = notice?.success === true ? kind?.subject?.(notice.data) : undefined;
    return subject === undefined ? {} : { subject };
  }

  /** The same to the activity feed of somebody who wants both: a message of its own, so that each arrives once. */
  async function besideChat({ id, dueAt, body }: Message): Promise<void> {
    const beside = deterministicId<MessageId>('noticeInFeed', id);
    await outbox.commit([], [{ id: beside, dueAt, body: { ...body, way: 'feed' } }]);
  }

  const isDuty = dutiesAmong(kinds);

  /**
   * Shows a duty of somebody who is away to whoever acts for them, as theirs. `undefined` where nobody does, or the substitute can't
   * be reached: then it lies in the absent person's chat, and what waits is on the substitute's overview all the same.
   */
  async function shownToSubstitute(
    absent: Person,
    stored: Notice,
    claim: AbortSignal | undefined,
  ): Promise<Outcome | undefined> {
    if (!isDuty(stored)) return undefined;
    const substitution = await people.substituteOf(absent);
    const chat = substitution?.person.chat;
    if (substitution === undefined || chat === undefined || chat.refusedAt !== undefined) return undefined;
    const { person, until } = substitution;
    // It has to be for both: nobody is asked in another's name for what they can't do in it.
    const [notice, own] = [await current(stored, absent), await current(stored, person)];
    if (!('about' in notice)) return notice;
    if (!('about' in own)) return own;
    const projects = [...new Set([...person.projects, ...absent.projects])];
    const acting = { ...(await people.acting(person)), projects };
    const { id, name } = absent;
    const outcome = await show(acting, notice, claim, undefined, { id, name, until });
    if (!isUnreached(outcome)) return outcome.result === 'sent' ? { result: 'sent' } : outcome;
    await people.noteRefusal(person.id);
    return undefined;
  }

  return {
    ...noticeMessage,
    // It may have been shown: the coordinator asks the person, rather than that we guess.
    afterCrash: 'ask',
    afterRestore: 'ask',
    async handle({ to, notice: stored, way }, message, claim) {
      const { state } = message;
      const person = await people.find(to);
      if (person === undefined) return { result: 'undeliverable', reason: 'noPerson' };
      const waitsFor = state.status === 'pending' ? state.waitsFor : undefined;
      const { chat, ...unmet } = person;
      // A chat that was closed is not tried again until the person is met again.
      const isTried = chat !== undefined && !(waitsFor !== undefined && chat.refusedAt !== undefined);
      const addressee = isTried ? person : unmet;
      const instead = way === 'feed' ? undefined : await shownToSubstitute(person, stored, claim);
      if (instead !== undefined) return instead;
      // Each of those that waited has had its own.
      if (person.notifyBy === 'both' && way === undefined && stored.about !== 'whatWaited')
        await besideChat(message);
      const notice = await current(stored, addressee, way ?? feedFirst(person));
      if (!('about' in notice)) return notice;
      if (way === 'feed') return show(addressee, notice, claim, 'feed');
      const outcome = await show(addressee, notice, claim);
      if (outcome.result === 'sent') {
        const { place, ...sent } = outcome;
        if (place !== undefined) await arrived(stored, place);
        return sent;
      }
      if (!isUnreached(outcome)) return outcome;
      if (chat === undefined) await askInstall?.(to);
      if (isTried) await people.noteRefusal(to);
      const reason = isTried ? outcome.reason : (waitsFor?.reason ?? outcome.reason);
      return { result: 'waits', personId: to, reason, ...subjectOf(stored) };
    },
  };
}

/** One notice in place of several messages with notices to one person, newest first. */
function summaryOf(to: PersonId, messages: readonly Message[], leftOut: number): NewMessage {
  const bodies = messages.flatMap(({ body }): Notice[] => {
    const { notice } = noticeMessage.payload.parse(body);
    const waited = waitedNotice.safeParse(notice);
    return waited.success ? [...waited.data.notices] : [notice];
  });
  const notice: WaitedNotice = { about: 'whatWaited', notices: bodies, leftOut };
  const id = deterministicId<MessageId>('whatWaited', to, ...messages.map((message) => message.id));
  const [newest] = messages;
  return { id, dueAt: newest?.dueAt ?? '', body: noticeMessage.body({ to, notice }) };
}

/**
 * Lets what waited for a person leave, now that they have been met: to be called when their chat address becomes another.
 * @returns how many messages waited.
 */
export function deliverWaiting(outbox: Pick<Outbox, 'deliverTo'>, personId: PersonId): Promise<number> {
  return outbox.deliverTo(personId, (messages, leftOut) => summaryOf(personId, messages, leftOut));
}

interface ToManyDeps {
  readonly people: Pick<PeopleService, 'all' | 'substituteOf'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly kinds: readonly NoticeKind[];
}

/** Who gets a notice. What is for approvers goes to who else may approve, where there is no other approver. */
export function peopleNotified(
  people: readonly Person[],
  to: NoticeRecipients,
  except: readonly PersonId[] = [],
): readonly Person[] {
  const others = people.filter(({ id }) => !except.includes(id));
  if (to === 'approvers') return approversOf(others);
  const group = to === 'coordinators' ? coordinatorsOf(people) : peopleOf(people, to.projectId);
  return group.filter((person) => others.includes(person));
}

/** Each takes two of the hundred changes of a commit. */
const perCommit = 45;

/** Expands a notice to the people of a project, or to all coordinators, into a notice to each of them. */
export function notifyManyDelivery({
  people,
  outbox,
  kinds,
}: ToManyDeps): DeliveryKind<PayloadOf<typeof notifyManyMessage>> {
  const isDuty = dutiesAmong(kinds);
  return {
    ...notifyManyMessage,
    // A notice that was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    // Nobody sees it yet. Each notice has the same due time, and is asked about by itself, with the person's name.
    afterRestore: 'run',
    async handle({ to, except, act, notice }, { dueAt }) {
      const all = await people.all();
      const notified = peopleNotified(all, to, except);
      // Whoever gets it themselves doesn't get it a second time in the name of somebody who is away.
      const twice = await Promise.all(
        notified.map(async (person) => {
          const id = (await people.substituteOf(person))?.person.id;
          return id !== undefined && isDuty(notice) && notified.some((other) => other.id === id);
        }),
      );
      const notices = notified
        .filter((_person, index) => twice[index] !== true)
        .map(({ id }) => noticeTo(id, notice, { dueAt, act }));
      for (let from = 0; from < notices.length; from += perCommit)
        await outbox.commit([], notices.slice(from, from + perCommit));
      return { result: 'sent' };
    },
  };
}
