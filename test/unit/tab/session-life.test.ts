import assert from 'node:assert/strict';
import type { PersonId } from '../../../src/platform/ids.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem } from '../../../src/sessions/series/series.js';
import { missingOf } from '../../../tab/features/sessions/occurrence/missing.js';
import { lifeOf } from '../../../tab/features/sessions/occurrence/life.js';

const session = {
  state: { status: 'planned' },
  start: '2026-12-01T07:00:00Z',
  end: '2026-12-01T07:30:00Z',
} as const;
const at = (time: string, more: object = {}) => {
  const { name, minutes, hasBegun } = lifeOf({ ...session, ...more }, Date.parse(`2026-12-01T${time}Z`));
  return [name, minutes, hasBegun];
};

describe('the lives of a session', () => {
  it('are before, now from a quarter of an hour before the start, and after', () => {
    assert.deepEqual(at('06:44:59'), ['before', 16, false]);
    assert.deepEqual(at('06:45:00'), ['now', 15, false]);
    assert.deepEqual(at('06:59:59'), ['now', 1, false]);
    assert.deepEqual(at('07:00:00'), ['now', 30, true]);
    assert.deepEqual(at('07:15:30'), ['now', 15, true]);
    assert.deepEqual(at('07:30:00'), ['after', 0, true]);
  });

  it('are over where the server says so, and none for one that was cancelled', () => {
    assert.equal(at('07:10:00', { state: { status: 'held' } })[0], 'after');
    const by = { id: 'kaisa', name: 'Kaisa' };
    const cancelled = { state: { status: 'cancelled', at: session.start, by, was: 'planned' } };
    assert.equal(at('07:10:00', cancelled)[0], 'cancelled');
  });
});

describe('what a session still needs', () => {
  const open = {
    ...session,
    slot: { how: 'nobody' },
  } as unknown as Occurrence;
  const by = { id: 'vilma' as PersonId, name: 'Vilma' };
  const talk = { topic: 'Elma', presenter: 'Vilma', language: 'fi', by, at: session.start } as const;
  const agreed = {
    ...session,
    slot: { how: 'turn', projectId: 'elma', at: session.start },
    joinUrl: 'https://example.org/join',
  } as unknown as Occurrence;
  const needs = (occurrence: Occurrence, items: readonly AgendaItem[] = []) =>
    missingOf(occurrence, items).map(({ what, to, ...more }) => [
      what,
      to,
      ...Object.values<string | number>(more),
    ]);

  it('is a presenter and a link to join, or the topic of the project that presents', () => {
    assert.deepEqual(needs(open), [
      ['presenter', 'presenter'],
      ['join', 'series'],
    ]);
    assert.deepEqual(needs(agreed), [['topic', 'presenter']]);
  });

  it('is an agenda that fits, and the other language of topic and agenda', () => {
    const items: AgendaItem[] = [
      { id: 'a', title: { fi: 'Alku', sv: 'Början' }, minutes: 20 },
      { id: 'b', title: { fi: 'Loppu' }, minutes: 25 },
    ];
    assert.deepEqual(needs({ ...agreed, talk }, items), [
      ['over', 'agenda', 15],
      ['talkIn', 'presenter', 'sv'],
      ['agendaIn', 'agenda', 'sv'],
    ]);
    assert.deepEqual(needs({ ...agreed, talk: { ...talk, translations: { sv: { topic: 'Elma' } } } }), []);
  });
});
