import assert from 'node:assert/strict';
import { handleMessage } from '../../../../src/delivery/outbox/kind.js';
import { fanOutKinds, fanOutMessage, type Recipient } from '../../../../src/delivery/fan-out/kind.js';
import { sessionFanOuts, type SessionContent } from '../../../../src/sessions/fan-outs.js';
import { sendIdOf, storeOver } from '../../../world/fan-out.js';
import type { ContactId } from '../../../../src/platform/ids.js';
import { jsonLog } from '../../../../src/platform/log.js';
import { Signal } from '../../../../src/delivery/queue-work.js';
import { fanOutDelivery } from '../../../../src/delivery/fan-out/expand.js';
import { notifyManyMessage, peopleOf } from '../../../../src/delivery/notices.js';
import { occurrencesOf } from '../../../../src/sessions/occurrences/reading.js';
import { wantedPresenterReminders } from '../../../../src/sessions/reminders/notices.js';
import { fanOutRecipients } from '../../../../src/sessions/reminders/recipients.js';
import { occurrenceId } from '../../../../src/sessions/occurrences/occurrence.js';
import type { RemindedChannel } from '../../../../src/sessions/series/series.js';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { actor, coordinator } from '../../../make.js';
import {
  contactForm,
  december,
  digi,
  elma,
  person,
  radio,
  record,
  remindersWorld,
  series,
  seriesId,
  start,
  type RemindersWorld,
} from './reminders-world.js';

const by = { id: coordinator.id, name: coordinator.name };

const channel = (id: string, name = id): RemindedChannel => ({
  name,
  language: 'sv',
  chat: {
    tenantId: 'tenant',
    userId: '28:bot',
    conversationId: `19:${id}`,
    serviceUrl: 'https://smba.example.test/',
    channelId: 'msteams',
    botId: '28:bot',
  },
});

function reminder(
  offset: number,
  more: Partial<Extract<SessionContent, { kind: 'reminder' }>> = {},
): SessionContent {
  return { kind: 'reminder', occurrenceId: december, offset, start, ...more };
}

const moved = (to: string) => ({ start: to, end: new Date(Date.parse(to) + 1_800_000).toISOString() });
const cancelled = { status: 'cancelled', at: '2026-11-23T08:00:00Z', by, was: 'planned' } as const;

