import assert from 'node:assert/strict';
import { coordinator, worker } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';

const chat = '19:meeting_ODg3NjU0MzIxMDEyMzQ1Njc4OQ@thread.v2';
const linkTo = (to: string): string =>
  `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(to)}/0?context=%7b%7d`;
const shortLink = 'https://teams.microsoft.com/meet/2345678901234?p=abc';

describe('the session that a meeting in Teams is', () => {
  let world: SessionWorld;

  beforeEach(async () => {
    world = await sessionWorld();
  });

  function goTo(instant: string): void {
    const seconds = (Date.parse(instant) - world.clock.now().epochMilliseconds) / 1000;
    world.clock.forward({ seconds });
  }
  const of = (asked: string) => world.series.ofMeeting(worker, asked);

  it('is one whose link leads to that meeting: the next, today’s to the end of its day, and then the next again', async () => {
    const series = await world.create('hankeradio', { joinUrl: linkTo(chat) });
    const [first, second] = await world.next(series, 2);
    assert.ok(first && second);
    assert.deepEqual(await of(chat), { id: first.id, by: 'link' });
    goTo(first.start);
    assert.deepEqual(await of(chat), { id: first.id, by: 'link' });
    goTo(first.end);
    world.clock.forward({ hours: 5 });
    assert.deepEqual(await of(chat), { id: first.id, by: 'link' }, 'what came of it is of use that day');
    world.clock.forward({ hours: 24 });
    assert.deepEqual(await of(chat), { id: second.id, by: 'link' });
  });

  it('is the last one of a series that has ended', async () => {
    const series = await world.create('hankeradio', { joinUrl: linkTo(chat) });
    const [first, second] = await world.next(series, 2);
    assert.ok(first && second);
    await world.series.end(coordinator, series.id, { last: first.date });
    goTo(first.end);
    world.clock.forward({ hours: 48 });
    assert.deepEqual(await of(chat), { id: first.id, by: 'link' });
  });

  it('is not one that was cancelled', async () => {
    const series = await world.create('hankeradio', { joinUrl: linkTo(chat) });
    const [first, second] = await world.next(series, 2);
    assert.ok(first && second);
    await world.series.cancel(coordinator, first.id, {});
    assert.deepEqual(await of(chat), { id: second.id, by: 'link' });
  });

  it('is known by its own link where it has one', async () => {
    const series = await world.create('hankeradio', { joinUrl: shortLink });
    const [, second] = await world.next(series, 2);
    assert.ok(second);
    await world.series.editOccurrence(coordinator, second.id, { joinUrl: linkTo(chat) });
    assert.deepEqual(await of(chat), { id: second.id, by: 'link' });
  });

  it('is the one that is on, where no link says which meeting it is', async () => {
    const series = await world.create('hankeradio', { joinUrl: shortLink });
    const [first] = await world.next(series, 1);
    assert.ok(first);
    assert.equal(await of(chat), undefined, 'days before');
    for (const [from, minutes, found] of [
      [first.start, -31, false],
      [first.start, -30, true],
      [first.end, 30, true],
      [first.end, 31, false],
    ] as const) {
      goTo(from);
      world.clock.forward({ minutes });
      for (const asked of [chat, ''])
        assert.deepEqual(await of(asked), found ? { id: first.id, by: 'time' } : undefined, `${minutes}`);
    }
  });

  it('is not guessed: neither between two that are on, nor one whose link leads to another meeting', async () => {
    const radio = await world.create('hankeradio', { joinUrl: linkTo('19:other@thread.v2') });
    const [first] = await world.next(radio, 1);
    assert.ok(first);
    goTo(first.start);
    assert.equal(await of(chat), undefined);
    assert.equal(await of(''), undefined);
    for (const name of ['first', 'second'])
      await world.create('own', {
        formId: `form-${name}`,
        rule: { every: 'week', interval: 1, weekdays: [1, 2, 3, 4, 5] },
        time: '09:00',
        minutes: 60,
        joinUrl: shortLink,
      });
    goTo('2026-12-02T07:15:00Z');
    assert.equal(await of(chat), undefined);
  });
});
