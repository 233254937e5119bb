import { AppError } from '../platform/errors.js';
import type { Release, ReleaseState, ReleaseStateName } from './release.js';

/**
 * Each move of a release: the states it may start from, and the one it ends in. Nothing else sets a state.
 * People make the first eight; the others follow from the clock and from what the channel answers.
 */
export const moves = {
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
} as const satisfies Record<string, { from: readonly ReleaseStateName[]; to: ReleaseStateName }>;

export type Move = keyof typeof moves;
type StateAfter<M extends Move> = Extract<ReleaseState, { status: (typeof moves)[M]['to'] }>;

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

/** States in which the words may be changed; a change of what was approved takes the approval back. */
const editableStates: readonly ReleaseStateName[] = ['draft', ...moves.unapprove.from];

/** Moves and states that an undo may take back, and the states it may bring back. */
const undoable = {
  approve: ['draft'],
  unapprove: ['approved', 'scheduled'],
  schedule: ['approved', 'scheduled'],
  publishNow: ['approved', 'scheduled'],
  unschedule: ['scheduled'],
  cancel: ['draft', 'approved', 'scheduled'],
} as const satisfies Partial<Record<Move, readonly ReleaseStateName[]>>;

export type UndoableMove = keyof typeof undoable;

export function canMove(release: Pick<Release, 'state'>, move: Move): boolean {
  const from: readonly ReleaseStateName[] = moves[move].from;
  return from.includes(release.state.status);
}

/** The moves that a person may make with a release as it stands. */
export function openMoves(release: Pick<Release, 'state'>): (typeof peoplesMoves)[number][] {
  return peoplesMoves.filter((move) => canMove(release, move));
}

export function isEditable(release: Pick<Release, 'state'>): boolean {
  return editableStates.includes(release.state.status);
}

/** Whether undoing this action may bring that state back. */
export function canBringBack(action: string, state: ReleaseStateName): action is UndoableMove {
  if (!Object.hasOwn(undoable, action)) return false;
  const states: readonly ReleaseStateName[] = undoable[action as UndoableMove];
  return states.includes(state);
}

/**
 * The release after a move.
 * @throws AppError `release.moveNotAllowed`, or `release.notApproved` where an approval is what is wanting; both
 *   with the state in which it stands.
 */
export function applyMove<M extends Move>(release: Release, move: M, next: StateAfter<M>): Release {
  requireMove(release, move);
  return { ...release, state: next };
}

/** @throws AppError as {@link applyMove} does, where the move is not open. */
export function requireMove(release: Release, move: Move): void {
  if (canMove(release, move)) return;
  const isUnapproved = release.state.status === 'draft' && (move === 'schedule' || move === 'publishNow');
  const code = isUnapproved ? 'release.notApproved' : 'release.moveNotAllowed';
  throw new AppError(code, { id: release.id, move, state: release.state.status });
}

/**
 * The release in a state that it was in before, as an undo brings it back.
 * @throws AppError `undo.tooLate` when that state can't come back.
 */
export function bringBack(release: Release, action: string, before: ReleaseState): Release {
  if (canBringBack(action, before.status)) return { ...release, state: before };
  throw new AppError('undo.tooLate', { id: release.id, state: release.state.status });
}
