import { AppError } from '../platform/errors.js';
import { workflow } from '../platform/workflow.js';
import type { Release, ReleaseState, ReleaseStateName } from './types.js';

const waiting = ['draft', 'approved', 'scheduled'] as const;

/** Where the first of two approvals can be given: it keeps the state. */
const approvable = [...waiting, 'published', 'failed', 'uncertain', 'takenDown'] as const;

/** Moves with what the channel shows, and those that end what it has never shown. */
const ofWhatIsOut: readonly string[] = ['correct', 'takeDown', 'putBack', 'giveUp'];
const ofWhatIsNotOut: readonly string[] = [
  'schedule',
  'publishNow',
  'cancel',
  'withdraw',
  'withdrawn',
  'sendBack',
];

/** Whether a release that is leaving, or got stuck, may be called back all the same: nobody knows how long an approval takes. */
function isWithdrawable({ state }: Release): boolean {
  if (state.status === 'publishing') return state.awaitsApproval !== undefined;
  return state.status !== 'uncertain' || state.reason === 'partly';
}

/**
 * Each move of a release: the states it may start from, and the one it ends in. Nothing else sets a state. `toOut` leads
 * back to what the channel shows when a correction is given up.
 * People make the first ones; those from `startPublishing` on follow from the clock and from what the channel answers.
 *
 * A move that is not open throws AppError `release.moveNotAllowed` with the status in which the release is.
 */
export const { moves, canMove, requireMove, applyMove } = workflow<Release>()(
  {
    schedule: { from: waiting, to: 'scheduled' },
    publishNow: { from: waiting, to: 'scheduled' },
    approveFirst: { from: approvable },
    sendBack: { from: ['draft', 'approved', 'scheduled'] },
    unschedule: { from: ['scheduled'], to: 'approved' },
    unapprove: { from: ['approved', 'scheduled', 'failed', 'uncertain'], to: 'draft' },
    toOut: { from: ['scheduled', 'failed', 'uncertain'], to: ['published', 'takenDown'] },
    giveUp: { from: ['failed', 'uncertain'], to: ['published', 'takenDown'] },
    cancel: { from: ['draft', 'approved', 'scheduled', 'failed', 'uncertain'], to: 'cancelled' },
    restore: { from: ['cancelled'], to: 'draft' },
    retry: { from: ['failed', 'uncertain', 'publishing'], to: 'publishing' },
    correct: { from: ['published', 'failed', 'uncertain'], to: 'scheduled' },
    takeDown: { from: ['published', 'scheduled', 'failed', 'uncertain', 'publishing'], to: 'publishing' },
    withdraw: { from: ['publishing', 'uncertain'], to: 'publishing' },
    putBack: { from: ['takenDown'], to: 'scheduled' },
    startPublishing: { from: ['scheduled'], to: 'publishing' },
    overdue: { from: ['scheduled'], to: 'approved' },
    published: { from: ['publishing'], to: 'published' },
    takenDown: { from: ['publishing'], to: 'takenDown' },
    awaitsApproval: { from: ['publishing'], to: 'publishing' },
    withdrawn: { from: ['publishing'], to: 'approved' },
    failed: { from: ['publishing'], to: 'failed' },
    uncertain: { from: ['publishing'], to: 'uncertain' },
  },
  {
    error: 'release.moveNotAllowed',
    forbids: (release, move) => {
      const { out, state } = release;
      const isForbidden =
        (out === undefined ? ofWhatIsOut.includes(move) : ofWhatIsNotOut.includes(move)) ||
        (move === 'withdraw' && !isWithdrawable(release)) ||
        (move === 'takeDown' && state.status === 'publishing' && !isWithdrawable(release));
      return isForbidden ? 'release.moveNotAllowed' : undefined;
    },
  },
);

export type Move = keyof typeof moves;

const peoplesMoves = [
  'schedule',
  'publishNow',
  'unschedule',
  'cancel',
  'restore',
  'retry',
  'correct',
  'takeDown',
  'withdraw',
  'putBack',
  'giveUp',
  'sendBack',
] as const satisfies readonly Move[];

export type PeoplesMove = (typeof peoplesMoves)[number];

/** The moves that a person may make with a release as it is. */
export function openMoves(release: Release): PeoplesMove[] {
  return peoplesMoves.filter((move) => canMove(release, move));
}

/** States in which something may be said otherwise; what was to go out is then looked at again. */
const editableStates: readonly ReleaseStateName[] = [
  'draft',
  ...moves.unapprove.from,
  'published',
  'takenDown',
];

/** Whether something may be said otherwise. */
export const canEdit = ({ state }: Pick<Release, 'state'>): boolean => editableStates.includes(state.status);

/** @throws AppError `release.notEditable`. */
export function requireEditable(release: Release): void {
  const { id, state } = release;
  if (!canEdit(release)) throw new AppError('release.notEditable', { id, state: state.status });
}

/** Moves that an undo may take back, and the states it may bring back. */
const undoable: Partial<Record<string, readonly ReleaseStateName[]>> = {
  schedule: waiting,
  publishNow: waiting,
  approveFirst: approvable,
  unschedule: ['scheduled'],
  cancel: waiting,
  correct: ['published'],
  putBack: ['takenDown'],
  // Entries of before, when a release was approved by itself.
  approve: ['draft'],
} satisfies Partial<Record<Move | 'approve', readonly ReleaseStateName[]>>;

/** The state to keep for an undo of a move that leaves it; `undefined` where the move can't be undone. */
export function undoState(move: Move, before: ReleaseState): ReleaseState | undefined {
  return undoable[move]?.includes(before.status) === true ? before : undefined;
}

/**
 * The release in a state that it was in before, as an undo brings it back.
 * @throws AppError `undo.tooLate` when that state can't come back.
 */
export function bringBack(release: Release, action: string, before: ReleaseState): Release {
  if (Object.hasOwn(undoable, action) && undoable[action]?.includes(before.status) === true)
    return { ...release, state: before };
  throw new AppError('undo.tooLate', { id: release.id, state: release.state.status });
}
