import assert from 'node:assert/strict';
import type { OccurrenceId, PersonId, ProjectId, SeriesId } from '../../../../src/platform/ids.js';
import { withProposals } from '../../../../src/sessions/occurrences/reading.js';
import {
  type Occurrence,
  occurrenceId,
  occurrenceOf,
  type OccurrenceRecord,
  type Slot,
} from '../../../../src/sessions/occurrences/occurrence.js';
import { datesOf } from '../../../../src/sessions/series/rule.js';
import type { Segment, Series } from '../../../../src/sessions/series/series.js';

const segment: Segment = {
  number: 1,
  from: '2026-01-06',
  rule: { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 },
  time: '09:00',
  minutes: 30,
};

const names = { fi: 'Hankeradio', sv: 'Hankeradio', en: 'Hankeradio' };

function series(projects: string): Series {
  return {
    id: '0'.repeat(26) as SeriesId,
    kind: 'hankeradio',
    names,
    descriptions: {},
    state: { status: 'active' },
    segments: [segment],
    pausedMonths: [],
    people: { of: 'programme' },
    isOpenToContacts: true,
    groups: [],
    rotation: { projects: Array.from(projects) as ProjectId[], askDays: 14, deadlineDays: 7 },
    agenda: [],
    reminders: { offsets: [], ways: [], channels: [] },
    feedKey: 'key',
    sequence: 0,
    changedAt: '2025-12-01T00:00:00Z',
    createdAt: '2025-12-01T00:00:00Z',
    auditCount: 1,
  };
}

/** The first Tuesdays of 2026, by month. */
const dates = datesOf(segment.rule, { from: '2026-01-01', to: '2026-12-31', anchor: segment.from });
const dateOf = (month: number): string => dates[month - 1] ?? '';

type Known = Partial<Omit<OccurrenceRecord, 'slot'>> & {
  readonly turn?: string | null;
  readonly how?: Slot['how'];
};

function record(month: number, { turn, how = 'turn', ...more }: Known): OccurrenceRecord {
  const at = '2026-01-01T08:00:00Z';
  return {
    id: occurrenceId('0'.repeat(26) as SeriesId, dateOf(month)),
    seriesId: '0'.repeat(26) as SeriesId,
    date: dateOf(month),
    state: { status: 'planned' },
    ...(turn !== undefined && { slot: turn === null ? null : { projectId: turn as ProjectId, how, at } }),
    auditCount: 1,
    ...more,
  };
}

const by = { id: 'kaisa' as PersonId, name: 'Kaisa' };
const cancelled = { status: 'cancelled', at: '2026-01-01T08:00:00Z', by, was: 'planned' } as const;

/** The year at a moment: capital where a project has agreed, small where it is proposed, `-` for nobody, `x` cancelled. */
function year(
  projects: string,
  known: Readonly<Record<number, Known>>,
  now = '2026-01-01T08:00:00Z',
): string {
  const records = Object.entries(known).map(([month, each]) => record(Number(month), each));
  const one = series(projects);
  const occurrences = dates.map((date) =>
    occurrenceOf(
      { series: one, segment, date, record: records.find((each) => each.date === date) },
      now,
      () => undefined,
    ),
  );
  return withProposals(one, records, occurrences, now).map(letter).join('');
}

function letter({ slot, state }: Occurrence): string {
  if (state.status === 'cancelled') return 'x';
  if (slot === undefined || !('projectId' in slot)) return '-';
  return slot.how === 'proposed' ? slot.projectId.toLowerCase() : slot.projectId;
}

const held = (turns: string): Record<number, Known> =>
  Object.fromEntries(
    Array.from(turns).map((turn, index) => [index + 1, turn === '-' ? { turn: null } : { turn }]),
  );