describe('who gets what is sent of sessions', () => {
  let world: RemindersWorld;
  const source = () =>
    fanOutRecipients({
      sessions: world.sessions,
      people: world.people,
      preferences: world.preferenceRows,
      answers: world.answers,
      contacts: world.contactRows,
    });
  const keysFor = async (content: SessionContent): Promise<string[]> =>
    (await source().recipients(content)).map(({ key }) => key).sort();
  const people = async (content: SessionContent): Promise<string[]> =>
    (await keysFor(content)).filter((key) => key.startsWith('person:')).map((key) => key.slice(7));

  beforeEach(async () => {
    world = remindersWorld('2026-11-24T07:00:00Z');
    await world.keep(series(1));
    await world.enrol(
      person('Anna', { projects: [elma] }),
      person('Bea', { projects: [digi], language: 'sv' }),
      person('Cilla', { projects: [elma, digi] }),
      person('Kaisa', { role: 'coordinator' }),
    );
  });

  it('of thanks: nobody of the project that presented, and those alone who were there where that is meant', async () => {
    await world.keep(series(1, { rotation: { projects: [elma, digi], askDays: 21, deadlineDays: 7 } }));
    const slot = { projectId: elma, how: 'turn', at: start } as const;
    const there = [
      { name: ' BEA ', minutes: 28 },
      { name: 'Anna', minutes: 30 },
      { name: 'Vieras', minutes: 5 },
    ];
    const attendance = { from: 'meeting', count: 3, people: there, at: start } as const;
    await world.keepRecord(record(radio, '2026-12-01', { slot, attendance, thanked: 1 }));
    const thanks = { kind: 'thanks', occurrenceId: december, round: 1 } as const;
    assert.deepEqual(await people(thanks), ['bea', 'kaisa']);
    assert.deepEqual(await keysFor({ ...thanks, to: 'there' }), ['person:bea']);
  });

  it('of a reminder: nobody of the project that presents, who get their own, while the slot is theirs', async () => {
    await world.keep(series(1, { rotation: { projects: [elma, digi], askDays: 21, deadlineDays: 7 } }));
    const presenting = async (): Promise<string[]> => {
      const { value: own } = (await world.sessions.store.series(radio)) ?? assert.fail();
      const occurrences = await occurrencesOf(world.sessions, own, '2026-12-01', '2026-12-01');
      const asked = wantedPresenterReminders(own, occurrences, '2026-11-24T07:00:00Z');
      const everybody = await world.people.all();
      return asked.flatMap(({ body }) => {
        const { to } = notifyManyMessage.payload.parse(body);
        return typeof to === 'string' ? [] : peopleOf(everybody, to.projectId).map(({ id }) => id);
      });
    };
    // Only proposed: nobody has agreed to it.
    assert.deepEqual(await people(reminder(15)), ['anna', 'bea', 'cilla', 'kaisa']);
    assert.deepEqual(await presenting(), []);
    const slot = { projectId: elma, how: 'turn', at: start } as const;
    await world.keepRecord(record(radio, '2026-12-01', { slot }));
    for (const offset of series(1).reminders.offsets)
      assert.deepEqual(await people(reminder(offset)), ['bea', 'kaisa']);
    assert.deepEqual([...new Set(await presenting())].sort(), ['anna', 'cilla']);
    await world.keepRecord(record(radio, '2026-12-01', { slot: null }));
    assert.deepEqual(await people(reminder(15)), ['anna', 'bea', 'cilla', 'kaisa']);
    assert.deepEqual(await presenting(), []);
  });

  it('is everybody of the programme, each once, as they are reached and in their language', async () => {
    const [anna, bea] = await source().recipients(reminder(1440));
    assert.deepEqual(anna, {
      key: 'person:anna',
      way: 'chat',
      personId: 'anna',
      name: 'Anna',
      language: 'fi',
      chat: person('Anna').chat,
    });
    assert.equal(bea?.language, 'sv');
    assert.deepEqual(await people(reminder(1440)), ['anna', 'bea', 'cilla', 'kaisa']);
  });

  it('is those of the projects of the series; a person in two of them once', async () => {
    await world.keep(series(1, { people: { of: 'projects', projects: [elma, digi] } }));
    assert.deepEqual(await people(reminder(1440)), ['anna', 'bea', 'cilla']);
    await world.keep(series(1, { people: { of: 'projects', projects: [digi] } }));
    assert.deepEqual(await people(reminder(1440)), ['bea', 'cilla']);
  });

  it('is others for each of two sessions on one day', async () => {
    const second = seriesId(2);
    const content = reminder(1440, { occurrenceId: occurrenceId(second, '2026-12-01') });
    await world.keep(
      series(1, { people: { of: 'projects', projects: [elma] } }),
      series(2, { people: { of: 'projects', projects: [digi] } }),
    );
    await world.preferences.choose(actor('cilla'), second, { isOff: true });
    assert.deepEqual(await people(reminder(1440)), ['anna', 'cilla']);
    assert.deepEqual(await people(content), ['bea']);
  });

  it('leaves out who wants none, who wants another time, and who cannot come', async () => {
    await world.preferences.choose(actor('anna'), radio, { isOff: true });
    await world.preferences.choose(actor('bea'), radio, { offsets: [15] });
    await world.coming.answer(actor('cilla'), december, 'notComing', 'chat');
    assert.deepEqual(await people(reminder(1440)), ['kaisa']);
    assert.deepEqual(await people(reminder(15)), ['bea', 'kaisa']);
    await world.coming.answer(actor('cilla'), december, 'coming', 'chat');
    assert.deepEqual(await people(reminder(15)), ['bea', 'cilla', 'kaisa']);
  });

  it('is nobody forgotten whose time the series has no more', async () => {
    await world.preferences.choose(actor('anna'), radio, { offsets: [1440] });
    const { reminders } = series(1);
    await world.keep(series(1, { reminders: { ...reminders, offsets: [2880, 15] } }));
    assert.deepEqual(await people(reminder(2880)), ['anna', 'bea', 'cilla', 'kaisa']);
  });

  it('leaves out who snoozes, until the day comes in Helsinki', async () => {
    await world.preferences.choose(actor('anna'), radio, { snoozedUntil: '2026-11-25' });
    await world.preferences.choose(actor('bea'), radio, { snoozedUntil: '2026-11-24' });
    assert.deepEqual(await people(reminder(1440)), ['bea', 'cilla', 'kaisa']);
    world.clock.forward({ hours: 14, minutes: 59 });
    assert.deepEqual(await people(reminder(1440)), ['bea', 'cilla', 'kaisa']);
    world.clock.forward({ minutes: 1 });
    assert.equal(world.clock.iso(), '2026-11-24T22:00:00Z');
    assert.deepEqual(await people(reminder(1440)), ['anna', 'bea', 'cilla', 'kaisa']);
  });

  it('names those whom the bot never met, so that their result can say so', async () => {
    const { chat: _chat, ...stranger } = person('Ulla');
    await world.enrol(stranger);
    const ulla = (await source().recipients(reminder(15))).find(({ key }) => key === 'person:ulla');
    assert.ok(ulla?.way === 'chat' && ulla.chat === undefined);
  });

  it('uses the language that a person has when it is sent', async () => {
    await world.people.setLanguage(person('Anna').id, 'en');
    assert.equal((await source().recipients(reminder(15)))[0]?.language, 'en');
  });

  it('is the channels of the series where it reminds there, each conversation once', async () => {
    const channels = [channel('a'), channel('b'), channel('a', 'again')];
    const { reminders } = series(1);
    await world.keep(series(1, { reminders: { ...reminders, channels } }));
    const keys = (await keysFor(reminder(15))).filter((key) => key.startsWith('conversation:'));
    assert.deepEqual(keys, ['conversation:19:a', 'conversation:19:b']);
    await world.keep(series(1, { reminders: { ...reminders, channels, ways: ['channel'] } }));
    assert.deepEqual(await keysFor(reminder(15)), keys);
    await world.keep(series(1, { reminders: { ...reminders, channels, ways: ['person'] } }));
    assert.deepEqual(await people(reminder(15)), ['anna', 'bea', 'cilla', 'kaisa']);
    assert.equal((await keysFor(reminder(15))).length, 4);
  });

  describe('of contacts', () => {
    const contactsFor = async (content: SessionContent): Promise<string[]> =>
      addressesOf((await source().recipients(content)).filter(({ way }) => way === 'mail'));
    const addressesOf = (found: readonly Recipient[]): Promise<string[]> =>
      Promise.all(
        found.map(async ({ key }) => {
          const contact = await world.contactRows.find(key.slice('contact:'.length) as ContactId);
          return contact?.value.address ?? '';
        }),
      );
    const add = (address: string, more: Readonly<Record<string, unknown>> = {}) =>
      world.contacts.add(coordinator, contactForm({ address, ...more }));

    it('is those who are invited to the series and have agreed, a day or more before', async () => {
      await world.keep(series(2));
      await add('yes@x.example', { language: 'sv' });
      await add('other@x.example', { series: [seriesId(2)] });
      await add('unasked@x.example', { consent: { given: false } });
      assert.deepEqual(await contactsFor(reminder(1440)), ['yes@x.example']);
      assert.deepEqual(await contactsFor(reminder(10080)), ['yes@x.example']);
      assert.deepEqual(await contactsFor(reminder(15)), []);
      const [contact] = (await source().recipients(reminder(1440))).filter(({ way }) => way === 'mail');
      assert.equal(contact?.language, 'sv');
    });

    it('keeps nothing of them but a key and a language, and asks for the name when it is shown', async () => {
      const { id } = await add('yes@x.example', { name: 'Anneli Esimerkki' });
      const recipients = (await source().recipients(reminder(1440))).filter(({ way }) => way === 'mail');
      const key = `contact:${id}`;
      assert.deepEqual(recipients, [{ key, way: 'mail', language: 'fi' }]);
      assert.deepEqual(await source().names([key, 'contact:gone']), new Map([[key, 'Anneli Esimerkki']]));
      await world.contacts.remove(coordinator, id);
      assert.deepEqual(await source().names([key]), new Map());
    });

    it('is nobody where the series is not open to them or does not remind by mail', async () => {
      await add('yes@x.example');
      const { reminders } = series(1);
      await world.keep(series(1, { isOpenToContacts: false }));
      assert.deepEqual(await contactsFor(reminder(1440)), []);
      await world.keep(series(1, { reminders: { ...reminders, ways: ['person'] } }));
      assert.deepEqual(await contactsFor(reminder(1440)), []);
      const change = { kind: 'change', change: 'moved', occurrenceId: december, start, was: start } as const;
      await world.keep(series(1, { changedAt: '2026-11-24T08:00:00Z', sequence: 1 }));
      assert.deepEqual(await contactsFor(change), ['yes@x.example']);
    });

    it('is nobody who withdrew or stopped since it was planned', async () => {
      const one = await add('one@x.example');
      const two = await add('two@x.example');
      await world.contacts.stop(one.stopKey);
      const consent = { given: false };
      await world.contacts.edit(coordinator, two.id, contactForm({ address: two.address, consent }));
      assert.deepEqual(await contactsFor(reminder(1440)), []);
    });

    it('is all of a series with an invitation, or the one who is new', async () => {
      const one = await add('one@x.example');
      await add('two@x.example');
      const invitation = { kind: 'invitation', seriesId: radio, sequence: 0 } as const;
      assert.deepEqual((await contactsFor(invitation)).sort(), ['one@x.example', 'two@x.example']);
      assert.deepEqual(await contactsFor({ ...invitation, contactId: one.id }), ['one@x.example']);
      await world.contacts.stop(one.stopKey);
      assert.deepEqual(await contactsFor({ ...invitation, contactId: one.id }), []);
    });
  });

  it('of a move is also who could not come before; of a cancellation only who would have come', async () => {
    await world.coming.answer(actor('anna'), december, 'notComing', 'chat');
    const to = '2026-12-02T07:00:00Z';
    await world.keepRecord(record(radio, '2026-12-01', { moved: moved(to) }));
    const change = {
      kind: 'change',
      change: 'moved',
      occurrenceId: december,
      start: to,
      was: start,
    } as const;
    assert.deepEqual(await people(change), ['anna', 'bea', 'cilla', 'kaisa']);
    await world.keepRecord(record(radio, '2026-12-01', { state: cancelled }));
    assert.deepEqual(await people({ ...change, change: 'cancelled', start }), ['bea', 'cilla', 'kaisa']);
  });

  it('is nobody of a session that is not there any more', async () => {
    assert.deepEqual(await keysFor(reminder(15, { occurrenceId: occurrenceId(radio, '2026-12-02') })), []);
    assert.deepEqual(await keysFor({ kind: 'invitation', seriesId: seriesId(9), sequence: 0 }), []);
  });

  it('costs the same however much is stored of others', async () => {
    const tripsFor = async (): Promise<number> => {
      const before = world.trips();
      await source().recipients(reminder(1440));
      return world.trips() - before;
    };
    const few = await tripsFor();
    for (let index = 0; index < 200; index++) {
      await world.enrol(person(`P${index}`));
      await world.preferences.choose(actor(`p${index}`), radio, { offsets: [15] });
    }
    assert.equal(await tripsFor(), few);
    // One of them reads which imports wait for another time, beside the subscribers.
    assert.ok(few <= 9, String(few));
  });
});

