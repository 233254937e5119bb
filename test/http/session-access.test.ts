import assert from 'node:assert/strict';
import { occurrenceFor } from '../../src/sessions/occurrences/routes.js';
import type { Attendance } from '../../src/sessions/occurrences/occurrence.js';
import { coordinator, worker } from '../make.js';
import { sessionWorld } from '../make-sessions.js';

describe('What is shown of an occurrence', () => {
  it('has how many were there for everybody, and who it was for those who look after it', async () => {
    const world = await sessionWorld();
    const [line] = await world.next(await world.create('hankeradio'));
    assert.ok(line);
    const { id } = line;
    await world.series.confirm(coordinator, id, true);
    const { occurrence } = await world.series.occurrence(coordinator, id);
    assert.ok(occurrence.record);
    const people = [{ name: 'Vilma Virtanen', minutes: 28 }];
    const attendance: Attendance = { from: 'meeting', count: 31, people, at: '2026-12-01T07:45:00Z' };
    const shownAt = '2026-12-01T08:00:00Z';
    const view = {
      occurrence: { ...occurrence, record: { ...occurrence.record, attendance } },
      now: shownAt,
    };
    assert.deepEqual(occurrenceFor(coordinator, view), view);
    const shown = occurrenceFor(worker, view).occurrence.record?.attendance;
    assert.deepEqual(shown, { ...attendance, people: [] });
  });
});
