import assert from 'node:assert/strict';
import { handleMessage } from '../../../../src/delivery/outbox/kind.js';
import { AppError, fieldFaults, isAppError } from '../../../../src/platform/errors.js';
import type { NewsId, OccurrenceId, ProjectId } from '../../../../src/platform/ids.js';
import type { Message, Outcome } from '../../../../src/delivery/outbox/message.js';
import { followUpService, type FollowUpDeps } from '../../../../src/sessions/follow-up/service.js';
import type { AttendanceReport } from '../../../../src/sessions/follow-up/attendance.js';
import { attendanceDelivery, attendanceMessage } from '../../../../src/sessions/follow-up/attendance.js';
import type { Notes, Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { rotationService } from '../../../../src/sessions/rotation/service.js';
import type { FollowUpService } from '../../../../src/sessions/follow-up/service.js';
import { followUpStore } from '../../../../src/sessions/follow-up/store.js';
import { coordinator, otherWorker, programme, worker } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { rejectsWith } from '../../../world/outbox.js';
import { readablePartition } from '../../../world/partition.js';

const [elma] = programme.projects.map(({ id }) => id) as [ProjectId];
const joinUrl = 'https://teams.example/join';
const report: AttendanceReport = {
  count: 42,
  people: [{ name: 'Vilma', address: 'vilma@example.org', seconds: 1_710 }],
  start: '2026-12-01T07:00:00Z',
  end: '2026-12-01T07:30:00Z',
};

/** The code with which something is refused. */
const refused = (code: string, run: () => Promise<unknown>) => rejectsWith(run(), code);

describe('Afterwards', () => {
  let world: SessionWorld;
  let followUp: FollowUpService;
  let deps: FollowUpDeps;
  let id: OccurrenceId;
  let answers: (AttendanceReport | undefined | AppError)[];

  beforeEach(async () => {
    world = await sessionWorld();
    answers = [];
    deps = {
      ...world.deps,
      people: world.people,
      followUp: followUpStore(readablePartition(world.rows, world.partition)),
      news: {
        get: (_actor, newsId) =>
          newsId === ('1'.repeat(26) as NewsId)
            ? Promise.resolve({} as never)
            : Promise.reject(new AppError('news.notFound')),
      },
      attendance: {
        report: () => {
          const answer = answers.shift();
          return answer instanceof AppError ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
    };
    followUp = followUpService(deps);
    const series = await world.create('hankeradio', { joinUrl });
    id = (await world.next(series, 1))[0]!.id;
    await rotationService({ ...world.deps, people: world.people }).answer(worker, id, {
      topic: 'Elma neuvoo [nyt]',
      speaker: 'Vilma Virtanen',
      material: 'https://example.org/slides',
      language: 'fi',
    });
  });

  const read = async (): Promise<Occurrence> => (await world.series.occurrence(coordinator, id)).occurrence;
  /** Lets the session of Tuesday 1 December be over. */
  const hold = () => world.pass({ days: 8 });

  describe('materials and notes', () => {
    it('are kept by the presenters and the coordinator, and can be taken back', async () => {
      const materials = [{ id: 'slides', title: 'Kalvot', url: 'https://example.org/a' }];
      const { undo } = await followUp.setMaterials(worker, id, {
        materials,
        recordingUrl: 'https://example.org/v',
      });
      assert.deepEqual((await read()).record?.materials, materials);
      await followUp.setMaterials(coordinator, id, { recordingUrl: '' });
      assert.equal((await read()).record?.recordingUrl, undefined);
      assert.deepEqual((await read()).record?.materials, materials);
      assert.equal((await followUp.setMaterials(worker, id, { materials })).undo, undefined);
      await refused('presenter.notYours', () => followUp.setMaterials(otherWorker, id, { materials: [] }));
      await refused('presenter.notYours', () =>
        followUp.setNotes(otherWorker, id, { text: 'x', basedOn: 0 }),
      );
      await refused('undo.tooLate', () => world.series.undoOccurrence(worker, id, undo ?? 0));
    });

    it('of two people are put together link by link and by language', async () => {
      const url = (name: string) => `https://example.org/${name}`;
      const link = (name: string, more: object = {}) => ({
        title: name,
        url: url(name),
        language: 'fi',
        ...more,
      });
      await followUp.setMaterials(worker, id, { materials: [link('a')] }, { materials: [] });
      const [a] = (await read()).record?.materials ?? [];
      assert.ok(a);
      const seen = { materials: [a] };
      const swedish = { ...a, translations: { sv: { title: 'A på svenska' } } };
      await followUp.setMaterials(coordinator, id, { materials: [swedish, link('b')] }, seen);
      await followUp.setMaterials(worker, id, { materials: [{ ...a, title: 'Aa' }, link('c')] }, seen);
      const materials = (await read()).record?.materials ?? [];
      assert.deepEqual(
        new Set(materials.map(({ title, translations }) => [title, translations?.sv?.title].join())),
        new Set(['Aa,A på svenska', 'b,', 'c,']),
      );
      const again = { materials: [{ ...a, title: 'Aaa' }] };
      await refused('edit.conflict', () => followUp.setMaterials(coordinator, id, again, seen));
      // The same link by two people is one, and twice in one list it is a slip.
      const same = { materials: [a, link('c')] };
      assert.equal((await followUp.setMaterials(coordinator, id, same, seen)).undo, undefined);
      await refused('input.invalid', () =>
        followUp.setMaterials(worker, id, { materials: [link('d'), link('d')] }),
      );
    });

    it('are checked: links are links, and personal identity codes are stopped', async () => {
      await assert.rejects(
        followUp.setMaterials(worker, id, {
          materials: [{ title: '', url: 'javascript:alert(1)' }],
          recordingUrl: 'video',
        }),
        (error) => {
          assert.deepEqual(
            fieldFaults(error).map(({ field, code }) => `${field} ${code}`),
            ['materials.0.title required', 'materials.0.url notALink', 'recordingUrl notALink'],
          );
          return true;
        },
      );
      await refused('text.personalData', () =>
        followUp.setNotes(worker, id, { text: 'Asiakas 131052-308T', basedOn: 0 }),
      );
    });

    it('of two who write notes at once one is shown what the other wrote', async () => {
      await followUp.setNotes(worker, id, { text: 'Ensimmäinen', basedOn: 0 });
      await assert.rejects(followUp.setNotes(coordinator, id, { text: 'Toinen', basedOn: 0 }), (error) => {
        assert.ok(isAppError(error, 'text.conflict'));
        assert.equal((error.details.theirs as Notes).text, 'Ensimmäinen');
        return true;
      });
      const { occurrence } = await followUp.setNotes(coordinator, id, { text: 'Molemmat', basedOn: 1 });
      assert.equal(occurrence.record?.notes?.revision, 2);
      // The same text twice is no conflict.
      await followUp.setNotes(coordinator, id, { text: 'Molemmat', basedOn: 1 });
    });

    it('are written in each language by itself, with versions of its own', async () => {
      const notes = async () => (await read()).record?.notes;
      await followUp.setNotes(worker, id, { text: 'Suomeksi', language: 'fi', basedOn: 0 });
      // Nothing is in Swedish yet, whatever the revision of the Finnish text.
      await followUp.setNotes(coordinator, id, { text: 'På svenska', language: 'sv', basedOn: 0 });
      await followUp.setNotes(worker, id, { text: 'Suomeksi 2', language: 'fi', basedOn: 1 });
      const first = await notes();
      const { sv } = first?.translations ?? {};
      assert.deepEqual([first?.text, first?.language, first?.revision], ['Suomeksi 2', 'fi', 2]);
      assert.deepEqual([sv?.text, sv?.revision, sv?.by.id], ['På svenska', 1, coordinator.id]);
      await assert.rejects(
        followUp.setNotes(worker, id, { text: 'Annat', language: 'sv', basedOn: 0 }),
        (error) => {
          assert.ok(isAppError(error, 'text.conflict'));
          assert.equal((error.details.theirs as Notes).text, 'På svenska');
          return true;
        },
      );
      // A form of an older tab names no language: it has the text that was written first.
      await refused('text.conflict', () => followUp.setNotes(worker, id, { text: 'Vanha', basedOn: 1 }));
      await followUp.setNotes(worker, id, { text: 'Vanha', basedOn: 2 });
      assert.deepEqual(
        [(await notes())?.text, (await notes())?.translations?.sv?.text],
        ['Vanha', 'På svenska'],
      );
      await refused('text.personalData', () =>
        followUp.setNotes(worker, id, { text: 'Klient 131052-308T', language: 'sv', basedOn: 1 }),
      );
      await refused('input.invalid', () =>
        followUp.setNotes(worker, id, { text: 'x', language: 'et', basedOn: 0 }),
      );
    });

    it('of an older release have no language until somebody says in which they are', async () => {
      // As that release stored them.
      await followUp.setNotes(worker, id, { text: 'Muistiinpanot', basedOn: 0 });
      const { occurrence } = await followUp.setNotes(coordinator, id, {
        text: 'Muistiinpanot',
        language: 'fi',
        basedOn: 1,
      });
      const { notes } = occurrence.record ?? {};
      assert.deepEqual([notes?.text, notes?.language, notes?.revision], ['Muistiinpanot', 'fi', 2]);
      await followUp.setNotes(worker, id, { text: 'Anteckningar', language: 'sv', basedOn: 0 });
      assert.equal((await read()).record?.notes?.translations?.sv?.text, 'Anteckningar');
    });

    it('can be taken back in one language, and the other stays', async () => {
      await followUp.setNotes(worker, id, { text: 'Suomeksi', language: 'fi', basedOn: 0 });
      const { undo = 0 } = await followUp.setNotes(worker, id, {
        text: 'Svenska',
        language: 'sv',
        basedOn: 0,
      });
      await world.series.undoOccurrence(worker, id, undo);
      const { notes } = (await read()).record ?? {};
      assert.deepEqual([notes?.text, notes?.translations], ['Suomeksi', undefined]);
    });

    it('belong to sessions that take place', async () => {
      await world.series.cancel(coordinator, id, {});
      await refused('occurrence.moveNotAllowed', () =>
        followUp.setNotes(coordinator, id, { text: 'x', basedOn: 0 }),
      );
    });
  });

  describe('attendance', () => {
    it('is a number by hand, once the session has begun', async () => {
      await refused('occurrence.moveNotAllowed', () => followUp.setAttendance(coordinator, id, { count: 3 }));
      await hold();
      await refused('permission.denied', () => followUp.setAttendance(worker, id, { count: 3 }));
      for (const count of [-1, 1.5, '7', 100_001])
        await refused('input.invalid', () => followUp.setAttendance(coordinator, id, { count }));
      const { occurrence } = await followUp.setAttendance(coordinator, id, { count: 35 });
      assert.equal(occurrence.record?.attendance?.count, 35);
    });

    it('is fetched when asked for, also instead of a number by hand', async () => {
      await hold();
      await refused('attendance.notYet', () => followUp.fetchAttendance(coordinator, id));
      await followUp.setAttendance(coordinator, id, { count: 35 });
      answers.push(report);
      const { occurrence } = await followUp.fetchAttendance(coordinator, id);
      assert.deepEqual(occurrence.record?.attendance, {
        from: 'meeting',
        count: 42,
        people: [{ name: 'Vilma', minutes: 29 }],
        at: world.clock.iso(),
      });
    });

    it('is stored however many there were: all are counted, those who stayed longest are named', async () => {
      await hold();
      const people = Array.from({ length: 10_700 }, (_, index) => ({
        name: `Osallistuja ${'x'.repeat(index % 300)} ${String(index)}`,
        seconds: index,
      }));
      answers.push({ ...report, count: people.length, people });
      const { occurrence } = await followUp.fetchAttendance(coordinator, id);
      const attendance = occurrence.record?.attendance;
      assert.ok(attendance?.from === 'meeting');
      assert.deepEqual([attendance.count, attendance.people.length], [10_700, 1_000]);
      assert.ok(attendance.people.every(({ minutes }) => minutes >= Math.round(9_700 / 60)));
    });

    it("can't be fetched where there is no report of a meeting", async () => {
      await hold();
      const without = followUpService({ ...deps, attendance: undefined });
      await refused('attendance.noSource', () => without.fetchAttendance(coordinator, id));
      answers.push(new AppError('calendar.unavailable'));
      await refused('calendar.unavailable', () => followUp.fetchAttendance(coordinator, id));
    });

    describe('by itself', () => {
      const handle = async (attempts = 1): Promise<Outcome> => {
        const message: Message = {
          ...attendanceMessage(await read()),
          state: { status: 'pending', attempts },
        };
        return handleMessage(attendanceDelivery(deps), message);
      };

      it('is asked for a quarter of an hour after the end, again when the session was moved', async () => {
        const first = attendanceMessage(await read());
        assert.equal(Date.parse(first.dueAt), Date.parse('2026-12-01T07:45:00Z'));
        await world.series.move(coordinator, id, { date: '2026-12-02', time: '10:00' });
        assert.notEqual(attendanceMessage(await read()).id, first.id);
      });

      it('is kept, and the same report twice is one entry', async () => {
        await hold();
        answers.push(report, report);
        assert.deepEqual(await handle(), { result: 'sent' });
        const { record } = await read();
        assert.deepEqual(await handle(), { result: 'sent' });
        assert.deepEqual((await read()).record, record);
        const [audit] = (await world.series.occurrenceAudit(coordinator, id)).lines;
        assert.deepEqual([audit?.event, audit?.by], [{ action: 'attendance' }, undefined]);
      });

      it('does not take the place of a number by hand', async () => {
        await hold();
        await followUp.setAttendance(coordinator, id, { count: 35 });
        answers.push(report);
        assert.deepEqual(await handle(), { result: 'undeliverable', reason: 'superseded' });
        assert.equal((await read()).record?.attendance?.count, 35);
      });

      it('is looked for again for at most a day, and then needs no attention', async () => {
        await hold();
        const waits: number[] = [];
        for (let attempts = 1; attempts <= 7; attempts += 1) {
          const outcome = await handle(attempts);
          assert.ok(outcome.result === 'retry');
          waits.push(outcome.afterSeconds ?? 0);
        }
        const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600;
        // Each wait may become a tenth longer.
        assert.ok(hours > 20 && hours * 1.1 < 24, `${String(hours)} h`);
        assert.deepEqual(await handle(8), { result: 'undeliverable', reason: 'noReport' });
      });

      it('waits as long as the calendar asks, and fails where the organiser does not exist any more', async () => {
        await hold();
        answers.push(
          new AppError('calendar.unavailable', { afterSeconds: 3_000 }),
          new AppError('calendar.organiserGone'),
        );
        assert.deepEqual(await handle(), {
          result: 'retry',
          reason: 'calendar.unavailable',
          afterSeconds: 3_000,
        });
        assert.deepEqual(await handle(), { result: 'failed', reason: 'calendar.organiserGone' });
      });

      it('has nothing to look for where the session is cancelled, moved ahead or not there any more', async () => {
        const message = attendanceMessage(await read());
        const pending = { ...message, state: { status: 'pending', attempts: 1 } } as const;
        assert.deepEqual(await handleMessage(attendanceDelivery(deps), pending), {
          result: 'undeliverable',
          reason: 'superseded',
        });
        const nowhere = `${'f'.repeat(26)}-20261201` as OccurrenceId;
        const body = { kind: 'attendance', occurrenceId: nowhere } as const;
        assert.equal(
          (await handleMessage(attendanceDelivery(deps), { ...pending, body })).result,
          'undeliverable',
        );
      });
    });
  });

  describe('thanks', () => {
    it('still go weeks later, and are refused when they would be a surprise', async () => {
      await world.pass({ days: 8 + 58 });
      await followUp.thank(coordinator, id, { round: 1 });
      await world.pass({ days: 2 });
      await refused('thanks.tooLate', () => followUp.thank(coordinator, id, { round: 2 }));
      assert.equal((await read()).record?.thanked, 1);
    });

    it('go to everybody once for each press, and ask the presenters for a news item', async () => {
      await refused('occurrence.moveNotAllowed', () => followUp.thank(coordinator, id, { round: 1 }));
      await hold();
      await refused('permission.denied', () => followUp.thank(worker, id, { round: 1 }));
      await followUp.thank(coordinator, id, { round: 1 });
      await followUp.thank(coordinator, id, { round: 1 });
      const sends = await world.waiting('send');
      assert.deepEqual(
        sends.map(({ body }) => body.content),
        [{ kind: 'thanks', occurrenceId: id, round: 1 }],
      );
      assert.equal(sends[0]?.dueAt, world.clock.iso({ seconds: 10 }));
      const notices = await world.waiting('notice');
      assert.deepEqual(
        notices.map(({ body }) => [body.to, body.notice.about]),
        [['vilma', 'presenterThanks']],
      );
      await refused('occurrence.moveNotAllowed', () => followUp.thank(coordinator, id, { round: 3 }));
      await followUp.thank(coordinator, id, { round: 2 });
      assert.equal((await world.waiting('send')).length, 2);
    });

    it('leave with words of the coordinator’s own, to the presenters alone where they are meant', async () => {
      await hold();
      const message = { fi: 'Hieno keskustelu.', sv: '' };
      await followUp.thank(coordinator, id, { round: 1, to: 'presenters', message });
      assert.deepEqual(await world.waiting('send'), []);
      const [notice] = await world.waiting('notice');
      assert.deepEqual(notice?.body.notice, {
        about: 'presenterThanks',
        occurrenceId: id,
        message: { fi: 'Hieno keskustelu.' },
      });
      await followUp.thank(coordinator, id, { round: 2, message });
      const [send] = await world.waiting('send');
      assert.deepEqual(send?.body.content, {
        kind: 'thanks',
        occurrenceId: id,
        round: 2,
        message: { fi: 'Hieno keskustelu.' },
      });
    });

    it('note to whom each round went, also where earlier ones are of an older release', async () => {
      await hold();
      await followUp.thank(coordinator, id, { round: 1 });
      const { undo } = await followUp.thank(coordinator, id, { round: 2, to: 'presenters' });
      assert.deepEqual((await read()).record?.thankedTo, ['invited', 'presenters']);
      await world.series.undoOccurrence(coordinator, id, undo ?? 0);
      assert.deepEqual((await read()).record?.thankedTo, ['invited']);
      const { thankedTo: _unknown, ...older } = (await read()).record!;
      const found = await world.deps.store.record(id);
      await world.deps.outbox.commit(world.deps.store.putRecord(found, older, []));
      await followUp.thank(coordinator, id, { round: 2, to: 'presenters' });
      assert.deepEqual((await read()).record?.thankedTo, ['invited', 'presenters']);
    });

    it('can’t go to those who were there while nobody knows who they were', async () => {
      await hold();
      await refused('input.invalid', () => followUp.thank(coordinator, id, { round: 1, to: 'there' }));
      assert.equal((await read()).record?.thanked, undefined);
    });

    it('that were taken back are sent after all, and once', async () => {
      await hold();
      const { undo } = await followUp.thank(coordinator, id, { round: 1 });
      await world.series.undoOccurrence(coordinator, id, undo ?? 0);
      assert.equal((await read()).record?.thanked, undefined);
      await followUp.thank(coordinator, id, { round: 1 });
      assert.equal((await world.waiting('send')).length, 1);
      assert.equal((await world.waiting('notice')).length, 1);
      await world.pass({ seconds: 11 });
      assert.deepEqual(
        world.left.filter((body) => body.kind === 'send' && body.content.kind === 'thanks').length,
        1,
      );
    });
  });

  describe('pulse', () => {
    it('counts one answer a person, and shows comments without names to those whose session it was', async () => {
      await refused('occurrence.moveNotAllowed', () => followUp.pulse(worker, id, { useful: 5 }));
      await hold();
      await followUp.pulse(worker, id, { useful: 2, better: 'Hitaammin' });
      await followUp.pulse(worker, id, { useful: 4, better: 'Enemmän kuvia' });
      await followUp.pulse(otherWorker, id, { useful: 5 });
      const seen = await followUp.pulseOf(coordinator, id);
      assert.deepEqual(seen, {
        count: 2,
        useful: [0, 0, 0, 1, 1],
        better: [{ text: 'Enemmän kuvia', at: world.clock.iso() }],
      });
      assert.equal((await followUp.pulseOf(worker, id)).better.length, 1);
      assert.deepEqual((await followUp.pulseOf(otherWorker, id)).better, []);
    });

    it('takes no other numbers, and no personal identity codes', async () => {
      await hold();
      for (const useful of [0, 6, 2.5, '3', undefined])
        await refused('input.invalid', () => followUp.pulse(worker, id, { useful }));
      await refused('text.personalData', () =>
        followUp.pulse(worker, id, { useful: 3, better: '131052-308T' }),
      );
    });
  });

  describe('news', () => {
    it("begins with the notes and the material, for the presenters' project", async () => {
      await followUp.setNotes(worker, id, { text: 'Elma on **nyt** käytössä.', basedOn: 0 });
      await followUp.setMaterials(worker, id, {
        materials: [{ title: 'Ohje [1]', url: 'https://example.org/a_(1)' }],
        recordingUrl: 'https://example.org/v',
      });
      assert.deepEqual(await followUp.newsDraft(worker, id), {
        projectId: elma,
        language: 'fi',
        title: 'Elma neuvoo [nyt]',
        body: [
          'Esittäjä: Vilma Virtanen',
          'Elma on **nyt** käytössä.',
          'Aineisto:',
          '- [Ohje \\[1\\]](https://example.org/a_%281%29)\n- [Esityksen aineisto](https://example.org/slides)',
          '[Tallenne](https://example.org/v)',
        ].join('\n\n'),
        link: 'https://example.org/v',
      });
    });

    it('has the notes in its own language where they are written in it', async () => {
      await followUp.setNotes(worker, id, { text: 'På svenska', language: 'sv', basedOn: 0 });
      assert.match((await followUp.newsDraft(worker, id)).body, /På svenska/);
      await followUp.setNotes(worker, id, { text: 'Suomeksi', language: 'fi', basedOn: 0 });
      const { body } = await followUp.newsDraft(worker, id);
      assert.match(body, /Suomeksi/);
      assert.doesNotMatch(body, /svenska/);
    });

    it('fits the form, however long the notes are', async () => {
      await followUp.setNotes(worker, id, { text: 'a'.repeat(15_000), basedOn: 0 });
      const { body } = await followUp.newsDraft(otherWorker, id);
      assert.equal(body.length, 8_000);
    });

    it('that was made of it is listed, once each', async () => {
      const newsId = '1'.repeat(26) as NewsId;
      await followUp.linkNews(worker, id, newsId);
      await followUp.linkNews(worker, id, newsId);
      assert.deepEqual(await followUp.newsOf(otherWorker, id), [newsId]);
      await refused('news.notFound', () => followUp.linkNews(worker, id, '2'.repeat(26) as NewsId));
    });
  });
});
