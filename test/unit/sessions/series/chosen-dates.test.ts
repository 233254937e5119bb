import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { languages } from '../../../../src/shared/languages.js';
import { wordsOfRule } from '../../../../src/shared/rule-words.js';
import { t } from '../../../../src/i18n/messages.js';
import { fieldFaults } from '../../../../src/platform/errors.js';
import { calendarFeeds } from '../../../../src/sessions/calendar/feeds.js';
import { datesOf, weeklyRuleOf } from '../../../../src/sessions/series/rule.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { programme, coordinator } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';

const chosen = (...dates: string[]) => ({ every: 'dates', dates }) as const;

/** Weeks and weekdays that have nothing in common, over the change of clocks and of the year. */
const course = ['2026-12-08', '2027-01-20', '2027-02-04', '2027-03-31', '2027-07-07'];

describe('dates that are chosen by hand', () => {
  let world: SessionWorld;

  beforeEach(async () => {
    world = await sessionWorld();
  });

  const training = (dates: readonly string[], more = {}) =>
    world.create('training', { rule: chosen(...dates), time: '13:00', minutes: 120, ...more });

  /** The events of the feed of a series. */
  async function feedOf(series: Series) {
    const feeds = calendarFeeds({
      ...world.deps,
      programme: () => Promise.resolve(programme),
      publicUrl: 'https://bigroom.example.org',
      organiser: 'room@example.org',
    });
    const { text } = await feeds.feed(series.feedKey, 'fi');
    return { text, events: new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent') };
  }

  /** Every start that a calendar shows of the recurring event, as ISO instants. */
  function shownBy(events: readonly ICAL.Component[]): string[] {
    const master = events.map((event) => new ICAL.Event(event)).find((event) => event.isRecurring());
    assert.ok(master);
    const all = master.iterator();
    const starts: string[] = [];
    for (let next = all.next() as unknown; next instanceof ICAL.Time; next = all.next())
      starts.push(String(master.getOccurrenceDetails(next).startDate));
    return starts;
  }

  it('are the sessions of the series, and no others; a pause leaves none of them out', async () => {
    const series = await training(['2027-03-31', ...course.slice(0, 3), course[4] ?? ''], {
      pausedMonths: [7],
    });
    assert.deepEqual(
      (await world.next(series, 10)).map(({ date }) => date),
      course,
    );
    assert.equal(series.segments[0]?.from, course[0]);
  });

  it('are one event of a calendar without a rule, where there is one', async () => {
    const series = await training(['2026-12-08']);
    const { text, events } = await feedOf(series);
    assert.equal(events.length, 1);
    assert.doesNotMatch(text, /RRULE:FREQ=(?!YEARLY)|RECURRENCE-ID|EXDATE/);
    assert.equal(events[0]?.getFirstPropertyValue('dtstart')?.toString(), '2026-12-08T13:00:00');

    const [line] = await world.next(series);
    assert.ok(line);
    await world.series.move(coordinator, line.id, { date: '2026-12-09', time: '10:00' });
    const moved = await feedOf((await world.series.get(coordinator, series.id)).series);
    assert.equal(moved.events.length, 1);
    assert.match(moved.text, /DTSTART;TZID=Europe\/Helsinki:20261209T100000/);
    assert.doesNotMatch(moved.text, /RECURRENCE-ID/);
  });

  it('are one event in a form that Outlook imports, where there are several', async () => {
    const { text, events } = await feedOf(await training(course));
    const rules = text.split(/\r?\n/).filter((each) => each.startsWith('RRULE:FREQ=WEEKLY'));
    assert.equal(rules.length, 1);
    assert.match(
      rules[0] ?? '',
      /^RRULE:FREQ=WEEKLY(;INTERVAL=\d+)?;BYDAY=[A-Z,]+;WKST=MO;UNTIL=\d{8}T\d{6}Z$/,
    );
    assert.doesNotMatch(text, /RDATE/);
    assert.deepEqual(
      shownBy(events),
      course.map((date) => `${date}T13:00:00`),
    );
  });

  it('leave out as few others as weeks allow', () => {
    assert.deepEqual(weeklyRuleOf(chosen('2027-01-05', '2027-02-02', '2027-03-02')), {
      every: 'week',
      interval: 4,
      weekdays: [2],
    });
    for (const dates of [
      course,
      ['2027-01-05'],
      ['2027-01-04', '2027-01-10'],
      ['2026-12-07', '2028-11-27'],
    ]) {
      const rule = weeklyRuleOf(chosen(...dates));
      const span = { from: dates[0] ?? '', to: dates.at(-1) ?? '', anchor: dates[0] ?? '' };
      const hits = datesOf(rule, span);
      assert.deepEqual(
        dates.filter((date) => !hits.includes(date)),
        [],
        JSON.stringify(rule),
      );
    }
  });

  it('are refused each at its place: past, twice, no date, too far', async () => {
    const faults = async (...dates: string[]): Promise<string[]> => {
      const error: unknown = await training(dates).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      return fieldFaults(error).map(({ field, code }) => `${field} ${code}`);
    };
    assert.deepEqual(await faults(), ['rule.dates required']);
    assert.deepEqual(await faults('2026-11-20', '2026-12-08'), ['rule.dates.0 dateBefore']);
    assert.deepEqual(await faults('2026-12-08', '2026-12-08'), ['rule.dates.1 standsAlready']);
    assert.deepEqual(await faults('2026-12-08', '31.2.'), ['rule.dates.1 notADate']);
    assert.deepEqual(await faults('2026-12-08', '2029-01-08'), ['rule.dates.1 dateTooFar']);
  });

  it('are said as people say dates', () => {
    const said = languages.map((language) =>
      wordsOfRule(
        (key, values) => t(language, key, values),
        language,
        chosen('2026-12-08', '2027-01-20'),
        '13:00',
      ),
    );
    assert.deepEqual(said, [
      'ti 8.12.2026 ja ke 20.1.2027 klo 13.00',
      'tis 8.12.2026 och ons 20.1.2027 kl. 13.00',
      'Tue 8 Dec 2026 and Wed 20 Jan 2027 at 13:00',
    ]);
    assert.match(
      wordsOfRule((key, values) => t('fi', key, values), 'fi', chosen(...course)),
      / ja 2 muuta päivää$/,
    );
  });

  it('can follow a rule, and a rule can follow them', async () => {
    const series = await world.create('hankeradio');
    const { series: changed } = await world.series.changeFrom(
      coordinator,
      series.id,
      { from: '2027-01-01', rule: chosen('2027-01-20', '2027-02-17') },
      { segments: series.segments },
    );
    assert.deepEqual(
      (await world.next(changed, 9)).map(({ date }) => date),
      ['2026-12-01', '2027-01-20', '2027-02-17'],
    );
    const { series: back } = await world.series.changeFrom(
      coordinator,
      series.id,
      { from: '2027-02-01', rule: { every: 'week', interval: 1, weekdays: [1] } },
      { segments: changed.segments },
    );
    assert.deepEqual(
      (await world.next(back, 3)).map(({ date }) => date),
      ['2026-12-01', '2027-01-20', '2027-02-01'],
    );
  });
});