describe('whether a fan-out is still of use', () => {
  let world: RemindersWorld;
  const use = async (content: SessionContent, now: string): Promise<unknown> => {
    world.clock.forward({ seconds: (Date.parse(now) - Date.parse(world.clock.iso())) / 1000 });
    const source = fanOutRecipients({
      sessions: world.sessions,
      people: world.people,
      preferences: world.preferenceRows,
      answers: world.answers,
      contacts: world.contactRows,
    });
    const answer = await source.stillUseful(content);
    return answer.send ? (answer.usefulUntil ?? 'always') : answer.reason;
  };

  beforeEach(async () => {
    world = remindersWorld('2026-11-23T08:00:00Z');
    await world.keep(series(1));
  });

  it('is confirmed for a reminder until it is of no more use', async () => {
    assert.equal(await use(reminder(10080), '2026-11-24T07:00:00Z'), '2026-11-30T07:00:00Z');
    assert.equal(await use(reminder(1440), '2026-11-30T07:00:00Z'), '2026-12-01T06:00:00Z');
    assert.equal(await use(reminder(15), '2026-12-01T06:45:00Z'), start);
  });

  it('after an outage of four hours: what is still of use goes, the rest is dropped and counted', async () => {
    const back = '2026-12-01T06:30:00Z';
    assert.equal(await use(reminder(10080), back), 'late');
    assert.equal(await use(reminder(1440), back), 'late');
    assert.equal(await use(reminder(15), back), start);
    assert.equal(await use(reminder(15), '2026-12-01T06:59:59Z'), start);
    assert.equal(await use(reminder(15), start), 'late');
    // Another session of the same day, later: its day's reminder is late by two hours and still of use.
    const [segment] = series(2).segments;
    assert.ok(segment);
    await world.keep(series(2, { segments: [{ ...segment, time: '14:00' }] }));
    const later = { occurrenceId: occurrenceId(seriesId(2), '2026-12-01'), start: '2026-12-01T12:00:00Z' };
    assert.equal(await use(reminder(1440, later), '2026-12-01T07:30:00Z'), '2026-12-01T11:00:00Z');
  });

  it('is denied once the session was moved, also an hour before, and confirmed for its new time', async () => {
    const to = '2026-12-01T09:00:00Z';
    await world.keepRecord(record(radio, '2026-12-01', { moved: moved(to) }));
    assert.equal(await use(reminder(15), '2026-12-01T06:45:00Z'), 'superseded');
    assert.equal(await use(reminder(15, { start: to }), '2026-12-01T08:45:00Z'), to);
  });

  it('is denied once the session was cancelled, its date went, or its time is no more among the reminders', async () => {
    const now = '2026-11-30T07:00:00Z';
    await world.keepRecord(record(radio, '2026-12-01', { state: cancelled }));
    assert.equal(await use(reminder(1440), now), 'superseded');
    const missing = reminder(1440, { occurrenceId: occurrenceId(radio, '2026-12-02') });
    assert.equal(await use(missing, now), 'superseded');
    await world.keepRecord(record(radio, '2026-12-01'));
    const { reminders } = series(1);
    await world.keep(series(1, { reminders: { ...reminders, offsets: [15] } }));
    assert.equal(await use(reminder(1440), now), 'superseded');
  });

  it('of a change: while it is so, and until the session would begin', async () => {
    const to = '2026-12-02T07:00:00Z';
    const change = {
      kind: 'change',
      change: 'moved',
      occurrenceId: december,
      start: to,
      was: start,
    } as const;
    const now = '2026-11-30T07:00:00Z';
    assert.equal(await use(change, now), 'superseded');
    await world.keepRecord(record(radio, '2026-12-01', { moved: moved(to) }));
    assert.equal(await use(change, now), to);
    assert.equal(await use({ ...change, change: 'cancelled' }, now), 'superseded');
    await world.keepRecord(record(radio, '2026-12-01', { moved: moved(to), state: cancelled }));
    assert.equal(await use(change, now), 'superseded');
    assert.equal(await use({ ...change, change: 'cancelled' }, now), to);
    assert.equal(await use({ ...change, change: 'cancelled' }, to), 'late');
    assert.equal(await use({ ...change, change: 'restored' }, to), 'superseded');
  });

  it('of thanks: the newest round, for two months after the session, where it took place', async () => {
    const thanks = { kind: 'thanks', occurrenceId: december, round: 1 } as const;
    await world.keepRecord(record(radio, '2026-12-01', { thanked: 1 }));
    assert.equal(await use(thanks, '2026-12-01T07:29:00Z'), '2027-01-30T07:30:00Z');
    await world.keepRecord(record(radio, '2026-12-01', { thanked: 1, state: cancelled }));
    assert.equal(await use(thanks, '2026-12-01T08:00:00Z'), 'superseded');
    await world.keepRecord(record(radio, '2026-12-01', { thanked: 2 }));
    assert.equal(await use(thanks, '2026-12-01T08:00:00Z'), 'superseded');
    assert.equal(await use({ ...thanks, round: 2 }, '2027-01-30T07:30:00Z'), 'late');
  });

  it('of thanks: those of a round wait no more once a later round reaches the same people, and not before', async () => {
    const groups = ['invited', 'there', 'presenters'] as const;
    const useOf = (to: 'invited' | 'there') =>
      use(
        { kind: 'thanks', occurrenceId: december, round: 1, ...(to === 'there' && { to }) },
        '2026-12-01T08:00:00Z',
      );
    for (const [width, first] of (['invited', 'there'] as const).entries())
      for (const [laterWidth, later] of groups.entries()) {
        await world.keepRecord(record(radio, '2026-12-01', { thanked: 2, thankedTo: [first, later] }));
        const expected = laterWidth <= width ? 'superseded' : '2027-01-30T07:30:00Z';
        assert.equal(await useOf(first), expected, `${first}, then ${later}`);
      }
    // Between two narrow rounds there was one to all.
    const thankedTo = ['there', 'invited', 'presenters'] as const;
    await world.keepRecord(record(radio, '2026-12-01', { thanked: 3, thankedTo }));
    assert.equal(await useOf('there'), 'superseded');
    await world.keepRecord(record(radio, '2026-12-01', {}));
    assert.equal(await useOf('invited'), 'superseded', 'taken back');
  });

  it('of an invitation: as long as no newer one follows; for somebody new, as long as the series goes on', async () => {
    const now = '2026-11-24T07:00:00Z';
    const invitation = { kind: 'invitation', seriesId: radio, sequence: 0 } as const;
    const toOne = { ...invitation, contactId: 'c' as never };
    assert.equal(await use(invitation, now), 'always');
    await world.keep(series(1, { sequence: 1 }));
    assert.equal(await use(invitation, now), 'superseded');
    assert.equal(await use(toOne, now), 'always');
    await world.keep(series(1, { sequence: 1, isOpenToContacts: false }));
    assert.equal(await use(toOne, now), 'superseded');
    assert.equal(await use({ ...invitation, seriesId: seriesId(9) }, now), 'superseded');
  });
});

