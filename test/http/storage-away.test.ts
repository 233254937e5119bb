import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBigRoom } from '../../src/compose.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { seedDemo } from '../../src/demo/seed.js';
import { AppError } from '../../src/platform/errors.js';
import { testAdapters } from '../world/adapters.js';
import { handClock } from '../world/clock.js';
import { serve, type Listening } from './listen.js';

/** The demo's rows, of which reading can be made to fail from some trip on, each trip after a while of its own. */
class FailingRows extends MemoryRows {
  /** How many trips still succeed; all of them without one. */
  left: number | undefined;

  async #fail(): Promise<void> {
    if (this.left === undefined) return;
    this.left -= 1;
    if (this.left >= 0) return;
    // Those that were begun together do not fail together.
    await wait(this.left % 3 === 0 ? 4 : 0);
    throw new AppError('storage.unavailable');
  }

  override async get<Value>(...of: Parameters<MemoryRows['get']>) {
    await this.#fail();
    return super.get<Value>(...of);
  }

  override async range<Value>(...of: Parameters<MemoryRows['range']>) {
    await this.#fail();
    return super.range<Value>(...of);
  }
}

describe('while the storage is away', function () {
  this.timeout(120_000);
  let server: Listening;
  let bigRoom: ReturnType<typeof makeBigRoom>;
  const rows = new FailingRows();
  const escaped: unknown[] = [];
  const onEscape = (reason: unknown): number => escaped.push(reason);
  const others = process.listeners('unhandledRejection');

  before(async () => {
    const adapters = testAdapters({ rows, clock: handClock('2026-11-23T08:00:00Z') });
    bigRoom = makeBigRoom(adapters);
    await seedDemo({ ...adapters, rows }, bigRoom, new MemoryRows());
    server = await serve(bigRoom, adapters);
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', onEscape);
  });
  after(async () => {
    process.removeListener('unhandledRejection', onEscape);
    for (const each of others) process.on('unhandledRejection', each);
    await server.stop();
  });

  it('every page and list is answered, at whichever trip it goes, and no fault escapes, which would end the process', async () => {
    const [series] = await bigRoom.series.list({ ...demoPeopleByKey.aino, role: 'coordinator' });
    const [occurrence] = await bigRoom.series.upcoming({ ...demoPeopleByKey.aino, role: 'coordinator' }, 1);
    assert.ok(series && occurrence);
    const headers = { authorization: `Trial ${demoPeopleByKey.aino.id}` };
    const paths = bigRoom.routes
      .filter(({ method }) => method === 'get')
      .map(({ path }) =>
        path
          .replace('/series/:id', `/series/${series.id}`)
          .replace('/occurrences/:id', `/occurrences/${occurrence.id}`)
          .replace(':year', '2027')
          .replace(/:\w+/g, '0'.repeat(26)),
      );
    assert.ok(paths.length > 50);
    const statuses = new Set<number>();
    for (const path of paths)
      for (let left = 0; left < 6; left += 1) {
        rows.left = left;
        const answer = await fetch(server.url + path, { headers, redirect: 'manual' });
        await answer.arrayBuffer();
        statuses.add(answer.status);
        await wait(6);
        assert.deepEqual(escaped, [], `${path}, ${left} trips went well`);
      }
    rows.left = undefined;
    assert.ok(statuses.has(503), [...statuses].join(' '));
  });
});
