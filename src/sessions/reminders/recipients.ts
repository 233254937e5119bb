import { today } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import {
  deterministicId,
  type ContactId,
  type MessageId,
  type ProjectId,
  type SeriesId,
} from '../../platform/ids.js';
import type { Person } from '../../people/person.js';
import type { PeopleService } from '../../people/service.js';
import { peopleOf } from '../../delivery/notices.js';
import type { Recipient } from '../../delivery/fan-out/kind.js';
import {
  contactKey,
  inviterOf,
  partsOfContactKey,
  sessionFanOut,
  isFromWelcome,
  isInviter,
  versionOf,
  type SessionContent,
  type SessionFanOutDeps,
} from '../fan-outs.js';
import type { Leaving, SentVersion, Subscriber, SubscriptionKind, Welcome } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { isInCalendar, readHeld, segmentUid } from '../held.js';
import { leaveRequest } from '../messages.js';
import {
  agreedProject,
  findOccurrence,
  mailedSegments,
  type Found,
  type ReadingDeps,
} from '../occurrences/reading.js';
import type { RemindedChannel, Segment, Series, SeriesChoice } from '../series/series.js';
import { contactInvitee, currentAnswers, personInvitee, type Invitee } from '../coming/answer.js';
import { invitedPeople, takesContacts } from '../coming/invited.js';
import type { AnswerStore } from '../coming/store.js';
import type { PreferenceStore } from './store.js';
import { Temporal } from 'temporal-polyfill';
import type { Usefulness } from '../../delivery/fan-out/kind.js';
import { isAmong, isThankedAgain, namesThere, thanksUntil } from '../follow-up/service.js';
import { quietSpanAt, usefulUntil } from './planning.js';
import type { SeriesStore } from '../series/store.js';

interface RecipientDeps {
  readonly sessions: ReadingDeps;
  readonly people: Pick<PeopleService, 'all'>;
  readonly preferences: Pick<PreferenceStore, 'allChoices'>;
  readonly answers: Pick<AnswerStore, 'answers'>;
  readonly contacts: ContactLookup;
}

type OccurrenceContent = Exclude<SessionContent, { kind: 'invitation' | 'welcome' | 'ended' }>;

/** Contacts are reminded a day or more before, and not by the minute: in minutes. */
const leastForContacts = 1_440;

/** The occurrence that a fan-out is about as it is now; nothing where it no longer exists. */
async function findFor(
  deps: ReadingDeps,
  { occurrenceId }: Pick<OccurrenceContent, 'occurrenceId'>,
): Promise<Found | undefined> {
  try {
    return await findOccurrence(deps, occurrenceId);
  } catch (error) {
    if (isAppError(error, 'occurrence.notFound')) return undefined;
    throw error;
  }
}

/**
 * Whether a person's own choice lets it through on an ISO date. A choice of offsets of which the series has none left
 * counts as no choice: nobody asked for no reminders at all.
 */
function isWanted(
  { isOff, snoozedUntil, offsets }: SeriesChoice,
  content: OccurrenceContent | Of<'ended'>,
  { date, current }: { readonly date: string; readonly current: readonly number[] },
): boolean {
  if (isOff === true || (snoozedUntil !== undefined && date < snoozedUntil)) return false;
  if (content.kind !== 'reminder' || offsets === undefined) return true;
  return offsets.includes(content.offset) || !current.some((each) => offsets.includes(each));
}

const channelRecipient = ({ name, language, chat }: RemindedChannel): Recipient => ({
  key: `conversation:${chat.conversationId}`,
  way: 'channel',
  name,
  language,
  chat,
});

/** Name and address stay with the contact, so that erasing one erases them. */
const contactRecipient = (
  { id, language }: Subscriber,
  seriesId?: SeriesId,
  segment?: number,
): Recipient => ({
  key: contactKey(id, seriesId, segment),
  way: 'mail',
  language,
});

