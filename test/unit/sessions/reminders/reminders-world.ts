import { departuresOver } from '../../../world/outbox.js';
import { partitionOf } from '../../../../src/platform/partition.js';
import type { ContactId, PersonId, ProjectId, SeriesId } from '../../../../src/platform/ids.js';
import type { Message } from '../../../../src/delivery/outbox/message.js';
import type { Person } from '../../../../src/people/person.js';
import { peopleService } from '../../../../src/people/service.js';
import { contactService } from '../../../../src/audience/service.js';
import { holidayBook } from '../../../../src/platform/holidays.js';
import { occurrenceId, type OccurrenceRecord } from '../../../../src/sessions/occurrences/occurrence.js';
import { occurrencesOf } from '../../../../src/sessions/occurrences/reading.js';
import { seriesSubscriptions } from '../../../../src/sessions/reminders/recipients.js';
import { publicSignatures } from '../../../../src/sessions/coming/links.js';
import { comingService } from '../../../../src/sessions/coming/service.js';
import { answerStore } from '../../../../src/sessions/coming/store.js';
import { preferenceService } from '../../../../src/sessions/reminders/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { contactStore } from '../../../../src/audience/store.js';
import { outboxStore } from '../../../../src/delivery/outbox/store.js';
import { peopleStore } from '../../../../src/people/store.js';
import { preferenceStore } from '../../../../src/sessions/reminders/store.js';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { makeOutbox } from '../../../../src/delivery/outbox/outbox.js';
import { keyedHash } from '../../../../src/platform/keyed-hash.js';
import { jsonLog } from '../../../../src/platform/log.js';
import { programme } from '../../../make.js';
import { handClock, type HandClock } from '../../../world/clock.js';
import { readablePartition } from '../../../world/partition.js';
import { sessionStore } from '../../../../src/sessions/service.js';

const partition = 'test';

/** An id of a series as real ones are: 26 hexadecimal characters. */
export function seriesId(number: number): SeriesId {
  return String(number).padStart(26, '0') as SeriesId;
}

/** The series of most tests, its session on 1 December 2026, and when that begins. */
export const radio = seriesId(1);
export const december = occurrenceId(radio, '2026-12-01');
export const start = '2026-12-01T07:00:00Z';

/** Hankeradio on the first Tuesday at nine, of the whole programme; `more` overrides any part. */
export function series(number: number, more: Partial<Series> = {}): Series {
  return {
    id: seriesId(number),
    kind: 'hankeradio',
    names: { fi: 'Hankeradio', sv: 'Hankeradio', en: 'Hankeradio' },
    descriptions: {
      fi: 'Hankkeet kertovat vuorollaan tuloksistaan. Kaikki ovat tervetulleita.',
      sv: 'Projekten berättar i tur och ordning om sina resultat. Alla är välkomna.',
      en: 'The projects take turns to tell about their results. Everybody is welcome.',
    },
    state: { status: 'active' },
    segments: [
      {
        number: 1,
        from: '2026-11-03',
        rule: { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 },
        time: '09:00',
        minutes: 30,
      },
    ],
    pausedMonths: [],
    people: { of: 'programme' },
    isOpenToContacts: true,
    groups: [],
    joinUrl: 'https://teams.example.test/join/1',
    agenda: [],
    reminders: { offsets: [10080, 1440, 15], ways: ['person', 'channel', 'mail'], channels: [] },
    feedKey: 'feed-key',
    sequence: 0,
    changedAt: '2026-11-01T08:00:00Z',
    createdAt: '2026-11-01T08:00:00Z',
    auditCount: 0,
    ...more,
  };
}

/** The record of an occurrence about which nothing differs yet; `more` says what does. */
export function record(of: SeriesId, date: string, more: Partial<OccurrenceRecord> = {}): OccurrenceRecord {
  return {
    id: occurrenceId(of, date),
    seriesId: of,
    date,
    state: { status: 'planned' },
    auditCount: 0,
    ...more,
  };
}

