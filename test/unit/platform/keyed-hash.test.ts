import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { keyedHash } from '../../../src/platform/keyed-hash.js';
import { readablePartition } from '../../world/partition.js';

describe('a keyed hash', () => {
  it('is the same for the same parts in every instance, and another in another installation', async () => {
    const rows = new MemoryRows();
    const [one, other] = [keyedHash(readablePartition(rows)), keyedHash(readablePartition(rows))];
    const [first, second] = await Promise.all([one('contact', 'a@x.fi'), other('contact', 'a@x.fi')]);
    assert.equal(first, second);
    assert.match(first, /^[0-9a-f]{40}$/);
    assert.notEqual(await one('contact', 'b@x.fi'), first);
    assert.notEqual(await keyedHash(readablePartition(new MemoryRows()))('contact', 'a@x.fi'), first);
  });

  it('is asked for again when the storage did not answer', async () => {
    const partition = readablePartition(new MemoryRows());
    let failures = 1;
    const hash = keyedHash({
      ...partition,
      getReadable: (kind, key) =>
        failures-- > 0 ? Promise.reject(new Error('away')) : partition.getReadable(kind, key),
    });
    await assert.rejects(hash('a'));
    assert.match(await hash('a'), /^[0-9a-f]{40}$/);
  });
});
