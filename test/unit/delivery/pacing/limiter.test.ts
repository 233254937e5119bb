import assert from 'node:assert/strict';
import { mailPace, teamsPace } from '../../../../src/delivery/pacing/limiter.js';
import { partitionOf } from '../../../../src/platform/partition.js';
import { paceStore } from '../../../../src/delivery/pacing/store.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { keptLog } from '../../../world/outbox.js';
import { VirtualTime } from '../../../world/virtual-time.js';

/** The most of these moments that lie in any window of so many milliseconds. */
function maxWithin(stamps: readonly number[], ms: number): number {
  const sorted = [...stamps].sort((one, other) => one - other);
  return Math.max(
    ...sorted.map((from) => sorted.filter((stamp) => stamp >= from && stamp < from + ms).length),
  );
}

describe('the pace of fan-outs', () => {
  let time: VirtualTime;
  let rows: MemoryRows;
  let trips: number;
  const instance = (perSecond?: number) =>
    teamsPace({ store: paceStore(partitionOf(rows, 'pace', keptLog())), log: keptLog(), time }, perSecond);

  beforeEach(() => {
    time = new VirtualTime();
    trips = 0;
    rows = new MemoryRows({ onTrip: () => (trips += 1) });
  });

  it('keeps the tenant below 50 requests in any second, evenly, and near to the limit', async () => {
    const { fanOuts } = instance();
    const stamps: number[] = [];
    const all = Array.from({ length: 500 }, () => fanOuts.permit().then(() => stamps.push(time.now())));
    const begun = time.now();
    await time.passUntil(Promise.all(all));
    assert.ok(maxWithin(stamps, 1_000) <= 50, `${maxWithin(stamps, 1_000)} in a second`);
    assert.ok(maxWithin(stamps, 100) <= 6, 'no bursts');
    const rate = 500 / ((time.now() - begun) / 1_000);
    assert.ok(rate > 47.5, `${rate} a second`);
    assert.ok(trips <= 2 * 35, `${trips} trips`);
  });

  it('shares one limit among instances', async () => {
    const stamps: number[][] = [[], [], []];
    const all = stamps.flatMap((mine) => {
      const { fanOuts } = instance();
      return Array.from({ length: 150 }, () => fanOuts.permit().then(() => mine.push(time.now())));
    });
    const begun = time.now();
    await time.passUntil(Promise.all(all));
    assert.ok(maxWithin(stamps.flat(), 1_000) <= 50, `${maxWithin(stamps.flat(), 1_000)} in a second`);
    assert.ok(450 / ((time.now() - begun) / 1_000) > 45);
    // Nobody waits for another instance's whole fan-out.
    for (const mine of stamps) assert.ok(Math.min(...mine) - begun < 1_500);
  });

  it('lets a notice to a person go before waiting fan-outs, in the same instance and in another', async () => {
    const [one, other] = [instance(), instance()];
    const all = Array.from({ length: 300 }, () => one.fanOuts.permit());
    const begun = time.now();
    await time.passUntil(time.sleep(1_000));
    const asked = time.now();
    await time.passUntil(one.notices.permit());
    assert.ok(time.now() - asked < 50, `${time.now() - asked} ms here`);
    const askedThere = time.now();
    await time.passUntil(other.notices.permit());
    assert.ok(time.now() - askedThere < 700, `${time.now() - askedThere} ms in the other instance`);
    await time.passUntil(Promise.all(all));
    assert.ok(time.now() - begun > 6_000);
  });

  it('sends no burst after a halt', async () => {
    const { fanOuts } = instance();
    const stamps: number[] = [];
    const all = Array.from({ length: 200 }, () => fanOuts.permit().then(() => stamps.push(time.now())));
    await time.passUntil(time.sleep(700));
    time.forward(400);
    await time.passUntil(Promise.all(all));
    assert.ok(maxWithin(stamps, 1_000) <= 50, `${maxWithin(stamps, 1_000)} in a second`);
  });

  it('waits while the storage is unavailable, and continues', async () => {
    let isDown = true;
    const down = new MemoryRows({
      onTrip: () => {
        if (isDown) throw new Error('away');
      },
    });
    const log = keptLog();
    const { fanOuts } = teamsPace({ store: paceStore(partitionOf(down, 'pace', keptLog())), log, time });
    const permit = fanOuts.permit();
    let isGiven = false;
    void permit.then(() => (isGiven = true));
    await time.passUntil(time.sleep(1_200));
    assert.equal(isGiven, false);
    isDown = false;
    assert.equal(await time.passUntil(permit), 0);
    assert.ok(log.lines.includes('warn pace.notShared'));
  });

  it('paces mail at 30 a minute', async () => {
    const pace = mailPace({ store: paceStore(partitionOf(rows, 'pace', keptLog())), log: keptLog(), time });
    const stamps: number[] = [];
    const all = Array.from({ length: 61 }, () => pace.permit().then(() => stamps.push(time.now())));
    const begun = time.now();
    await time.passUntil(Promise.all(all));
    assert.ok(maxWithin(stamps, 60_000) <= 30);
    assert.ok(time.now() - begun < 121_000);
  });

  describe('in one conversation', () => {
    /** Sends as fast as it may for so long, asking again after the wait that it is given. */
    async function sendFor(ms: number, paces: ReturnType<typeof instance>[]): Promise<number[]> {
      const stamps: number[] = [];
      const until = time.now() + ms;
      const one = async (pace: ReturnType<typeof instance>): Promise<void> => {
        while (time.now() < until) {
          const wait = await pace.fanOuts.permit('19:channel');
          if (wait > 0) await time.sleep(wait * 1_000);
          else stamps.push(time.now());
        }
      };
      await time.passUntil(Promise.all(paces.map(one)));
      return stamps;
    }

    for (const instances of [1, 2, 4]) {
      it(`keeps below Teams' windows with ${instances} instances`, async () => {
        const paces = Array.from({ length: instances }, () => instance());
        const stamps = await sendFor(70_000, paces);
        const windows: readonly [number, number][] = [
          [7, 1_000],
          [8, 2_000],
          [60, 30_000],
        ];
        for (const [max, ms] of windows)
          assert.ok(maxWithin(stamps, ms) <= max, `${maxWithin(stamps, ms)} in ${ms} ms`);
        assert.ok(stamps.length >= 110, `${stamps.length} in 70 s`);
      });
    }

    it('keeps below 1,800 in an hour', async () => {
      const stamps = await sendFor(3_600_000 + 120_000, [instance(10_000)]);
      assert.ok(maxWithin(stamps, 3_600_000) <= 1_800);
      assert.ok(stamps.length >= 1_680);
    });

    it('needs no extra round trip for a conversation with little traffic', async () => {
      const { fanOuts } = instance();
      const all = Array.from({ length: 100 }, (_, person) => fanOuts.permit(`a:${person}`));
      await time.passUntil(Promise.all(all));
      assert.ok(trips <= 20, `${trips} trips`);
    });
  });
});
