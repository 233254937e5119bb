import assert from 'node:assert/strict';
import type { Problem } from '../../src/http/problem.js';
import type { Role } from '../../src/platform/actor.js';
import type { CalendarAnswer } from '../../src/shared/answers/calendar.js';
import type {
  DaysOffAnswer,
  DaysOffAuditAnswer,
  OccurrenceAnswer,
  PreviewAnswer,
  SeriesAnswer,
  SessionYearAnswer,
} from '../../src/shared/answers/sessions.js';
import { seriesForm } from '../make-sessions.js';
import { httpWorld, type HttpWorld } from './world.js';

const names = { fi: 'Talvilomaviikko', sv: 'Sportlovsveckan' };

describe("the organisation's own days off", () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });
  afterEach(() => world.stop());

  const ask = async <Answer>(method: string, path: string, body?: unknown, who: Role = 'coordinator') => {
    const response = await world.ask(method, path, who, body);
    const answer = (await response.json()) as Answer & Pick<Problem, 'code' | 'fields'>;
    return { status: response.status, ...answer };
  };
  const add = (formId: string, more: object = {}, who?: Role) =>
    ask<DaysOffAnswer>('post', '/api/days-off', { formId, names, first: '2027-02-02', ...more }, who);
  const list = async () => (await ask<DaysOffAnswer>('get', '/api/days-off', undefined, 'worker')).days;
  const faults = async (more: object) =>
    (await add('form-wrong', more)).fields?.map(({ field, code }) => `${field} ${code}`);

  it('are none at first; those that are added are listed by their first day, each form once', async () => {
    assert.deepEqual(await list(), []);
    await add('form-winter', { last: '2027-02-05' });
    await add('form-early', { first: '2026-12-07', names: { fi: 'Siirto', sv: 'Flytt', en: 'Shift' } });
    const { status } = await add('form-winter', { last: '2027-02-05' });
    assert.equal(status, 201);
    assert.deepEqual(
      (await list()).map(({ first, last, names: { fi, sv, en } }) => [first, last, fi, sv, en]),
      [
        ['2026-12-07', '2026-12-07', 'Siirto', 'Flytt', 'Shift'],
        ['2027-02-02', '2027-02-05', 'Talvilomaviikko', 'Sportlovsveckan', 'Sportlovsveckan'],
      ],
    );
  });

  it('have a trail of who added and took away which', async () => {
    await add('form-winter', { last: '2027-02-05' });
    world.clock.forward({ minutes: 1 });
    const [days] = await list();
    assert.ok(days);
    await ask('del', `/api/days-off/${days.id}`, undefined, 'admin');
    const { lines } = await ask<DaysOffAuditAnswer>('get', '/api/days-off/audit');
    assert.deepEqual(
      lines.map(({ by, event }) => [by?.name, event.action, 'days' in event && event.days.first]),
      [
        ['Demo admin', 'removeDaysOff', '2027-02-02'],
        ['Demo coordinator', 'addDaysOff', '2027-02-02'],
      ],
    );
  });

  it('all stay when two coordinators add at once', async () => {
    await Promise.all([
      add('form-first1', { first: '2027-03-01' }),
      add('form-second', { first: '2027-03-02' }),
      add('form-third1', { first: '2027-03-03' }, 'admin'),
    ]);
    assert.deepEqual(
      (await list()).map(({ first }) => first),
      ['2027-03-01', '2027-03-02', '2027-03-03'],
    );
  });

  it('go, also twice, and come back by the undo of it', async () => {
    const { days } = await add('form-winter');
    const [one] = days;
    assert.ok(one);
    for (const _time of [1, 2]) {
      const answer: DaysOffAnswer & { readonly status: number } = await ask('del', `/api/days-off/${one.id}`);
      assert.deepEqual([answer.status, answer.days], [200, []]);
    }
    await add('form-again1', { names: one.names, first: one.first, last: one.last });
    assert.deepEqual(
      (await list()).map(({ id: _id, ...rest }) => rest),
      [{ first: one.first, last: one.last, names: one.names }],
    );
  });

  it('say what is wrong with them at each field', async () => {
    assert.deepEqual(await faults({ names: { fi: 'Vain suomeksi', sv: ' ' }, first: undefined }), [
      'names.sv required',
      'first required',
    ]);
    assert.deepEqual(await faults({ last: '2027-02-01' }), ['last endBeforeStart']);
    assert.deepEqual(await faults({ first: '2026-11-22' }), ['first datePast']);
    assert.deepEqual(await faults({ first: '2026-11-01', last: '2026-11-22' }), ['last datePast']);
    assert.deepEqual(await faults({ first: '2030-01-01' }), ['first dateTooFar']);
    assert.deepEqual(await faults({ last: '2030-01-01' }), ['last dateTooFar']);
    assert.deepEqual(await faults({ first: '2027-02-30' }), ['first notADate']);
    await add('form-winter');
    assert.deepEqual(await faults({}), ['first standsAlready']);
    const secret = await add('form-secret', { first: '2027-05-05', names: { fi: '131052-308T', sv: 'x' } });
    assert.equal(secret.code, 'text.personalData');
    assert.equal((await list()).length, 1);
  });

  it('are a hundred at most', async () => {
    for (let day = 0; day < 100; day += 1) {
      const first = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
      assert.equal((await add(`form-day-${day}`, { first })).status, 201);
    }
    assert.deepEqual(await faults({ first: '2028-01-01' }), ['first tooMany']);
  });

  it('flag what falls on them: a date of a new series, a session, the year and the calendar', async () => {
    const form = seriesForm('hankeradio');
    const { series } = await ask<SeriesAnswer>('post', '/api/series', form);
    const preview = async () => {
      const { dates } = await ask<PreviewAnswer>('post', '/api/series/preview', { kind: 'hankeradio' });
      const date = dates.find((each) => each.date === '2027-02-02');
      return [date?.holiday?.names.fi, date?.proposal];
    };
    assert.deepEqual(await preview(), [undefined, undefined]);
    await add('form-winter', { last: '2027-02-12' });
    // A week later they are closed too; then the first working day after them.
    assert.deepEqual(await preview(), ['Talvilomaviikko', '2027-02-15']);
    const year = await ask<SessionYearAnswer>('get', '/api/sessions/year/2027');
    assert.ok(year.holidays.some(({ date }) => date === '2027-02-02'));
    const line = year.occurrences.find(({ date }) => date === '2027-02-02');
    assert.equal(line?.holiday?.names.sv, 'Sportlovsveckan');
    const { proposal } = await ask<OccurrenceAnswer>('get', `/api/occurrences/${series.id}-20270202`);
    assert.equal(proposal, '2027-02-15');
    const calendar = await ask<CalendarAnswer>('get', '/api/calendar?from=2027-02-01&to=2027-02-07');
    assert.equal(calendar.holidays.length, 6);
    const [added] = await list();
    await ask('del', `/api/days-off/${added?.id ?? ''}`);
    assert.deepEqual(await preview(), [undefined, undefined]);
  });

  it('and the eves of Christmas and Midsummer flag the session that a series of chosen dates has on them', async () => {
    const rule = { every: 'dates', dates: ['2026-12-24', '2026-12-31', '2027-06-25'] };
    const { dates } = await ask<PreviewAnswer>('post', '/api/series/preview', {
      kind: 'training',
      rule,
      from: '2026-12-24',
    });
    assert.deepEqual(
      dates.map(({ date, holiday, proposal }) => [date, holiday?.names.fi, proposal]),
      [
        ['2026-12-24', 'jouluaatto', '2026-12-28'],
        ['2026-12-31', undefined, undefined],
        ['2027-06-25', 'juhannusaatto', '2027-07-02'],
      ],
    );
  });
});
