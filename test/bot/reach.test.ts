import assert from 'node:assert/strict';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import { unreachedPeople } from '../../src/delivery/outbox/unreached.js';
import type { OccurrenceId, PersonId } from '../../src/platform/ids.js';
import { sessionFanOut } from '../../src/sessions/fan-outs.js';
import { personNotice } from '../../src/sessions/notices.js';
import { overviewOf } from '../../src/overview/routes.js';
import { submission } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { type BotWorld, botWorld, cardOf, textOf } from './bot-world.js';

describe('bot: people whom it has never met', () => {
  let world: BotWorld;
  let worker: OutboxWorker;
  let sender: FanOutWorker;
  beforeEach(async () => {
    world = await botWorld();
    worker = world.bigRoom.worker(world.bot.showNotice);
    sender = world.bigRoom.fanOutWorker(world.bot.transport(world.bigRoom.fanOutPace));
  });
  afterEach(() => world.stop());

  const sofiaId = 'sofia' as PersonId;
  const person = (id: string) => world.bigRoom.people.get(id as PersonId);

  async function workAll(): Promise<void> {
    for (let count = 1; count > 0;)
      count = (await worker.work()) + (await worker.sweep()) + (await sender.work());
  }

  /** News of Sofia's that are accepted: each is a notice to her. */
  async function acceptNews(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      const form = submission({
        formId: `form-sofia-${String(number)}`,
        language: 'sv',
        words: { title: `Nyhet ${String(number)}`, lead: 'Kort.', body: 'Elma är i bruk.' },
      });
      const { item } = await world.bigRoom.news.submit(await person('sofia'), form);
      await world.bigRoom.news.accept(await person('kaisa'), item.id);
    }
    await workAll();
  }

  /** Sofia writes, and what has waited leaves some seconds later. */
  async function turnsUp(): Promise<readonly string[]> {
    await world.talker('sofia').says('hej');
    const before = world.teams.sent.length;
    world.clock.forward({ seconds: 5 });
    await workAll();
    return world.teams.sent.slice(before).map((sent) => textOf(cardOf(sent)));
  }

  const unreached = async (subject?: string) =>
    unreachedPeople(world.bigRoom.people, await world.bigRoom.outbox.awaited(subject));

  it('get what waited when they first write, once', async () => {
    await acceptNews(2);
    assert.equal(world.teams.sent.length, 0);
    const got = await turnsUp();
    assert.equal(got.length, 2);
    assert.ok(
      got.every((text) => text.includes('Din nyhet är godkänd')),
      got.join('\n'),
    );
    assert.deepEqual(await turnsUp(), []);
    assert.deepEqual(await unreached(), []);
  });

  it('are named where the sender looks, until they turn up', async () => {
    await acceptNews(2);
    assert.deepEqual(
      (await unreached()).map(({ name, why, count }) => ({ name, why, count })),
      [{ name: 'Sofia Sjöström', why: 'neverMet', count: 2 }],
    );
    const overview = async () =>
      overviewOf({ modules: world.bigRoom.modules, index: world.bigRoom.waiting }, await person('kaisa'));
    assert.equal((await overview()).unreached, 1);
    await turnsUp();
    assert.equal((await overview()).unreached, 0);
  });

  it('get one card in place of more than three', async () => {
    await acceptNews(5);
    const [card, ...more] = await turnsUp();
    assert.deepEqual(more, []);
    assert.match(card ?? '', /5 meddelanden väntade på dig/);
    for (const number of [1, 2, 3, 4, 5]) assert.match(card ?? '', new RegExp(`Nyhet ${String(number)}`));
    assert.deepEqual(await turnsUp(), []);
  });

  it('get the newest fifteen of many, and learn how many are left out', async () => {
    await acceptNews(18);
    const [card, ...more] = await turnsUp();
    assert.deepEqual(more, []);
    assert.match(card ?? '', /15 meddelanden väntade på dig[^]*3 äldre meddelanden är utelämnade/);
    assert.deepEqual(await unreached(), []);
  });

  it('are checked once a day, and forgotten after sixty days', async () => {
    await acceptNews(1);
    for (let day = 1; day < 60; day += 1) {
      world.clock.forward({ hours: 24 });
      await workAll();
    }
    assert.equal((await unreached()).length, 1);
    world.clock.forward({ hours: 24 });
    await workAll();
    assert.deepEqual(await unreached(), []);
    assert.deepEqual(await turnsUp(), []);
  });

  it('get nothing that is not so any more', async () => {
    const { id: seriesId, occurrenceId } = await aSession();
    await world.bigRoom.outbox.commit(
      [],
      [
        personNotice(
          sofiaId,
          { about: 'presenterThanks', occurrenceId },
          { dueAt: world.clock.iso(), act: seriesId },
        ),
      ],
    );
    await workAll();
    assert.deepEqual((await unreached(`occurrence:${occurrenceId}`)).length, 0);
  });

  it('get the reminder of a session that is still to come', async () => {
    const { occurrenceId, start } = await aSession();
    const content = { kind: 'reminder', occurrenceId, offset: 15, start } as const;
    const until = world.clock.now().until(start, { largestUnit: 'hours' });
    world.clock.forward(until.subtract({ minutes: 15 }));
    await world.bigRoom.outbox.commit([], [sessionFanOut(content, world.clock.iso())]);
    await workAll();
    const names = (await unreached(`occurrence:${occurrenceId}`)).map(({ name }) => name);
    assert.deepEqual(names, ['Kaisa Koordinaattori', 'Sofia Sjöström', 'Vilma Virtanen']);
    const [card, ...more] = await turnsUp();
    assert.deepEqual(more, []);
    assert.match(card ?? '', /Projektradion|Hankeradio/);
    assert.deepEqual(
      (await unreached(`occurrence:${occurrenceId}`)).map(({ name }) => name),
      ['Kaisa Koordinaattori', 'Vilma Virtanen'],
    );
    world.clock.forward({ hours: 24 });
    await workAll();
    assert.deepEqual(await unreached(`occurrence:${occurrenceId}`), []);
  });

  describe('or who blocked it', () => {
    beforeEach(async () => {
      await world.talker('sofia').says('hej');
      world.teams.failsWith({ status: 403, code: 'ConversationBlockedByUser' });
      await acceptNews(1);
    });

    it('are not asked again until they write, and get it then', async () => {
      assert.deepEqual(
        (await unreached()).map(({ name, why }) => ({ name, why })),
        [{ name: 'Sofia Sjöström', why: 'closed' }],
      );
      const before = world.teams.sent.length;
      world.clock.forward({ hours: 24 });
      await workAll();
      assert.equal(world.teams.sent.length, before);
      assert.equal((await turnsUp()).length, 1);
      assert.deepEqual(await unreached(), []);
    });
  });

  async function aSession(): Promise<{ id: string; occurrenceId: OccurrenceId; start: string }> {
    const kaisa = await person('kaisa');
    const { series } = await world.bigRoom.series.create(kaisa, seriesForm('hankeradio'));
    const { id } = series;
    const [first] = await world.bigRoom.series.upcoming(kaisa, 1, id);
    assert.ok(first);
    return { id, occurrenceId: first.id, start: first.start };
  }
});
