import assert from 'node:assert/strict';
import { retryWait } from '../../../../src/delivery/outbox/worker.js';

describe('Wait before a retry', () => {
  it('grows by the attempts up to an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => retryWait(attempts, undefined, 0));
    assert.deepEqual(waits, [5, 20, 80, 320, 1_280, 3_600, 3_600, 3_600]);
  });

  it('is shortened by chance by up to half', () => {
    assert.equal(retryWait(2, undefined, 0.5), 15);
    assert.equal(retryWait(2, undefined, 1), 10);
  });

  it('is never shorter than was asked, at least a second and at most about a day', () => {
    assert.equal(retryWait(5, 3, 0), 3);
    assert.equal(retryWait(1, 100, 0.5), 105);
    assert.equal(retryWait(1, 0, 0), 1);
    assert.equal(retryWait(1, -7, 0), 1);
    assert.equal(retryWait(1, 9_999_999, 0), 86_400);
  });
});
