import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { NewsId, PersonId } from '../../src/platform/ids.js';
import { coordinator, submission } from '../make.js';
import { type BotWorld, botWorld, cardOf, textOf, typed, valuesOf } from './bot-world.js';

describe('bot: what a coordinator hears', () => {
  let world: BotWorld;
  let worker: OutboxWorker;
  beforeEach(async () => {
    world = await botWorld();
    worker = world.bigRoom.worker(world.bot.showNotice);
    await world.talker('kaisa').says('moi');
    await world.talker('vilma').says('moi');
    world.teams.sent.length = 0;
  });
  afterEach(() => world.stop());

  const person = (id: string) => world.bigRoom.people.get(id as PersonId);

  async function submit(more: Readonly<Record<string, unknown>> = {}): Promise<NewsId> {
    const { item } = await world.bigRoom.news.submit(await person('vilma'), submission(more));
    return item.id;
  }

  async function workAll(): Promise<void> {
    for (let count = 1; count > 0;) count = (await worker.work()) + (await worker.sweep());
  }

  /** What was sent to whom up to a moment of the clocks of Helsinki, looked for every hour as the instances do. */
  async function sentUntil(local: string): Promise<readonly string[]> {
    const before = world.teams.sent.length;
    const end = Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Helsinki').toInstant();
    for (let left = 1; left > 0;) {
      const seconds = world.clock.now().until(end).total('seconds');
      world.clock.forward({ seconds: Math.max(0, Math.min(3_600, seconds)) });
      await workAll();
      left = world.clock.now().until(end).total('seconds');
    }
    return world.teams.sent
      .slice(before)
      .map(({ conversationId, activity }) => `${conversationId} ${textOf(cardOf({ activity } as never))}`);
  }

  const digests = (sent: readonly string[]) => sent.filter((text) => text.includes('Aamukooste'));

  it('is what waits, at half past eight on a working day, once, in the words of the overview', async () => {
    await sentUntil('2026-11-03T12:00');
    await submit();
    await submit({ formId: 'form-0002' });
    assert.deepEqual(digests(await sentUntil('2026-11-04T08:29')), []);
    const [digest, ...others] = digests(await sentUntil('2026-11-04T08:31'));
    assert.deepEqual(others, []);
    assert.match(digest ?? '', /^a:kaisa [^]*Huomenta, Kaisa\n2 uutta uutista\nVanhin tuli eilen/);
    // Another instance, and the rest of the day, change nothing.
    worker = world.bigRoom.worker(world.bot.showNotice);
    assert.deepEqual(digests(await sentUntil('2026-11-04T23:00')), []);
    assert.equal(digests(await sentUntil('2026-11-05T09:00')).length, 1);
  });

  it('is nothing where nothing waits, and nothing for workers', async () => {
    assert.deepEqual(digests(await sentUntil('2026-11-06T12:00')), []);
  });

  it('is nothing at weekends and on days off, the organisation’s own among them', async () => {
    await submit();
    const own = { id: 'own', first: '2026-12-28', last: '2026-12-28', names: { fi: 'x', sv: 'x', en: 'x' } };
    await world.bigRoom.people.changeClosedDays(coordinator, () => [own]);
    // Christmas Eve, Christmas Day and Boxing Day, a Sunday and its own Monday; on Tuesday again.
    await sentUntil('2026-12-23T12:00');
    assert.deepEqual(digests(await sentUntil('2026-12-29T08:00')), []);
    assert.equal(digests(await sentUntil('2026-12-29T09:00')).length, 1);
  });

  for (const [time, count] of [
    ['11:59', 1],
    ['12:00', 0],
  ] as const) {
    it(`that is late is ${count === 1 ? 'still' : 'no more'} sent at ${time}`, async () => {
      await submit();
      const start = Temporal.ZonedDateTime.from(`2026-11-04T${time}[Europe/Helsinki]`).toInstant();
      // Nobody looked in between.
      world.clock.forward({ seconds: world.clock.now().until(start).total('seconds') });
      assert.equal(digests(await sentUntil(`2026-11-04T${time}`)).length, count);
    });
  }

  it('comes at the time and on the days that were chosen in chat, and not at all where none is', async () => {
    await submit();
    const kaisa = world.talker('kaisa');
    const settings = await kaisa.says('kooste');
    assert.deepEqual(valuesOf(settings), { time: '08:30', days: '1,2,3,4,5' });
    const saved = await kaisa.presses(settings, 'digest.save', { time: '10:00', days: '3,4' });
    assert.match(textOf(saved), /Valintasi on tallennettu/);
    assert.deepEqual(valuesOf(saved), { time: '10:00', days: '3,4' });
    assert.deepEqual(digests(await sentUntil('2026-11-04T09:59')), []);
    // Chosen anew after the message of the day was made.
    await kaisa.presses(saved, 'digest.save', { time: '09:00', days: '3,4' });
    assert.equal(digests(await sentUntil('2026-11-04T10:01')).length, 1);
    assert.equal(digests(await sentUntil('2026-11-05T12:00')).length, 1);
    assert.deepEqual(digests(await sentUntil('2026-11-10T12:00')), []);
    const off = await kaisa.presses(saved, 'digest.save', { time: '09:00', days: '' });
    assert.match(textOf(off), /En lähetä sinulle aamukoostetta/);
    assert.deepEqual(digests(await sentUntil('2026-11-20T12:00')), []);
    const wrong = await kaisa.presses(off, 'digest.save', { time: '03:17', days: '9' });
    assert.match(textOf(wrong), /⚠/);
    const worker = await world.talker('vilma').says('kooste');
    assert.match(textOf(worker), /Tämä ei onnistunut/);
  });

  const urgent = (sent: readonly string[]) => sent.filter((text) => text.includes('Kiireellinen uutinen'));

  it('what its author marks urgent is heard at once, and once', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const { earliestDate: _date, ...soon } = { ...typed, urgent: 'true' };
    const receipt = await vilma.presses(form, 'news.submit', soon);
    const [heard, ...others] = urgent(await sentUntil('2026-11-03T10:01'));
    assert.deepEqual(others, []);
    assert.match(heard ?? '', /^a:kaisa [^]*Elma neuvoo[^]*Lähettäjä: Vilma Virtanen/);
    const edit = await vilma.presses(receipt, 'news.edit');
    await vilma.presses(edit, 'news.save', { ...valuesOf(edit), title: 'Elma neuvoo lisää' });
    assert.deepEqual(urgent(await sentUntil('2026-11-03T10:05')), []);
  });

  for (const [earliestDate, isUrgent] of [
    ['2026-11-03', true],
    ['2026-11-05', true],
    ['2026-11-06', false],
    ['2026-11-30', false],
  ] as const) {
    it(`on Tuesday 3 November an item for ${earliestDate} is ${isUrgent ? '' : 'not '}urgent`, async () => {
      await submit({ earliestDate });
      assert.equal(urgent(await sentUntil('2026-11-03T10:01')).length, isUrgent ? 1 : 0);
    });
  }

  it('counts working days, and leaves out what was decided meanwhile', async () => {
    await sentUntil('2026-12-23T12:00');
    // Christmas Eve, Christmas and a weekend lie between: Monday and Tuesday are the second working day and the third.
    await submit({ formId: 'form-monday', earliestDate: '2026-12-29' });
    assert.equal(urgent(await sentUntil('2026-12-23T12:01')).length, 1);
    await submit({ formId: 'form-wednesday', earliestDate: '2026-12-30' });
    assert.deepEqual(urgent(await sentUntil('2026-12-23T12:02')), []);
    const id = await submit({ formId: 'form-decided', urgent: true });
    await world.bigRoom.news.accept(await person('kaisa'), id);
    assert.deepEqual(urgent(await sentUntil('2026-12-23T12:03')), []);
  });
});
