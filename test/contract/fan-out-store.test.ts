import assert from 'node:assert/strict';
import { handleMessage } from '../../src/delivery/outbox/kind.js';
import { type FanOutId, deterministicId, freshId } from '../../src/platform/ids.js';
import { withSettled, type FanOutHeader } from '../../src/delivery/fan-out/fan-out.js';
import { newProgress, ChunkProgress } from '../../src/delivery/fan-out/progress.js';
import { teamsPace, clockTime } from '../../src/delivery/pacing/limiter.js';
import type { FanOutStore } from '../../src/delivery/fan-out/store.js';
import { partitionOf } from '../../src/platform/partition.js';
import { paceStore, slotRow } from '../../src/delivery/pacing/store.js';
import { handClock } from '../world/clock.js';
import { keptLog, rejectsWith } from '../world/outbox.js';
import {
  chatters,
  coordinator,
  KeepingTransport,
  reminder,
  sendIdOf,
  sendingInstance,
  Source,
  storeOver,
} from '../world/fan-out.js';
import { makeQueueAndRows, type Storage } from '../world/storage.js';
import { systemClock } from '../../src/platform/clock.js';

const dueAt = '2026-11-03T08:00:00Z';
const settled = { sent: 2, undeliverable: 0, failed: 0, uncertain: 0, dropped: 0 };

