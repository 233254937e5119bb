import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/platform/errors.js';
import { graphAttendance } from '../../../../src/adapters/graph/graph-attendance.js';
import type { AttendanceSource } from '../../../../src/sessions/follow-up/attendance.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const joinUrl =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_1%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';
const start = '2026-12-01T07:00:00Z';
const end = '2026-12-01T07:30:00Z';

describe('attendance through Graph', () => {
  let world: GraphWorld;
  let source: AttendanceSource;

  beforeEach(async () => {
    world = await graphWorld();
    source = graphAttendance(world.client, world.graph.organiser);
  });
  afterEach(() => world.close());

  it('is the report that overlaps most with the session', async () => {
    const { meetings } = world.graph;
    meetings.met(joinUrl, '2026-11-03T07:00:00Z', '2026-11-03T07:30:00Z', [{ name: 'Aino', seconds: 60 }]);
    meetings.met(joinUrl, '2026-12-01T06:40:00Z', '2026-12-01T07:02:00Z', [
      { name: 'Rehearsal', seconds: 60 },
    ]);
    meetings.met(joinUrl, '2026-12-01T07:03:00Z', '2026-12-01T07:41:30.5Z', [
      { name: 'Anna Äng', address: 'anna@hyvinvointialue.example', seconds: 1800 },
      { name: 'Guest', seconds: 30 },
    ]);
    assert.deepEqual(await source.report(joinUrl, start, end), {
      count: 2,
      start: '2026-12-01T07:03:00Z',
      end: '2026-12-01T07:41:30.5Z',
      people: [
        { name: 'Anna Äng', address: 'anna@hyvinvointialue.example', seconds: 1800 },
        { name: 'Guest', seconds: 30 },
      ],
    });
  });

  it('reads every page of reports and of people', async () => {
    world.graph.pageSize = 3;
    const people = Array.from({ length: 10 }, (_, index) => ({
      name: `Person ${String(index)}`,
      seconds: index,
    }));
    world.graph.meetings.met(joinUrl, start, end, people);
    for (let day = 2; day < 9; day += 1)
      world.graph.meetings.met(
        joinUrl,
        `2026-12-0${String(day)}T07:00:00Z`,
        `2026-12-0${String(day)}T07:30:00Z`,
      );
    const report = await source.report(joinUrl, start, end);
    assert.equal(report?.count, 10);
    assert.deepEqual(report.people, people);
  });

  it('is not there while nobody met, or met at another time', async () => {
    assert.equal(await source.report(joinUrl, start, end), undefined);
    world.graph.meetings.met(joinUrl, '2026-11-03T07:00:00Z', '2026-11-03T07:30:00Z');
    assert.equal(await source.report(joinUrl, start, end), undefined);
    world.graph.meetings.met(joinUrl, end, '2026-12-01T08:00:00Z');
    assert.equal(await source.report(joinUrl, start, end), undefined);
  });

  it('is not there for a meeting that has no reports, such as a channel meeting', async () => {
    world.graph.meetings.met(joinUrl, start, end);
    world.graph.fails({ at: 1, status: 404, code: 'NotFound' });
    assert.equal(await source.report(joinUrl, start, end), undefined);
  });

  it('says that the organiser does not exist any more, and that Graph is not available', async () => {
    world.graph.fails({ status: 403, code: 'Forbidden' });
    await assert.rejects(source.report(joinUrl, start, end), (error: unknown) =>
      isAppError(error, 'calendar.unavailable'),
    );
    world.graph.organiserLeaves();
    await assert.rejects(source.report(joinUrl, start, end), (error: unknown) =>
      isAppError(error, 'calendar.organiserGone'),
    );
  });
});
