import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { t } from '../../../src/i18n/messages.js';
import { totalMinutes } from '../../../src/shared/agenda-times.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../../src/platform/ids.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { SessionYear } from '../../../src/sessions/occurrences/queries.js';
import type { Rule } from '../../../src/sessions/series/rule.js';
import { monthsOf, openSlots } from '../../../tab/features/sessions/home/year.js';
import {
  clockTurnBefore,
  longDay,
  monthName,
  timeSpan,
} from '../../../tab/features/sessions/parts/long-date.js';
import {
  filled,
  moved,
  canBeSaid,
  ruleWords,
  repeatOf,
  ruleOfRepeat,
  timingFor,
  timingInput,
} from '../../../tab/features/sessions/series/form.js';

const names = { fi: 'Hankeradio', sv: 'Hankeradio (Projektradion)', en: 'Hankeradio' };

function line(start: string, more: Partial<OccurrenceLine> = {}): OccurrenceLine {
  return {
    id: `radio-${start}` as OccurrenceId,
    seriesId: 'radio' as SeriesId,
    kind: 'hankeradio',
    date: start.slice(0, 10),
    segment: 1,
    state: { status: 'planned' },
    start,
    end: start,
    names,
    ...more,
  };
}

describe('the year of the sessions', () => {
  const holiday = { date: '2026-01-06', names: { fi: 'loppiainen', sv: 'trettondagen', en: 'Epiphany' } };
  const year: SessionYear = {
    year: 2026,
    series: [],
    holidays: [holiday],
    occurrences: [line('2026-01-06T07:00:00Z'), line('2026-01-31T22:30:00Z'), line('2026-12-01T07:00:00Z')],
  };

  it('has twelve months, each with its marks by the day on which they are in Helsinki', () => {
    const months = monthsOf(year, '2026-12-15');
    assert.deepEqual(
      months.map(({ entries }) => entries.map(({ is, date }) => `${is} ${date}`)),
      [
        ['holiday 2026-01-06', 'session 2026-01-06'],
        ['session 2026-02-01'],
        ...Array.from({ length: 9 }, () => []),
        ['session 2026-12-01', 'today 2026-12-15'],
      ],
    );
    assert.deepEqual(
      months.filter(({ isNow }) => isNow).map(({ month }) => month),
      [12],
    );
  });

  it('marks no day of another year as today', () => {
    const months = monthsOf(year, '2027-01-06');
    assert.ok(months.every(({ isNow, entries }) => !isNow && entries.every(({ is }) => is !== 'today')));
  });
});

describe('slots that nobody has', () => {
  const now = Date.parse('2026-11-20T08:00:00Z');
  const nobody = { slot: { how: 'nobody' } } as const;
  const elma = 'elma' as ProjectId;

  it('are shown two weeks ahead: open ones and those that are only proposed', () => {
    const lines = [
      line('2026-11-24T07:00:00Z', nobody),
      line('2026-12-04T08:00:00Z', { slot: { projectId: elma, how: 'proposed' } }),
    ];
    assert.deepEqual(openSlots(lines, now), lines);
  });

  it('are not shown when they are agreed, cancelled, over, farther away, or of a series without a rotation', () => {
    const agreed = { projectId: elma, how: 'turn', at: '2026-11-01T08:00:00Z' } as const;
    const by = { id: 'aino', name: 'Aino' } as never;
    const cancelled = { status: 'cancelled', at: '2026-11-01T08:00:00Z', by, was: 'planned' } as const;
    assert.deepEqual(
      openSlots(
        [
          line('2026-11-24T07:00:00Z', { slot: agreed }),
          line('2026-11-24T07:00:00Z', { ...nobody, state: cancelled }),
          line('2026-11-19T07:00:00Z', nobody),
          line('2026-12-04T08:00:01Z', nobody),
          line('2026-11-24T07:00:00Z'),
        ],
        now,
      ),
      [],
    );
  });
});

describe('dates that can be read from far away', () => {
  const now = new Date('2026-11-22T10:00:00Z');

  it('are as people say them in each language', () => {
    assert.equal(longDay('fi', '2026-12-01T07:00:00Z', now), 'tiistai 1. joulukuuta');
    assert.equal(longDay('sv', '2026-12-01T07:00:00Z', now), 'tisdag 1 december');
    assert.equal(longDay('en', '2026-12-01T07:00:00Z', now), 'Tuesday 1 December');
    assert.equal(longDay('fi', '2027-01-05T07:00:00Z', now), 'tiistai 5. tammikuuta 2027');
    assert.equal(monthName('fi', 11, 'short'), 'marras');
  });

  it('say the hours as the clocks of Helsinki show them', () => {
    assert.equal(timeSpan('fi', '2026-12-01T07:00:00Z', '2026-12-01T07:30:00Z'), 'klo 9.00–9.30');
    assert.equal(timeSpan('sv', '2026-07-01T06:00:00Z', '2026-07-01T06:30:00Z'), 'kl. 9.00–9.30');
    assert.equal(timeSpan('en', '2026-12-01T07:00:00Z', '2026-12-01T07:30:00Z'), '9:00–9:30');
  });

  it('know the nights in which the clocks change', () => {
    assert.equal(clockTurnBefore('2026-03-29'), 'summer');
    assert.equal(clockTurnBefore('2026-10-25'), 'winter');
    assert.equal(clockTurnBefore('2026-03-30'), undefined);
  });
});