async function namesOf(
  { contacts }: RecipientDeps,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const idOf = new Map(
    keys.flatMap((key) => {
      const contactId = partsOfContactKey(key)?.contactId;
      return contactId === undefined ? [] : [[key, contactId] as const];
    }),
  );
  const found = await Promise.all(
    [...new Set(idOf.values())].map(async (id) => [id, (await contacts.find(id))?.value.name] as const),
  );
  const nameOf = new Map(found);
  return new Map(
    [...idOf].flatMap(([key, id]) => {
      const name = nameOf.get(id);
      return name === undefined ? [] : [[key, name] as const];
    }),
  );
}

/** Everybody once: a conversation may be named twice. */
const eachOnce = (all: readonly Recipient[]): Recipient[] => [
  ...new Map(all.map((one) => [one.key, one])).values(),
];

/**
 * The people of the series who want it, and have not answered that they can't come at that time. Those who present are
 * notified of a change, and reminded, by themselves: of what it means to them. They are thanked as presenters:
 * nobody asks them how useful they were.
 */
async function people(
  { people: everybody, preferences, sessions }: RecipientDeps,
  {
    series,
    content,
    presenting,
    there,
  }: {
    readonly series: Series;
    readonly content: OccurrenceContent | Of<'ended'>;
    /** The project whose people are notified by themselves. */
    readonly presenting: ProjectId | undefined;
    /** Where it is for those alone who were there. */
    readonly there?: ReturnType<typeof namesThere> | undefined;
  },
  absent: ReadonlySet<Invitee>,
): Promise<Recipient[]> {
  const [all, chosen] = await Promise.all([everybody.all(), preferences.allChoices()]);
  const choiceOf = new Map(chosen.map(({ personId, choices }) => [personId, choices[series.id]]));
  const day = { date: today(sessions.clock).toString(), current: series.reminders.offsets };
  const presenters = new Set(peopleOf(all, presenting).map(({ id }) => id));
  return (
    invitedPeople(series, all)
      .filter(({ id }) => !presenters.has(id) && !absent.has(personInvitee(id)))
      .filter((person) => there === undefined || isAmong(there, person))
      .filter(({ id }) => isWanted(choiceOf.get(id) ?? {}, content, day))
      .flatMap(inTeams)
      // What goes to activity feeds is slower, and keeps nobody waiting.
      .sort((one, other) => Number(one.by !== undefined) - Number(other.by !== undefined))
  );
}

type InTeams = Extract<Recipient, { way: 'chat' }>;

/** Somebody by the way that they chose: who wants both is there twice, and gets each once. */
function inTeams({ id, name, language, chat, notifyBy }: Person): readonly InTeams[] {
  const common = { way: 'chat', personId: id, name, language, ...(chat && { chat }) } as const;
  const own: InTeams = { ...common, key: `person:${id}`, ...(notifyBy === 'feed' && { by: 'feed' }) };
  return notifyBy === 'both' ? [own, { ...common, key: `feed:${id}`, by: 'feedBeside' }] : [own];
}

/** Whether thanks are for those alone who were there: the report has their names, and so people of the organisation. */
const isToThere = (content: OccurrenceContent): boolean =>
  content.kind === 'thanks' && content.to === 'there';

/** Contacts have the session in their calendars, so that a change reaches them however they are reminded. */
function reachesContacts({ isOpenToContacts, reminders }: Series, content: OccurrenceContent): boolean {
  if (!isOpenToContacts || isToThere(content)) return false;
  if (content.kind === 'change') return content.isInvited !== true;
  return (
    reminders.ways.includes('mail') && (content.kind !== 'reminder' || content.offset >= leastForContacts)
  );
}

/** Whether somebody's invitation waits for its time: until then they are sent nothing else. */
const isStillToBegin = ({ since }: Subscriber, clock: ReadingDeps['clock']): boolean =>
  since !== undefined && Date.parse(since) > clock.now().epochMilliseconds;

/** Those of the subscribers to a series who are sent things by now: also who was invited before the time that was chosen. */
async function begun(
  { contacts, sessions }: RecipientDeps,
  { id, segments }: Series,
): Promise<readonly Subscriber[]> {
  const all = await contacts.subscribers(id);
  const waiting = all.filter((each) => isStillToBegin(each, sessions.clock));
  if (waiting.length === 0) return all;
  const sent = await contacts.sentVersions(waiting.map((each) => each.id));
  const isInvited = (each: Subscriber): boolean =>
    segments.some(({ number }) => sent.get(each.id)?.[segmentUid(id, number)] !== undefined);
  const left = new Set(waiting.filter((each) => !isInvited(each)));
  return all.filter((each) => !left.has(each));
}

