import assert from 'node:assert/strict';
import type { CalendarAnswer, CalendarRelease } from '../../../src/shared/answers/calendar.js';
import { addressOf, spanOf, wantedOf, withKind } from '../../../tab/features/calendar/address.js';
import { closedFor, conflictsOf, entriesOf, isShown } from '../../../tab/features/calendar/entries.js';
import { parseRoute } from '../../../tab/shared/route.js';

/** A release as the server answers it; `more` overrides any part. */
const release = (more: Readonly<Record<string, unknown>> = {}): CalendarRelease =>
  ({
    id: 'r1',
    channel: 'intranet',
    status: 'scheduled',
    titles: { fi: 'Elma' },
    notReady: [],
    at: '2026-11-20T08:00:00Z',
    due: '2026-12-03T07:00:00Z',
    ...more,
  }) as unknown as CalendarRelease;

const answer = (more: Partial<CalendarAnswer>): CalendarAnswer => ({
  first: '2026-11-30',
  last: '2027-01-03',
  releases: [],
  issues: [],
  embargoes: [],
  sessions: [],
  holidays: [],
  ...more,
});

const session = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
  ({
    id: 's1',
    kind: 'hankeradio',
    names: { fi: 'Hankeradio' },
    state: { status },
    start: '2026-12-03T05:00:00Z',
    end: '2026-12-03T06:00:00Z',
    ...more,
  }) as unknown as CalendarAnswer['sessions'][number];

const issue = (status: string) =>
  ({
    id: 'i1',
    number: 1,
    status,
    deadline: '2026-12-03',
    storyCount: 0,
  }) as CalendarAnswer['issues'][number];

const embargo = {
  id: 'n1',
  date: '2026-12-03',
  projectId: 'elma',
  status: 'accepted',
  titles: {},
} as unknown as CalendarAnswer['embargoes'][number];

const all = (): boolean => true;
const none = (): boolean => false;

describe('entries of the calendar', () => {
  it('stand in the order of the day: what has no time first, then by time', () => {
    const entries = entriesOf(
      answer({
        releases: [release()],
        issues: [issue('drafting')],
        embargoes: [embargo],
        sessions: [session('planned')],
      }),
      all,
    );
    assert.deepEqual(
      entries.map(({ kind, date }) => [kind, date]),
      ['deadline', 'embargo', 'session', 'release'].map((kind) => [kind, '2026-12-03']),
    );
  });

  it('are on the day of Helsinki', () => {
    const [entry] = entriesOf(answer({ releases: [release({ due: '2026-12-03T22:30:00Z' })] }), all);
    assert.equal(entry?.date, '2026-12-04');
  });

  it('say why they stay where they are', () => {
    const fixed = (more: Partial<CalendarAnswer>, may: () => boolean = all) =>
      entriesOf(answer(more), may)[0]?.fixed;
    const table = [
      ['scheduled', undefined],
      ['approved', undefined],
      ['publishing', 'leaving'],
      ['failed', 'undecided'],
      ['uncertain', 'undecided'],
      ['published', 'published'],
    ] as const;
    for (const [status, reason] of table) assert.equal(fixed({ releases: [release({ status })] }), reason);
    assert.equal(fixed({ releases: [release()] }, none), 'mayNot');
    assert.equal(fixed({ issues: [issue('approved')] }), undefined);
    assert.equal(fixed({ issues: [issue('sent')] }), 'sent');
    assert.equal(fixed({ embargoes: [embargo] }), 'embargo');
    assert.equal(fixed({ sessions: [session('confirmed')] }), undefined);
    assert.equal(fixed({ sessions: [session('held')] }), 'over');
    assert.equal(fixed({ sessions: [session('confirmed')] }, none), 'mayNot');
  });

  it('are filtered by kind and project; what is of no project is everybody’s', () => {
    const entries = entriesOf(
      answer({
        releases: [release({ projectId: 'elma' })],
        issues: [issue('drafting')],
        embargoes: [embargo],
      }),
      all,
    );
    const shown = (hidden: readonly ('release' | 'embargo')[], projects: readonly string[]) =>
      entries.filter((entry) => isShown(entry, { hidden, projects })).map(({ kind }) => kind);
    assert.deepEqual(shown(['embargo'], []), ['deadline', 'release']);
    assert.deepEqual(shown([], ['digi']), ['deadline']);
    assert.deepEqual(shown([], ['elma']), ['deadline', 'embargo', 'release']);
  });
});

