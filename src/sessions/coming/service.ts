import type { Contact, ContactReply } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import type { Actor } from '../../platform/actor.js';
import { whileConflicting, type Change } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { ContactId, MessageId, OccurrenceId, PersonId, ProjectId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Language } from '../../shared/languages.js';
import { groupNotice } from '../notices.js';
import {
  chosenPerson,
  occurrenceId,
  type Occurrence,
  type OccurrenceLine,
} from '../occurrences/occurrence.js';
import {
  agreedProject,
  findOccurrence,
  lineOf,
  type Found,
  type ReadingDeps,
} from '../occurrences/reading.js';
import { occurrenceQueries } from '../occurrences/queries.js';
import { isUpcoming, requireUpcoming } from '../occurrences/workflow.js';
import { cancelUnlessLeft } from '../series/change.js';
import type { Series } from '../series/series.js';
import { partsOfSegmentUid, segmentUid } from '../held.js';
import {
  contactInvitee,
  currentAnswers,
  personInvitee,
  type Answer,
  type AnswerValue,
  type AnswerWay,
  type Invitee,
} from './answer.js';
import { invitedPeople } from './invited.js';
import type { Signatures } from './links.js';
import type { AnswerStore, Asked } from './store.js';

export interface ComingDeps {
  readonly store: AnswerStore;
  readonly sessions: ReadingDeps;
  readonly people: Pick<PeopleService, 'all' | 'find'>;
  readonly contacts: Pick<
    ContactLookup,
    'find' | 'isLinkRenewed' | 'subscribers' | 'namesOfSubscribers' | 'putReply'
  >;
  /** The contact who has an address, as it is kept. */
  readonly contactOf: (address: string) => Promise<ContactId | undefined>;
  readonly signatures: Signatures;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  /** How long it waits that the coordinators are notified, so that whoever can come after all may hold it back. */
  readonly undoSeconds: number;
}

/** How many there are of each; those who answered without being invited are among the answers. */
export interface ComingCounts {
  readonly invited: number;
  readonly coming: number;
  readonly notComing: number;
  readonly maybe: number;
  readonly noAnswer: number;
}

/** One who was invited, with what they answered; `name` is absent of a contact who was removed meanwhile. */
export interface NamedAnswer {
  readonly who: Invitee;
  readonly name?: string;
  readonly organisation?: string;
  readonly at?: string;
  readonly way?: AnswerWay;
}

export type AnswerGroup = AnswerValue | 'noAnswer';

/** What a contact sees behind the link of a mail. */
export interface AskedContact {
  readonly found: Found;
  readonly contactId: ContactId;
  readonly language: Language;
  readonly answer?: AnswerValue;
}

/** An answer from somebody's calendar (iTIP REPLY). */
export interface CalendarReply {
  /** The attendee's address, as mail programs write it. */
  readonly address: string;
  /** UID of the event; what stands from the `@` on does not matter. */
  readonly uid: string;
  /** RECURRENCE-ID as an ISO date in Helsinki; absent where they answered the whole series. */
  readonly date?: string | undefined;
  /** ISO instant of the session's start as their calendar has it, where the reply says so: an answer to an older time counts no more. */
  readonly start?: string | undefined;
  readonly status: 'accepted' | 'declined' | 'tentative';
  /** ISO instant at which they answered. */
  readonly at: string;
}

/** What became of a calendar's answer. `late`: the session is over or cancelled; `older`: they answered otherwise since. */
export type ReplyOutcome = 'recorded' | 'stranger' | 'unknownSession' | 'late' | 'older';

const ofReply = { accepted: 'coming', declined: 'notComing', tentative: 'maybe' } as const;

/** How many names a page has. */
const pageSize = 50;

/** A place in the answers: when the last one that was shown was given, and by whom. */
const answerPlace = /^([^|,]*)\|((?:person|contact):[^|,]+)$/;
/** A place among those who gave none: the last few who were shown, of whom any may be erased before the next page. */
const lastShown = 4;
const silentPlace = /^(?:person|contact):[^|,]+(?:,(?:person|contact):[^|,]+){0,3}$/;