/** Who alone wants reminders has nothing in their calendar. */
const wantsInvitations = ({ wants }: Subscriber): boolean => wants !== 'reminders';

/** Subscribers to a series with all that was last sent to each, read once for all its segments. */
async function withVersions(
  { contacts }: RecipientDeps,
  { id }: Series,
  wanted?: ReadonlySet<ContactId>,
): Promise<readonly { readonly subscriber: Subscriber; readonly versions: Versions }[]> {
  const all = await contacts.subscribers(id);
  const subscribers = wanted === undefined ? all : all.filter((each) => wanted.has(each.id));
  const sent = await contacts.sentVersions(subscribers.map((each) => each.id));
  return subscribers.map((subscriber) => ({ subscriber, versions: sent.get(subscriber.id) }));
}

type Versions = Readonly<Record<string, SentVersion>> | undefined;

/** What was last sent of a segment, or of the series by older releases. */
const sentOf = (versions: Versions, { id }: Series, segment: number): SentVersion | undefined =>
  versions?.[segmentUid(id, segment)] ?? versions?.[id];

/** Those to whom a segment was never sent, and those who have it no more, are not sent that it is over. */
function hasNothingOf({ from, until: last }: Segment, sent: SentVersion | undefined): boolean {
  if (last === undefined || last >= from) return false;
  return sent === undefined || readHeld(sent.held)?.held.is === 'off';
}

/**
 * The contacts of a series whom a message about a session reaches. Who is new since the last change learns of it from
 * their invitation, and so does who was welcomed to the series as it is now.
 */
async function contactsAt(
  deps: RecipientDeps,
  { series, segment }: { readonly series: Series; readonly segment: number },
  content: OccurrenceContent,
): Promise<readonly Subscriber[]> {
  if (!reachesContacts(series, content)) return [];
  if (content.kind !== 'change')
    return (await begun(deps, series)).filter(({ wants }) => wants !== 'invitations');
  const changedAt = Date.parse(series.changedAt);
  return (await withVersions(deps, series)).flatMap(({ subscriber, versions }) => {
    const sent = sentOf(versions, series, segment);
    const { since } = subscriber;
    const isNew = sent === undefined && since !== undefined && Date.parse(since) >= changedAt;
    const isWelcomed = sent?.version === versionOf(series) && isFromWelcome(sent);
    return isNew || isWelcomed ? [] : [subscriber];
  });
}

/** Who has said that they can't come at the time at which it is now. */
function absentFrom(
  occurrence: Occurrence,
  given: Parameters<typeof currentAnswers>[1],
): ReadonlySet<Invitee> {
  const answers = [...currentAnswers(occurrence, given).values()];
  return new Set(answers.filter(({ answer }) => answer === 'notComing').map(({ who }) => who));
}

/** Of a series that ended those who would have come to its next session. */
async function endedRecipients(deps: RecipientDeps, content: Of<'ended'>): Promise<Recipient[]> {
  const series = (await deps.sessions.store.series(content.seriesId))?.value;
  if (series === undefined) return [];
  const { ways, channels } = series.reminders;
  return eachOnce([
    ...(ways.includes('channel') ? channels.map(channelRecipient) : []),
    ...(ways.includes('person')
      ? await people(deps, { series, content, presenting: content.projectId }, new Set())
      : []),
  ]);
}

/** As long as the series has no such session, and until it would begin. */
function endedUsefulness(
  { occurrenceId, start }: Of<'ended'>,
  { series, occurrence }: Current,
  now: Temporal.Instant,
): Usefulness {
  const isBack = occurrence?.id === occurrenceId;
  return series === undefined || isBack ? superseded : until(start, now);
}