describe('conflicts on a day', () => {
  const onDay = (date: string, lines: readonly CalendarRelease[], isHoliday = false) =>
    conflictsOf(date, entriesOf(answer({ releases: lines }), all), isHoliday).map(({ what }) => what);

  it('two releases within an hour, also where one is out already', () => {
    const near = release({ id: 'r2', due: '2026-12-03T07:45:00Z' });
    const far = release({ id: 'r2', due: '2026-12-03T08:00:00Z' });
    assert.deepEqual(onDay('2026-12-03', [release(), near]), ['sameHour']);
    assert.deepEqual(onDay('2026-12-03', [release({ status: 'published' }), near]), ['sameHour']);
    assert.deepEqual(onDay('2026-12-03', [release(), far]), []);
    const bothOut = [release({ status: 'published' }), { ...near, status: 'published' } as CalendarRelease];
    assert.deepEqual(onDay('2026-12-03', bothOut), []);
  });

  it('a release on a day off, which is no longer doubtful once it is out', () => {
    assert.deepEqual(onDay('2026-12-05', [release()]), ['weekend']);
    assert.deepEqual(onDay('2026-12-25', [release()], true), ['holiday']);
    assert.deepEqual(onDay('2026-12-05', [release({ status: 'published' })]), []);
  });

  it('a release before the author’s earliest date', () => {
    assert.deepEqual(onDay('2026-12-03', [release({ earliestDate: '2026-12-10' })]), ['tooEarly']);
    assert.deepEqual(onDay('2026-12-10', [release({ earliestDate: '2026-12-10' })]), []);
  });

  it('a session that is to come on a public holiday, unless somebody decided to keep it', () => {
    const holiday = { date: '2026-12-25', names: {} };
    const conflicts = (status: string, more = {}) =>
      conflictsOf('2026-12-25', entriesOf(answer({ sessions: [session(status, more)] }), all), true).map(
        ({ what }) => what,
      );
    assert.deepEqual(conflicts('planned', { holiday }), ['sessionOnHoliday']);
    assert.deepEqual(conflicts('cancelled', { holiday }), []);
    assert.deepEqual(conflicts('planned'), []);
  });

  it('what can’t go to a day is known before the server is asked', () => {
    const [entry] = entriesOf(answer({ releases: [release({ earliestDate: '2026-12-10' })] }), all);
    assert.ok(entry);
    assert.equal(closedFor(entry, '2026-11-29', '2026-11-30'), 'past');
    assert.equal(closedFor(entry, '2026-12-09', '2026-11-30'), 'tooEarly');
    assert.equal(closedFor(entry, '2026-12-10', '2026-11-30'), undefined);
  });
});

describe('addresses of the calendar', () => {
  const today = '2026-11-30';
  const read = (hash: string) => wantedOf(parseRoute(hash).query);
  const span = (hash: string) => {
    const { first, last, before, after } = spanOf(read(hash), today);
    return [first, last, before, after];
  };

  it('begin with the current week', () => {
    assert.deepEqual(span('#/calendar'), ['2026-11-30', '2027-01-03', '2026-11', '2027-01']);
    assert.deepEqual(span('#/calendar?view=week'), ['2026-11-30', '2026-12-06', '2026-11-23', '2026-12-07']);
    assert.deepEqual(span('#/calendar?view=list'), ['2026-11-30', '2027-01-03', '2026-10-26', '2027-01-04']);
  });

  it('name a month, also as the month of the release queue did', () => {
    const december = ['2026-11-30', '2027-01-03', '2026-11', '2027-01'];
    assert.deepEqual(span('#/calendar?at=2026-12'), december);
    assert.deepEqual(span('#/calendar?month=2026-12'), december);
    assert.deepEqual(span('#/calendar?view=week&at=2026-12')[0], '2026-11-30');
  });

  it('leave out what they don’t understand', () => {
    for (const hash of [
      '#/calendar?at=soon&view=year&hide=x',
      '#/calendar?at=2026-13',
      '#/calendar?at=2026-99-99',
    ])
      assert.deepEqual(read(hash), { view: 'month', hidden: [], projects: [] });
  });

  it('keep the filters', () => {
    const wanted = withKind(read('#/calendar?view=week&at=2026-12-07&project=elma,digi'), 'session');
    const address = addressOf(wanted);
    assert.deepEqual(read(address), wanted);
    assert.deepEqual(withKind(wanted, 'session').hidden, []);
  });
});
