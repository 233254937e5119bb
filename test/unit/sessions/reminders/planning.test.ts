import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { NewMessage } from '../../../../src/delivery/outbox/message.js';
import { type Occurrence, occurrenceId } from '../../../../src/sessions/occurrences/occurrence.js';
import { reminderTime, usefulUntil, wantedReminders } from '../../../../src/sessions/reminders/planning.js';
import type { ReminderSettings } from '../../../../src/sessions/series/series.js';
import { series, seriesId } from './reminders-world.js';
import { bodyOf } from '../../../world/outbox.js';

const week = 10_080;
const day = 1_440;

const settings = (offsets: readonly number[], quiet?: ReminderSettings['quiet']): ReminderSettings => ({
  offsets,
  ways: ['person'],
  channels: [],
  ...(quiet && { quiet }),
});

/** A moment of Helsinki's wall clock as an ISO instant. */
const at = (local: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Helsinki').toInstant().toString();
const localOf = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO('Europe/Helsinki').toPlainDateTime().toString({ smallestUnit: 'minute' });

function occurrence(start: string, more: Partial<Occurrence> = {}): Occurrence {
  const of = series(1);
  const date = start.slice(0, 10);
  return {
    id: occurrenceId(of.id, date),
    seriesId: of.id,
    kind: of.kind,
    date,
    segment: 1,
    state: { status: 'planned' },
    start,
    end: Temporal.Instant.from(start).add({ minutes: 30 }).toString(),
    names: of.names,
    ...more,
  };
}

describe('the time of a reminder', () => {
  const cases: readonly (readonly [what: string, start: string, offset: number, expected: string])[] = [
    ['a quarter of an hour', '2026-12-01T09:00', 15, '2026-12-01T08:45'],
    ['the start itself', '2026-12-01T09:00', 0, '2026-12-01T09:00'],
    ['a day', '2026-12-01T09:00', day, '2026-11-30T09:00'],
    ['a week', '2026-12-01T09:00', week, '2026-11-24T09:00'],
    ['at 23:45 UTC', '2026-12-01T02:00', 15, '2026-12-01T01:45'],
    ['a day over the night with 23 hours', '2026-03-29T09:00', day, '2026-03-28T09:00'],
    ['a day over the night with 25 hours', '2026-10-25T09:00', day, '2026-10-24T09:00'],
    ['a week over the change of the clocks', '2026-10-27T09:00', week, '2026-10-20T09:00'],
    ['two hours over the hour that is skipped', '2026-03-29T05:00', 120, '2026-03-29T02:00'],
    ['two hours over the hour that comes twice', '2026-10-25T05:00', 120, '2026-10-25T03:00'],
    ['a day before a time that there is not the day before', '2026-03-30T03:30', day, '2026-03-29T04:30'],
    ['a day over New Year', '2027-01-01T09:00', day, '2026-12-31T09:00'],
    ['a day to a leap day', '2028-03-01T09:00', day, '2028-02-29T09:00'],
  ];
  for (const [what, start, offset, expected] of cases) {
    it(`${what} before ${start} is ${expected}`, () => {
      assert.equal(localOf(reminderTime(at(start), offset, settings([offset]))), expected);
    });
  }

  it('an hour is an hour in the night in which the clocks go back', () => {
    const reminder = reminderTime('2026-10-25T02:00:00Z', 60, settings([60]));
    assert.equal(reminder.toString(), '2026-10-25T01:00:00Z');
  });

  const night = { from: '21:00', to: '07:00' };
  const noon = { from: '11:00', to: '13:00' };
  const quietCases: readonly (readonly [
    what: string,
    start: string,
    offset: number,
    quiet: typeof night,
    expected: string,
  ])[] = [
    ['waits for the morning', '2026-12-01T09:00', 180, night, '2026-12-01T07:00'],
    [
      'leaves the evening before when the morning is too late',
      '2026-12-01T06:00',
      15,
      night,
      '2026-11-30T20:45',
    ],
    ['leaves before when the morning is the start', '2026-12-01T07:00', 15, night, '2026-11-30T20:45'],
    ['of the evening waits past midnight', '2026-12-02T21:30', day, night, '2026-12-02T07:00'],
    [
      'of the evening leaves before where that is too late',
      '2026-12-01T22:00',
      30,
      night,
      '2026-12-01T20:45',
    ],
    ['may leave in the minute in which they end', '2026-12-01T07:15', 15, night, '2026-12-01T07:00'],
    ['may not leave in the minute in which they begin', '2026-12-01T21:15', 15, night, '2026-12-01T20:45'],
    ['waits for the end of quiet hours by day', '2026-12-01T15:00', 180, noon, '2026-12-01T13:00'],
    ['is not touched outside of them', '2026-12-01T15:00', 60, noon, '2026-12-01T14:00'],
    [
      'is not touched by quiet hours without length',
      '2026-12-01T09:00',
      60,
      { from: '08:00', to: '08:00' },
      '2026-12-01T08:00',
    ],
    ['waits for the morning of the short night', '2026-03-29T09:00', 300, night, '2026-03-29T07:00'],
    ['leaves the evening before the long night', '2026-10-25T06:30', 60, night, '2026-10-24T20:45'],
  ];
  for (const [what, start, offset, quiet, expected] of quietCases) {
    it(`${what}: ${offset} minutes before ${start}, quiet ${quiet.from}-${quiet.to}`, () => {
      assert.equal(localOf(reminderTime(at(start), offset, settings([offset], quiet))), expected);
    });
  }
});

describe('how long a late reminder is of use', () => {
  const start = '2026-12-01T09:00';
  const cases: readonly (readonly [offsets: readonly number[], offset: number, expected: string])[] = [
    [[week, day, 15], week, '2026-11-30T09:00'],
    [[week, day, 15], day, '2026-12-01T08:00'],
    [[week, day, 15], 15, '2026-12-01T09:00'],
    [[week], week, '2026-12-01T09:00'],
    [[day], day, '2026-12-01T09:00'],
    [[week, 60], week, '2026-12-01T08:00'],
    [[day, 180], day, '2026-12-01T06:00'],
    [[120, 15], 120, '2026-12-01T08:45'],
    [[2 * week, week], 2 * week, '2026-11-24T09:00'],
    [[15, 0], 0, '2026-12-01T09:00'],
  ];
  for (const [offsets, offset, expected] of cases) {
    it(`${offset} of ${offsets.join(', ')} minutes: until ${expected}`, () => {
      assert.equal(localOf(usefulUntil(at(start), offset, settings(offsets))), expected);
    });
  }
});

describe('wanted reminders', () => {
  const since = '2026-11-01T08:00:00Z';
  const offsets = [week, day, 15];
  const factsOf = (messages: readonly NewMessage[]): string[] =>
    messages.map((message) => {
      const body = bodyOf(message);
      const { dueAt } = message;
      assert.ok(body.kind === 'send' && body.content.kind === 'reminder');
      return `${body.content.occurrenceId.slice(-8)} ${body.content.offset} ${dueAt}`;
    });
  const wanted = (occurrences: readonly Occurrence[], reminders = settings(offsets), from = since) =>
    wantedReminders({ reminders }, occurrences, from);
  const december = occurrence('2026-12-01T07:00:00Z');

  it('are one for each session and offset', () => {
    const january = occurrence('2027-01-05T07:00:00Z');
    assert.deepEqual(factsOf(wanted([december, january])), [
      '20261201 10080 2026-11-24T07:00:00Z',
      '20261201 1440 2026-11-30T07:00:00Z',
      '20261201 15 2026-12-01T06:45:00Z',
      '20270105 10080 2026-12-29T07:00:00Z',
      '20270105 1440 2027-01-04T07:00:00Z',
      '20270105 15 2027-01-05T06:45:00Z',
    ]);
  });

  it('are the same ones whenever they are asked for, and other ones after a move', () => {
    const ids = (messages: readonly NewMessage[]): string[] => messages.map(({ id }) => id);
    const first = ids(wanted([december]));
    assert.deepEqual(ids(wanted([december], settings(offsets, { from: '22:00', to: '06:00' }))), first);
    assert.equal(new Set(first).size, 3);
    const moved = ids(wanted([{ ...december, start: '2026-12-02T07:00:00Z' }]));
    assert.ok(moved.every((id) => !first.includes(id)));
  });

  it('leave out what is cancelled', () => {
    const by = { id: 'kaisa', name: 'Kaisa' } as never;
    const is = { status: 'cancelled', at: since, by, was: 'planned' } as const;
    assert.deepEqual(wanted([{ ...december, state: is }]), []);
  });

  it('leave out those whose time had passed at the change, not those that are merely late', () => {
    assert.deepEqual(factsOf(wanted([december], settings(offsets), '2026-11-24T07:00:00Z')).length, 3);
    assert.deepEqual(factsOf(wanted([december], settings(offsets), '2026-11-24T07:00:01Z')).length, 2);
    assert.deepEqual(factsOf(wanted([december], settings(offsets), '2026-12-01T06:45:01Z')), []);
  });

  it('of a session that was moved an hour before: what is still ahead', () => {
    const moved = { ...december, start: '2026-12-01T08:30:00Z' };
    assert.deepEqual(factsOf(wanted([moved], settings(offsets), '2026-12-01T06:00:00Z')), [
      '20261201 15 2026-12-01T08:15:00Z',
    ]);
  });

  it('are not two at once where quiet hours push one onto the next', () => {
    const early = occurrence('2026-12-01T05:10:00Z');
    const quiet = { from: '22:00', to: '07:00' };
    assert.deepEqual(factsOf(wanted([early], settings([day, 120, 15], quiet))), [
      '20261201 1440 2026-11-30T05:10:00Z',
      '20261201 15 2026-12-01T05:00:00Z',
    ]);
  });

  it('name the series by their occurrence alone', () => {
    const other = { ...december, id: occurrenceId(seriesId(2), '2026-12-01'), seriesId: seriesId(2) };
    const [one] = wanted([december]);
    const [two] = wanted([other]);
    assert.notEqual(one?.id, two?.id);
  });
});
