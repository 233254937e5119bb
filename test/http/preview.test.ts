import assert from 'node:assert/strict';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { makeBigRoom, programmePartition } from '../../src/compose.js';
import type { Transport } from '../../src/delivery/fan-out/kind.js';
import type { Actor } from '../../src/platform/actor.js';
import type { PersonId, ProjectId } from '../../src/platform/ids.js';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import type { ChangePreviewAnswer } from '../../src/shared/answers/sessions.js';
import { actor, coordinator, otherWorker, programme, worker } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { contactForm } from '../unit/sessions/reminders/reminders-world.js';
import { testAdapters } from '../world/adapters.js';
import { handClock } from '../world/clock.js';
import { serve } from './listen.js';

const [elma, digi, lahella] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId, ProjectId];

/** Hankeradio of first Tuesdays with workers, three contacts, and two agreed slots: on 1 December and 6 April. */
async function world() {
  const clock = handClock('2026-11-23T08:00:00Z');
  const rows = new MemoryRows();
  const mailed: string[] = [];
  const chatted: string[] = [];
  const mailer = {
    send: ({ to }: { readonly to: { readonly address: string } }) => {
      mailed.push(to.address);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const adapters = testAdapters({ rows, clock, mailer });
  const bigRoom = makeBigRoom(adapters);
  const chat = (id: string) => ({
    conversationId: id,
    serviceUrl: 'https://x.example',
    tenantId: '',
    channelId: 'msteams',
    botId: 'bot',
    userId: id,
  });
  const [kaisa, third] = [coordinator, actor('lahja')];
  const people = [
    { ...worker, projects: [elma] },
    { ...otherWorker, projects: [digi] },
    { ...third, projects: [lahella] },
    { ...kaisa, projects: [elma, digi, lahella] },
  ];
  await bigRoom.people.add(
    programme,
    people.map((person) => ({ ...person, language: 'fi', chat: chat(person.id) })),
  );
  const server = await serve(bigRoom, adapters);
  const notices = bigRoom.worker((person) => {
    chatted.push(person.id);
    return Promise.resolve({ result: 'sent' });
  });
  const toChat: Transport = {
    prepare: () => Promise.resolve({} as never),
    send: (_message, recipient) => {
      if (recipient.way === 'chat') chatted.push(recipient.personId);
      return Promise.resolve({ result: 'sent' });
    },
  };
  const sender = bigRoom.fanOutWorker(toChat);
  const settle = async (): Promise<void> => {
    for (let second = 0; second < 40; second += 1) {
      clock.forward({ seconds: 1 });
      while ((await notices.sweep()) > 0);
      await sender.sweep();
      while ((await sender.work()) > 0);
    }
  };
  const { series } = await bigRoom.series.create(
    coordinator,
    seriesForm('hankeradio', { isOpenToContacts: true, joinUrl: 'https://teams.example.test/1' }),
  );
  for (const name of ['aino', 'bo', 'cecilia'])
    await bigRoom.contacts.add(
      coordinator,
      contactForm({ address: `${name}@x.example`, series: [series.id] }),
    );
  const slots = await bigRoom.series.upcoming(coordinator, 6, series.id);
  const slot = (index: number): OccurrenceLine => slots[index] ?? assert.fail();
  await bigRoom.rotation.assign(coordinator, slot(0).id, elma);
  await bigRoom.rotation.assign(coordinator, slot(4).id, lahella);
  await settle();
  return {
    bigRoom,
    series,
    slot,
    rows,
    stop: server.stop,
    /** What the dialog of a change would say. */
    preview: async (path: string, body: object, as: Actor = coordinator): Promise<ChangePreviewAnswer> => {
      const answer = await fetch(server.url + path, {
        method: 'POST',
        headers: { authorization: `Trial ${as.id}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 200, await answer.clone().text());
      return (await answer.json()) as ChangePreviewAnswer;
    },
    /** How many messages came to chats: nobody gets two of one change. */
    chatMessages: () => chatted.length,
    /** Whom a change really reached. */
    reached: async (change: () => Promise<unknown>) => {
      mailed.length = 0;
      chatted.length = 0;
      await change();
      await settle();
      const [chat, mail] = [new Set(chatted).size, new Set(mailed).size];
      return { people: chat + mail, chat, mail };
    },
  };
}

const counted = ({ people: all, chat, mail }: ChangePreviewAnswer) => ({ people: all, chat, mail });
const stored = async (rows: MemoryRows): Promise<string> =>
  JSON.stringify(await rows.range(programmePartition, { from: '!', to: '~', limit: 100_000 }));

describe('what a change would mean', () => {
  let big: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    big = await world();
  });
  afterEach(() => big.stop());

  const monthly = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 };

  it('is who is really notified: of a move at short notice, of its cancellation, of its return', async () => {
    const { bigRoom, slot, preview, reached } = big;
    const path = `/api/occurrences/${slot(0).id}/preview`;
    const to = { date: '2026-12-03', time: '10:00', minutes: 30 };
    const move = await preview(path, { change: 'move', ...to });
    assert.ok(move.chat >= 3 && move.mail === 3, JSON.stringify(move));
    assert.deepEqual(
      move.presenters.map(({ projectId, change, was, start }) => [projectId, change, was, start]),
      [[elma, 'moved', '2026-12-01T07:00:00Z', '2026-12-03T08:00:00Z']],
    );
    assert.deepEqual(await reached(() => bigRoom.series.move(coordinator, slot(0).id, to)), counted(move));
    const cancel = await preview(path, { change: 'cancel' });
    assert.deepEqual(
      await reached(() => bigRoom.series.cancel(coordinator, slot(0).id, {})),
      counted(cancel),
    );
    const restore = await preview(path, { change: 'restore' });
    assert.deepEqual(
      restore.presenters.map(({ change }) => change),
      ['restored'],
    );
    assert.deepEqual(await reached(() => bigRoom.series.restore(coordinator, slot(0).id)), counted(restore));
  });

  it('is who is really notified: of a far move those who present, and those who are invited by mail', async () => {
    const { bigRoom, slot, preview, reached } = big;
    const to = { date: '2027-04-08', time: '09:00', minutes: 30 };
    const move = await preview(`/api/occurrences/${slot(4).id}/preview`, { change: 'move', ...to });
    assert.deepEqual(counted(move), { people: 4, chat: 1, mail: 3 });
    assert.deepEqual(await reached(() => bigRoom.series.move(coordinator, slot(4).id, to)), counted(move));
  });

  it('says whom of them the bot has not met yet, and who reads which language', async () => {
    const { bigRoom, slot, preview } = big;
    const path = `/api/occurrences/${slot(0).id}/preview`;
    const move = { change: 'move', date: '2026-12-03', time: '10:00', minutes: 30 };
    const before = await preview(path, move);
    await bigRoom.people.add(programme, [{ ...actor('moa'), language: 'sv', projects: [digi] }]);
    const after = await preview(path, move);
    assert.deepEqual([before.unreached, after.unreached, after.chat - before.chat], [0, 1, 1]);
    assert.equal((after.readers.sv ?? 0) - (before.readers.sv ?? 0), 1);
    assert.equal(
      Object.values(after.readers).reduce((sum, count) => sum + count, 0),
      after.people + after.channels,
    );
  });

  it('says why nobody is notified: nothing near changes, or nobody is there', async () => {
    const { bigRoom, slot, preview } = big;
    const far = `/api/occurrences/${slot(2).id}/preview`;
    for (const { id } of (await bigRoom.contacts.list(coordinator, {})).lines)
      await bigRoom.contacts.remove(coordinator, id);
    const move = await preview(far, { change: 'move', date: '2027-02-03', time: '09:00', minutes: 30 });
    assert.deepEqual([move.people, move.quiet], [0, 'far']);
    const same = await preview(far, { change: 'move', date: '2027-02-02', time: '09:00', minutes: 30 });
    assert.deepEqual([same.people, same.quiet], [0, undefined]);
    const near = await preview(`/api/occurrences/${slot(0).id}/preview`, { change: 'cancel' });
    assert.equal(near.quiet, undefined);
  });

  it('marks the new dates that are days off', async () => {
    const { series, preview } = big;
    const timing = { from: '2027-01-01', rule: { ...monthly, weekday: 3 }, time: '09:00', minutes: 30 };
    const { dates } = await preview(`/api/series/${series.id}/change-from/preview`, timing);
    assert.equal(dates?.[0]?.now, '2027-01-06T07:00:00Z');
    assert.match(dates[0].holiday?.fi ?? '', /loppiainen/i);
  });

  it('is who is really notified, and which sessions change, of this and the following', async () => {
    const { bigRoom, series, preview, reached } = big;
    const timing = { from: '2027-01-01', rule: monthly, time: '10:00', minutes: 30 };
    const change = await preview(`/api/series/${series.id}/change-from/preview`, timing);
    assert.deepEqual(change.dates?.slice(0, 2), [
      { was: '2027-01-05T07:00:00Z', now: '2027-01-05T08:00:00Z' },
      { was: '2027-02-02T07:00:00Z', now: '2027-02-02T08:00:00Z' },
    ]);
    assert.equal(change.dates.find(({ projectId }) => projectId === lahella)?.now, '2027-04-06T07:00:00Z');
    assert.deepEqual(
      await reached(() => bigRoom.series.changeFrom(coordinator, series.id, timing)),
      counted(change),
    );
  });

  it('pairs the sessions in order where their dates change', async () => {
    const { series, preview } = big;
    const rule = { ...monthly, weekday: 4 };
    const timing = { from: '2027-01-01', rule, time: '09:00', minutes: 30 };
    const { dates, presenters } = await preview(`/api/series/${series.id}/change-from/preview`, timing);
    assert.deepEqual(dates?.[0], { was: '2027-01-05T07:00:00Z', now: '2027-01-07T07:00:00Z' });
    assert.deepEqual(
      presenters.map(({ start }) => start),
      ['2027-04-01T06:00:00Z'],
    );
  });

  it('is who is really notified, which sessions go and which is the last, of the end', async () => {
    const { bigRoom, series, preview, reached } = big;
    const end = await preview(`/api/series/${series.id}/end/preview`, { last: '2027-01-31' });
    assert.equal(end.last, '2027-01-05T07:00:00Z');
    assert.deepEqual(end.dates?.[0], { was: '2027-02-02T07:00:00Z' });
    assert.deepEqual(
      end.presenters.map(({ projectId, change }) => [projectId, change]),
      [[lahella, 'dropped']],
    );
    assert.equal(end.isMore, true);
    assert.deepEqual(
      await reached(() => bigRoom.series.end(coordinator, series.id, { last: '2027-01-31' })),
      counted(end),
    );
  });

  it('is everybody who expects the next session, where the end takes that away', async () => {
    const { bigRoom, series, preview, reached, chatMessages } = big;
    const end = await preview(`/api/series/${series.id}/end/preview`, {});
    assert.ok(end.chat >= 4, JSON.stringify(end));
    const ended = await bigRoom.series.end(coordinator, series.id, {});
    await bigRoom.series.undo(coordinator, series.id, ended.undo ?? 0);
    assert.deepEqual(await reached(() => Promise.resolve()), { people: 0, chat: 0, mail: 0 });
    let undo = 0;
    const really = await reached(async () => {
      undo = (await bigRoom.series.end(coordinator, series.id, {})).undo ?? 0;
    });
    assert.deepEqual(really, counted(end));
    // Who presents in April is notified of that beside the session of next week, to which everybody comes.
    assert.equal(chatMessages(), end.chat + 1);
    assert.ok((await reached(() => bigRoom.series.undo(coordinator, series.id, undo))).chat >= 4);
  });

  it('counts somebody who has said that they can’t come, and a coordinator in a project, as what they are', async () => {
    const { bigRoom, slot, preview, reached } = big;
    const kalle = await bigRoom.people.get('kalle' as PersonId);
    await bigRoom.coming.answer(kalle, slot(0).id, 'notComing', 'chat');
    const cancel = await preview(`/api/occurrences/${slot(0).id}/preview`, { change: 'cancel' });
    assert.deepEqual(
      await reached(() => bigRoom.series.cancel(coordinator, slot(0).id, {})),
      counted(cancel),
    );
  });

  describe('of a slot', () => {
    const groupsOf = ({ groups }: ChangePreviewAnswer) =>
      groups.map(({ about, to, people, start }) => [about, to, people, start.slice(0, 10)]);

    it('is who gets it, who loses it, and nobody else', async () => {
      const { bigRoom, slot, preview, reached } = big;
      const path = `/api/occurrences/${slot(0).id}/preview`;
      const given = await preview(path, { change: 'assign', projectId: digi, personId: otherWorker.id });
      assert.deepEqual(groupsOf(given), [
        ['turnTaken', elma, 1, '2026-12-01'],
        ['turnGiven', digi, 1, '2026-12-01'],
      ]);
      assert.deepEqual(counted(given), { people: 2, chat: 2, mail: 0 });
      const assign = () => bigRoom.rotation.assign(coordinator, slot(0).id, digi);
      assert.deepEqual(await reached(assign), counted(given));
      const opened = await preview(path, { change: 'assign', projectId: null });
      assert.deepEqual(groupsOf(opened), [['turnTaken', digi, 1, '2026-12-01']]);
      const open = () => bigRoom.rotation.assign(coordinator, slot(0).id, null);
      assert.deepEqual(await reached(open), counted(opened));
    });

    it('is who is asked for a volunteer, once each, and who hears that a project takes it or gives it up', async () => {
      const { bigRoom, slot, preview, reached } = big;
      const path = `/api/occurrences/${slot(0).id}/preview`;
      const givenUp = await preview(path, { change: 'giveUp' }, worker);
      assert.deepEqual(groupsOf(givenUp), [
        ['turnGivenUp', 'coordinators', 1, '2026-12-01'],
        ['volunteerAsked', 'projects', 2, '2026-12-01'],
      ]);
      assert.deepEqual(await reached(() => bigRoom.rotation.giveUp(worker, slot(0).id)), counted(givenUp));
      const taken = await preview(path, { change: 'volunteer', projectId: digi }, otherWorker);
      assert.deepEqual(
        await reached(() => bigRoom.rotation.volunteer(otherWorker, slot(0).id, digi)),
        counted(taken),
      );
      const asking = `/api/occurrences/${slot(2).id}/preview`;
      await bigRoom.rotation.assign(coordinator, slot(2).id, null);
      const asked = await preview(asking, { change: 'askVolunteers' });
      assert.deepEqual(groupsOf(asked), [['volunteerAsked', 'projects', 3, '2027-02-02']]);
      assert.deepEqual(
        await reached(() => bigRoom.rotation.askVolunteers(coordinator, slot(2).id)),
        counted(asked),
      );
    });

    it('is both projects of a swap, each with its session, or the one that is asked', async () => {
      const { bigRoom, slot, preview, reached } = big;
      const path = `/api/occurrences/${slot(0).id}/preview`;
      const change = { change: 'swap', with: slot(4).id };
      const asked = await preview(path, change, worker);
      assert.deepEqual(groupsOf(asked), [['swapAsked', lahella, 1, '2026-12-01']]);
      const ask = () => bigRoom.rotation.swap(worker, slot(0).id, slot(4).id);
      assert.deepEqual(await reached(ask), counted(asked));
      const swapped = await preview(path, change);
      assert.deepEqual(groupsOf(swapped), [
        ['turnGiven', lahella, 1, '2026-12-01'],
        ['turnGiven', elma, 1, '2027-04-06'],
      ]);
      const swap = () => bigRoom.rotation.swap(coordinator, slot(0).id, slot(4).id);
      assert.deepEqual(await reached(swap), counted(swapped));
    });

    it('is for whoever may make the change', async () => {
      const { slot, preview } = big;
      const path = `/api/occurrences/${slot(0).id}/preview`;
      for (const change of [
        { change: 'assign', projectId: digi },
        { change: 'askVolunteers' },
        { change: 'cancel' },
        { change: 'edit', joinUrl: 'https://teams.example.test/2' },
      ])
        await assert.rejects(preview(path, change, worker), /permission\.denied/, change.change);
      await assert.rejects(preview(path, { change: 'giveUp' }, otherWorker), /presenter\.notYours/);
      await assert.rejects(
        preview(path, { change: 'assign', projectId: digi, personId: worker.id }),
        /personId.*unknownChoice/,
      );
      await assert.rejects(preview(path, { change: 'turn' }), /input\.invalid/);
    });
  });

  it('is who is really notified of another link, and nobody of a topic', async () => {
    const { bigRoom, slot, preview, reached } = big;
    const path = `/api/occurrences/${slot(0).id}/preview`;
    const joinUrl = 'https://teams.example.test/2';
    const link = await preview(path, { change: 'edit', joinUrl });
    assert.ok(link.mail === 3, JSON.stringify(link));
    const edit = () => bigRoom.series.editOccurrence(coordinator, slot(0).id, { joinUrl });
    assert.deepEqual(await reached(edit), counted(link));
    const talk = { topic: 'Elma neuvoo', speaker: 'Vilma', language: 'fi' };
    const topic = await preview(path, { change: 'talk', ...talk }, worker);
    assert.deepEqual(counted(topic), { people: 0, chat: 0, mail: 0 });
    assert.equal(topic.isInCalendar, false);
    assert.deepEqual(await reached(() => bigRoom.rotation.answer(worker, slot(0).id, talk)), counted(topic));
  });

  it('stores nothing, sends nothing, and refuses what the change would refuse', async () => {
    const { series, slot, rows, preview, reached, bigRoom } = big;
    const before = await stored(rows);
    await preview(`/api/occurrences/${slot(0).id}/preview`, { change: 'cancel' });
    await preview(`/api/series/${series.id}/end/preview`, {});
    assert.equal(await stored(rows), before);
    assert.deepEqual(await reached(() => Promise.resolve()), { people: 0, chat: 0, mail: 0 });
    await bigRoom.series.cancel(coordinator, slot(0).id, {});
    await assert.rejects(
      preview(`/api/occurrences/${slot(0).id}/preview`, { change: 'cancel' }),
      /moveNotAllowed/,
    );
    await assert.rejects(
      preview(`/api/occurrences/${slot(1).id}/preview`, { change: 'move', date: '2027-01-32', time: '9' }),
      /input\.invalid/,
    );
  });
});
