import assert from 'node:assert/strict';
import type { MessageId, PersonId, ReleaseId } from '../../../src/platform/ids.js';
import {
  applyMove,
  bringBack,
  canMove,
  moves,
  openMoves,
  type Move,
} from '../../../src/releases/workflow.js';
import {
  releaseStates,
  type Release,
  type ReleaseState,
  type ReleaseStateName,
} from '../../../src/releases/types.js';

const at = '2026-11-23T08:00:00Z';
const by = { id: 'kaisa' as PersonId, name: 'Kaisa' };
const approval = { at, by, revisions: { fi: 1, sv: 1 } };
const plan = { approval, due: at, message: 'message-1' as MessageId };
const states: Readonly<Record<ReleaseStateName, ReleaseState>> = {
  draft: { status: 'draft', at },
  approved: { status: 'approved', approval },
  scheduled: { status: 'scheduled', at, by, ...plan },
  publishing: { status: 'publishing', at, ...plan },
  published: { status: 'published', at, urls: {}, ...plan },
  failed: { status: 'failed', at, reason: 'refused', attempts: 1, ...plan },
  uncertain: { status: 'uncertain', at, reason: 'noAnswer', attempts: 1, ...plan },
  cancelled: { status: 'cancelled', at, by },
};

function release(state: ReleaseStateName): Release {
  return {
    id: 'r1' as ReleaseId,
    channel: 'intranet',
    createdAt: at,
    texts: {},
    state: states[state],
    plans: 0,
    auditCount: 1,
  };
}

describe('moves of a release', () => {
  const open: Readonly<Record<ReleaseStateName, readonly Move[]>> = {
    draft: ['approve', 'cancel'],
    approved: ['unapprove', 'schedule', 'publishNow', 'cancel'],
    scheduled: ['unapprove', 'schedule', 'publishNow', 'unschedule', 'cancel', 'startPublishing', 'overdue'],
    publishing: ['retry', 'published', 'failed', 'uncertain'],
    published: [],
    failed: ['unapprove', 'cancel', 'retry'],
    uncertain: ['unapprove', 'cancel', 'retry'],
    cancelled: ['restore'],
  };

  for (const state of releaseStates) {
    it(`from ${state}: ${open[state].join(', ') || 'none'}`, () => {
      const found = (Object.keys(moves) as Move[]).filter((move) => canMove(release(state), move));
      assert.deepEqual(found.sort(), [...open[state]].sort());
    });
  }

  it('refuses a move that is not allowed, with the current state', () => {
    assert.throws(() => applyMove(release('published'), 'cancel', states.cancelled as never), {
      code: 'release.moveNotAllowed',
      details: { id: 'r1', move: 'cancel', state: 'published' },
    });
  });

  it('says of a draft that its approval is wanting', () => {
    assert.throws(() => applyMove(release('draft'), 'schedule', states.scheduled as never), {
      code: 'release.notApproved',
    });
  });

  it('offers people no move that only the channel makes', () => {
    assert.deepEqual(openMoves(release('publishing')), ['retry']);
    assert.deepEqual(openMoves(release('scheduled')), [
      'unapprove',
      'schedule',
      'publishNow',
      'unschedule',
      'cancel',
    ]);
  });

  it('brings back by undo only what a person left behind', () => {
    assert.equal(bringBack(release('draft'), 'unschedule', states.scheduled).state.status, 'scheduled');
    assert.throws(() => bringBack(release('cancelled'), 'cancel', states.failed), { code: 'undo.tooLate' });
    assert.throws(() => bringBack(release('published'), 'published', states.publishing), {
      code: 'undo.tooLate',
    });
  });
});
