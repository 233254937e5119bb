import assert from 'node:assert/strict';
import { AppError } from '../../../../src/platform/errors.js';
import { handleMessage, type DeliveryKind } from '../../../../src/delivery/outbox/kind.js';
import type {
  Calendar,
  CalendarMemory,
  CalendarRun,
  CalendarSeries,
} from '../../../../src/sessions/calendar/calendar.js';
import { asCalendar } from '../../../../src/sessions/calendar/as-calendar.js';
import { calendarSync } from '../../../../src/sessions/calendar/sync.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { graphCalendar } from '../../../../src/adapters/graph/graph-calendar.js';
import { seriesForm, sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { coordinator } from '../../../make.js';
import { graphWorld } from '../../../world/graph/world.js';
import { rejectsWith } from '../../../world/outbox.js';

type Outcome = Awaited<ReturnType<DeliveryKind['handle']>>;

/** A calendar that keeps what it was asked for and gives the answers that a test sets. */
class KeptCalendar implements Calendar {
  readonly asked: CalendarSeries[] = [];
  readonly memories: (CalendarMemory | undefined)[] = [];
  fault: AppError | undefined;
  joinUrl: string | undefined;
  /** What happens while it follows. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  async sync(
    wanted: CalendarSeries,
    memory: CalendarMemory | undefined,
    { keep, hasTime }: CalendarRun,
  ): Promise<{ readonly joinUrl?: string }> {
    this.asked.push(wanted);
    this.memories.push(memory);
    await this.meanwhile();
    if (!hasTime()) throw new AppError('calendar.unavailable', { reason: 'timeUp' });
    if (this.fault !== undefined) throw this.fault;
    await keep({ times: this.asked.length });
    return this.joinUrl === undefined ? {} : { joinUrl: this.joinUrl };
  }
}

describe('the calendar', () => {
  let world: SessionWorld;
  let calendar: KeptCalendar;
  let series: Series;

  const sync = (): Promise<Outcome> =>
    handleMessage(calendarSync({ ...world.deps, calendar }), {
      id: 'm' as never,
      dueAt: world.clock.iso(),
      body: { kind: 'calendar', seriesId: series.id },
      state: { status: 'pending', attempts: 1 },
    });
  const last = (): CalendarSeries => {
    const wanted = calendar.asked.at(-1);
    assert.ok(wanted);
    return wanted;
  };

  beforeEach(async () => {
    world = await sessionWorld();
    calendar = new KeptCalendar();
    series = await world.create('hankeradio', { groups: ['hankkeet@alue.example'], pausedMonths: [7] });
  });

  it('is asked for the rule, without the pause, in both languages, for the groups', async () => {
    assert.deepEqual(await sync(), { result: 'sent' });
    const { segments, attendees, isEnded } = last();
    assert.equal(segments.length, 1);
    assert.deepEqual(segments[0]?.without, ['2027-07-06']);
    assert.deepEqual(segments[0].exceptions, []);
    assert.equal(segments[0].subject, 'Hankeradio / Hankeradio (Projektradion)');
    assert.deepEqual(
      [segments[0].firstDate, segments[0].time, segments[0].minutes],
      ['2026-12-01', '09:00', 30],
    );
    assert.deepEqual(attendees, ['hankkeet@alue.example']);
    assert.equal(isEnded, false);
  });

  it('is given what was cancelled, moved and renamed', async () => {
    const [one, two, three] = await world.next(series, 3);
    assert.ok(one && two && three);
    await world.series.cancel(coordinator, one.id, {});
    await world.series.move(coordinator, two.id, { date: '2027-01-07', time: '10:00' });
    const names = { fi: 'Juhla', sv: 'Fest', en: 'Party' };
    await world.series.editOccurrence(coordinator, three.id, { names });
    await sync();
    assert.deepEqual(last().segments[0]?.without, ['2026-12-01', '2027-07-06']);
    assert.deepEqual(
      last().segments[0]?.exceptions.map(({ date, start, subject }) => [date, start, subject]),
      [
        ['2027-01-05', '2027-01-07T08:00:00Z', 'Hankeradio / Hankeradio (Projektradion)'],
        ['2027-02-02', '2027-02-02T07:00:00Z', 'Juhla / Fest'],
      ],
    );
  });

  it('is not given what is past, which a feed keeps for good', async () => {
    const [one] = await world.next(series, 1);
    assert.ok(one);
    await world.series.cancel(coordinator, one.id, {});
    world.clock.forward({ days: 400 });
    await sync();
    assert.deepEqual(last().segments[0]?.without, ['2028-07-04']);
    const { series: now } = await world.series.get(coordinator, series.id);
    const { segments } = await asCalendar(world.deps, now, 'fi');
    assert.deepEqual(segments[0]?.without, ['2026-12-01', '2027-07-06', '2028-07-04']);
    assert.deepEqual(segments[0].pausedMonths, [7]);
  });

  it('has an event series for each stretch, and none for one of which nothing is left', async () => {
    const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 2 };
    const { undo = 0 } = await world.series.changeFrom(coordinator, series.id, { from: '2027-01-01', rule });
    await sync();
    assert.deepEqual(
      last().segments.map(({ uid, lastDate }) => [uid.slice(-2), lastDate]),
      [
        ['-1', '2026-12-31'],
        ['-2', undefined],
      ],
    );
    await world.series.undo(coordinator, series.id, undo);
    await sync();
    assert.deepEqual(
      last().segments.map(({ uid }) => uid.slice(-2)),
      ['-1'],
    );
  });

  it('remembers what it kept, and gives the address with which one joins', async () => {
    calendar.joinUrl = 'https://teams.example.test/meet';
    await sync();
    const { series: after } = await world.series.get(coordinator, series.id);
    const [newest] = (await world.series.seriesAudit(coordinator, series.id)).lines;
    assert.equal(after.joinUrl, 'https://teams.example.test/meet');
    assert.equal(after.joinUrlBy, 'calendar');
    assert.deepEqual(newest?.event, { action: 'joinUrl' });
    assert.equal(newest.by, undefined);
    await sync();
    assert.deepEqual(calendar.memories, [undefined, { times: 1 }]);
    assert.equal((await world.series.seriesAudit(coordinator, series.id)).lines.length, 2);
  });

  it("leaves a person's own address alone", async () => {
    const own = 'https://teams.example.test/own';
    await world.series.edit(coordinator, series.id, { joinUrl: own });
    calendar.joinUrl = 'https://teams.example.test/meet';
    await sync();
    assert.equal((await world.series.get(coordinator, series.id)).series.joinUrl, own);
  });

  it('is tried again when it is unavailable, and waits for a person when its organiser does not exist any more', async () => {
    calendar.fault = new AppError('calendar.unavailable', { afterSeconds: 77 });
    assert.deepEqual(await sync(), { result: 'retry', reason: 'calendar.unavailable', afterSeconds: 77 });
    calendar.fault = new AppError('calendar.organiserGone');
    assert.deepEqual(await sync(), { result: 'failed', reason: 'calendar.organiserGone' });
    calendar.fault = new AppError('calendar.tooManyAttendees');
    assert.deepEqual(await sync(), { result: 'failed', reason: 'calendar.tooManyAttendees' });
  });

  it('takes out what is to come when the series ends, once the last one is over', async () => {
    await world.series.end(coordinator, series.id, {});
    await sync();
    assert.equal(last().isEnded, true);
  });

  describe('followed by several at once', () => {
    const off = { result: 'retry', reason: 'calendar.unavailable' };
    const rename = (name: string) =>
      world.series.edit(coordinator, series.id, { names: { fi: name, sv: name, en: name } });

    it('is followed by one at a time, and again by it where the series was changed meanwhile', async () => {
      let other: Outcome | undefined;
      calendar.meanwhile = async () => {
        calendar.meanwhile = () => Promise.resolve();
        await rename('Uusi');
        other = await sync();
      };
      assert.deepEqual(await sync(), { result: 'sent' });
      assert.deepEqual(other, off);
      assert.deepEqual(
        calendar.asked.map(({ segments }) => segments[0]?.subject),
        ['Hankeradio / Hankeradio (Projektradion)', 'Uusi'],
      );
      assert.deepEqual(calendar.memories, [undefined, { times: 1 }]);
      assert.deepEqual(await sync(), { result: 'sent' });
    });

    it('stops when its time is up, and the next run goes on at once', async () => {
      calendar.meanwhile = () => {
        world.clock.forward({ seconds: 46 });
        return Promise.resolve();
      };
      assert.deepEqual(await sync(), off);
      calendar.meanwhile = () => Promise.resolve();
      assert.deepEqual(await sync(), { result: 'sent' });
    });

    it('takes the lease of an instance that died, which then stores nothing any more', async () => {
      let other: Outcome | undefined;
      calendar.meanwhile = async () => {
        calendar.meanwhile = () => Promise.resolve();
        world.clock.forward({ seconds: 91 });
        other = await sync();
        world.clock.forward({ seconds: -91 });
      };
      await rejectsWith(sync(), 'storage.conflict');
      assert.deepEqual(other, { result: 'sent' });
      assert.deepEqual((await world.deps.store.calendarState(series.id))?.value, { memory: { times: 2 } });
    });
  });

  it('is not needed', async () => {
    const outcome = await handleMessage(calendarSync({ ...world.deps }), {
      id: 'm' as never,
      dueAt: world.clock.iso(),
      body: { kind: 'calendar', seriesId: series.id },
      state: { status: 'pending', attempts: 1 },
    });
    assert.deepEqual(outcome, { result: 'sent' });
  });

  describe('with a series of chosen dates, in Graph', () => {
    const groups = ['hankkeet@alue.example', 'anna@alue.example'];

    for (const [name, dates] of [
      ['one date', ['2026-12-09']],
      ['each second Wednesday but one', ['2026-12-09', '2026-12-23', '2027-01-20']],
      ['days of many weeks', ['2026-12-08', '2026-12-18', '2027-02-02', '2027-07-07', '2028-05-31']],
    ] as const)
      it(`invites everybody once and calls nothing off: ${name}`, async () => {
        const outside = await graphWorld(world.clock.iso());
        try {
          const { client, clock, graph } = outside;
          ({ series } = await world.series.create(coordinator, {
            ...seriesForm('training', { formId: 'form-chosen', groups, rule: { every: 'dates', dates } }),
            time: '13:00',
            minutes: 60,
          }));
          const delivery = calendarSync({
            ...world.deps,
            calendar: graphCalendar({ client, organiser: graph.organiser, clock }),
          });
          const synced = () =>
            handleMessage(delivery, {
              id: 'm' as never,
              dueAt: world.clock.iso(),
              body: { kind: 'calendar', seriesId: series.id },
              state: { status: 'pending', attempts: 1 },
            });
          assert.deepEqual(await synced(), { result: 'sent' });
          assert.deepEqual(
            graph.mailbox.entries('2026-12-01', '2028-12-31').map((entry) => entry.slice(0, 16)),
            dates.map((date) => `${date} 13:00`),
          );
          const mails = () => graph.mailbox.mails.map(({ what, to }) => `${what} ${to}`).sort();
          const invited = groups.map((group) => `invitation ${group}`).sort();
          assert.deepEqual(mails(), invited);
          const [first] = await world.next(series, 1);
          assert.ok(first);
          await world.series.cancel(coordinator, first.id, {});
          await synced();
          const calledOff = groups.map((group) => `cancellation ${group}`).sort();
          assert.deepEqual(mails(), [...calledOff, ...invited]);
        } finally {
          await outside.close();
        }
      });
  });
});
