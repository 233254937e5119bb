import { today } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { ContactId, PersonId } from '../../platform/ids.js';
import type { PeopleService } from '../../people/service.js';
import type { Recipient } from '../../delivery/fan-out/kind.js';
import type { SessionContent, SessionFanOutDeps } from '../fan-outs.js';
import type { Subscriber } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence, type Found, type ReadingDeps } from '../occurrences/reading.js';
import type { RemindedChannel, Series, SeriesChoice, SeriesPeople } from '../series/series.js';
import type { PreferenceStore } from './store.js';
import { currentAbsences } from './service.js';
import { Temporal } from 'temporal-polyfill';
import type { Usefulness } from '../../delivery/fan-out/kind.js';
import { thanksUntil } from '../follow-up/service.js';
import { quietSpanAt, usefulUntil } from './planning.js';
import type { SubscriptionKind } from '../../audience/contact.js';
import { sessionFanOut } from '../fan-outs.js';
import type { SeriesStore } from '../series/store.js';

interface RecipientDeps {
  readonly sessions: ReadingDeps;
  readonly people: Pick<PeopleService, 'all'>;
  readonly preferences: Pick<PreferenceStore, 'allChoices' | 'absences'>;
  readonly contacts: ContactLookup;
}

type OccurrenceContent = Exclude<SessionContent, { kind: 'invitation' }>;

/** Contacts are reminded a day or more before, and not by the minute: in minutes. */
const leastForContacts = 1_440;

/** The occurrence that a fan-out is about as it is now; nothing where it no longer exists. */
async function findFor(deps: ReadingDeps, { occurrenceId }: OccurrenceContent): Promise<Found | undefined> {
  try {
    return await findOccurrence(deps, occurrenceId);
  } catch (error) {
    if (isAppError(error, 'occurrence.notFound')) return undefined;
    throw error;
  }
}

function belongsTo(people: SeriesPeople, projects: readonly string[]): boolean {
  return people.of === 'programme' || people.projects.some((project) => projects.includes(project));
}

/**
 * Whether a person's own choice lets it through on an ISO date. A choice of offsets of which the series has none left
 * counts as no choice: nobody asked for no reminders at all.
 */