describe('Fair order of presenting', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['goes round three projects in the order of the list', year('ABC', {}), 'abcabcabcabc'],
    ['goes round one project', year('A', {}), 'aaaaaaaaaaaa'],
    ['proposes nobody where no project takes part', year('', {}), '------------'],
    [
      'goes on after those who presented longest ago',
      year('ABC', held('BCA'), '2026-03-10T08:00:00Z'),
      'BCAbcabcabca',
    ],
    [
      'lets a project that joins in mid-year come first, then in its place',
      year('ABCD', held('ABCAB'), '2026-05-10T08:00:00Z'),
      'ABCABdcabdca',
    ],
    [
      'skips a project that left in mid-year, but keeps what it agreed to',
      year('AC', { ...held('ABCA'), 6: { turn: 'B' } }, '2026-04-10T08:00:00Z'),
      'ABCAcBacacac',
    ],
    [
      'remembers a project that left and comes back',
      year('ABC', held('ABCACA'), '2026-06-10T08:00:00Z'),
      'ABCACAbcabca',
    ],
    [
      'counts swapped slots by when they really were',
      year('ABC', { 1: { turn: 'C', how: 'swap' }, 3: { turn: 'A', how: 'swap' } }),
      'CbAcbacbacba',
    ],
    [
      'gives a volunteer no second slot while others wait',
      year('ABC', { 3: { turn: 'A', how: 'volunteer' } }),
      'bcAbcabcabca',
    ],
    [
      'counts a volunteer out of order as having presented',
      year('ABC', { ...held('AB'), 3: { turn: 'A', how: 'volunteer' } }, '2026-02-10T08:00:00Z'),
      'ABAcbacbacba',
    ],
    [
      'lets a far promise change nothing before its round',
      year('ABC', { 11: { turn: 'A', how: 'volunteer' } }),
      'abcabcabcbAc',
    ],
    [
      'lets nobody lose a slot with a cancelled session',
      year('ABC', { 2: { state: cancelled } }),
      'axbcabcabcab',
    ],
    [
      'gives the project of a cancelled session the next free one',
      year('ABC', { 2: { turn: 'B', state: cancelled } }),
      'axbcabcabcab',
    ],
    ['gives the turn back when the session is restored', year('ABC', { 2: { turn: 'B' } }), 'aBcabcabcabc'],
    [
      'leaves a slot open that a person left open, and lets who gave it up come back soon',
      year('ABC', { ...held('A'), 2: { turn: null } }, '2026-01-10T08:00:00Z'),
      'A-bcabcabcab',
    ],
    [
      'does not count a slot that passed with nobody',
      year('ABC', held('AB-'), '2026-03-10T08:00:00Z'),
      'AB-cabcabcab',
    ],
    ['keeps what a person chose', year('ABC', { 1: { turn: 'C', how: 'chosen' } }), 'Cabcabcabcab'],
  ];

  for (const [title, found, wanted] of cases) {
    it(title, () => {
      assert.equal(found, wanted);
    });
  }

  it('treats three projects alike over a year of twelve', () => {
    const counts = Array.from(year('ABC', {})).reduce<Record<string, number>>(
      (sum, each) => ({ ...sum, [each]: (sum[each] ?? 0) + 1 }),
      {},
    );
    assert.deepEqual(counts, { a: 4, b: 4, c: 4 });
  });

  it('orders by the day on which a session really is', () => {
    // A's January session was moved behind B's of February: so B presented longer ago.
    const moved = { start: '2026-02-17T07:00:00Z', end: '2026-02-17T07:30:00Z' };
    const known = { 1: { turn: 'A', moved }, 2: { turn: 'B' } };
    assert.equal(year('AB', known, '2026-02-18T08:00:00Z').slice(2, 4), 'ba');
  });

  it('proposes nothing for what is over, and nothing in a series without a rotation', () => {
    assert.equal(year('ABC', {}, '2026-04-10T08:00:00Z'), '----abcabcab');
    const { rotation: _rotation, ...without } = series('ABC');
    const occurrence = occurrenceOf(
      { series: without, segment, date: dateOf(2), record: undefined },
      '2026-01-01T08:00:00Z',
      () => undefined,
    );
    assert.deepEqual(withProposals({}, [], [occurrence], '2026-01-01T08:00:00Z'), [occurrence]);
  });

  it('answers the same, however the occurrences come', () => {
    const one = series('ABC');
    const make = (date: string) =>
      occurrenceOf(
        { series: one, segment, date, record: undefined },
        '2026-01-01T08:00:00Z',
        () => undefined,
      );
    const turnOf = (all: readonly Occurrence[], id: OccurrenceId) => all.find((each) => each.id === id)?.slot;
    const forth = withProposals(one, [], dates.map(make), '2026-01-01T08:00:00Z');
    const back = withProposals(one, [], [...dates].reverse().map(make), '2026-01-01T08:00:00Z');
    for (const { id } of forth) assert.deepEqual(turnOf(forth, id), turnOf(back, id));
  });
});
