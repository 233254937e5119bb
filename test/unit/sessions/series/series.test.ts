import assert from 'node:assert/strict';
import { fieldFaults } from '../../../../src/platform/errors.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { seriesForm, sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { coordinator, otherCoordinator, worker } from '../../../make.js';
import { rejectsWith } from '../../../world/outbox.js';

const tuesdays = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 } as const;
const wednesdays = { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 2 } as const;

/** The faults of an `input.invalid`, as `field code`. */
async function faultsOf(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise;
  } catch (error) {
    return fieldFaults(error).map(({ field, code }) => `${field} ${code}`);
  }
  return [];
}

const dates = (lines: readonly { readonly date: string }[]): string[] => lines.map(({ date }) => date);
const starts = (lines: readonly { readonly start: string }[]): string[] => lines.map(({ start }) => start);

/** Where calendars begin to count; see `nextSequence`. */
const secondsOfYear = (at: string): number => (Date.parse(at) - Date.parse('2026-01-01T00:00:00Z')) / 1_000;

describe('a series', () => {
  let world: SessionWorld;

  beforeEach(async () => {
    world = await sessionWorld();
  });

  describe('being created', () => {
    it('takes the Swedish name for the English one where none is given, and asks for the other two', async () => {
      const world = await sessionWorld();
      const { names } = await world.create('own', { names: { fi: 'Aamu', sv: 'Morgon', en: ' ' } });
      assert.deepEqual(names, { fi: 'Aamu', sv: 'Morgon', en: 'Morgon' });
      await assert.rejects(
        world.create('own', { formId: 'form-nameless', names: { fi: 'Aamu', sv: '' } }),
        (error) => fieldFaults(error).some(({ field }) => field === 'names.sv'),
      );
    });

    it('is Hankeradio on first Tuesdays at nine, with a rotation of all projects, open to contacts', async () => {
      const series = await world.create('hankeradio');
      assert.deepEqual(series.segments, [
        { number: 1, from: '2026-12-01', rule: tuesdays, time: '09:00', minutes: 30 },
      ]);
      assert.deepEqual(series.rotation, {
        projects: ['elma', 'digi', 'lahella'],
        askDays: 21,
        deadlineDays: 7,
      });
      assert.equal(series.isOpenToContacts, true);
      assert.deepEqual(series.reminders.offsets, [10_080, 1_440, 15]);
      assert.deepEqual(starts(await world.next(series, 3)), [
        '2026-12-01T07:00:00Z',
        '2027-01-05T07:00:00Z',
        '2027-02-02T07:00:00Z',
      ]);
    });

    it('is a monthly working session with an agenda template for Big Room', async () => {
      const series = await world.create('bigRoom');
      assert.equal(series.rotation, undefined);
      assert.equal(series.isOpenToContacts, false);
      assert.deepEqual(
        series.agenda.map(({ id }) => id),
        ['picture', 'plan', 'ideas', 'training'],
      );
      assert.ok(series.agenda.every(({ title }) => title.fi && title.sv && title.en));
      assert.equal(series.segments[0]?.minutes, 120);
    });

    it('is one, however often the same form arrives, at once or later', async () => {
      const form = seriesForm('hankeradio');
      const sent = await Promise.all([1, 2, 3].map(() => world.series.create(coordinator, form)));
      const again = await world.series.create(coordinator, { ...form, names: { fi: 'a', sv: 'b', en: 'c' } });
      assert.equal(new Set([...sent, again].map(({ series }) => series.id)).size, 1);
      assert.equal((await world.series.list(coordinator)).length, 1);
    });

    it('asks at its fields for what is wanting or wrong', async () => {
      const wrong = (more: Readonly<Record<string, unknown>>, kind = 'hankeradio' as const) =>
        faultsOf(world.series.create(coordinator, seriesForm(kind, more)));
      assert.deepEqual(await wrong({ from: '2026-12-24', until: '2026-12-01' }), ['until endBeforeStart']);
      assert.deepEqual(await wrong({ from: '2026-12-02', until: '2026-12-31' }), ['rule noDates']);
      assert.deepEqual(await wrong({ pausedMonths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }), [
        'rule noDates',
      ]);
      assert.deepEqual(await wrong({ from: '2026-11-22' }), ['from datePast']);
      assert.deepEqual(await wrong({ from: '2026-13-01', time: '25:00', minutes: 0 }), [
        'from notADate',
        'time notATime',
        'minutes notInRange',
      ]);
      assert.deepEqual(await wrong({ groups: ['hankkeet@alue.example', 'ei osoite'] }), [
        'groups.1 notAnAddress',
      ]);
      assert.deepEqual(await wrong({ groups: ['jörgen@alue.example'] }), ['groups.0 localPartNotAscii']);
      assert.deepEqual(await wrong({ joinUrl: 'javascript:alert(1)' }), ['joinUrl notASafeLink']);
      assert.deepEqual(await wrong({ rotation: { projects: ['kadonnut'], askDays: 21, deadlineDays: 7 } }), [
        'rotation.projects unknownChoice',
      ]);
      assert.deepEqual(await wrong({ rotation: { projects: ['elma'], askDays: 7, deadlineDays: 7 } }), [
        'rotation.deadlineDays notInRange',
      ]);
      const own = { formId: 'form-own', kind: 'own', names: { fi: 'a', sv: 'b', en: 'c' } };
      assert.deepEqual(await faultsOf(world.series.create(coordinator, own)), [
        'rule required',
        'time required',
        'minutes required',
      ]);
    });

    it('says at once what its form is wrong in by itself and what only the server knows', async () => {
      const wrong = (more: Readonly<Record<string, unknown>>) =>
        faultsOf(world.series.create(coordinator, { formId: 'form-all-faults', ...more }));
      const rotation = { projects: ['kadonnut'], askDays: 21, deadlineDays: 7 };
      assert.deepEqual(
        await wrong({
          kind: 'hankeradio',
          names: { fi: 'Nimi', sv: '' },
          from: '2026-11-01',
          until: '2026-10-01',
          minutes: 0,
          joinUrl: 'ei linkki',
          people: { of: 'projects', projects: ['kadonnut'] },
          rotation,
        }),
        [
          'minutes notInRange',
          'names.sv required',
          'joinUrl notASafeLink',
          'people.projects unknownChoice',
          'rotation.projects unknownChoice',
          'from datePast',
          'until endBeforeStart',
        ],
      );
      // Of its own kind: nothing to fall back on, and a name that is wrong is not missing as well.
      assert.deepEqual(await wrong({ kind: 'own', names: { fi: '', sv: 'Namn' }, time: '25:00' }), [
        'time notATime',
        'names.fi required',
        'rule required',
        'minutes required',
      ]);
      assert.deepEqual(await wrong({ kind: 'own', rotation }), [
        'rotation.projects unknownChoice',
        'names required',
        'rule required',
        'time required',
        'minutes required',
      ]);
      // Chosen dates that are over, beside a length that is none.
      const dates = ['2026-11-20', '2026-12-02', '2026-11-21'];
      assert.deepEqual(await wrong({ kind: 'training', rule: { every: 'dates', dates }, minutes: 1 }), [
        'minutes notInRange',
        'rule.dates.0 dateBefore',
        'rule.dates.1 dateBefore',
      ]);
      // What depends on a field that is wrong is not guessed at.
      assert.deepEqual(await wrong({ kind: 'hankeradio', from: 'huomenna', until: '2026-11-01' }), [
        'from notADate',
      ]);
      assert.deepEqual(await wrong({ kind: 'messut', from: '2026-12-01', until: '2026-11-30' }), [
        'kind unknownChoice',
      ]);
      assert.deepEqual(await wrong({}), ['kind required']);
    });

    it('says all that is wrong with the settings and the timing of a draft at once', async () => {
      const draft = await world.create('hankeradio', { isDraft: true });
      const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);
      const settings = {
        joinUrl: 'ei linkki',
        pausedMonths: everyMonth,
        rotation: { projects: ['kadonnut'], askDays: 21, deadlineDays: 7 },
      };
      assert.deepEqual(await faultsOf(world.series.edit(coordinator, draft.id, settings)), [
        'joinUrl notASafeLink',
        'rotation.projects unknownChoice',
        'pausedMonths noDates',
      ]);
      const timing = { from: '2026-11-01', until: '2026-10-01', time: 'aamulla' };
      assert.deepEqual(await faultsOf(world.series.setTiming(coordinator, draft.id, timing)), [
        'time notATime',
        'from datePast',
        'until endBeforeStart',
      ]);
    });

    it('takes 500 groups and not 501, counting each once', async () => {
      const groups = Array.from({ length: 501 }, (_, index) => `ryhma${index}@alue.example`);
      const wrong = seriesForm('hankeradio', { groups });
      assert.deepEqual(await faultsOf(world.series.create(coordinator, wrong)), ['groups tooMany']);
      const twice = [...groups.slice(0, 500), 'RYHMA0@alue.example '];
      assert.equal((await world.create('hankeradio', { groups: twice })).groups.length, 500);
    });

    it('is for those who may edit, and names without personal identity codes', async () => {
      await rejectsWith(world.series.create(worker, seriesForm('hankeradio')), 'permission.denied');
      const names = { fi: 'Asiakas 131052-308T', sv: 'b', en: 'c' };
      await rejectsWith(world.series.create(coordinator, seriesForm('own', { names })), 'text.personalData');
    });
  });

  describe('previewed', () => {
    it('shows twelve dates with holidays, a date instead, the pause, and the change of the clocks', async () => {
      const form = { kind: 'hankeradio', from: '2026-01-01', pausedMonths: [7] };
      const past = await sessionWorld('2025-12-01T08:00:00Z');
      const shown = await past.series.preview(coordinator, form);
      assert.equal(shown.length, 12);
      assert.equal(shown[0]?.date, '2026-01-06');
      assert.equal(shown[0].holiday?.names.fi, 'loppiainen');
      assert.equal(shown[0].proposal, '2026-01-13');
      assert.deepEqual(dates(shown.filter(({ isPaused }) => isPaused)), ['2026-07-07']);
      const sundays = {
        rule: { every: 'week', interval: 1, weekdays: [7] },
        from: '2026-03-22',
        time: '09:00',
      };
      const night = await past.series.preview(coordinator, { kind: 'own', minutes: 30, ...sundays });
      assert.deepEqual(
        night.filter(({ clockChanges: turnsClock }) => turnsClock).map(({ start }) => start),
        ['2026-03-29T06:00:00Z'],
      );
    });

    it('proposes no date on which another series is', async () => {
      const past = await sessionWorld('2025-12-01T08:00:00Z');
      await past.create('own', {
        rule: { every: 'week', interval: 1, weekdays: [2] },
        formId: 'form-weekly',
      });
      const [first] = await past.series.preview(coordinator, { kind: 'hankeradio', from: '2026-01-01' });
      assert.equal(first?.proposal, '2026-01-07');
    });
  });

  describe('being edited', () => {
    it('keeps what is not named, and gives the calendar only what is seen there', async () => {
      const { id } = await world.create('hankeradio');
      const quiet = await world.series.edit(coordinator, id, {
        reminders: { offsets: [15], ways: ['person'] },
      });
      assert.equal(quiet.series.sequence, 0);
      assert.equal(quiet.series.names.fi, 'Hankeradio');
      assert.equal((await world.waiting('calendar')).length, 1);
      const named = await world.series.edit(coordinator, id, {
        names: { fi: 'Radio', sv: 'Radio', en: 'Radio' },
      });
      assert.equal(named.series.sequence, secondsOfYear('2026-11-23T08:00:00Z'));
      assert.equal((await world.waiting('calendar')).length, 2);
      assert.equal((await world.waiting('send')).length, 2);
    });

    it('updates only the calendar for new groups, and invites no contact again', async () => {
      const { id } = await world.create('hankeradio');
      const { series } = await world.series.edit(coordinator, id, { groups: ['hankkeet@alue.example'] });
      assert.equal(series.sequence, 0);
      assert.equal((await world.waiting('calendar')).length, 2);
      assert.equal((await world.waiting('send')).length, 1);
    });

    it('stores nothing when nothing changes', async () => {
      const { id, ...series } = await world.create('hankeradio');
      const { undo } = await world.series.edit(coordinator, id, { names: series.names, joinUrl: null });
      assert.equal(undo, undefined);
      assert.equal((await world.series.seriesAudit(coordinator, id)).lines.length, 1);
    });

    it('leaves July out, and refuses a pause that leaves nothing', async () => {
      const { id } = await world.create('hankeradio');
      const { series } = await world.series.edit(coordinator, id, { pausedMonths: [7, 7] });
      assert.deepEqual(series.pausedMonths, [7]);
      const { occurrences } = await world.series.year(coordinator, 2027);
      assert.equal(occurrences.length, 11);
      assert.ok(!dates(occurrences).some((date) => date.startsWith('2027-07')));
      const all = Array.from({ length: 12 }, (_, index) => index + 1);
      assert.deepEqual(await faultsOf(world.series.edit(coordinator, id, { pausedMonths: all })), [
        'pausedMonths noDates',
      ]);
    });

    it('notifies contacts once when the series closes to them', async () => {
      const { id } = await world.create('hankeradio');
      await world.pass({ seconds: 20 });
      await world.series.edit(coordinator, id, { isOpenToContacts: false });
      assert.equal((await world.waiting('send')).length, 1);
      await world.pass({ seconds: 20 });
      await world.series.edit(coordinator, id, { names: { fi: 'a', sv: 'b', en: 'c' } });
      assert.equal((await world.waiting('send')).length, 0);
    });
  });

  describe('taken back', () => {
    it('brings back what was and calls back what waits, and feeds that showed it get a higher sequence all the same', async () => {
      const { id } = await world.create('hankeradio');
      await world.pass({ seconds: 20 });
      const { undo } = await world.series.edit(coordinator, id, { names: { fi: 'a', sv: 'b', en: 'c' } });
      assert.ok(undo);
      const { series } = await world.series.undo(coordinator, id, undo);
      assert.equal(series.names.fi, 'Hankeradio');
      assert.equal(series.sequence, secondsOfYear('2026-11-23T08:00:20Z') + 1);
      assert.deepEqual([series.sameAs, series.changedAt], [0, series.createdAt]);
      assert.equal((await world.waiting('calendar')).length + (await world.waiting('send')).length, 0);
      const again = await world.series.edit(coordinator, id, { names: { fi: 'd', sv: 'e', en: 'f' } });
      assert.equal(again.series.sequence, series.sequence + 1);
      assert.equal(again.series.sameAs, undefined);
      assert.equal((await world.waiting('send')).length, 1);
    });

    it('sends again what has been sent, with a higher sequence', async () => {
      const { id } = await world.create('hankeradio');
      const { undo } = await world.series.edit(coordinator, id, { names: { fi: 'a', sv: 'b', en: 'c' } });
      await world.pass({ seconds: 20 });
      const { series } = await world.series.undo(coordinator, id, undo ?? 0);
      assert.equal(series.sequence, secondsOfYear('2026-11-23T08:00:20Z'));
      assert.equal((await world.waiting('send')).length, 1);
    });

    it("is only for one's own newest step", async () => {
      const { id } = await world.create('hankeradio');
      const { undo = 0 } = await world.series.edit(coordinator, id, { pausedMonths: [7] });
      await rejectsWith(world.series.undo(otherCoordinator, id, undo), 'undo.tooLate');
      await rejectsWith(world.series.undo(coordinator, id, 1), 'undo.tooLate');
      await world.series.edit(otherCoordinator, id, { pausedMonths: [6, 7] });
      await rejectsWith(world.series.undo(coordinator, id, undo), 'undo.tooLate');
    });
  });

  describe('ended', () => {
    it('has no more after today, and cannot be changed any more but by an undo', async () => {
      const { id } = await world.create('hankeradio');
      const { series, undo = 0 } = await world.series.end(coordinator, id, {});
      assert.equal(series.state.status, 'ended');
      assert.deepEqual(await world.next(series), []);
      await rejectsWith(world.series.edit(coordinator, id, { pausedMonths: [] }), 'series.ended');
      const back = await world.series.undo(coordinator, id, undo);
      assert.equal(back.series.state.status, 'active');
      assert.equal((await world.next(series, 2)).length, 2);
    });

    it('goes on until the last day that is given', async () => {
      const { id } = await world.create('hankeradio');
      const { series } = await world.series.end(coordinator, id, { last: '2027-01-31' });
      assert.equal(series.state.status, 'active');
      assert.deepEqual(dates(await world.next(series)), ['2026-12-01', '2027-01-05']);
      assert.deepEqual(await faultsOf(world.series.end(coordinator, id, { last: '2026-11-22' })), [
        'last datePast',
      ]);
    });
  });

  describe('changed from a date on', () => {
    const change = (series: Series, more: Readonly<Record<string, unknown>> = {}) =>
      world.series.changeFrom(coordinator, series.id, { from: '2027-01-01', rule: wednesdays, ...more });
    const idOn = async (series: Series, date: string) => {
      const { occurrences } = await world.series.year(coordinator, Number(date.slice(0, 4)));
      const found = occurrences.find((line) => line.seriesId === series.id && line.date === date);
      assert.ok(found, `no occurrence on ${date}`);
      return found.id;
    };
    const url = (name: string) => `https://teams.example.test/${name}`;

    it('keeps the dates before it and has new ones after it, in two segments', async () => {
      const series = await world.create('hankeradio');
      const { series: after } = await change(series, { time: '10:00', minutes: 45 });
      assert.deepEqual(starts(await world.next(series, 3)), [
        '2026-12-01T07:00:00Z',
        '2027-01-13T08:00:00Z',
        '2027-02-10T08:00:00Z',
      ]);
      assert.deepEqual(
        after.segments.map(({ number, from, until }) => [number, from, until]),
        [
          [1, '2026-12-01', '2026-12-31'],
          [2, '2027-01-13', undefined],
        ],
      );
    });

    it('brings what was agreed to the new dates in order, and its old address still leads there', async () => {
      const series = await world.create('hankeradio');
      const february = await idOn(series, '2027-02-02');
      await world.series.editOccurrence(coordinator, february, { joinUrl: url('helmi') });
      const march = await idOn(series, '2027-03-02');
      await world.series.cancel(coordinator, march, { reason: 'Hiihtoloma' });
      await change(series);
      const { occurrence } = await world.series.occurrence(coordinator, february);
      const [newest] = (await world.series.occurrenceAudit(coordinator, february)).lines;
      assert.equal(occurrence.date, '2027-02-10');
      assert.equal(occurrence.joinUrl, url('helmi'));
      assert.deepEqual(newest?.event, { action: 'carriedOver', from: '2027-02-02' });
      assert.equal((await world.series.occurrence(coordinator, march)).occurrence.state.status, 'cancelled');
      assert.equal((await world.series.occurrence(coordinator, march)).occurrence.date, '2027-03-10');
    });

    it('leaves everything on its date where all those dates remain', async () => {
      const series = await world.create('hankeradio');
      const february = await idOn(series, '2027-02-02');
      await world.series.editOccurrence(coordinator, february, { joinUrl: url('helmi') });
      await change(series, { rule: { every: 'week', interval: 1, weekdays: [2] } });
      const { occurrence } = await world.series.occurrence(coordinator, february);
      assert.equal(occurrence.date, '2027-02-02');
      assert.equal(occurrence.joinUrl, url('helmi'));
    });

    it('drops a move to another time and says so', async () => {
      const series = await world.create('hankeradio');
      const february = await idOn(series, '2027-02-02');
      await world.series.editOccurrence(coordinator, february, { joinUrl: url('helmi') });
      await world.series.move(coordinator, february, { date: '2027-02-04', time: '12:00' });
      const { series: after } = await change(series);
      const { occurrence } = await world.series.occurrence(coordinator, february);
      const audit = await world.series.occurrenceAudit(coordinator, february);
      assert.equal(occurrence.start, '2027-02-10T07:00:00Z');
      const last = audit.lines[0]?.event;
      assert.deepEqual(last, { action: 'carriedOver', from: '2027-02-02', dropped: '2027-02-04T10:00:00Z' });
      const did = (await world.series.seriesAudit(coordinator, after.id)).lines[0]?.event;
      assert.equal(did?.action === 'changeFrom' && did.dropped.length, 1);
    });

    it('is taken back whole: dates, what was agreed, moves, and what was agreed since', async () => {
      const series = await world.create('hankeradio');
      const february = await idOn(series, '2027-02-02');
      await world.series.editOccurrence(coordinator, february, { joinUrl: url('helmi') });
      await world.series.move(coordinator, february, { date: '2027-02-04', time: '12:00' });
      const { undo = 0 } = await change(series);
      const april = await idOn(series, '2027-04-14');
      await world.series.editOccurrence(coordinator, april, { joinUrl: url('huhti') });
      const { series: back } = await world.series.undo(coordinator, series.id, undo);
      const found = (await world.series.occurrence(coordinator, february)).occurrence;
      assert.equal(found.date, '2027-02-02');
      assert.equal(found.start, '2027-02-04T10:00:00Z');
      assert.equal(found.joinUrl, url('helmi'));
      assert.equal((await world.series.occurrence(coordinator, april)).occurrence.joinUrl, url('huhti'));
      assert.deepEqual(
        back.segments.map(({ number }) => number),
        [2, 1],
      );
      const changed = await change(series);
      assert.deepEqual(
        changed.series.segments.map(({ number }) => number),
        [2, 1, 3],
      );
    });

    it('lets date followers move what they keep under an occurrence', async () => {
      const series = await world.create('hankeradio');
      const february = await idOn(series, '2027-02-02');
      await world.series.editOccurrence(coordinator, february, { joinUrl: url('helmi') });
      const asked: string[][] = [];
      world.followers.push({
        move: (pairs) => {
          asked.push([...pairs].map(([from, to]) => `${from.slice(-8)} ${to.slice(-8)}`));
          return Promise.resolve([]);
        },
      });
      await change(series);
      assert.deepEqual(asked, [['20270202 20270210']]);
    });

    it('begins after what has begun, and has dates', async () => {
      const series = await world.create('hankeradio');
      assert.deepEqual(await faultsOf(change(series, { from: '2026-11-20' })), ['from datePast']);
      assert.deepEqual(await faultsOf(change(series, { until: '2026-12-31' })), ['until endBeforeStart']);
      assert.deepEqual(await faultsOf(change(series, { until: '2027-01-05' })), ['rule noDates']);
      world.clock.forward({ days: 8 });
      assert.deepEqual(await faultsOf(change(series, { from: '2026-12-01' })), ['from changeTooEarly']);
    });

    it('refuses an end that leaves no date for what was agreed', async () => {
      const series = await world.create('hankeradio');
      const march = await idOn(series, '2027-03-02');
      await world.series.editOccurrence(coordinator, march, { joinUrl: url('maalis') });
      assert.deepEqual(await faultsOf(change(series, { until: '2027-02-28' })), ['until noDates']);
    });

    it('notifies those who were coming next when it changes at short notice', async () => {
      const series = await world.create('hankeradio');
      await world.pass({ seconds: 20 });
      await change(series, { from: '2026-11-24' });
      const contents = (await world.waiting('send')).map(({ body }) => body.content);
      const moved = contents.find(({ kind }) => kind === 'change');
      assert.ok(moved?.kind === 'change');
      assert.equal(moved.was, '2026-12-01T07:00:00Z');
      assert.equal(moved.start, '2026-12-09T07:00:00Z');
    });
  });
});
