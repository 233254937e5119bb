import assert from 'node:assert/strict';
import { makeBigRoom } from '../../src/compose.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { seedDemo } from '../../src/demo/seed.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Rows, StoredRow } from '../../src/platform/rows.js';
import { testAdapters } from '../world/adapters.js';
import { handClock } from '../world/clock.js';
import { keptLog } from '../world/outbox.js';
import { serve, type Listening } from './listen.js';

const partition = 'programme';

/** What a row could hold that no release of ours wrote. */
const garbage: readonly unknown[] = [
  null,
  7,
  'text',
  [],
  {},
  { v: 99 },
  { v: 1, is: null, state: null },
  { v: -1, id: 5, at: 'yesterday', entries: [{ id: 1 }], body: null },
];

async function allRows(rows: Rows): Promise<StoredRow[]> {
  const found = await rows.range(partition, { from: ' ', to: '\uffff', limit: 100_000 });
  return found.rows;
}

describe('A row that nobody can read', function () {
  this.timeout(120_000);
  let server: Listening;
  let rows: MemoryRows;
  let bigRoom: ReturnType<typeof makeBigRoom>;

  before(async () => {
    const clock = handClock('2026-11-23T08:00:00Z');
    rows = new MemoryRows();
    const log = keptLog();
    const adapters = testAdapters({ rows, clock, log });
    bigRoom = makeBigRoom(adapters);
    await seedDemo({ ...adapters, rows }, bigRoom, new MemoryRows());
    // One of each kind that the demo has none of.
    await bigRoom.outbox.commit(
      [],
      [{ id: 'x'.repeat(26) as never, dueAt: clock.iso(), body: { kind: 'unknown' } }],
    );
    server = await serve(bigRoom, adapters);
  });
  after(() => server.stop());

  const ask = async (path: string): Promise<number> => {
    const headers = { authorization: `Trial ${demoPeopleByKey.aino.id}` };
    const answer = await fetch(server.url + path, { headers });
    await answer.arrayBuffer();
    return answer.status;
  };

  it('is left out, whatever kind of row it is: no list and no overview is answered with a fault of ours', async () => {
    const lists = bigRoom.routes
      .filter(({ method, path }) => method === 'get' && !path.includes(':'))
      .map(({ path }) => path);
    const more = [
      '/api/releases?of=archive',
      '/api/news?state=submitted',
      '/api/news?text=elma',
      '/api/sessions/year/2026',
    ];
    const paths = [...lists, ...more];
    const all = await allRows(rows);
    const kinds = new Map<string, StoredRow>();
    for (const row of all) kinds.set(row.key.split('|')[0] ?? '', row);
    assert.ok(kinds.size > 20, [...kinds.keys()].join());
    const faults: string[] = [];
    let turn = 0;
    for (const [kind, { key, value }] of kinds) {
      // Without these two there is nobody to ask.
      if (kind === 'programme' || key.includes(demoPeopleByKey.aino.id)) continue;
      const bad = garbage[turn++ % garbage.length];
      await rows.commit(partition, [{ op: 'put', key, value: bad }]);
      for (const path of paths) {
        const status = await ask(path);
        if (status >= 500) faults.push(`${String(status)} ${path} with ${JSON.stringify(bad)} in ${key}`);
      }
      await bigRoom.waiting.settled();
      await rows.commit(partition, [{ op: 'put', key, value }]);
    }
    assert.deepEqual(faults, []);
  });
});
