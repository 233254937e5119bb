import assert from 'node:assert/strict';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import type { HighWaterMark } from '../../src/delivery/departures.js';
import { azurite, freshName } from '../world/azurite.js';

const makes: Readonly<Record<string, () => Promise<HighWaterMark>>> = {
  memory: () => Promise.resolve(new MemoryMark()),
  Azurite: async () => {
    const { connectionString } = await azurite();
    const queue = new AzureQueue({ connectionString, queue: freshName() });
    await queue.prepare();
    // As at every start: it leaves the mark alone.
    await queue.mark.write('2026-01-01T00:00:00Z');
    await queue.prepare();
    assert.equal(await queue.mark.read(), '2026-01-01T00:00:00Z');
    const fresh = new AzureQueue({ connectionString, queue: freshName() });
    await fresh.prepare();
    return fresh.mark;
  },
};

for (const [name, make] of Object.entries(makes)) {
  describe(`The high-water mark on ${name}`, function () {
    this.timeout(60_000);

    it('is not there at first, and then what was written last', async () => {
      const mark = await make();
      assert.equal(await mark.read(), undefined);
      await mark.write('2026-11-29T10:02:00Z');
      await mark.write('2026-11-29T10:03:00.123Z');
      assert.equal(await mark.read(), '2026-11-29T10:03:00.123Z');
    });
  });
}
