import assert from 'node:assert/strict';
import type { MessageId, NewsId, PersonId, ReleaseId } from '../../../src/platform/ids.js';
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
  takenDown: { status: 'takenDown', at, by },
  cancelled: { status: 'cancelled', at, by },
};

/** What a channel has shown of it. */
const out = { at, urls: {}, stamp: 'stamp', corrections: [], approval };

function release(state: ReleaseStateName, more: Partial<Release> = {}): Release {
  return {
    id: 'r1' as ReleaseId,
    channel: 'intranet',
    newsId: 'n1' as NewsId,
    own: {},
    shown: { titles: {}, notReady: [] },
    createdAt: at,
    state: states[state],
    plans: 0,
    auditCount: 1,
    ...more,
  };
}

describe('moves of a release', () => {
  const beforeItIsOut: Readonly<Record<ReleaseStateName, readonly Move[]>> = {
    draft: ['approveFirst', 'sendBack', 'schedule', 'publishNow', 'cancel'],
    approved: ['approveFirst', 'sendBack', 'unapprove', 'schedule', 'publishNow', 'cancel'],
    scheduled: [
      'approveFirst',
      'sendBack',
      'unapprove',
      'toOut',
      'schedule',
      'publishNow',
      'unschedule',
      'cancel',
      'startPublishing',
      'overdue',
    ],
    publishing: ['retry', 'published', 'takenDown', 'awaitsApproval', 'withdrawn', 'failed', 'uncertain'],
    published: ['approveFirst'],
    takenDown: ['approveFirst'],
    failed: ['approveFirst', 'unapprove', 'toOut', 'cancel', 'retry'],
    uncertain: ['approveFirst', 'unapprove', 'toOut', 'cancel', 'retry'],
    cancelled: ['restore'],
  };
  const onceItIsOut: Partial<Record<ReleaseStateName, readonly Move[]>> = {
    scheduled: ['approveFirst', 'unapprove', 'toOut', 'takeDown', 'unschedule', 'startPublishing', 'overdue'],
    publishing: ['retry', 'published', 'takenDown', 'awaitsApproval', 'failed', 'uncertain'],
    published: ['approveFirst', 'correct', 'takeDown'],
    takenDown: ['approveFirst', 'putBack'],
    failed: ['approveFirst', 'unapprove', 'toOut', 'retry', 'giveUp', 'correct', 'takeDown'],
    uncertain: ['approveFirst', 'unapprove', 'toOut', 'retry', 'giveUp', 'correct', 'takeDown'],
  };

  const openFrom = (found: Release) =>
    (Object.keys(moves) as Move[]).filter((move) => canMove(found, move)).sort();

  for (const state of releaseStates) {
    const open = beforeItIsOut[state];
    it(`from ${state}: ${open.join(', ') || 'none'}`, () => {
      assert.deepEqual(openFrom(release(state)), [...open].sort());
    });
    const later = onceItIsOut[state];
    if (later === undefined) continue;
    it(`from ${state}, once it was out: ${later.join(', ')}`, () => {
      assert.deepEqual(openFrom(release(state, { out })), [...later].sort());
    });
  }

  it('refuses a move that is not allowed, with the current state', () => {
    assert.throws(() => applyMove(release('published', { out }), 'cancel', states.cancelled as never), {
      code: 'release.moveNotAllowed',
      details: { id: 'r1', move: 'cancel', state: 'published' },
    });
    assert.throws(() => applyMove(release('publishing', { out }), 'takeDown', states.publishing as never), {
      code: 'release.moveNotAllowed',
      details: { id: 'r1', move: 'takeDown', state: 'publishing' },
    });
  });

  it('lets people take back what waits for approval elsewhere, and what is out in part', () => {
    const awaitsApproval = { since: at, urls: {} };
    const state = { ...states.publishing, awaitsApproval } as Release['state'];
    assert.deepEqual(openMoves(release('publishing', { state })), ['retry', 'withdraw']);
    assert.deepEqual(openMoves(release('publishing', { state, out })), ['retry', 'takeDown']);
    const partly = { ...states.uncertain, reason: 'partly' } as Release['state'];
    assert.deepEqual(openMoves(release('uncertain', { state: partly })), ['cancel', 'retry', 'withdraw']);
  });

  it('offers people no move that only the channel makes', () => {
    assert.deepEqual(openMoves(release('publishing')), ['retry']);
    assert.deepEqual(openMoves(release('scheduled')), [
      'schedule',
      'publishNow',
      'unschedule',
      'cancel',
      'sendBack',
    ]);
    assert.deepEqual(openMoves(release('scheduled', { out })), ['unschedule', 'takeDown']);
    assert.deepEqual(openMoves(release('published', { out })), ['correct', 'takeDown']);
    assert.deepEqual(openMoves(release('takenDown', { out })), ['putBack']);
  });

  it('brings back by undo only what a person left behind', () => {
    assert.equal(bringBack(release('draft'), 'unschedule', states.scheduled).state.status, 'scheduled');
    assert.throws(() => bringBack(release('cancelled'), 'cancel', states.failed), { code: 'undo.tooLate' });
    assert.equal(
      bringBack(release('scheduled', { out }), 'correct', states.published).state.status,
      'published',
    );
    assert.equal(
      bringBack(release('scheduled', { out }), 'putBack', states.takenDown).state.status,
      'takenDown',
    );
    assert.throws(() => bringBack(release('takenDown', { out }), 'takeDown', states.published), {
      code: 'undo.tooLate',
    });
    assert.throws(() => bringBack(release('published'), 'published', states.publishing), {
      code: 'undo.tooLate',
    });
  });
});
