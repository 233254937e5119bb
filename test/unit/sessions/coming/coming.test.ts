import assert from 'node:assert/strict';
import { keyedHash } from '../../../../src/platform/keyed-hash.js';
import { put } from '../../../../src/platform/stored.js';
import { storedKind } from '../../../../src/platform/stored.js';
import type { ContactId, PersonId, ProjectId } from '../../../../src/platform/ids.js';
import type { CalendarReply } from '../../../../src/sessions/coming/service.js';
import { occurrenceId } from '../../../../src/sessions/occurrences/occurrence.js';
import { z } from 'zod';
import { actor, coordinator, otherWorker, worker } from '../../../make.js';
import { outboxStore } from '../../../../src/delivery/outbox/store.js';
import { groupNotice } from '../../../../src/sessions/notices.js';
import { rejectsWith } from '../../../world/outbox.js';
import { readablePartition } from '../../../world/partition.js';
import {
  contactForm,
  december,
  elma,
  person,
  radio,
  record,
  remindersWorld,
  series,
  start,
  type RemindersWorld,
} from '../reminders/reminders-world.js';

const movedRecord = record(radio, '2026-12-01', {
  moved: { start: '2026-12-03T07:00:00Z', end: '2026-12-03T07:30:00Z' },
});

describe('who comes to a session', () => {
  let world: RemindersWorld;
  const mine = (who = worker) => world.coming.mine(who, december);
  const comes = (who = worker) => world.coming.answer(who, december, 'coming', 'tab');
  const cannot = (who = worker, id = december) => world.coming.answer(who, id, 'notComing', 'chat');
  const counts = async () => (await world.coming.coming(coordinator, december)).counts;

  beforeEach(async () => {
    world = remindersWorld();
    await world.keep(series(1));
  });

  /** What a contact finds behind the link in a mail that is sent to them now. */
  const behindLink = async (id: ContactId, of = december) => {
    const contact = (await world.contactRows.find(id))?.value;
    return contact && world.coming.byLink(of, id, await world.signatures.ofAnswer(of, contact));
  };

  const withFour = async (): Promise<void> => {
    await world.enrol(person('Vilma'), person('Kalle'), person('Anna'), person('Bea', { projects: [elma] }));
  };
  const withContacts = async (many: number): Promise<readonly ContactId[]> => {
    for (let number = 1; number <= many; number += 1) {
      const address = `outi${number}@jarjesto.example`;
      await world.contacts.add(coordinator, contactForm({ name: `Outi ${number}`, address }));
    }
    return world.contactIds(radio);
  };

  it('is counted once each, and can change their mind', async () => {
    await withFour();
    await cannot();
    await cannot();
    await cannot(otherWorker);
    assert.equal((await counts()).notComing, 2);
    await comes();
    await comes();
    assert.equal((await counts()).notComing, 1);
    assert.equal(await mine(), 'coming');
  });

  it('is counted among those who are invited: coming, not coming, and without an answer', async () => {
    await withFour();
    await withContacts(3);
    await comes();
    await cannot(otherWorker);
    assert.deepEqual(await counts(), { invited: 7, coming: 1, notComing: 1, maybe: 0, noAnswer: 5 });
    await world.keep(series(1, { isOpenToContacts: false }));
    assert.equal((await counts()).invited, 4);
    await world.keep(series(1, { people: { of: 'projects', projects: [elma] }, isOpenToContacts: false }));
    assert.deepEqual(await counts(), { invited: 1, coming: 1, notComing: 1, maybe: 0, noAnswer: 1 });
  });

  it('is asked anew once the session is moved, and has answered again once it is moved back', async () => {
    await withFour();
    await cannot();
    await comes(otherWorker);
    await world.keepRecord(movedRecord);
    assert.equal(await mine(), undefined);
    assert.deepEqual(await counts(), { invited: 4, coming: 0, notComing: 0, maybe: 0, noAnswer: 4 });
    await world.keepRecord(record(radio, '2026-12-01'));
    assert.deepEqual(await counts(), { invited: 4, coming: 1, notComing: 1, maybe: 0, noAnswer: 2 });
    await world.keepRecord(movedRecord);
    await cannot();
    assert.deepEqual([await mine(), (await counts()).notComing], ['notComing', 1]);
  });

  it('keeps what an older release stored of an absence, as the same answer', async () => {
    await withFour();
    const old = storedKind<{ readonly personId: PersonId; readonly start: string }>({
      name: 'absence',
      schema: z.looseObject({ personId: z.custom<PersonId>(), start: z.string() }),
    });
    const absence = { personId: worker.id, start };
    await world.outbox.commit([put(old, `absence|${december}|${worker.id}`, absence)]);
    assert.deepEqual([await mine(), (await counts()).notComing], ['notComing', 1]);
    assert.deepEqual((await world.coming.names(coordinator, december, 'notComing')).lines, [
      { who: 'person:vilma', name: 'Vilma' },
    ]);
    await comes();
    assert.equal(await mine(), 'coming');
    assert.deepEqual(await counts(), { invited: 4, coming: 1, notComing: 0, maybe: 0, noAnswer: 3 });
  });

  it('need not answer what is over, called off or not there', async () => {
    const november = occurrenceId(radio, '2026-11-03');
    await rejectsWith(cannot(worker, november), 'occurrence.moveNotAllowed');
    await rejectsWith(cannot(worker, occurrenceId(radio, '2026-12-02')), 'occurrence.notFound');
    await rejectsWith(cannot(worker, 'nonsense' as typeof december), 'occurrence.notFound');
    const by = { id: coordinator.id, name: coordinator.name };
    const is = { status: 'cancelled', at: '2026-11-23T08:00:00Z', by, was: 'planned' } as const;
    await world.keepRecord(record(radio, '2026-12-01', { state: is }));
    await rejectsWith(cannot(), 'occurrence.moveNotAllowed');
  });

  it('counts nobody who is not there any more, whatever they had answered', async () => {
    await withFour();
    const [outi] = await withContacts(1);
    const asked = await behindLink(outi!);
    await world.coming.answerByLink(asked!, 'notComing', start);
    await cannot({ ...actor('sanna'), role: 'worker' as const });
    assert.equal((await counts()).notComing, 1);
    await world.contacts.remove(coordinator, outi!);
    assert.deepEqual(await counts(), { invited: 4, coming: 0, notComing: 0, maybe: 0, noAnswer: 4 });
    assert.deepEqual((await world.coming.names(coordinator, december, 'notComing')).lines, []);
  });

  it('shows coordinators the names, those who answered last first, and workers the numbers alone', async () => {
    await withFour();
    await comes();
    world.clock.forward({ minutes: 1 });
    await comes(otherWorker);
    const { lines } = await world.coming.names(coordinator, december, 'coming');
    assert.deepEqual(lines, [
      { who: 'person:kalle', name: 'Kalle', at: '2026-11-23T08:01:00Z', way: 'tab' },
      { who: 'person:vilma', name: 'Vilma', at: '2026-11-23T08:00:00Z', way: 'tab' },
    ]);
    const silent = await world.coming.names(coordinator, december, 'noAnswer');
    assert.deepEqual(
      silent.lines.map(({ name }) => name),
      ['Anna', 'Bea'],
    );
    await rejectsWith(world.coming.names(worker, december, 'coming'), 'permission.denied');
    assert.equal((await world.coming.coming(worker, december)).counts.invited, 4);
  });

  /** As an import adds them. */
  const withMany = async (many: number): Promise<void> => {
    for (let from = 0; from < many; from += 50) {
      const lines = Array.from({ length: Math.min(50, many - from) }, (_, index) => {
        const number = from + index + 1;
        return contactForm({ name: `Outi ${number}`, address: `outi${number}@jarjesto.example` });
      });
      await Promise.all(lines.map((line) => world.contacts.add(coordinator, line)));
    }
  };

  it('are named fifty a page, for one round trip more where a thousand more are invited', async () => {
    const tripsOf = async (many: number): Promise<readonly number[]> => {
      world = remindersWorld();
      await world.keep(series(1));
      await withFour();
      await withMany(many);
      for (const id of (await world.contactIds(radio)).slice(0, 51)) {
        const given = { answer: 'coming', start, at: '2026-11-23T08:00:00Z', way: 'mail' } as const;
        const answer = { who: `contact:${id}` as const, ...given };
        await world.outbox.commit([world.answers.putAnswer(december, undefined, answer)]);
      }
      const trips: number[] = [];
      for (const group of ['noAnswer', 'coming'] as const) {
        const before = world.trips();
        const { lines } = await world.coming.names(coordinator, december, group);
        assert.equal(lines.length, 50);
        trips.push(world.trips() - before);
      }
      return trips;
    };
    const [few, many] = [await tripsOf(101), await tripsOf(3_000)];
    // Who is subscribed, and of those who are silent their names too.
    assert.deepEqual([many[0]! - few[0]!, many[1]! - few[1]!], [4, 2]);
    assert.ok(few[0]! < 20, `${few[0]} for those who are silent: not one for each`);
  });

  for (const group of ['noAnswer', 'coming'] as const)
    it(`are each on one page, whoever answers between two pages: ${group}`, async () => {
      await withFour();
      const contacts = await withContacts(60);
      const answer = async (id: ContactId, value: 'coming' | 'notComing') => {
        const asked = await behindLink(id);
        await world.coming.answerByLink(asked!, value, start);
      };
      if (group === 'coming')
        for (const id of contacts) {
          world.clock.forward({ minutes: 1 });
          await answer(id, 'coming');
        }
      const page = (after?: string) => world.coming.names(coordinator, december, group, after);
      const first = await page();
      assert.equal(first.lines.length, 50);
      const shown = first.lines.map(({ who }) => who);
      const idOf = (who: string | undefined) => (who ?? '').slice('contact:'.length) as ContactId;
      const others = contacts.filter((id) => !shown.includes(`contact:${id}`));
      // Two who were shown, the last one among them, and one who was not.
      for (const id of [idOf(shown[20]), idOf(shown[49]), others[3]!]) await answer(id, 'notComing');
      const second = await page(first.next);
      assert.deepEqual(
        second.lines.map(({ who }) => who).sort(),
        others
          .filter((_, index) => index !== 3)
          .map((id) => `contact:${id}`)
          .sort(),
      );
      assert.equal(second.next, undefined);
      await world.contacts.remove(coordinator, idOf(shown[49]));
      assert.deepEqual((await page(first.next)).lines, second.lines);
      assert.deepEqual((await page('../nonsense')).lines, (await page()).lines);
    });

  it('names those who have not answered by name, people before contacts', async () => {
    await withFour();
    for (const name of ['Öinen Kaisa', 'Aalto Pekka', 'Virtanen Outi', 'Åberg Sven', 'Korhonen Tuula']) {
      const address = `${String(name.length)}.${name.charCodeAt(0)}@jarjesto.example`;
      await world.contacts.add(coordinator, contactForm({ name, address }));
    }
    await comes();
    const { lines } = await world.coming.names(coordinator, december, 'noAnswer');
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['Anna', 'Bea', 'Kalle', 'Aalto Pekka', 'Korhonen Tuula', 'Virtanen Outi', 'Åberg Sven', 'Öinen Kaisa'],
    );
  });

  describe('who presents', () => {
    beforeEach(async () => {
      const rotation = { projects: [elma], askDays: 14, deadlineDays: 3 };
      await world.keep(series(1, { rotation }));
      await world.enrol(person('Vilma', { projects: [elma] }));
      const slot = { projectId: elma, how: 'chosen', at: '2026-11-01T08:00:00Z' } as const;
      await world.keepRecord(record(radio, '2026-12-01', { slot }));
    });
    /** What the coordinators were or are to be notified of, in order: what has left, and what waits. */
    const notices = async (): Promise<string[]> =>
      (await world.messages())
        .filter(({ state }) => state.status !== 'cancelled')
        .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
        .map(({ state, body }) => {
          const { notice } = body as unknown as { readonly notice: { readonly about: string } };
          return `${notice.about} ${state.status}`;
        });
    /** Everything that is due has left. */
    const leaves = async (): Promise<void> => {
      world.clock.forward({ minutes: 1 });
      const store = outboxStore(readablePartition(world.rows, 'test'));
      for (const { id, state } of await world.messages()) {
        const found = await store.find(id);
        const sent = { status: 'sent', at: world.clock.now().toString() } as const;
        if (found !== undefined && state.status === 'pending')
          await store.commit(store.replace(found, { ...found.value, state: sent }));
      }
    };

    it('is named on the overview of coordinators while they can’t come, and nobody else is', async () => {
      await world.enrol(person('Bea', { projects: ['digi' as ProjectId] }));
      const away = async () =>
        (await world.coming.presentersAway(coordinator)).map(({ session, names }) => [session.id, names]);
      assert.deepEqual(await away(), []);
      await cannot(actor('bea'));
      assert.deepEqual(await away(), [], 'not of the project that presents');
      await cannot();
      assert.deepEqual(await away(), [[december, ['Vilma']]]);
      await comes();
      assert.deepEqual(await away(), []);
      await rejectsWith(world.coming.presentersAway(worker), 'permission.denied');
    });

    it('and takes it back in time is no news; later the coordinators learn that they come after all', async () => {
      await cannot();
      await cannot();
      assert.deepEqual(await notices(), ['presenterAway pending']);
      await comes();
      assert.deepEqual(await notices(), []);
      await cannot();
      await leaves();
      await cannot();
      await comes();
      await comes();
      assert.deepEqual(await notices(), ['presenterAway sent', 'presenterComes pending']);
      // Before that has left they know what is true.
      await cannot();
      assert.deepEqual(await notices(), ['presenterAway sent']);
      await comes();
      await leaves();
      await cannot();
      assert.deepEqual(await notices(), [
        'presenterAway sent',
        'presenterComes sent',
        'presenterAway pending',
      ]);
      await comes();
      assert.deepEqual(await notices(), ['presenterAway sent', 'presenterComes sent']);
      await cannot();
      await leaves();
      await comes();
      await leaves();
      assert.deepEqual(await notices(), [
        'presenterAway sent',
        'presenterComes sent',
        'presenterAway sent',
        'presenterComes sent',
      ]);
    });

    it('can’t come at the new time either: that is news, and so is that they can', async () => {
      await cannot();
      await leaves();
      const slot = (await world.sessions.store.record(december))!.value.slot!;
      await world.keepRecord({ ...movedRecord, slot });
      await cannot();
      assert.deepEqual(await notices(), ['presenterAway sent', 'presenterAway pending']);
      await comes();
      assert.deepEqual(await notices(), ['presenterAway sent']);
      await cannot();
      await leaves();
      await comes();
      assert.deepEqual(await notices(), [
        'presenterAway sent',
        'presenterAway sent',
        'presenterComes pending',
      ]);
    });

    it('got the slot after they had said that they can’t come: pressed again, it is news', async () => {
      const slot = (await world.sessions.store.record(december))!.value.slot!;
      await world.keepRecord(record(radio, '2026-12-01'));
      await cannot();
      assert.deepEqual(await notices(), []);
      await world.keepRecord(record(radio, '2026-12-01', { slot }));
      await cannot();
      await cannot();
      assert.deepEqual(await notices(), ['presenterAway pending']);
      await leaves();
      await comes();
      assert.deepEqual(await notices(), ['presenterAway sent', 'presenterComes pending']);
    });

    it('said so to an older release: one notice all the same, and news that they come after all', async () => {
      const who = `person:${worker.id}` as const;
      const old = { who, answer: 'notComing', start, at: '2026-11-23T08:00:00Z', way: 'chat' } as const;
      await world.outbox.commit([world.answers.putAnswer(december, undefined, old)]);
      await comes();
      assert.deepEqual(await notices(), [], 'nobody was notified');
      const found = await world.answers.answer(december, who);
      await world.outbox.commit([world.answers.putAnswer(december, found, old)]);
      const notice = {
        about: 'presenterAway',
        occurrenceId: december,
        projectId: elma,
        by: worker.name,
      } as const;
      const by = { dueAt: '2026-11-23T08:00:10Z', by: worker, act: `away ${start}` };
      await world.outbox.commit([], [groupNotice(notice, 'coordinators', by)]);
      await cannot();
      assert.deepEqual(await notices(), ['presenterAway pending']);
      await leaves();
      await comes();
      assert.deepEqual(await notices(), ['presenterAway sent', 'presenterComes pending']);
    });
  });

  describe('outside the organisation', () => {
    let outi: ContactId;
    beforeEach(async () => {
      outi = (await withContacts(1))[0]!;
    });
    const link = async (id = december) => behindLink(outi, id);
    const reply = (more: Partial<CalendarReply> = {}) =>
      world.coming.recordReply({
        address: 'Outi <OUTI1@jarjesto.example>',
        uid: `${radio}-1@bigroom.example`,
        date: '2026-12-01',
        status: 'declined',
        at: '2026-11-23T08:00:00Z',
        ...more,
      });

    it('answers by a link that is theirs alone, and changes the answer by it', async () => {
      const asked = await link();
      assert.ok(asked);
      assert.equal(asked.answer, undefined);
      assert.equal(await world.coming.answerByLink(asked, 'notComing', start), true);
      assert.equal((await link())?.answer, 'notComing');
      await world.coming.answerByLink(asked, 'coming', start);
      assert.equal((await link())?.answer, 'coming');
      assert.deepEqual((await world.coming.names(coordinator, december, 'coming')).lines, [
        {
          who: `contact:${outi}`,
          name: 'Outi 1',
          organisation: 'Järjestö ry',
          at: '2026-11-23T08:00:00Z',
          way: 'mail',
        },
      ]);
    });

    it('reaches nothing by a link that nobody made, for a session that is not there, or once they left', async () => {
      const contact = (await world.contactRows.find(outi))!.value;
      const signature = await world.signatures.ofAnswer(december, contact);
      const other = occurrenceId(radio, '2027-01-05');
      assert.equal(await world.coming.byLink(other, outi, signature), undefined);
      assert.equal(await world.coming.byLink(december, outi, 'a'.repeat(40)), undefined);
      assert.equal(await world.coming.byLink(december, outi, ''), undefined);
      assert.equal(await link(occurrenceId(radio, '2026-12-02')), undefined);
      assert.equal(await link('nonsense' as typeof december), undefined);
      await world.contacts.stop((await world.contactRows.find(outi))!.value.stopKey);
      assert.equal(await link(), undefined);
      await world.contacts.remove(coordinator, outi);
      assert.equal(await link(), undefined);
    });

    it('has links in mails that end with each renewal, those of an older release with the first', async () => {
      const signatureNow = async () =>
        world.signatures.ofAnswer(december, (await world.contactRows.find(outi))!.value);
      const older = await keyedHash(readablePartition(world.rows, 'test'))('answer', december, outi);
      const holds = async (signature: string): Promise<boolean> =>
        (await world.coming.byLink(december, outi, signature)) !== undefined;
      const first = await signatureNow();
      assert.notEqual(first, older);
      assert.deepEqual([await holds(first), await holds(older)], [true, true]);
      await world.contacts.renewStopKey(coordinator, outi);
      const second = await signatureNow();
      assert.deepEqual([await holds(first), await holds(older), await holds(second)], [false, false, true]);
      await world.contacts.renewStopKey(coordinator, outi);
      assert.deepEqual([await holds(second), await holds(await signatureNow())], [false, true]);
    });

    it('answers only the time that they were shown, and nothing that is over', async () => {
      const asked = await link();
      await world.keepRecord(movedRecord);
      const moved = await link();
      assert.ok(asked && moved);
      assert.equal(await world.coming.answerByLink(moved, 'coming', start), false);
      assert.equal((await link())?.answer, undefined);
      assert.equal(await world.coming.answerByLink(moved, 'coming', '2026-12-03T07:00:00Z'), true);
      world.clock.forward({ days: 20 });
      const over = await link();
      assert.ok(over);
      assert.equal(await world.coming.answerByLink(over, 'notComing', '2026-12-03T07:00:00Z'), false);
      assert.equal((await link())?.answer, 'coming');
    });

    it('answers from their calendar, the newest answer counting', async () => {
      assert.equal(await reply(), 'recorded');
      assert.equal(await reply(), 'recorded');
      assert.equal((await counts()).notComing, 1);
      assert.equal(await reply({ status: 'tentative', at: '2026-11-23T09:00:00Z' }), 'recorded');
      assert.equal(await reply({ status: 'accepted', at: '2026-11-23T08:30:00Z' }), 'older');
      assert.deepEqual(await counts(), { invited: 1, coming: 0, notComing: 0, maybe: 1, noAnswer: 0 });
    });

    it('is heard only where the reply is from an address and about a session that we know', async () => {
      assert.equal(await reply({ address: 'stranger@example.org' }), 'stranger');
      assert.equal(await reply({ address: 'nonsense' }), 'stranger');
      assert.equal(await reply({ uid: 'meeting@outlook.example' }), 'unknownSession');
      assert.equal(await reply({ uid: `${radio}-7@bigroom.example` }), 'unknownSession');
      assert.equal(await reply({ date: '2026-12-02' }), 'unknownSession');
      assert.equal(await reply({ date: '2026-11-03' }), 'late');
      assert.equal((await counts()).noAnswer, 1);
    });

    it('answers a whole series, which holds for what was not moved and not answered otherwise', async () => {
      assert.equal(await reply({ status: 'accepted', date: undefined }), 'recorded');
      assert.equal((await counts()).coming, 1);
      await world.keepRecord(movedRecord);
      assert.equal((await counts()).noAnswer, 1);
      await world.keepRecord(record(radio, '2026-12-01'));
      const asked = await link();
      assert.equal(asked?.answer, 'coming');
      await world.coming.answerByLink(asked, 'notComing', start);
      assert.deepEqual(await counts(), { invited: 1, coming: 0, notComing: 1, maybe: 0, noAnswer: 0 });
    });

    it('answered an older time in their calendar: that is no answer to the new one', async () => {
      await world.keepRecord(movedRecord);
      assert.equal(await reply({ start }), 'recorded');
      assert.equal((await counts()).noAnswer, 1);
    });
  });
});