async function recipientsAt(deps: RecipientDeps, content: OccurrenceContent): Promise<Recipient[]> {
  const found = await findFor(deps.sessions, content);
  if (found === undefined) return [];
  const { occurrence } = found;
  const series = found.series.value;
  const { ways, channels } = series.reminders;
  const absent = absentFrom(occurrence, await deps.answers.answers(occurrence));
  const [toPeople, toContacts] = await Promise.all([
    ways.includes('person')
      ? people(
          deps,
          {
            series,
            content,
            presenting: agreedProject(occurrence),
            there: isToThere(content) ? namesThere(occurrence.record) : undefined,
          },
          absent,
        )
      : [],
    contactsAt(deps, { series, segment: occurrence.segment }, content),
  ]);
  // A change brings their calendars in step, whatever they answered.
  const invited = toContacts.filter(({ id }) => content.kind === 'change' || !absent.has(contactInvitee(id)));
  return eachOnce([
    ...(ways.includes('channel') && !isToThere(content) ? channels.map(channelRecipient) : []),
    ...toPeople,
    ...invited.map((each) => contactRecipient(each)),
  ]);
}

/** Whether the rule ends in somebody's calendar by the end of a year, although the series goes on. */
function endsBy(year: number, sent: SentVersion | undefined): boolean {
  const held = readHeld(sent?.held)?.held;
  const end = held?.is === 'on' ? held.said?.end : undefined;
  return end !== undefined && end <= `${year}-12-31`;
}

/** Those who were not sent the same already; that a series is off concerns those who were invited to it. */
async function invitationRecipients(
  deps: RecipientDeps,
  content: Of<'invitation'>,
): Promise<readonly Recipient[]> {
  const { seriesId, contactId } = content;
  const series = (await deps.sessions.store.series(seriesId))?.value;
  if (series === undefined) return [];
  const [version, by] = [versionOf(series), inviterOf(content)];
  const wanted = contactId === undefined ? undefined : new Set([contactId]);
  const segments = mailedSegments(series, deps.sessions.clock);
  const invited = (await withVersions(deps, series, wanted)).filter(({ subscriber }) =>
    wantsInvitations(subscriber),
  );
  return segments.flatMap((segment) => {
    const { number } = segment;
    return invited.flatMap(({ subscriber, versions }) => {
      const sent = sentOf(versions, series, number);
      const isSent =
        content.renews === undefined
          ? sent?.version === version && sent.by !== by && isInviter(sent)
          : !endsBy(content.renews, sent);
      const wasNeverInvited = sent === undefined && subscriber.since !== undefined;
      if (wasNeverInvited && isStillToBegin(subscriber, deps.sessions.clock)) return [];
      if (isSent || hasNothingOf(segment, sent) || (wasNeverInvited && !takesContacts(series))) return [];
      return [
        segments.length === 1 ? contactRecipient(subscriber) : contactRecipient(subscriber, seriesId, number),
      ];
    });
  });
}

/**
 * Whether a contact of a welcome who was sent the same before may be sent it once more: they came back after that, or have
 * another address. Where both were at one moment, that is decided when the mail leaves.
 */
const isSentBefore = (sent: SentVersion, { at }: Of<'welcome'>): boolean =>
  Date.parse(at) >= Date.parse(sent.at);

/** The contacts of a welcome, once for each series in which they are new, as they and these are now. */
async function welcomeRecipients(deps: RecipientDeps, content: Of<'welcome'>): Promise<Recipient[]> {
  const welcome = await deps.contacts.welcome(content.welcomeId);
  if (welcome === undefined) return [];
  const by = inviterOf(content);
  const ofSeries = content.seriesIds.map(async (seriesId) => {
    const series = (await deps.sessions.store.series(seriesId))?.value;
    if (series === undefined || !takesContacts(series)) return [];
    const isNewHere = ({ subscriptions }: Welcome['contacts'][number]) => subscriptions.includes(seriesId);
    const wanted = new Set(welcome.contacts.filter(isNewHere).map(({ id }) => id));
    const day = today(deps.sessions.clock).toString();
    const segments = mailedSegments(series, deps.sessions.clock).filter(
      ({ from, until: last }) => last === undefined || (last >= from && last >= day),
    );
    const invited = (await withVersions(deps, series, wanted)).filter(({ subscriber }) =>
      wantsInvitations(subscriber),
    );
    return segments.flatMap(({ number }) =>
      invited.flatMap(({ subscriber, versions }) => {
        const sent = sentOf(versions, series, number);
        const isSent = sent?.version === versionOf(series) && sent.by !== by && !isSentBefore(sent, content);
        if (isSent) return [];
        return [contactRecipient(subscriber, seriesId, segments.length === 1 ? undefined : number)];
      }),
    );
  });
  return (await Promise.all(ofSeries)).flat();
}

