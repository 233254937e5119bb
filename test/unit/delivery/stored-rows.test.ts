import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { headerRow, lineRow, progressRow, recipientsRow } from '../../../src/delivery/fan-out/store.js';
import { messageRow } from '../../../src/delivery/outbox/store.js';
import { fanOutKinds } from '../../../src/delivery/fan-out/kind.js';
import { stateOf } from '../../../src/delivery/fan-out/progress.js';
import { newestFirst } from '../../../src/platform/clock.js';
import { fanOutService } from '../../../src/delivery/fan-out/service.js';
import { coordinator, kindsOver, reminder, sendIdOf, Source, storeOver } from '../../world/fan-out.js';
import { partition } from '../../world/outbox.js';

const at = '2026-11-03T08:00:00Z';

describe('rows of delivery as older releases stored them', () => {
  it('name a notice to many and what can not be delivered by their new names', () => {
    const row = {
      id: 'a',
      dueAt: at,
      body: { kind: 'tell', to: 'coordinators', except: [], act: '3', notice: { about: 'turnGivenUp' } },
      is: { state: 'gone', at, reason: 'overtaken' },
    };
    assert.deepEqual(messageRow.read(row), {
      id: 'a',
      dueAt: at,
      body: { ...row.body, kind: 'notifyMany' },
      state: { status: 'undeliverable', at, reason: 'superseded' },
    });
    const pending = { id: 'b', dueAt: at, body: { kind: 'calendar' }, is: { state: 'pending', attempts: 2 } };
    assert.deepEqual(messageRow.read(pending).state, { status: 'pending', attempts: 2 });
  });

  it('are read with their states, counts and reasons', () => {
    const common = { id: 'a', content: { kind: 'thanks' }, dueAt: at, startedAt: at };
    const counted = { sent: 1, gone: 2, failed: 0, uncertain: 0, dropped: 0 };
    const { gone, ...others } = counted;
    const header = headerRow.read({
      ...common,
      is: { state: 'dropped', at, reason: 'overtaken' },
      expansion: 'e',
      chunks: [
        { way: 'chat', size: 3, settled: counted },
        { way: 'mail', size: 1 },
      ],
      again: [],
    });
    assert.deepEqual(header.state, { status: 'dropped', at, reason: 'superseded' });
    assert.deepEqual(header.chunks[0]?.settled, { ...others, undeliverable: gone });
    assert.equal(header.chunks[1]?.settled, undefined);
    const line = lineRow.read({
      ...common,
      is: { state: 'sending' },
      counts: { total: 4, open: 1, ...counted },
    });
    assert.deepEqual(line.counts, { total: 4, open: 1, ...others, undeliverable: gone });
    assert.deepEqual(line.state, { status: 'sending' });
  });

  it('keep how far a chunk has come, and its recipients', () => {
    const progress = progressRow.read({
      chunk: 0,
      claimedUntil: 0,
      lookAt: 17,
      again: 0,
      called: true,
      states: 'gd',
      base: Date.parse(at),
      at: [0, 0],
      notes: { 0: { reason: 'neverMet' }, 1: { reason: 'overtaken' } },
    });
    assert.equal(progress.nextAttemptAt, 17);
    assert.deepEqual(
      [stateOf(progress, 0), stateOf(progress, 1)].map((state) => [
        state.status,
        'reason' in state && state.reason,
      ]),
      [
        ['undeliverable', 'neverMet'],
        ['dropped', 'superseded'],
      ],
    );
    const all = [{ key: 'person:a' }, { key: 'person:b' }];
    assert.deepEqual(recipientsRow.read(all).recipients, all);
    assert.deepEqual(recipientsRow.read(recipientsRow.write({ recipients: [] })).recipients, []);
  });
});

describe('fan-outs about one thing', () => {
  const line = (number: number) => {
    const startedAt = new Date(Date.parse(at) + number * 1_000).toISOString();
    const id = sendIdOf(reminder(`send ${String(number)}`));
    const occurrenceId = number % 100 === 0 ? 'rare' : 'often';
    return {
      key: `send-line|${newestFirst(startedAt)}|${id}`,
      value: {
        id,
        content: { kind: 'reminder', occurrenceId, offset: 15, start: at },
        dueAt: at,
        startedAt,
        is: { state: 'done', at },
        counts: { total: 1, open: 0, sent: 1, gone: 0, failed: 0, uncertain: 0, dropped: 0 },
      },
    };
  };

  it('are found in one trip, also those of before, which are indexed once and as far as it came before', async () => {
    let trips = 0;
    const rows = new MemoryRows({ onTrip: () => (trips += 1) });
    const old = Array.from({ length: 250 }, (_, number) => line(number));
    for (let from = 0; from < old.length; from += 50)
      await rows.commit(
        partition,
        old.slice(from, from + 50).map(({ key, value }) => ({ op: 'insert', key, value })),
      );
    const kinds = kindsOver(new Source());
    const first = storeOver(rows, kinds);
    assert.equal(await first.indexNext(), false);
    // Another instance goes on from there.
    const other = storeOver(rows, kinds);
    assert.equal(await other.indexNext(), false);
    assert.equal(await other.indexNext(), true);
    trips = 0;
    const found = await other.about('occurrence:rare');
    assert.equal(trips, 1);
    assert.deepEqual(
      found.map(({ id }) => id),
      [200, 100, 0].map((number) => line(number).value.id),
    );
    assert.equal((await other.about('occurrence:often')).length, 247);
    assert.deepEqual(await other.about('occurrence:no/such'), []);
    trips = 0;
    assert.equal(await other.indexNext(), true);
    assert.equal(trips, 0);
    assert.equal(await first.indexNext(), true);
  });

  it('keep what was written with their header meanwhile', async () => {
    const rows = new MemoryRows();
    const { key, value } = line(0);
    await rows.commit(partition, [{ op: 'insert', key, value }]);
    const kinds = kindsOver(new Source());
    const store = storeOver(rows, kinds);
    const newer = {
      ...lineRow.read(value),
      counts: { total: 2, open: 0, sent: 2, undeliverable: 0, failed: 0, uncertain: 0, dropped: 0 },
    };
    await rows.commit(partition, [
      {
        op: 'insert',
        key: key.replace('send-line|', 'fan-out-about|occurrence:rare|'),
        value: lineRow.write(newer),
      },
    ]);
    assert.equal(await store.indexNext(), true);
    assert.deepEqual(await store.about('occurrence:rare'), [newer]);
  });

  it('are for those who may see fan-outs', async () => {
    const kinds = fanOutKinds([]);
    const deps = { store: storeOver(new MemoryRows(), kinds), kinds } as unknown as Parameters<
      typeof fanOutService
    >[0];
    await assert.rejects(fanOutService(deps).about({ ...coordinator, role: 'worker' }, 'occurrence:a'), {
      code: 'permission.denied',
    });
  });
});