function header(name: string, startedAt = dueAt): FanOutHeader {
  return {
    id: deterministicId<FanOutId>('send', name),
    content: { kind: 'thanks', occurrenceId: 'one', round: 1 },
    dueAt,
    startedAt,
    state: { status: 'sending' },
    expansion: freshId(),
    chunks: [{ way: 'chat', size: 2 }],
    again: [],
  };
}

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Fan-outs on ${name}`, function () {
    this.timeout(60_000);
    let storage: Storage;
    let store: FanOutStore;

    beforeEach(async () => {
      storage = await make(handClock());
      store = storeOver(storage.rows);
    });

    it('keeps a header, its line and whether there is work on it', async () => {
      const one = header('one');
      assert.equal(await store.find(one.id), undefined);
      await store.commit(store.insert(one));
      await rejectsWith(store.commit(store.insert({ ...one, expansion: 'another' })), 'storage.conflict');
      const found = await store.find(one.id);
      assert.deepEqual(found?.value, one);
      assert.deepEqual(await store.active(), [one.id]);
      const done = withSettled(one, new Map([[0, settled]]), dueAt);
      await store.commit(store.replace(found, done));
      await rejectsWith(store.commit(store.replace(found, done)), 'storage.conflict');
      assert.deepEqual(await store.active(), []);
      const [line] = (await store.list()).lines;
      assert.deepEqual([line?.state.status, line?.counts.sent, line?.counts.open], ['done', 2, 0]);
    });

    it('lists all fan-outs on which there is work, however many', async () => {
      const ids: FanOutId[] = [];
      for (let count = 0; count < 1_005; count += 5) {
        const some = [0, 1, 2, 3, 4].map((more) => header(`a${String(count + more)}`));
        await store.commit(some.flatMap((each) => store.insert(each)));
        ids.push(...some.map(({ id }) => id));
      }
      assert.deepEqual([...(await store.active())].sort(), ids.sort());
    });

    it('lists newest first, 20 a page', async () => {
      for (let count = 10; count < 35; count += 1)
        await store.commit(store.insert(header(`s${count}`, `2026-11-03T08:00:${String(count)}Z`)));
      const first = await store.list();
      const second = await store.list(first.next);
      assert.deepEqual([first.lines.length, second.lines.length, second.next], [20, 5, undefined]);
      const times = [...first.lines, ...second.lines].map(({ startedAt }) => startedAt);
      assert.deepEqual(times, [...times].sort().reverse());
    });

    it('keeps recipients by chunk and expansion, ten thousand too, and takes away what is not kept', async () => {
      const send = header('big');
      const other = { ...send, expansion: freshId() };
      const people = chatters(10_000);
      const chunks = Array.from({ length: 40 }, (_, chunk) => people.slice(chunk * 250, (chunk + 1) * 250));
      const begun = chunks.map((chunk, index) => newProgress(index, chunk.length, 0));
      await store.putChunks(send, chunks, begun);
      await store.putChunks(other, chunks.slice(0, 3), begun.slice(0, 3));
      assert.deepEqual(await store.recipients(send, 39), chunks[39]);
      assert.deepEqual((await store.allProgress(send)).length, 40);
      assert.deepEqual((await store.allProgress(other)).length, 3);
      await store.clean(send);
      assert.deepEqual(await store.allProgress(other), []);
      assert.deepEqual(await store.recipients(other, 0), []);
      assert.deepEqual(await store.allProgress(send), begun);
    });

    it('lets one worker claim a chunk, and refuses the next write of the one before', async () => {
      const send = header('claimed');
      await store.putChunks(send, [chatters(2)], [newProgress(0, 2, 0)]);
      const found = await store.progress(send, 0);
      assert.ok(found);
      const chunkProgress = new ChunkProgress(found.progress, 0);
      const races = await Promise.allSettled([
        store.claim(send, found, chunkProgress.written(1_000)),
        store.claim(send, found, chunkProgress.written(2_000)),
      ]);
      assert.deepEqual(races.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      chunkProgress.end(0, 'sent', 500);
      await store.record(send, 1, chunkProgress.written(3_000));
      await store.record(send, 1, chunkProgress.written(4_000));
      // Somebody who read before the last write may not take it over by what they read.
      await rejectsWith(store.claim(send, found, chunkProgress.written(5_000)), 'storage.conflict');
      const latest = await store.progress(send, 0);
      assert.ok(latest);
      assert.deepEqual([latest.claim, latest.progress.states], [1, 'so']);
      assert.equal(await store.claim(send, latest, chunkProgress.written(6_000)), 2);
      await rejectsWith(store.record(send, 1, chunkProgress.written(7_000)), 'storage.conflict');
      await store.record(send, 2, chunkProgress.written(8_000));
      assert.equal((await store.allProgress(send)).length, 1);
    });

    it('keeps what instances share of their pace', async () => {
      const pace = paceStore(partitionOf(storage.rows, 'pace', keptLog()));
      assert.equal(await pace.read(slotRow, 'teams'), undefined);
      await pace.write(slotRow, 'teams', { nextAt: 1 }, undefined);
      await rejectsWith(pace.write(slotRow, 'teams', { nextAt: 2 }, undefined), 'storage.conflict');
      const found = await pace.read(slotRow, 'teams');
      await pace.write(slotRow, 'teams', { nextAt: 2 }, found?.version);
      await rejectsWith(pace.write(slotRow, 'teams', { nextAt: 3 }, found?.version), 'storage.conflict');
      assert.deepEqual((await pace.read(slotRow, 'teams'))?.value, { nextAt: 2 });
    });

    it('sends a thousand through two instances, each person once, at their pace', async () => {
      const [source, transport] = [new Source(), new KeepingTransport()];
      source.all = chatters(1_000);
      const time = clockTime(systemClock);
      const deps = { ...storage, clock: systemClock, time, source, transport };
      const sizes = { chat: 100, channel: 100, mail: 50 };
      const instances = [0, 1].map(() =>
        sendingInstance({ ...deps, chunkSizes: sizes, concurrency: 32, sweepSeconds: 1 }),
      );
      const pace = teamsPace(
        { store: paceStore(partitionOf(storage.rows, 'pace', keptLog())), log: keptLog(), time },
        1_000,
      );
      const paces = { chat: pace.fanOuts, channel: pace.fanOuts, mail: pace.fanOuts };
      const workers = instances.map((each) =>
        each.worker({ transports: { chat: transport, channel: transport, mail: transport }, paces }),
      );
      const message = reminder(name);
      const [first] = instances;
      assert.ok(first);
      for (const worker of workers) worker.start();
      assert.deepEqual(await handleMessage(first.delivery, message), { result: 'sent' });
      while ((await first.service.get(coordinator, sendIdOf(message))).state.status !== 'done')
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (const worker of workers) await worker.stop();
      assert.deepEqual([transport.arrived.length, transport.times.size], [1_000, 1_000]);
      assert.deepEqual((await first.service.get(coordinator, sendIdOf(message))).counts.sent, 1_000);
    });
  });
}