/** How long a welcome waits at most for contacts who are still being stored: by then their request is over. */
const maxStoringMs = 5 * 60_000;
const storingWaitSeconds = 15;

/** Of use while a series of it takes contacts. It begins when all of them are stored. */
async function welcomeUsefulness(
  { sessions, contacts }: RecipientDeps,
  { welcomeId, seriesIds, at }: Of<'welcome'>,
): Promise<Usefulness> {
  const [welcome, ...series] = await Promise.all([
    contacts.welcome(welcomeId),
    ...seriesIds.map((id) => sessions.store.series(id)),
  ]);
  if (welcome === undefined) return superseded;
  if (!series.some((each) => each !== undefined && takesContacts(each.value))) return superseded;
  const now = sessions.clock.now();
  const isStored = welcome.isComplete === true || now.epochMilliseconds - Date.parse(at) > maxStoringMs;
  const notBefore = now.add({ seconds: storingWaitSeconds }).toString();
  return { send: true, ...(!isStored && { notBefore }) };
}

/**
 * Who gets what is sent of sessions, and whether it is still of use: read again with each call, so that a move, a
 * withdrawn consent or another choice since it was planned counts.
 */
export function fanOutRecipients(deps: RecipientDeps): Omit<SessionFanOutDeps, 'mail'> {
  const { store, clock } = deps.sessions;
  return {
    recipients: async (content) => {
      if (content.kind === 'welcome') return welcomeRecipients(deps, content);
      if (content.kind === 'ended') return endedRecipients(deps, content);
      return content.kind === 'invitation'
        ? invitationRecipients(deps, content)
        : recipientsAt(deps, content);
    },
    names: (keys) => namesOf(deps, keys),
    stillUseful: async (content) => {
      const now = clock.now();
      if (content.kind === 'welcome') return welcomeUsefulness(deps, content);
      if (content.kind === 'invitation') {
        const series = (await store.series(content.seriesId))?.value;
        return usefulnessOf(content, { series, occurrence: undefined }, now);
      }
      const found = await findFor(deps.sessions, content);
      if (content.kind === 'ended') {
        const series = (await store.series(content.seriesId))?.value;
        return usefulnessOf(content, { series, occurrence: found?.occurrence }, now);
      }
      return usefulnessOf(content, { series: found?.series.value, occurrence: found?.occurrence }, now);
    },
  };
}

/** What a fan-out is about as it is now; `undefined` for what no longer exists. */
interface Current {
  readonly series: Series | undefined;
  readonly occurrence: Occurrence | undefined;
}

const superseded: Usefulness = { send: false, reason: 'superseded' };

/** Of use until a moment (an ISO instant or a `Temporal.Instant`), and no more at it. */
function until(end: Temporal.Instant | string, now: Temporal.Instant): Usefulness {
  if (Temporal.Instant.compare(now, end) >= 0) return { send: false, reason: 'late' };
  return { send: true, usefulUntil: end.toString() };
}

type Of<Kind extends SessionContent['kind']> = Extract<SessionContent, { kind: Kind }>;

/** A reminder announces a session only as it is: at another time, or at another date of its series, it has a reminder of its own. */
function reminderUsefulness(
  { occurrenceId, offset, start }: Of<'reminder'>,
  current: Current,
  now: Temporal.Instant,
): Usefulness {
  const { series, occurrence } = current;
  const isAsAnnounced = occurrence?.id === occurrenceId && occurrence.start === start;
  if (series === undefined || !isAsAnnounced || occurrence.state.status === 'cancelled') return superseded;
  if (!series.reminders.offsets.includes(offset)) return superseded;
  const use = until(usefulUntil(start, offset, series.reminders), now);
  // By plan none is due in quiet hours: one that comes then was held up.
  const quiet = quietSpanAt(now, series.reminders.quiet);
  return use.send && quiet !== undefined ? { ...use, notBefore: quiet.end.toInstant().toString() } : use;
}