describe('a reminder that comes late, in quiet hours', () => {
  const night = { from: '21:00', to: '07:00' };

  /** What comes of the message of a day's reminder for a session at a Helsinki time, at a moment. */
  async function comesOf(time: string, content: Extract<SessionContent, { kind: 'reminder' }>, now: string) {
    const world = remindersWorld(now);
    const [segment] = series(1).segments;
    assert.ok(segment);
    const { reminders } = series(1);
    await world.keep(
      series(1, { segments: [{ ...segment, time }], reminders: { ...reminders, quiet: night } }),
    );
    await world.enrol(person('Anna'));
    const kinds = fanOutKinds(
      sessionFanOuts({
        ...fanOutRecipients({
          sessions: world.sessions,
          people: world.people,
          preferences: world.preferenceRows,
          answers: world.answers,
          contacts: world.contactRows,
        }),
        mail: () => Promise.reject(new Error('no mails here')),
      }),
    );
    const store = storeOver(world.rows);
    const handler = fanOutDelivery({
      store,
      kinds,
      programme: 'programme',
      queue: new MemoryQueue(world.clock),
      signal: new Signal(),
      clock: world.clock,
      log: jsonLog(() => undefined),
      departures: { doubtfulUntil: () => Promise.resolve(undefined) },
      chunkSizes: { chat: 100, channel: 100, mail: 100 },
    });
    const message = fanOutMessage(content, now);
    const outcome = await handleMessage(handler, { ...message, state: { status: 'pending', attempts: 1 } });
    return {
      outcome,
      header: (await store.find(sendIdOf({ ...message, state: { status: 'pending', attempts: 1 } })))?.value,
    };
  }

  const content = { kind: 'reminder', occurrenceId: december, offset: 1440, start } as const;

  it('waits for their end where it is still of use then', async () => {
    const { outcome, header } = await comesOf('09:00', content, '2026-11-30T20:00:00Z');
    assert.deepEqual(outcome, { result: 'postponed', reason: 'quietHours', at: '2026-12-01T05:00:00Z' });
    assert.equal(header, undefined);
  });

  it('is dropped where it would not be of use any more', async () => {
    const early = { ...content, start: '2026-12-01T05:30:00Z' };
    const { outcome, header } = await comesOf('07:30', early, '2026-11-30T20:00:00Z');
    assert.deepEqual(outcome, { result: 'sent' });
    assert.ok(header?.state.status === 'dropped' && header.state.reason === 'late');
  });

  it('goes at once outside of them', async () => {
    const { outcome, header } = await comesOf('09:00', content, '2026-11-30T18:00:00Z');
    assert.deepEqual([outcome.result, header?.state.status], ['sent', 'sending']);
  });
});
