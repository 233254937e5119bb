import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../../../src/platform/commit.js';
import type { OccurrenceId, ProjectId } from '../../../../src/platform/ids.js';
import { prefixRange } from '../../../../src/platform/rows.js';
import type { ArchiveLine } from '../../../../src/sessions/follow-up/archive.js';
import { followUpService, type FollowUpService } from '../../../../src/sessions/follow-up/service.js';
import { followUpStore } from '../../../../src/sessions/follow-up/store.js';
import { prepareArchive } from '../../../../src/sessions/occurrences/archive-index.js';
import type { OccurrenceRecord } from '../../../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { coordinator, worker } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { readablePartition } from '../../../world/partition.js';
import { record } from '../reminders/reminders-world.js';

const recordingUrl = 'https://video.example.org/watch';
const talk = (topic: string, presenter: string): NonNullable<OccurrenceRecord['talk']> => ({
  topic,
  presenter,
  language: 'fi',
  by: worker,
  at: '2026-11-01T08:00:00Z',
});

describe('The archive of sessions', () => {
  let world: SessionWorld;
  let followUp: FollowUpService;
  let radio: Series;
  beforeEach(async () => {
    world = await sessionWorld();
    followUp = followUpService({
      ...world.deps,
      people: world.people,
      followUp: followUpStore(readablePartition(world.rows, world.partition)),
      news: { get: () => Promise.resolve({} as never) },
      attendance: undefined,
    });
    radio = await world.create('hankeradio', {
      rotation: { projects: ['elma', 'digi'], askDays: 21, deadlineDays: 7 },
    });
  });

  const archive = (filter = {}, after?: string) => followUp.archive(worker, filter, after);
  const datesOf = (lines: readonly ArchiveLine[]): string[] => lines.map(({ start }) => start.slice(0, 10));
  const ids = async (): Promise<OccurrenceId[]> => (await world.next(radio, 3)).map(({ id }) => id);
  const store = async (...records: readonly OccurrenceRecord[]): Promise<void> => {
    const changes: Change[] = records.flatMap((each) => world.deps.store.putRecord(undefined, each, []));
    for (let from = 0; from < changes.length; from += 90)
      await world.rows.commit(world.partition, changes.slice(from, from + 90));
  };

  it('has what was held and left something to see, newest first, as it is now', async () => {
    const [december, january, february] = (await ids()) as [OccurrenceId, OccurrenceId, OccurrenceId];
    await followUp.setMaterials(coordinator, december, { recordingUrl });
    const slides = [{ title: 'Kalvot', url: 'https://example.org/a', language: 'fi' }];
    await followUp.setMaterials(coordinator, january, { materials: slides });
    assert.deepEqual((await archive()).lines, [], 'nothing of what is still to come');
    await world.pass({ days: 50 });
    const { lines, next } = await archive();
    assert.deepEqual(datesOf(lines), ['2027-01-05', '2026-12-01']);
    assert.equal(next, undefined);
    assert.deepEqual(
      lines.map((line) => [line.recordingUrl, line.materials.map(({ title }) => title)]),
      [
        [undefined, ['Kalvot']],
        [recordingUrl, []],
      ],
    );
    assert.equal(
      lines.some(({ id }) => id === february),
      false,
    );

    const { undo } = await followUp.setMaterials(coordinator, december, { recordingUrl: '' });
    assert.deepEqual(datesOf((await archive()).lines), ['2027-01-05']);
    await world.series.undoOccurrence(coordinator, december, undo!);
    assert.deepEqual(datesOf((await archive()).lines), ['2027-01-05', '2026-12-01']);
  });

  it('has a session on the day to which it was moved, and none that was called off', async () => {
    const [december, january] = (await ids()) as [OccurrenceId, OccurrenceId];
    for (const id of [december, january]) await followUp.setMaterials(coordinator, id, { recordingUrl });
    await world.series.move(coordinator, december, { date: '2026-12-10', time: '12:00' });
    await world.series.cancel(coordinator, january, {});
    await world.pass({ days: 10 });
    assert.deepEqual(datesOf((await archive()).lines), []);
    await world.pass({ days: 60 });
    assert.deepEqual(datesOf((await archive()).lines), ['2026-12-10']);
  });

  it('is searched by topic, presenter, project and session, in whichever language they are', async () => {
    const [series] = [radio.id];
    await store(
      record(series, '2026-03-03', {
        recordingUrl,
        slot: { projectId: 'elma' as ProjectId, how: 'turn', at: '2026-01-01T08:00:00Z' },
        talk: {
          ...talk('Etävastaanotto arjessa', 'Tiina Österman'),
          translations: { sv: { topic: 'Distansmottagning i vardagen' } },
        },
      }),
      record(series, '2026-04-07', { recordingUrl, talk: talk('Kotihoidon reitit', 'Renée Lund') }),
    );
    await world.deps.store.commit(
      world.deps.store.putSeries(
        await world.deps.store.series(series),
        { ...radio, segments: radio.segments.map((each) => ({ ...each, from: '2026-01-01' })) },
        [],
      ),
    );
    const found = async (text: string) => datesOf((await archive({ text })).lines);
    assert.deepEqual(await found('etävast'), ['2026-03-03']);
    assert.deepEqual(await found('distans österman'), ['2026-03-03']);
    assert.deepEqual(await found('elma'), ['2026-03-03']);
    assert.deepEqual(await found('RENEE'), ['2026-04-07']);
    assert.deepEqual(await found('projektradion'), ['2026-04-07', '2026-03-03']);
    assert.deepEqual(await found('hoidon'), [], 'the beginning of a word, and not its end');
    assert.deepEqual(await found('etävastaanotto lund'), []);
    assert.deepEqual(await found(' ,. '), ['2026-04-07', '2026-03-03']);
    assert.equal((await archive({ seriesId: series })).lines.length, 2);
    assert.deepEqual((await archive({ seriesId: '0'.repeat(26) })).lines, []);
    assert.deepEqual((await archive({ kind: 'training' })).lines, []);
  });

  describe('of years', function () {
    this.timeout(60_000);
    const first = Temporal.PlainDate.from('2022-01-03');
    beforeEach(async () => {
      const daily = await world.create('own', { rule: { every: 'week', interval: 1, weekdays: [1] } });
      await world.deps.store.commit(
        world.deps.store.putSeries(
          await world.deps.store.series(daily.id),
          {
            ...daily,
            segments: daily.segments.map((each) => ({
              ...each,
              rule: { every: 'week', interval: 1, weekdays: [1, 2, 3, 4, 5, 6, 7] },
              from: first.toString(),
            })),
          },
          [],
        ),
      );
      radio = daily;
    });
    const day = (days: number): string => first.add({ days }).toString();
    const fill = (from: number, to: number) =>
      store(
        ...Array.from({ length: to - from }, (_, index) =>
          record(radio.id, day(from + index), {
            recordingUrl,
            talk: talk(`Aihe ${String(from + index)}`, 'Vilma'),
          }),
        ),
      );

    it('costs the same round trips, page by page, however many there are', async () => {
      const tripsOf = async (run: () => Promise<unknown>): Promise<number> => {
        const before = world.trips();
        await run();
        return world.trips() - before;
      };
      await fill(0, 25);
      const few = await tripsOf(() => archive());
      await fill(25, 1_500);
      assert.equal(await tripsOf(() => archive()), few);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const { lines, next } = await archive({}, after);
        seen.push(...datesOf(lines));
        after = next;
      } while (after !== undefined);
      const all = Array.from({ length: 1_500 }, (_, index) => day(1_499 - index));
      assert.deepEqual(seen, all);
      assert.ok((await tripsOf(() => archive({ text: 'aihe 7' }))) <= 5);
      const { lines } = await archive({ text: 'aihe 149 vil' });
      assert.deepEqual(datesOf(lines), [
        ...Array.from({ length: 10 }, (_, index) => day(1_499 - index)),
        day(149),
      ]);
    });

    it('ends where somebody gives a key that is none', async () => {
      await fill(0, 3);
      for (const after of ['x', 'session-archive|', 'session-archive|00000000', 'zzz'])
        assert.equal((await archive({}, after)).lines.length, 3, after);
    });
  });

  it('finds those of before, once, and goes on where it stopped', async () => {
    const [december, january] = (await ids()) as [OccurrenceId, OccurrenceId];
    for (const id of [december, january]) await followUp.setMaterials(coordinator, id, { recordingUrl });
    await world.pass({ days: 50 });
    const whole = await archive();
    const range = prefixRange('session-archive|', 100);
    const { rows } = await world.rows.range(world.partition, range);
    await world.rows.commit(
      world.partition,
      rows.map(({ key }) => ({ op: 'delete', key })),
    );
    assert.deepEqual((await archive()).lines, []);
    const partition = readablePartition(world.rows, world.partition);
    // What is changed before it is in the index is in it from then on, and takes nothing along.
    await followUp.setMaterials(coordinator, december, { recordingUrl: '' });
    const { undo } = await followUp.setMaterials(coordinator, december, { recordingUrl });
    assert.ok(undo);
    let isStopped = true;
    const stopping = {
      ...world.deps.store,
      record: (id: OccurrenceId) =>
        isStopped ? Promise.reject(new Error('stopped')) : world.deps.store.record(id),
    };
    await assert.rejects(prepareArchive(partition, stopping), /stopped/);
    isStopped = false;
    await prepareArchive(partition, stopping);
    assert.deepEqual(await archive(), whole);
    const before = world.trips();
    await prepareArchive(partition, stopping);
    assert.equal(world.trips() - before, 1);
  });
});
