import assert from 'node:assert/strict';
import type { NewsId } from '../../../src/platform/ids.js';
import { coordinator, submission, worker } from '../../make.js';
import { seriesForm } from '../../make-sessions.js';
import { contactForm } from '../sessions/reminders/reminders-world.js';
import { notice } from '../../world/outbox.js';
import { author, members, RestorableWorld, type RowsCopy } from '../../world/restorable.js';

/** A weekly session, tomorrow at 9 in Helsinki, of which people are reminded a day before: at 7.00Z today. */
const series = seriesForm('hankeradio', {
  reminders: { offsets: [1440], ways: ['person', 'mail'] },
  rotation: null,
});

describe('tables restored from a backup', function () {
  this.timeout(60_000);
  let world: RestorableWorld;
  let seriesId: string;

  beforeEach(async () => {
    world = await RestorableWorld.make();
    const made = await world.bigRoom.series.create(coordinator, series);
    seriesId = made.series.id;
    await world.workOff();
  });

  const addContact = (name: string) =>
    world.bigRoom.contacts.add(
      coordinator,
      contactForm({ name, address: `${name}@jarjesto.example`, series: [seriesId] }),
    );

  async function acceptNews(): Promise<NewsId> {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await world.bigRoom.news.accept(coordinator, item.id);
    return item.id;
  }

  const untilReminders = () => world.clock.forward({ hours: 1 });
  const isReminder = ({ what }: { readonly what: string }) => what.startsWith('reminder');

  /** All else goes on: an hour later the old copy is put in place of the tables, and a process starts on it. */
  async function restore(copy: RowsCopy): Promise<void> {
    await world.process.worker.stop();
    await world.process.fanOutWorker.stop();
    world.answer = () => ({ result: 'sent' });
    world.clock.forward({ hours: 1 });
    await world.rows.restore(copy);
    await world.restart();
    await world.workOff({ andClaimed: true });
  }

  /** Nobody got again by itself what they had; who may have it is named, and one press sends it to them, once. */
  async function assertAsked({
    uncertain,
    messages,
  }: {
    uncertain: number;
    messages: number;
  }): Promise<void> {
    const before = world.times;
    assert.deepEqual(
      [...before].filter(([, count]) => count > 1),
      [],
    );
    assert.ok(world.log.lines.includes('error restore.detected'));
    const named = await world.uncertain();
    assert.equal(named.length, uncertain);
    for (const { name, state } of named) {
      assert.ok(name);
      assert.ok('reason' in state && ['restored', 'interrupted'].includes(state.reason));
    }
    const asking = await world.needingAttention();
    assert.equal(asking.length, messages);
    for (const { state } of asking)
      assert.deepEqual([state.status, 'reason' in state && state.reason], ['uncertain', 'restored']);
    assert.equal(await world.bigRoom.outbox.countDoubted(), messages);
    await world.sendAllAgain();
    assert.deepEqual([await world.uncertain(), await world.needingAttention()], [[], []]);
    const after = world.times;
    assert.ok(
      [...after.values()].every((count) => count <= 2),
      'nobody gets it more than once more',
    );
    const more =
      [...after.values()].reduce((sum, count) => sum + count, 0) -
      [...before.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(more, uncertain + messages);
    await world.workOff();
    assert.deepEqual(world.times, after);
  }

  it('from before reminders were due, all of which left', async () => {
    const copy = await world.rows.copy();
    untilReminders();
    await world.workOff();
    assert.equal(world.arrived.filter(isReminder).length, members);
    await restore(copy);
    await assertAsked({ uncertain: members, messages: 0 });
  });

  it('while a fan-out was half done, and then went on', async () => {
    untilReminders();
    const waiting: (() => void)[] = [];
    world.answer = (_arrival, _count) =>
      world.arrived.filter(isReminder).length <= 5
        ? { result: 'sent' }
        : new Promise((resolve) => waiting.push(() => resolve({ result: 'sent' })));
    await world.workUntil(() => waiting.length > 0);
    const copy = await world.rows.copy();
    world.answer = () => ({ result: 'sent' });
    for (const go of waiting) go();
    await world.process.fanOutWorker.stop();
    await world.workOff();
    assert.equal(world.arrived.filter(isReminder).length, members);
    await restore(copy);
    const sent = (await world.fanOuts())[0]?.counts.sent ?? 0;
    await assertAsked({ uncertain: members - sent, messages: 0 });
  });

  it('while a fan-out was paused, and was resumed and sent to the end', async () => {
    untilReminders();
    // Nobody is tried yet: all are asked to wait, and meanwhile somebody pauses.
    world.answer = () => ({ result: 'postponed', reason: 'paced', afterSeconds: 60 });
    await world.workUntil(() => world.arrived.filter(isReminder).length === members);
    await world.process.fanOutWorker.stop();
    await world.restart();
    const [fanOut] = await world.fanOuts();
    assert.ok(fanOut);
    await world.bigRoom.fanOuts.pause(coordinator, fanOut.id);
    world.arrived.splice(0);
    const copy = await world.rows.copy();
    world.answer = () => ({ result: 'sent' });
    await world.bigRoom.fanOuts.resume(coordinator, fanOut.id);
    world.clock.forward({ minutes: 2 });
    await world.workOff();
    assert.equal(world.arrived.filter(isReminder).length, members);
    await restore(copy);
    // Named although nobody has resumed it.
    await assertAsked({ uncertain: members, messages: 0 });
  });

  it('when everything had been sent: nothing is doubtful', async () => {
    untilReminders();
    await world.workOff();
    const copy = await world.rows.copy();
    await addContact('uusi');
    await world.workOff();
    const before = world.times;
    await restore(copy);
    assert.deepEqual(world.times, before);
    await assertAsked({ uncertain: 0, messages: 0 });
  });

  it('while a notice was being sent, which then arrived', async () => {
    let arrive: () => void = () => undefined;
    world.answer = () => new Promise((resolve) => (arrive = () => resolve({ result: 'sent' })));
    await acceptNews();
    await world.workUntil(() => world.arrived.some(({ what }) => what.includes('newsAccepted')));
    const copy = await world.rows.copy();
    world.answer = () => ({ result: 'sent' });
    arrive();
    await world.workOff();
    assert.equal(world.arrived.filter(({ who }) => who === author).length, 1);
    await restore(copy);
    await assertAsked({ uncertain: 0, messages: 1 });
  });

  it('from before a notice was due, whose worker had been refused once', async () => {
    world.answer = () => ({ result: 'retry', reason: '503', afterSeconds: 300 });
    await acceptNews();
    await world.workUntil(() => world.arrived.length > 0);
    await world.process.worker.stop();
    world.arrived.splice(0);
    const copy = await world.rows.copy();
    world.answer = () => ({ result: 'sent' });
    world.clock.forward({ minutes: 6 });
    await world.restart();
    await world.workOff();
    assert.equal(world.arrived.filter(({ who }) => who === author).length, 1);
    await restore(copy);
    await assertAsked({ uncertain: 0, messages: 1 });
  });

  it('while recipients waited whom Teams had refused for now', async () => {
    untilReminders();
    const refused = { result: 'retry', reason: '429', afterSeconds: 120 } as const;
    world.answer = ({ who }) => (who.endsWith('p3') || who.endsWith('p4') ? refused : { result: 'sent' });
    await world.workUntil(() => world.arrived.filter(isReminder).length === members);
    await world.process.fanOutWorker.stop();
    const copy = await world.rows.copy();
    const left = world.arrived.filter(({ who }) => !/p[34]$/.test(who));
    world.arrived.splice(0, Infinity, ...left);
    world.answer = () => ({ result: 'sent' });
    world.clock.forward({ minutes: 3 });
    await world.restart();
    await world.workOff();
    assert.equal(world.arrived.filter(isReminder).length, members);
    await restore(copy);
    await assertAsked({ uncertain: 2, messages: 0 });
  });

  it('from within the minute that the mark covers, between two messages', async () => {
    await acceptNews();
    await world.workOff();
    const copy = await world.rows.copy();
    const marked = world.mark.at;
    await addContact('uusi');
    await world.workOff();
    assert.equal(world.mark.at, marked, 'it had not been raised again when the second one left');
    assert.ok(world.arrived.some(({ who }) => who.startsWith('uusi')));
    const before = world.times;
    await restore(copy);
    // The contact came after the copy, and is gone with it. The reminders were not due yet when the last message left.
    const reminded = [...world.times].filter(([what]) => isReminder({ what }));
    assert.deepEqual(new Map([...before, ...reminded]), world.times);
    assert.equal(reminded.length, members);
    await assertAsked({ uncertain: 0, messages: 0 });
  });

  it('under a process that runs, and has not started since', async () => {
    const copy = await world.rows.copy();
    await acceptNews();
    untilReminders();
    await world.workOff();
    world.clock.forward({ seconds: 2 });
    await world.rows.restore(copy);
    await world.workOff();
    await assertAsked({ uncertain: members, messages: 0 });
  });

  it('asks about more messages than a page lists, and takes one answer for all of them', async () => {
    // Ten more than the page of messages lists.
    const count = 260;
    const at = world.clock.now().toString();
    const notices = Array.from({ length: count }, (_, number) => {
      const { id, body } = notice(`many ${number}`, at);
      return { id, dueAt: at, body: { ...body, to: author } };
    });
    for (let from = 0; from < count; from += 40)
      await world.bigRoom.outbox.commit([], notices.slice(from, from + 40));
    const copy = await world.rows.copy();
    await world.workOff();
    assert.equal(world.arrived.length, count);
    await restore(copy);
    assert.equal((await world.needingAttention()).length, 250);
    assert.equal(await world.bigRoom.outbox.countDoubted(), count);
    await world.bigRoom.outbox.resolveDoubted(coordinator, 'sent');
    await world.workOff();
    assert.deepEqual([await world.bigRoom.outbox.countDoubted(), await world.needingAttention()], [0, []]);
    assert.equal(world.arrived.filter(({ who }) => who === author).length, count, 'none left again');
  });

  it('while a notice waited for somebody who had not met the bot, and got it when they did', async () => {
    const { id, body } = notice('waits', world.clock.now().toString());
    const dueAt = world.clock.now().toString();
    const newsId = await acceptNews();
    const own = { ...body, to: coordinator.id, notice: { about: 'newsAccepted', newsId } };
    await world.bigRoom.outbox.commit([], [{ id, dueAt, body: own }]);
    await world.workOff();
    assert.deepEqual(
      (await world.bigRoom.outbox.awaited()).map((each) => each.id),
      [id],
    );
    const copy = await world.rows.copy();
    const meets = async (): Promise<void> => {
      const { chat } = (await world.bigRoom.people.find(author)) ?? assert.fail();
      assert.ok(chat);
      await world.bigRoom.people.rememberChat(coordinator.id, { ...chat, userId: '29:kaisa' });
      await world.bigRoom.deliverWaiting(coordinator.id);
      world.clock.forward({ seconds: 5 });
      await world.workOff();
    };
    await meets();
    const got = () => world.arrived.filter(({ who }) => who === coordinator.id).length;
    assert.equal(got(), 1);
    await restore(copy);
    await meets();
    assert.equal(got(), 1);
    await assertAsked({ uncertain: 0, messages: 1 });
  });

  it('is known to the process that meets somebody, though nothing has left there since', async () => {
    const dueAt = world.clock.now().toString();
    const newsId = await acceptNews();
    const { id, body } = notice('waits', dueAt);
    const own = { ...body, to: coordinator.id, notice: { about: 'newsAccepted', newsId } };
    await world.bigRoom.outbox.commit([], [{ id, dueAt, body: own }]);
    await world.workOff();
    const copy = await world.rows.copy();
    const idle = world.process;
    await world.restart();
    const { chat } = (await world.bigRoom.people.find(author)) ?? assert.fail();
    assert.ok(chat);
    const meets = async (bigRoom: typeof world.bigRoom): Promise<void> => {
      await bigRoom.people.rememberChat(coordinator.id, { ...chat, userId: '29:kaisa' });
      await bigRoom.deliverWaiting(coordinator.id);
      world.clock.forward({ seconds: 5 });
      await world.workOff();
    };
    await meets(world.bigRoom);
    const got = () => world.arrived.filter(({ who }) => who === coordinator.id).length;
    assert.equal(got(), 1);
    await restore(copy);
    await meets(idle.bigRoom);
    assert.equal(got(), 1);
    await assertAsked({ uncertain: 0, messages: 1 });
  });

  it('of invitations by mail, that left after it', async () => {
    await addContact('outi');
    await addContact('olli');
    const copy = await world.rows.copy();
    await world.workOff();
    assert.equal(world.arrived.filter(({ what }) => what.startsWith('mail')).length, 2);
    await restore(copy);
    await assertAsked({ uncertain: 2, messages: 0 });
  });

  it('twice, the second time under what a person had sent again', async () => {
    const copy = await world.rows.copy();
    untilReminders();
    await world.workOff();
    await restore(copy);
    await world.sendAllAgain();
    const before = world.times;
    await restore(copy);
    assert.deepEqual(world.times, before);
    assert.equal((await world.uncertain()).length, members);
  });

  it('to another account, where no mark is: all that was due asks', async () => {
    await acceptNews();
    untilReminders();
    // The process that made the copy stopped before it sent anything; nobody can know that.
    const copy = await world.rows.copy();
    world.mark.at = undefined;
    await restore(copy);
    await assertAsked({ uncertain: members, messages: 1 });
  });

  it('asks about nothing that came after it, and gives calendars a higher sequence than before', async () => {
    const copy = await world.rows.copy();
    const names = { fi: 'Radio', sv: 'Radio', en: 'Radio' };
    const { id } = (await world.bigRoom.series.list(coordinator))[0] ?? assert.fail();
    const held = (await world.bigRoom.series.edit(coordinator, id, { names })).series.sequence;
    await world.workOff();
    await restore(copy);
    await acceptNews();
    await world.workOff();
    assert.equal(world.arrived.filter(({ who }) => who === author).length, 1);
    const again = await world.bigRoom.series.edit(coordinator, id, { names });
    assert.ok(again.series.sequence > held, `${again.series.sequence} after ${held}`);
  });
});
