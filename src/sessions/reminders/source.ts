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
import type { RemindedChannel, Series, SeriesPeople } from '../series/series.js';
import type { SeriesChoice } from './choice.js';
import type { PreferenceStore } from './store.js';
import { absentFrom } from './service.js';
import { useOf } from './use.js';

export interface ReminderSourceDeps {
  readonly sessions: ReadingDeps;
  readonly people: Pick<PeopleService, 'all'>;
  readonly preferences: Pick<PreferenceStore, 'allChoices' | 'absences'>;
  readonly contacts: ContactLookup;
}

type OccurrenceContent = Exclude<SessionContent, { kind: 'invitation' }>;

/** Contacts are reminded a day or more before, and not by the minute: in minutes. */
const leastForContacts = 1_440;

/** What a send is about as things stand, or nothing where it is not there any more. */
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
 * counts as none: nobody asked to hear nothing.
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
  { contacts }: ReminderSourceDeps,
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

/** The people of the series who want it, and have not said that they can't come at that time. */
async function people(
  { people: everybody, preferences, sessions }: ReminderSourceDeps,
  { series, occurrence, content }: { series: Series; occurrence: Occurrence; content: OccurrenceContent },
): Promise<Recipient[]> {
  const [all, chosen, absences] = await Promise.all([
    everybody.all(),
    preferences.allChoices(),
    preferences.absences(occurrence.id),
  ]);
  const choiceOf = new Map(chosen.map(({ personId, choices }) => [personId, choices[series.id]]));
  const absent = new Set<PersonId>(absentFrom(occurrence, absences).map(({ personId }) => personId));
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

/** What changes stands in the calendars of contacts too, so that they learn of it however they are reminded. */
function reachesContacts({ isOpenToContacts, reminders }: Series, content: OccurrenceContent): boolean {
  if (!isOpenToContacts) return false;
  if (content.kind === 'change') return content.isInvited !== true;
  return (
    reminders.ways.includes('mail') && (content.kind !== 'reminder' || content.offset >= leastForContacts)
  );
}

async function recipientsAt(deps: ReminderSourceDeps, content: OccurrenceContent): Promise<Recipient[]> {
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
  { contacts }: ReminderSourceDeps,
  { seriesId, contactId }: Extract<SessionContent, { kind: 'invitation' }>,
): Promise<Recipient[]> {
  const invited = await contacts.subscribers(seriesId);
  return invited.filter(({ id }) => contactId === undefined || id === contactId).map(contactRecipient);
}

/**
 * Who gets what is sent of sessions, and whether it is still of use: read anew each time it is asked, so that a move, a
 * withdrawn consent or another choice since it was planned counts.
 */
export function reminderSource(deps: ReminderSourceDeps): Omit<SessionFanOutDeps, 'mail'> {
  const { store, clock } = deps.sessions;
  return {
    recipients: (content) =>
      content.kind === 'invitation' ? invitationRecipients(deps, content) : recipientsAt(deps, content),
    names: (keys) => namesOf(deps, keys),
    stillUseful: async (content) => {
      const now = clock.now();
      if (content.kind === 'invitation') {
        const series = (await store.series(content.seriesId))?.value;
        return useOf(content, { series, occurrence: undefined }, now);
      }
      const found = await findFor(deps.sessions, content);
      return useOf(content, { series: found?.series.value, occurrence: found?.occurrence }, now);
    },
  };
}
