import { AppError } from '../platform/errors.js';
import { workflow } from '../platform/workflow.js';
import type { Release, ReleaseState, ReleaseStateName } from './types.js';

/**
 * Each move of a release: the states it may start from, and the one it ends in. Nothing else sets a state.
 * People make the first eight; the others follow from the clock and from what the channel answers.
 *
 * A move that is not open throws AppError `release.moveNotAllowed`, or `release.notApproved` where an approval is what is
 * missing; both with the status in which the release is.
 */
export const { moves, canMove, requireMove, applyMove } = workflow<Release>()(
  {
    approve: { from: ['draft'], to: 'approved' },
    unapprove: { from: ['approved', 'scheduled', 'failed', 'uncertain'], to: 'draft' },
    schedule: { from: ['approved', 'scheduled'], to: 'scheduled' },
    publishNow: { from: ['approved', 'scheduled'], to: 'scheduled' },
    unschedule: { from: ['scheduled'], to: 'draft' },
    cancel: { from: ['draft', 'approved', 'scheduled', 'failed', 'uncertain'], to: 'cancelled' },
    restore: { from: ['cancelled'], to: 'draft' },
    retry: { from: ['failed', 'uncertain', 'publishing'], to: 'publishing' },
    startPublishing: { from: ['scheduled'], to: 'publishing' },
    overdue: { from: ['scheduled'], to: 'approved' },
    published: { from: ['publishing'], to: 'published' },
    failed: { from: ['publishing'], to: 'failed' },
    uncertain: { from: ['publishing'], to: 'uncertain' },
  },
  {
    error: ({ state }, move) =>
      state.status === 'draft' && (move === 'schedule' || move === 'publishNow')
        ? 'release.notApproved'
        : 'release.moveNotAllowed',
  },
);

export type Move = keyof typeof moves;

const peoplesMoves = [
  'approve',
  'unapprove',
  'schedule',
  'publishNow',
  'unschedule',
  'cancel',
  'restore',
  'retry',
] as const satisfies readonly Move[];

/** The moves that a person may make with a release as it is. */
export function openMoves(release: Release): (typeof peoplesMoves)[number][] {
  return peoplesMoves.filter((move) => canMove(release, move));
}

/** States in which the texts may be changed; changing an approved one takes the approval back. */
const editableStates: readonly ReleaseStateName[] = ['draft', ...moves.unapprove.from];

/** @throws AppError `release.notEditable`. */
export function requireEditable({ id, state }: Release): void {
  if (!editableStates.includes(state.status))
    throw new AppError('release.notEditable', { id, state: state.status });
}

/** Moves that an undo may take back, and the states it may bring back. */
const undoable: Partial<Record<string, readonly ReleaseStateName[]>> = {
  approve: ['draft'],
  unapprove: ['approved', 'scheduled'],
  schedule: ['approved', 'scheduled'],
  publishNow: ['approved', 'scheduled'],
  unschedule: ['scheduled'],
  cancel: ['draft', 'approved', 'scheduled'],
} satisfies Partial<Record<Move, readonly ReleaseStateName[]>>;

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