export function person(name: string, more: Partial<Person> = {}): Person {
  const id = name.toLowerCase() as PersonId;
  const chat = {
    tenantId: 'tenant',
    userId: `29:${id}`,
    conversationId: `conversation-${id}`,
    serviceUrl: 'https://smba.example.test/',
    channelId: 'msteams',
    botId: '28:bot',
  };
  return { id, name, role: 'worker', language: 'fi', projects: [], chat, ...more };
}

export const elma = 'elma' as ProjectId;
export const digi = 'digi' as ProjectId;

/** A contact's form as the coordinator fills it in. */
export function contactForm(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: 'Outi Ollila',
    organisation: 'Järjestö ry',
    address: 'outi@jarjesto.example',
    language: 'fi',
    series: [seriesId(1)],
    consent: { given: true, how: 'Pyysi itse sähköpostilla 2.11.' },
    ...more,
  };
}

/** Stores and services of sessions on memory, with a real outbox, for what is chosen, reminded and mailed. */
export function remindersWorld(now = '2026-11-23T08:00:00Z') {
  let trips = 0;
  const rows = new MemoryRows({ onTrip: () => trips++ });
  const clock: HandClock = handClock(now);
  const { outbox } = makeOutbox({
    store: outboxStore(
      partitionOf(
        rows,
        partition,
        jsonLog(() => undefined),
      ),
    ),
    queue: new MemoryQueue(clock),
    departures: departuresOver(
      rows,
      clock,
      jsonLog(() => undefined),
    ),
    programme: partition,
    clock,
    log: jsonLog(() => undefined),
  });
  const sessions = {
    store: sessionStore(readablePartition(rows, partition)),
    clock,
    holidays: holidayBook(),
  };
  const people = peopleService({ store: peopleStore(readablePartition(rows, partition)), outbox, clock });
  const preferenceRows = preferenceStore(readablePartition(rows, partition));
  const contactRows = contactStore(readablePartition(rows, partition));
  const preferences = preferenceService({ store: preferenceRows, sessions });
  const answers = answerStore(readablePartition(rows, partition));
  const contacts = contactService({
    store: contactRows,
    keyedHash: keyedHash(readablePartition(rows, partition)),
    subscriptions: [seriesSubscriptions(sessions.store)],
    outbox,
    clock,
    undoSeconds: 10,
  });
  const signatures = publicSignatures(keyedHash(readablePartition(rows, partition)));
  const coming = comingService({
    store: answers,
    sessions,
    people,
    contacts: contactRows,
    contactOf: (address) => contacts.idOfAddress(address),
    signatures,
    outbox,
    undoSeconds: 10,
  });
  const commit = (changes: Parameters<typeof rows.commit>[1]) => rows.commit(partition, changes);
  return {
    rows,
    clock,
    outbox,
    sessions,
    people,
    preferences,
    preferenceRows,
    answers,
    coming,
    signatures,
    contacts,
    contactRows,
    trips: () => trips,
    /** Adds series, or changes them. */
    keep: async (...all: readonly Series[]): Promise<void> => {
      for (const each of all) {
        const before = await sessions.store.series(each.id);
        await commit(sessions.store.putSeries(before, each, []));
      }
    },
    keepRecord: async (after: OccurrenceRecord): Promise<void> => {
      const before = await sessions.store.record(after.id);
      await commit(sessions.store.putRecord(before, after, []));
    },
    enrol: (...all: readonly Person[]) => people.add(programme, all),
    /** The occurrences of a series between two ISO dates. */
    occurrences: (of: Series, from: string, to: string) => occurrencesOf(sessions, of, from, to),
    /** The messages in the outbox, in the order of their ids. */
    messages: async (): Promise<readonly Message[]> => {
      const range = { from: 'outbox|', to: 'outbox}', limit: 1000 };
      return (await rows.range<Message>(partition, range)).rows.map(({ value }) => value);
    },
    contactIds: async (of: SeriesId): Promise<readonly ContactId[]> =>
      (await contactRows.subscribers(of)).map(({ id }) => id),
  };
}

export type RemindersWorld = ReturnType<typeof remindersWorld>;
