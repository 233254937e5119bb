import assert from 'node:assert/strict';
import { calendarStateRow } from '../../../src/sessions/calendar/sync.js';
import { occurrenceAuditRow, occurrenceUndoRow, recordRow } from '../../../src/sessions/occurrences/store.js';
import { seriesAuditRow, seriesRow, seriesUndoRow } from '../../../src/sessions/series/store.js';
import { series, seriesId } from './reminders/reminders-world.js';

const at = '2026-11-23T08:00:00Z';
const by = { id: 'kaisa', name: 'Kaisa' };
const id = seriesId(1);
const { state: _state, ...rest } = series(1);
const oldSeries = { ...rest, is: { state: 'ended', at } };
const oldRecord = {
  id: `${id}-20261201`,
  seriesId: id,
  date: '2026-12-01',
  is: { state: 'cancelled', at, by, was: 'confirmed' },
  turn: { projectId: 'elma', how: 'turn', at },
  talk: { topic: 'Etävastaanotto', speaker: 'Vilma', language: 'fi', by, at },
  auditCount: 3,
};
const notification = { messages: ['m1'], sequence: 2, changedBefore: at };

describe('rows of sessions as version 1 stored them', () => {
  it('a series has a state with a status', () => {
    assert.deepEqual(seriesRow.read(oldSeries), { ...series(1), state: { status: 'ended', at } });
  });

  it('a record has a state with a status, a slot, and a talk with a presenter', () => {
    const { is: _is, turn, talk, ...same } = oldRecord;
    const { speaker, ...more } = talk;
    assert.deepEqual(recordRow.read(oldRecord), {
      ...same,
      state: { status: 'cancelled', at, by, was: 'confirmed' },
      slot: turn,
      talk: { ...more, presenter: speaker },
    });
    assert.equal(recordRow.read({ ...oldRecord, turn: null }).slot, null);
  });

  it('a material of version 2 has an id, and the language of the talk', () => {
    const [slides, again] = [
      { title: 'Diat', url: 'https://a.example/' },
      { title: 'Samat', url: 'https://a.example/' },
    ];
    const { materials = [] } = recordRow.read({ ...oldRecord, materials: [slides, again] });
    assert.deepEqual(
      materials.map(({ title, language }) => [title, language]),
      [
        ['Diat', 'fi'],
        ['Samat', 'fi'],
      ],
    );
    assert.equal(new Set(materials.map(({ id: material }) => material)).size, 2);
    const kept = { id: 'own', title: 'Diat', url: 'https://a.example/', language: 'sv' };
    assert.deepEqual(recordRow.read({ ...oldRecord, materials: [kept] }).materials, [kept]);
  });

  it('an audit entry has an event', () => {
    const event = { action: 'end' };
    assert.deepEqual(seriesAuditRow.read({ number: 2, at, by, did: event }), { number: 2, at, by, event });
    const turn = { action: 'turn', projectId: 'elma', how: 'turn' };
    assert.deepEqual(occurrenceAuditRow.read({ number: 1, at, did: turn }), { number: 1, at, event: turn });
  });

  it('what undoes an action has a notification, messages, and the value of before as it is now', () => {
    const entry = { number: 2, at, by, did: { action: 'edit' } };
    const now = { number: 2, at, by, event: { action: 'edit' } };
    assert.deepEqual(seriesUndoRow.read({ entry, before: oldSeries, told: notification }), {
      entry: now,
      before: seriesRow.read(oldSeries),
      notification,
    });
    assert.deepEqual(
      occurrenceUndoRow.read({ entry, before: oldRecord, told: notification, words: ['m2'] }),
      {
        entry: now,
        before: recordRow.read(oldRecord),
        notification,
        messages: ['m2'],
      },
    );
  });

  it('what is known of the calendar has a lease', () => {
    const lease = { run: 'a', until: at };
    assert.deepEqual(calendarStateRow.read({ memory: { made: true }, turn: lease }), {
      memory: { made: true },
      lease,
    });
  });

  it('what is written now is read as it is', () => {
    for (const value of [series(1), series(2, { sequence: 4 })])
      assert.deepEqual(seriesRow.read(seriesRow.write(value)), value);
    const record = recordRow.read(oldRecord);
    assert.deepEqual(recordRow.read(recordRow.write(record)), record);
  });

  it('what can be no series is refused', () => {
    assert.throws(() => seriesRow.read({ ...oldSeries, segments: [] }));
    assert.throws(() => recordRow.read({ ...oldRecord, is: { state: 'held' } }));
  });
});