/** Until the session would begin: later everybody knows. */
function changeUsefulness(
  { change, occurrenceId, start }: Of<'change'>,
  current: Current,
  now: Temporal.Instant,
): Usefulness {
  const { occurrence } = current;
  if (occurrence?.id !== occurrenceId || occurrence.start !== start) return superseded;
  const isCancelled = occurrence.state.status === 'cancelled';
  return isCancelled === (change === 'cancelled') ? until(start, now) : superseded;
}

/** Superseded by a later round to the same people or more; one that reaches fewer leaves the others theirs. */
function thanksUsefulness(
  { round, to }: Of<'thanks'>,
  { occurrence }: Current,
  now: Temporal.Instant,
): Usefulness {
  if (occurrence === undefined || occurrence.state.status === 'cancelled') return superseded;
  const { record } = occurrence;
  // A round that was taken back counts no more.
  if (record === undefined || (record.thanked ?? 0) < round) return superseded;
  if (isThankedAgain(record, round, to ?? 'invited')) return superseded;
  return until(thanksUntil(occurrence.end), now);
}

/**
 * A newer change of the series sends its own invitations to everybody. One who is new is sent the series as it is
 * when it leaves, whatever changed meanwhile.
 */
function invitationUsefulness({ sequence, contactId }: Of<'invitation'>, { series }: Current): Usefulness {
  if (series === undefined) return superseded;
  const isCurrent = sequence === series.sequence || sequence === series.sameAs;
  if (contactId === undefined) return isCurrent ? { send: true } : superseded;
  return takesContacts(series) ? { send: true } : superseded;
}

/** Whether something that was planned is still to be sent, and until when. */
function usefulnessOf(
  content: Exclude<SessionContent, { kind: 'welcome' }>,
  current: Current,
  now: Temporal.Instant,
): Usefulness {
  switch (content.kind) {
    case 'reminder':
      return reminderUsefulness(content, current, now);
    case 'change':
      return changeUsefulness(content, current, now);
    case 'ended':
      return endedUsefulness(content, current, now);
    case 'thanks':
      return thanksUsefulness(content, current, now);
    case 'invitation':
      return invitationUsefulness(content, current);
  }
}

/** Whether mails brought anything of a series into a calendar; older releases invited without keeping that. */
function hasAnyOf({ versions, since }: Leaving, seriesId: string): boolean {
  const sent = Object.entries(versions).filter(([uid]) => uid === seriesId || uid.startsWith(`${seriesId}-`));
  return sent.length === 0 ? since?.[seriesId] === undefined : sent.some(([, each]) => isInCalendar(each));
}

/** Contacts subscribe to a series; who is new in one that is open to them is sent its invitation. */
export function seriesSubscriptions(store: Pick<SeriesStore, 'allSeries' | 'drafts'>): SubscriptionKind {
  return {
    // Of a draft contacts are chosen before it is published, which invites them; until then it takes nobody.
    all: async () =>
      (await Promise.all([store.allSeries(), store.drafts()]))
        .flat()
        .map(({ value }) => ({ id: value.id, isOpen: takesContacts(value) })),
    welcome: ({ id: welcomeId, at, name, contacts }, seriesIds, dueAt) => {
      const isInvited = ({ subscriptions }: Welcome['contacts'][number]) =>
        seriesIds.some((id) => subscriptions.includes(id));
      const people = contacts.filter(isInvited).length;
      const content = {
        kind: 'welcome',
        welcomeId,
        seriesIds: [...seriesIds] as SeriesId[],
        people,
        at,
        ...(name !== undefined && { name }),
      } as const;
      return sessionFanOut(content, dueAt);
    },
    leave: (leaving, dueAt) => {
      if (!leaving.subscriptions.some((id) => hasAnyOf(leaving, id))) return undefined;
      const id = deterministicId<MessageId>('sessionLeave', leaving.id);
      return { id, dueAt, body: leaveRequest.body({ leavingId: leaving.id }) };
    },
  };
}