/** A session whose presenter can't come, with the names of those who said so. */
export interface AwayPresenters {
  readonly session: OccurrenceLine;
  readonly names: readonly string[];
}

/** So many days ahead coordinators see it on their overview. */
const awayDays = 14;

/** Whether the coordinators must know that somebody can't come: who presents, as far as that is known. */
function isMissed(occurrence: Occurrence, { id, name }: Actor): boolean {
  const { talk } = occurrence;
  const chosen = chosenPerson(occurrence);
  if (talk === undefined && chosen !== undefined) return chosen.id === id;
  return talk === undefined || talk.by.id === id || talk.presenter.includes(name);
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** In the order of their ids those who answered at one moment. */
const newestFirst = (one: Pick<Answer, 'at' | 'who'>, other: Pick<Answer, 'at' | 'who'>): number =>
  byText(other.at ?? '', one.at ?? '') || byText(one.who, other.who);

const isContact = ({ who }: Pick<NamedAnswer, 'who'>): boolean => who.startsWith('contact:');

const finnish = new Intl.Collator('fi');

/** People before contacts, by name each. */
const byName = (one: NamedAnswer, other: NamedAnswer): number =>
  Number(isContact(one)) - Number(isContact(other)) ||
  finnish.compare(one.name ?? '', other.name ?? '') ||
  byText(one.who, other.who);

interface PresenterAnswer {
  readonly before: Answer | undefined;
  readonly answer: 'coming' | 'notComing';
  /** What they present for; undefined where nobody misses them. */
  readonly projectId: ProjectId | undefined;
}

/** Who is invited to a session, and who of them comes. */
export function comingService(deps: ComingDeps) {
  const { store, sessions, people, contacts, outbox, undoSeconds } = deps;
  const now = (): string => sessions.clock.now().toString();

  /** The project that presents, where the coordinators must know whether this one comes; undefined where nobody is missed. */
  async function missedIn(actor: Actor, occurrence: Occurrence): Promise<ProjectId | undefined> {
    const projectId = agreedProject(occurrence);
    if (projectId === undefined || !isMissed(occurrence, actor)) return undefined;
    return (await people.find(actor.id))?.projects.includes(projectId) === true ? projectId : undefined;
  }

  /** To the coordinators: that a presenter can't come to a session at this time, or does after all. One for each answer. */
  function presenterNotice(
    actor: Actor,
    { id, start }: Pick<Occurrence, 'id' | 'start'>,
    about: 'presenterAway' | 'presenterComes',
    projectId: ProjectId,
  ): NewMessage {
    const notice = { about, occurrenceId: id, projectId, by: actor.name, who: actor.id } as const;
    const dueAt = sessions.clock.now().add({ seconds: undoSeconds }).toString();
    return groupNotice(notice, 'coordinators', { dueAt, by: actor, act: `${about} ${start} ${now()}` });
  }

  /** As releases made it that kept no `notices` in the answer: one for each time of the session. */
  function olderNotice(
    actor: Actor,
    { id, start }: Pick<Occurrence, 'id' | 'start'>,
    projectId: ProjectId,
  ): NewMessage {
    const notice = { about: 'presenterAway', occurrenceId: id, projectId, by: actor.name } as const;
    const dueAt = sessions.clock.now().add({ seconds: undoSeconds }).toString();
    return groupNotice(notice, 'coordinators', { dueAt, by: actor, act: `away ${start}` });
  }

  /**
   * What follows from another answer of one who is missed: what has not left yet is held back, so that the coordinators know
   * what they knew before; of what has left they are notified anew.
   */
  async function presenterNotices(
    actor: Actor,
    { id, start }: Occurrence,
    { before, answer, projectId }: PresenterAnswer,
  ): Promise<{ changes: readonly Change[]; messages: readonly NewMessage[]; notices: readonly MessageId[] }> {
    const isAway = answer === 'notComing';
    const wasAway = before?.answer === 'notComing';
    const older = wasAway && projectId && olderNotice(actor, { id, start: before.start }, projectId);
    const past = before?.notices ?? (older ? [older.id] : []);
    const none = { changes: [], messages: [], notices: past };
    // Pressed twice; or they were no presenter yet when they pressed.
    if (before?.answer === answer && before.start === start)
      return isAway && older && before.notices === undefined ? { ...none, messages: [older] } : none;
    if (!isAway && !wasAway) return none;
    const held = await cancelUnlessLeft(outbox, past.slice(-1));
    const isHeldBack = (held ?? []).length > 0;
    const left = isHeldBack ? past.slice(0, -1) : past;
    const isNews = isAway
      ? !isHeldBack || before?.start !== start
      : !isHeldBack && past.length > 0 && (held === undefined || before?.notices !== undefined);
    if (projectId === undefined || !isNews) return { changes: held ?? [], messages: [], notices: left };
    const message = presenterNotice(
      actor,
      { id, start },
      isAway ? 'presenterAway' : 'presenterComes',
      projectId,
    );
    return { changes: held ?? [], messages: [message], notices: [...left.slice(-1), message.id] };
  }

  /** Those who are invited as things are, and what holds of the answers. */
  async function invitedTo({ series, occurrence }: Found) {
    const { isOpenToContacts, id } = series.value;
    const [everybody, subscribers, given] = await Promise.all([
      people.all(),
      isOpenToContacts ? contacts.subscribers(id) : [],
      store.answers(occurrence),
    ]);
    const outside = new Set<Invitee>(subscribers.map((contact) => contactInvitee(contact.id)));
    const inside = new Map<Invitee, string>(everybody.map((one) => [personInvitee(one.id), one.name]));
    const invited: readonly Invitee[] = [
      ...invitedPeople(series.value, everybody).map((one) => personInvitee(one.id)),
      ...outside,
    ];
    // Whoever has left, or takes no mails any more, is not expected.
    const answers = new Map(
      [...currentAnswers(occurrence, given)].filter(([who]) => inside.has(who) || outside.has(who)),
    );
    return { invited, answers, inside };
  }

  async function countsOf(found: Found): Promise<ComingCounts> {
    const { invited, answers } = await invitedTo(found);
    const count = (value: AnswerValue): number =>
      [...answers.values()].filter(({ answer }) => answer === value).length;
    return {
      invited: invited.length,
      coming: count('coming'),
      notComing: count('notComing'),
      maybe: count('maybe'),
      noAnswer: invited.filter((who) => !answers.has(who)).length,
    };
  }

  /** Those who gave an answer, newest first. */
  async function answeredPage(
    found: Found,
    group: AnswerValue,
    last: Pick<Answer, 'at' | 'who'> | undefined,
  ): Promise<Page<NamedAnswer>> {
    const { answers, inside } = await invitedTo(found);
    const all = [...answers.values()].filter(({ answer }) => answer === group).sort(newestFirst);
    const rest = last === undefined ? all : all.filter((one) => newestFirst(one, last) > 0);
    const shown = rest.slice(0, pageSize);
    const lines = await Promise.all(
      shown.map(async ({ who, at, way }): Promise<NamedAnswer> => {
        const name = inside.get(who);
        return {
          who,
          ...(name === undefined ? await nameOf(who) : { name }),
          ...(at !== undefined && { at }),
          ...(way !== undefined && { way }),
        };
      }),
    );
    const end = shown.at(-1);
    return { lines, ...(end && rest.length > pageSize && { next: `${end.at ?? ''}|${end.who}` }) };
  }

  /** Those who gave none: people by name, then contacts by name. */
  async function silentPage(found: Found, last: readonly Invitee[]): Promise<Page<NamedAnswer>> {
    const [{ invited, answers, inside }, outside] = await Promise.all([
      invitedTo(found),
      contacts.namesOfSubscribers(found.series.value.id),
    ]);
    const known = async (who: Invitee): Promise<NamedAnswer> => {
      const name = inside.get(who);
      const contact = outside.get(who.slice('contact:'.length) as ContactId);
      if (name !== undefined) return { who, name };
      if (contact === undefined) return { who, ...(await nameOf(who)) };
      const { organisation } = contact;
      return { who, name: contact.name, ...(organisation !== undefined && { organisation }) };
    };
    const all = (await Promise.all(invited.filter((who) => !answers.has(who)).map(known))).sort(byName);
    const shown = await Promise.all(last.map(known));
    // Of whoever was erased since nobody knows where they stood.
    const end = shown.findLast(({ name }) => name !== undefined);
    const rest = end === undefined ? all : all.filter((one) => byName(one, end) > 0);
    const lines = rest.slice(0, pageSize);
    const next = lines.slice(-lastShown).map(({ who }) => who);
    return { lines, ...(rest.length > pageSize && { next: next.join(',') }) };
  }

  /** What one has answered, as far as it holds. */
  async function answerOf(occurrence: Occurrence, who: Invitee): Promise<Answer | undefined> {
    const segment = segmentUid(occurrence.seriesId, occurrence.segment);
    const [own, ofSeries] = await Promise.all([store.answer(occurrence.id, who), store.answer(segment, who)]);
    const given = (found: typeof own) => (found === undefined ? [] : [found.value]);
    return currentAnswers(occurrence, { toSession: given(own), toSeries: given(ofSeries) }).get(who);
  }

  /** What a person has answered; nothing where that was to another time. @throws AppError `occurrence.notFound`. */
  async function answerBy(person: PersonId, id: OccurrenceId): Promise<AnswerValue | undefined> {
    const { occurrence } = await findOccurrence(sessions, id);
    return (await answerOf(occurrence, personInvitee(person)))?.answer;
  }

  async function nameOf(who: Invitee): Promise<Pick<NamedAnswer, 'name' | 'organisation'>> {
    const contact = (await contacts.find(who.slice('contact:'.length) as ContactId))?.value;
    if (contact === undefined) return {};
    const { name, organisation } = contact;
    return { name, ...(organisation !== undefined && { organisation }) };
  }

  /**
   * Stores an answer of somebody outside, and notes it in their history; nothing where they gave the same already.
   * @param of the session or the series that it is about.
   */
  async function put(
    asked: Asked,
    { contactId, ...of }: Pick<ContactReply, 'subscription' | 'start'> & { readonly contactId: ContactId },
    after: Answer & { readonly at: string; readonly way: ContactReply['way'] },
  ): Promise<'recorded' | 'older'> {
    return whileConflicting(async () => {
      const before = await store.answer(asked, after.who);
      const { at = '', answer, start } = before?.value ?? {};
      if (before !== undefined && at > after.at) return 'older';
      if (answer !== after.answer || start !== after.start) {
        const reply = { ...of, at: after.at, answer: after.answer, way: after.way };
        await outbox.commit([
          store.putAnswer(asked, before, after),
          contacts.putReply(contactId, reply, asked),
        ]);
      }
      return 'recorded';
    });
  }

  /** The contact, where they are among those who are invited to a series. */
  async function subscribed(id: ContactId, { isOpenToContacts, id: series }: Series) {
    if (!isOpenToContacts) return undefined;
    const contact = (await contacts.find(id))?.value;
    const isInvited = contact?.consent.given === true && contact.subscriptions.includes(series);
    return isInvited ? contact : undefined;
  }

  /**
   * Whether a link is of those of a contact that still hold: renewing their links ends all before. Mails that an older release
   * sent have links that its renewals did not change; they hold as long as the links were never renewed.
   */
  async function isTheirs(id: OccurrenceId, contact: Contact, signature: string): Promise<boolean> {
    const link = await deps.signatures.ofLink(id, contact, signature);
    return link === 'current' || (link === 'older' && !(await contacts.isLinkRenewed(contact.id)));
  }

  async function findIfThere(id: OccurrenceId): Promise<Found | undefined> {
    try {
      return await findOccurrence(sessions, id);
    } catch (error) {
      if (isAppError(error, 'occurrence.notFound')) return undefined;
      throw error;
    }
  }

  return {
    /**
     * "I come" to this one, or "I can't". Where the one who can't was to present, the coordinators are notified, unless it is
     * taken back before that leaves; where it is taken back later, they are notified of that too.
     * @returns whether their project presents, so that they are to be asked who does so now.
     * @throws AppError `occurrence.moveNotAllowed`, where it is over or cancelled; `occurrence.notFound`.
     */
    async answer(
      actor: Actor,
      askedId: OccurrenceId,
      answer: 'coming' | 'notComing',
      way: AnswerWay,
    ): Promise<{ readonly isPresenter: boolean }> {
      requirePermission(actor, 'session:take');
      return whileConflicting(async () => {
        const { occurrence } = await findOccurrence(sessions, askedId);
        // Nobody needs to answer what is over or called off.
        requireUpcoming(occurrence);
        const { id, start } = occurrence;
        const who = personInvitee(actor.id);
        const before = await store.answer(id, who);
        const projectId = await missedIn(actor, occurrence);
        const given = { before: before?.value, answer, projectId };
        const { changes, messages, notices } = await presenterNotices(actor, occurrence, given);
        const isSame = before?.value.answer === answer && before.value.start === start;
        const after = { who, answer, start, at: now(), way, ...(notices.length > 0 && { notices }) };
        const kept = isSame ? [] : [store.putAnswer(id, before, after)];
        await outbox.commit([...kept, ...changes], messages);
        return { isPresenter: projectId !== undefined };
      });
    },

    /**
     * The sessions of the next two weeks whose presenter can't come, as far as it is known who presents, in order of time.
     * A few round trips, and two for each agreed slot. @throws AppError `permission.denied`.
     */
    async presentersAway(actor: Actor): Promise<readonly AwayPresenters[]> {
      requirePermission(actor, 'session:edit');
      const until = sessions.clock.now().add({ hours: 24 * awayDays }).epochMilliseconds;
      const near = (await occurrenceQueries(sessions).upcoming(actor, 24)).filter(
        ({ start, slot }) => Date.parse(start) <= until && slot !== undefined && 'projectId' in slot,
      );
      const everybody = near.length === 0 ? [] : await people.all();
      const found = await Promise.all(
        near.map(async ({ id }): Promise<AwayPresenters | undefined> => {
          const { occurrence } = await findOccurrence(sessions, id);
          const projectId = agreedProject(occurrence);
          if (projectId === undefined || !isUpcoming(occurrence)) return undefined;
          const answers = currentAnswers(occurrence, await store.answers(occurrence));
          const names = everybody
            .filter((one) => answers.get(personInvitee(one.id))?.answer === 'notComing')
            .filter((one) => one.projects.includes(projectId) && isMissed(occurrence, one))
            .map(({ name }) => name)
            .sort(finnish.compare);
          return names.length === 0 ? undefined : { session: lineOf(occurrence), names };
        }),
      );
      return found.filter((each) => each !== undefined);
    },

    /** What the caller has answered; nothing where that was to another time. */
    async mine(actor: Actor, id: OccurrenceId): Promise<AnswerValue | undefined> {
      requirePermission(actor, 'session:see');
      return answerBy(actor.id, id);
    },

    answerBy,

    /** How many are invited, come, don't come and have not answered, and what the caller has answered. */
    async coming(
      actor: Actor,
      id: OccurrenceId,
    ): Promise<{ readonly counts: ComingCounts; readonly mine?: AnswerValue }> {
      requirePermission(actor, 'session:see');
      const found = await findOccurrence(sessions, id);
      const [counts, mine] = await Promise.all([
        countsOf(found),
        answerOf(found.occurrence, personInvitee(actor.id)),
      ]);
      return { counts, ...(mine && { mine: mine.answer }) };
    },

    /**
     * Who they are, for coordinators, 50 a page: those who answered last first; of those who did not, people by name and then
     * contacts by name. Who answers between two pages makes nobody else appear twice, nor be left out.
     * @param after the `next` of the page before; the first one follows where it is none.
     */
    async names(actor: Actor, id: OccurrenceId, group: AnswerGroup, after = ''): Promise<Page<NamedAnswer>> {
      requirePermission(actor, 'session:edit');
      const found = await findOccurrence(sessions, id);
      if (group === 'noAnswer')
        return silentPage(found, silentPlace.test(after) ? (after.split(',') as Invitee[]) : []);
      const [, at, who] = answerPlace.exec(after) ?? [];
      return answeredPage(
        found,
        group,
        who === undefined ? undefined : { at: at ?? '', who: who as Invitee },
      );
    },

    /**
     * The session and the answer behind the link of a mail. Nothing for a link that Big Room did not make, for a session that
     * is not there any more, and for somebody who is not invited any more: it reveals nothing about anybody.
     */
    async byLink(id: string, contact: string, signature: string): Promise<AskedContact | undefined> {
      const [occurrence, contactId] = [id as OccurrenceId, contact as ContactId];
      const known = (await contacts.find(contactId))?.value;
      if (known === undefined || !(await isTheirs(occurrence, known, signature))) return undefined;
      const found = await findIfThere(occurrence);
      const own = found && (await subscribed(contactId, found.series.value));
      if (found === undefined || own === undefined) return undefined;
      const given = await answerOf(found.occurrence, contactInvitee(contactId));
      return { found, contactId, language: own.language, ...(given && { answer: given.answer }) };
    },

    /**
     * The answer of somebody outside, to the time that they were shown.
     * @param start ISO instant of the start on the page on which they pressed.
     * @returns whether it was kept: not where the session has another time since, is over or cancelled.
     */
    async answerByLink(
      { found, contactId }: AskedContact,
      answer: 'coming' | 'notComing',
      start: string,
    ): Promise<boolean> {
      const { occurrence } = found;
      if (occurrence.start !== start || !isUpcoming(occurrence)) return false;
      const who = contactInvitee(contactId);
      const of = { contactId, subscription: occurrence.seriesId, start };
      await put(occurrence.id, of, { who, answer, start, at: now(), way: 'mail' });
      return true;
    },

    /**
     * Records what somebody answered in their calendar, from the REPLY that it mailed: of one session by its RECURRENCE-ID,
     * else of the whole series, which holds for each session of it that was not moved and that they answer no other way.
     * The same reply twice, or an older one after a newer, changes nothing. People of the organisation answer in Teams: of
     * them no addresses are known.
     */
    async recordReply({ address, uid, date, start, status, at }: CalendarReply): Promise<ReplyOutcome> {
      const contactId = await deps.contactOf(address);
      if (contactId === undefined) return 'stranger';
      const parts = partsOfSegmentUid(uid);
      const series = parts && (await sessions.store.series(parts.seriesId));
      if (
        parts === undefined ||
        series?.value.segments.every(({ number }) => number !== parts.segment) !== false
      )
        return 'unknownSession';
      if ((await subscribed(contactId, series.value)) === undefined) return 'stranger';
      const reply = { who: contactInvitee(contactId), answer: ofReply[status], at, way: 'calendar' } as const;
      const of = { contactId, subscription: parts.seriesId };
      if (date === undefined)
        return put(segmentUid(parts.seriesId, parts.segment), of, { ...reply, start: start ?? '' });
      const found = await findIfThere(occurrenceId(parts.seriesId, date));
      if (found === undefined) return 'unknownSession';
      const { occurrence } = found;
      if (!isUpcoming(occurrence)) return 'late';
      const time = start ?? occurrence.start;
      return put(occurrence.id, { ...of, start: time }, { ...reply, start: time });
    },
  };
}

export type ComingService = ReturnType<typeof comingService>;