describe('a rule in words', () => {
  const fi = (rule: Rule): string => ruleWords((key, values) => t('fi', key, values), 'fi', rule);
  const sv = (rule: Rule): string => ruleWords((key, values) => t('sv', key, values), 'sv', rule);
  const en = (rule: Rule): string => ruleWords((key, values) => t('en', key, values), 'en', rule);

  it('is one that a person would say', () => {
    const first: Rule = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 };
    assert.equal(fi(first), 'Joka kuukauden ensimmäinen tiistai');
    assert.equal(sv(first), 'Första tisdagen i varje månad');
    assert.equal(en(first), 'The first Tuesday of every month');
    assert.equal(
      sv({ every: 'weekdayOfMonth', interval: 2, weekday: 5, week: -1 }),
      'Sista fredagen varannan månad',
    );
    assert.equal(
      fi({ every: 'week', interval: 2, weekdays: [2, 4] }),
      'Joka toisen viikon tiistai ja torstai',
    );
    assert.equal(fi({ every: 'dayOfMonth', interval: 1, day: 15 }), 'Joka kuukauden 15. päivä');
    assert.equal(en({ every: 'day', interval: 1 }), 'Every day');
  });

  it('waits until the form says enough', () => {
    const timing = timingFor('own');
    assert.equal(canBeSaid(timing), true);
    assert.equal(canBeSaid({ ...timing, minutes: 0 }), false);
    assert.equal(canBeSaid({ ...timing, rule: { every: 'week', interval: 1, weekdays: [] } }), false);
    assert.equal(canBeSaid({ ...timing, rule: { every: 'day', interval: 0 } }), false);
  });

  it('keeps its interval within what another way of repeating allows', () => {
    assert.deepEqual(ruleOfRepeat('dayOfMonth', { every: 'day', interval: 90 }), {
      every: 'dayOfMonth',
      interval: 12,
      day: 1,
    });
  });

  it('is one of dates where it does not repeat, and the dates are kept while they become more and fewer', () => {
    const once = ruleOfRepeat('once', { every: 'day', interval: 90 });
    assert.deepEqual(once, { every: 'dates', dates: [''] });
    const one = { every: 'dates', dates: ['2027-02-03'] } as const;
    assert.deepEqual(ruleOfRepeat('dates', one), { every: 'dates', dates: ['2027-02-03', ''] });
    assert.deepEqual(ruleOfRepeat('once', { every: 'dates', dates: ['2027-02-03', '2027-03-03'] }), one);
    assert.deepEqual([repeatOf(one), repeatOf({ every: 'dates', dates: ['', ''] })], ['once', 'dates']);
  });

  it('is sent with chosen dates in order, without fields that are empty, and with what nobody could read', () => {
    const rule = { every: 'dates', dates: ['2027-03-03', '', '2027-02-03', 'huomenna'] } as const;
    assert.deepEqual(timingInput({ ...timingFor('own'), rule }).rule, {
      every: 'dates',
      dates: ['2027-02-03', '2027-03-03', 'huomenna'],
    });
    assert.equal(canBeSaid({ ...timingFor('own'), rule }), false);
  });

  it('is sent without the days that are not chosen', () => {
    const timing = timingFor('hankeradio');
    assert.deepEqual(Object.keys(timingInput(timing)), ['rule', 'time', 'minutes']);
    assert.equal(timingInput({ ...timing, until: '2027-06-30' }).until, '2027-06-30');
  });
});

describe('an agenda that is edited', () => {
  const items = [
    { id: 'a', title: { fi: 'Tilannekuva' }, minutes: 20 },
    { id: 'b', title: { fi: '  ' } },
    { id: 'c', title: { sv: 'Idéer' }, minutes: 10 },
  ];

  it('moves items a step, and none past its ends', () => {
    assert.deepEqual(
      moved(items, 0, 1).map(({ id }) => id),
      ['b', 'a', 'c'],
    );
    assert.equal(moved(items, 2, 1), items);
  });

  it('counts its minutes and leaves out what says nothing', () => {
    assert.equal(totalMinutes(items), 30);
    assert.deepEqual(
      filled(items).map(({ id }) => id),
      ['a', 'c'],
    );
  });
});