function isWanted(
  { isOff, snoozedUntil, offsets }: SeriesChoice,
  content: OccurrenceContent,
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

const contactPrefix = 'contact:';

/** Name and address stay with the contact, so that erasing one erases them. */
const contactRecipient = ({ id, language }: Subscriber): Recipient => ({
  key: contactPrefix + id,
  way: 'mail',
  language,
});

async function namesOf(
  { contacts }: RecipientDeps,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = keys.filter((key) => key.startsWith(contactPrefix));
  const found = await Promise.all(
    ids.map(async (key) => {
      const contact = await contacts.find(key.slice(contactPrefix.length) as ContactId);
      return contact === undefined ? undefined : ([key, contact.value.name] as const);
    }),
  );
  return new Map(found.filter((each) => each !== undefined));
}

/** Everybody once: a conversation may be named twice. */
const eachOnce = (all: readonly Recipient[]): Recipient[] => [
  ...new Map(all.map((one) => [one.key, one])).values(),
];

/** The people of the series who want it, and have not answered that they can't come at that time. */
async function people(
  { people: everybody, preferences, sessions }: RecipientDeps,
  { series, occurrence, content }: { series: Series; occurrence: Occurrence; content: OccurrenceContent },
): Promise<Recipient[]> {
  const [all, chosen, absences] = await Promise.all([
    everybody.all(),
    preferences.allChoices(),
    preferences.absences(occurrence.id),
  ]);
  const choiceOf = new Map(chosen.map(({ personId, choices }) => [personId, choices[series.id]]));
  const absent = new Set<PersonId>(currentAbsences(occurrence, absences).map(({ personId }) => personId));
  const day = { date: today(sessions.clock).toString(), current: series.reminders.offsets };
  return all
    .filter(({ id, projects }) => belongsTo(series.people, projects) && !absent.has(id))
    .filter(({ id }) => isWanted(choiceOf.get(id) ?? {}, content, day))
    .map(({ id, name, language, chat }) => ({
      key: `person:${id}`,
      way: 'chat',
      personId: id,
      name,
      language,
      ...(chat && { chat }),
    }));
}

/** Contacts have the session in their calendars, so that a change reaches them however they are reminded. */
function reachesContacts({ isOpenToContacts, reminders }: Series, content: OccurrenceContent): boolean {
  if (!isOpenToContacts) return false;
  if (content.kind === 'change') return content.isInvited !== true;
  return (
    reminders.ways.includes('mail') && (content.kind !== 'reminder' || content.offset >= leastForContacts)
  );
}

async function recipientsAt(deps: RecipientDeps, content: OccurrenceContent): Promise<Recipient[]> {
  const found = await findFor(deps.sessions, content);
  if (found === undefined) return [];
  const { occurrence } = found;
  const series = found.series.value;
  const { ways, channels } = series.reminders;
  const [toPeople, invited] = await Promise.all([
    ways.includes('person') ? people(deps, { series, occurrence, content }) : [],
    reachesContacts(series, content) ? deps.contacts.subscribers(series.id) : [],
  ]);
  return eachOnce([
    ...(ways.includes('channel') ? channels.map(channelRecipient) : []),
    ...toPeople,
    ...invited.map(contactRecipient),
  ]);
}

async function invitationRecipients(
  { contacts }: RecipientDeps,
  { seriesId, contactId }: Extract<SessionContent, { kind: 'invitation' }>,
): Promise<Recipient[]> {
  const invited = await contacts.subscribers(seriesId);
  return invited.filter(({ id }) => contactId === undefined || id === contactId).map(contactRecipient);
}

/**
 * Who gets what is sent of sessions, and whether it is still of use: read again with each call, so that a move, a
 * withdrawn consent or another choice since it was planned counts.
 */
export function fanOutRecipients(deps: RecipientDeps): Omit<SessionFanOutDeps, 'mail'> {
  const { store, clock } = deps.sessions;
  return {
    recipients: (content) =>
      content.kind === 'invitation' ? invitationRecipients(deps, content) : recipientsAt(deps, content),
    names: (keys) => namesOf(deps, keys),
    stillUseful: async (content) => {
      const now = clock.now();
      if (content.kind === 'invitation') {
        const series = (await store.series(content.seriesId))?.value;
        return usefulnessOf(content, { series, occurrence: undefined }, now);
      }
      const found = await findFor(deps.sessions, content);
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

/** A second round contains everything of the first. */
function thanksUsefulness(
  { round }: Of<'thanks'>,
  { occurrence }: Current,
  now: Temporal.Instant,
): Usefulness {
  if (occurrence === undefined || occurrence.state.status === 'cancelled') return superseded;
  if (occurrence.record?.thanked !== round) return superseded;
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
  return series.state.status === 'active' && series.isOpenToContacts ? { send: true } : superseded;
}

/** Whether something that was planned is still to be sent, and until when. */
function usefulnessOf(content: SessionContent, current: Current, now: Temporal.Instant): Usefulness {
  switch (content.kind) {
    case 'reminder':
      return reminderUsefulness(content, current, now);
    case 'change':
      return changeUsefulness(content, current, now);
    case 'thanks':
      return thanksUsefulness(content, current, now);
    case 'invitation':
      return invitationUsefulness(content, current);
  }
}

/** Contacts subscribe to a series; who is new in one that is open to them is sent its invitation. */
export function seriesSubscriptions(store: Pick<SeriesStore, 'allSeries'>): SubscriptionKind {
  return {
    all: async () =>
      (await store.allSeries()).map(({ value: { id: seriesId, sequence, state, isOpenToContacts } }) => ({
        id: seriesId,
        welcome: (contactId, { at, dueAt }) =>
          isOpenToContacts && state.status === 'active'
            ? [sessionFanOut({ kind: 'invitation', seriesId, sequence, contactId }, dueAt, at)]
            : [],
      })),
  };
}
