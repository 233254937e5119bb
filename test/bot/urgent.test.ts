import assert from 'node:assert/strict';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { NewsId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import { type BotWorld, botWorld, cardOf, textOf } from './bot-world.js';

/** What an author does to an item with its form, or the coordinator with its details. */
type Step =
  | { readonly is: 'form'; readonly urgent?: boolean; readonly date?: string; readonly body?: string }
  | { readonly is: 'details'; readonly date: string }
  | { readonly is: 'day goes by' | 'rejected' | 'reopened' };

const form = (more: Omit<Step & { readonly is: 'form' }, 'is'> = {}): Step => ({ is: 'form', ...more });
const details = (date: string): Step => ({ is: 'details', date });
const dayGoesBy = { is: 'day goes by' } as const;

/** The clock begins on Tuesday 3 November 2026. */
const [wednesday, thursday, fridayNext] = ['2026-11-04', '2026-11-05', '2026-11-13'];

describe('bot: that an item is urgent', () => {
  let world: BotWorld;
  let worker: OutboxWorker;
  beforeEach(async () => {
    world = await botWorld();
    worker = world.bigRoom.worker(world.bot.showNotice);
    await world.talker('kaisa').says('moi');
    world.teams.sent.length = 0;
  });
  afterEach(() => world.stop());

  async function workAll(): Promise<void> {
    for (let count = 1; count > 0;) count = (await worker.work()) + (await worker.sweep());
  }

  /** How often the coordinator is notified of it by each step, in order. */
  async function notified(steps: readonly Step[]): Promise<readonly number[]> {
    const [vilma, kaisa] = [await world.person('vilma'), await world.person('kaisa')];
    const { news } = world.bigRoom;
    let id: NewsId | undefined;
    async function take(step: Step): Promise<void> {
      if (step.is === 'day goes by') {
        world.clock.forward({ days: 1 });
        return;
      }
      if (step.is === 'form') {
        const { urgent = false, date, body = 'Mitä.' } = step;
        const words = { title: 'Elma', lead: 'Miksi.', body };
        const sent = submission({ words, urgent, ...(date !== undefined && { earliestDate: date }) });
        if (id === undefined) id = (await news.submit(vilma, sent)).item.id;
        else await news.revise(vilma, id, sent, (await world.item(id)).texts.fi?.revision ?? 0);
        return;
      }
      assert.ok(id);
      if (step.is === 'rejected') await news.reject(kaisa, id, 'Kuuluu toisaalle.');
      if (step.is === 'reopened') await news.reopen(kaisa, id);
      if (step.is === 'details') {
        const { projectId, audiences, wishedChannels } = await world.item(id);
        await news.editDetails(vilma, id, {
          projectId,
          audiences,
          wishedChannels,
          earliestDate: step.date,
        });
      }
    }
    const counts: number[] = [];
    for (const step of steps) {
      const before = world.teams.sent.length;
      await take(step);
      await workAll();
      const cards = world.teams.sent.slice(before).filter(({ how }) => how === 'sent');
      counts.push(cards.filter((sent) => /kiireellinen/i.test(textOf(cardOf(sent)))).length);
    }
    return counts;
  }

  const cases: readonly (readonly [string, ...(readonly [Step, number])[]])[] = [
    ['is said at once', [form({ urgent: true }), 1]],
    ['is not said of a date that is far', [form({ date: fridayNext }), 0]],
    [
      'is said when its author ticks it later, whatever its date was before',
      [form({ date: fridayNext }), 0],
      [dayGoesBy, 0],
      [form({ date: fridayNext, urgent: true }), 1],
    ],
    [
      'is said when the date moves closer, by its form or its details',
      [form({ date: fridayNext }), 0],
      [form({ date: thursday }), 1],
      [details(wednesday), 1],
    ],
    [
      'is said when the day has come closer meanwhile and its author has it open again',
      [form({ date: '2026-11-09' }), 0],
      [dayGoesBy, 0],
      [dayGoesBy, 0],
      [dayGoesBy, 0],
      [form({ date: '2026-11-09', body: 'Mitä ja missä.' }), 1],
      [form({ date: '2026-11-09', body: 'Mitä ja milloin.' }), 0],
    ],
    [
      'is not said again for an edit, nor for another date of what is urgent anyway',
      [form({ urgent: true }), 1],
      [form({ urgent: true, body: 'Mitä ja missä.' }), 0],
      [form({ urgent: true, body: 'Mitä ja missä.', date: thursday }), 0],
      [details(wednesday), 0],
    ],
    [
      'is not said again when it becomes less so',
      [form({ urgent: true, date: wednesday }), 1],
      [form({ date: wednesday }), 0],
      [form({ date: thursday }), 0],
    ],
    [
      'is said again when it was not for a while',
      [form({ urgent: true }), 1],
      [form(), 0],
      [form({ urgent: true }), 1],
    ],
    [
      'is said once however the coordinator decides in between',
      [form({ urgent: true }), 1],
      [{ is: 'rejected' }, 0],
      [{ is: 'reopened' }, 0],
      [form({ urgent: true, body: 'Mitä ja missä.' }), 0],
    ],
  ];
  for (const [title, ...steps] of cases)
    it(title, async () => {
      assert.deepEqual(
        await notified(steps.map(([step]) => step)),
        steps.map(([, count]) => count),
      );
    });
});
