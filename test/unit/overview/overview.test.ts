import assert from 'node:assert/strict';
import { MemoryQueue } from '../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { makeBigRoom, programmePartition } from '../../../src/compose.js';
import { overviewOf } from '../../../src/overview/routes.js';
import type { OverviewAnswer } from '../../../src/shared/answers/overview.js';
import type { Change } from '../../../src/platform/commit.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { NewsId } from '../../../src/platform/ids.js';
import type { Person } from '../../../src/people/person.js';
import { coordinator, programme, submission, swedishWords, worker } from '../../make.js';
import { handClock } from '../../world/clock.js';
import { keptLog } from '../../world/outbox.js';

/** Rows that count their trips and conflicts, and can die at a commit. */
class WatchedRows extends MemoryRows {
  conflicts = 0;
  /** The process dies at this commit from now on; never unless set. */
  diesIn = Infinity;

  override async commit(partition: string, changes: readonly Change[]): Promise<void> {
    this.diesIn -= 1;
    if (this.diesIn < 0) throw new Error('the process died');
    try {
      await super.commit(partition, changes);
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) this.conflicts += 1;
      throw error;
    }
  }
}

const person: Person = { ...coordinator, language: 'fi', projects: [] };

function world() {
  let trips = 0;
  const rows = new WatchedRows({ onTrip: () => (trips += 1) });
  const clock = handClock('2026-11-23T08:00:00Z');
  const queue = new MemoryQueue(clock);
  const log = keptLog();
  const start = () =>
    makeBigRoom({ rows, queue, sendQueue: queue, clock, log, publicUrl: 'https://bigroom.example' });
  const bigRoom = start();
  const overview = () => overviewOf({ ...bigRoom, index: bigRoom.waiting }, person);
  /** What the lists themselves say, without the index. */
  const fromLists = () =>
    overviewOf({ ...bigRoom, index: { read: () => Promise.resolve({ first: () => undefined }) } }, person);
  const submit = (form: string) => bigRoom.news.submit(worker, submission({ formId: `form-of-${form}` }));
  return {
    ...bigRoom,
    rows,
    clock,
    log,
    start,
    overview,
    fromLists,
    submit,
    tripsOf: async (run: () => Promise<unknown>) => {
      const before = trips;
      await run();
      return trips - before;
    },
  };
}

type World = ReturnType<typeof world>;

const indexRows = async ({ rows }: World) =>
  (await rows.range(programmePartition, { from: 'waiting|', to: 'waiting}', limit: 100_000 })).rows;

/** Some of everything that waits. */
async function fill({ news, releases, clock, submit }: World): Promise<void> {
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
    const { item } = await submit(name);
    clock.forward({ minutes: 1 });
    if (name === 'one') await news.startReview(coordinator, item.id);
    if (name === 'two') await news.requestChanges(coordinator, item.id, 'lisää');
    if (name === 'three') await news.withdraw(worker, item.id);
    if (name === 'four') await news.accept(coordinator, item.id);
    if (name === 'five') {
      await news.edit(coordinator, item.id, 'sv', swedishWords, 0);
      await news.accept(coordinator, item.id);
      const { release } = await releases.create(coordinator, { newsId: item.id });
      await releases.approve(coordinator, release.id);
      await releases.schedule(coordinator, release.id, { date: '2026-11-23', time: '15:00' });
    }
  }
}

describe('overview', () => {
  let it1: World;
  beforeEach(async () => {
    it1 = world();
    await it1.people.add(programme, [person, { ...worker, language: 'fi', projects: [] }]);
    await it1.waiting.prepare();
  });

  /** The same as the lists say, whoever answers. */
  async function agrees(): Promise<OverviewAnswer> {
    const [answer, expected] = [await it1.overview(), await it1.fromLists()];
    assert.deepEqual(answer, expected);
    return answer;
  }

  it('says what the lists say, and keeps step with each change', async () => {
    await fill(it1);
    const { news, releases } = await agrees();
    assert.equal(news.review?.submitted.count, 1);
    assert.equal(news.review.missing.sv.count, 1);
    assert.equal(releases?.today.length, 1);
    const { news: service } = it1;
    const lines = (await service.list(coordinator, {})).lines;
    for (const { id, status } of lines) {
      if (status === 'submitted') await service.accept(coordinator, id);
      if (status === 'inReview') await service.reject(coordinator, id, 'ei nyt');
      await agrees();
    }
  });

  it('says so in two round trips beside those of the sessions and the newsletter', async () => {
    await fill(it1);
    const others = await it1.tripsOf(async () => {
      await it1.newsletter.overviewLine(coordinator);
      await it1.series.overviewLine(coordinator);
    });
    assert.equal((await it1.tripsOf(it1.overview)) - others, 2);
  });

  it('costs the same however many wait, once they are merged', async () => {
    const few = await it1.tripsOf(it1.overview);
    for (let number = 0; number < 1_200; number += 1) await it1.submit(String(number));
    assert.equal((await agrees()).news.review?.submitted.more, true);
    await it1.waiting.settled();
    assert.equal(await it1.tripsOf(it1.overview), few);
    const { submitted } = (await agrees()).news.review ?? {};
    assert.deepEqual([submitted?.count, submitted?.more, submitted?.oldest], [200, true, undefined]);
    assert.ok((await indexRows(it1)).length < 100);
  }).timeout(60_000);

  it('counts exactly again when what was too much to count becomes less', async () => {
    for (let number = 0; number < 260; number += 1) await it1.submit(String(number));
    await it1.overview();
    await it1.waiting.settled();
    const all: NewsId[] = [];
    for (let after: string | undefined; ;) {
      const page = await it1.news.list(coordinator, { state: 'submitted' }, after);
      all.push(...page.lines.map(({ id }) => id));
      if (page.next === undefined) break;
      after = page.next;
    }
    for (const [index, id] of all.entries()) {
      if (index >= 70) break;
      await it1.news.reject(coordinator, id, 'ei nyt');
      if (index % 10 === 9) await agrees();
    }
    await it1.waiting.settled();
    assert.equal((await agrees()).news.review?.submitted.count, 190);
  }).timeout(60_000);

  it('lets fifty submit at once, none in the way of another', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, number) => it1.submit(String(number))));
    assert.equal(it1.rows.conflicts, 0);
    assert.equal((await agrees()).news.review?.submitted.count, 50);
  });

  it('indexes what was there before, and goes on where it was killed', async () => {
    await fill(it1);
    const old = await indexRows(it1);
    await it1.rows.commit(
      programmePartition,
      old.map(({ key }) => ({ op: 'delete', key })),
    );
    await agrees();
    await it1.waiting.settled();
    await it1.rows.commit(
      programmePartition,
      (await indexRows(it1)).map(({ key }) => ({ op: 'delete', key })),
    );
    it1.rows.diesIn = 3;
    await it1.waiting.prepare();
    it1.rows.diesIn = Infinity;
    const halfway = await indexRows(it1);
    assert.equal(halfway.length, 3);
    await agrees();
    await it1.start().waiting.prepare();
    const complete = await indexRows(it1);
    assert.ok(complete.length > halfway.length);
    const versions = new Map(complete.map(({ key, version }) => [key, version]));
    for (const { key, version } of halfway) assert.equal(versions.get(key), version);
    await agrees();
  });

  it('loses no change that comes while it is merged', async () => {
    for (let number = 0; number < 70; number += 1) await it1.submit(String(number));
    await Promise.all([
      it1.overview(),
      ...Array.from({ length: 30 }, (_, number) => it1.submit(`late ${String(number)}`.replace(' ', '-'))),
    ]);
    await it1.waiting.settled();
    assert.equal((await agrees()).news.review?.submitted.count, 100);
  });
});
