import { AppError } from '../../platform/errors.js';
import type { PersonRef } from '../../platform/actor.js';
import type { Occurrence, OccurrenceRecord, OccurrenceStateName } from './occurrence.js';

/**
 * Each move of an occurrence: the states it may start from, and the one it ends in (`same` leaves it, `was` brings back
 * what a cancelled one was). Nothing else sets a state. `held` comes with time: its end has passed.
 */
const moves = {
  confirm: { from: ['planned'], to: 'confirmed' },
  unconfirm: { from: ['confirmed'], to: 'planned' },
  cancel: { from: ['planned', 'confirmed'], to: 'cancelled' },
  restore: { from: ['cancelled'], to: 'was' },
  move: { from: ['planned', 'confirmed'], to: 'same' },
  keepOnHoliday: { from: ['planned', 'confirmed'], to: 'same' },
} as const satisfies Record<
  string,
  { from: readonly OccurrenceStateName[]; to: OccurrenceStateName | 'same' | 'was' }
>;

export type OccurrenceMove = keyof typeof moves;

/** When and by whom a move is made. */
interface By {
  readonly at: string;
  readonly by: PersonRef;
}

function canMove({ state }: Pick<Occurrence, 'state'>, move: OccurrenceMove): boolean {
  const from: readonly OccurrenceStateName[] = moves[move].from;
  return from.includes(state.status);
}

/** @throws AppError `occurrence.moveNotAllowed` with the state in which it is. */
export function requireMove(occurrence: Pick<Occurrence, 'id' | 'state'>, move: OccurrenceMove): void {
  if (canMove(occurrence, move)) return;
  const { id, state } = occurrence;
  throw new AppError('occurrence.moveNotAllowed', { id, move, state: state.status });
}

/**
 * The record after a move that sets its state.
 * @throws AppError as {@link requireMove} does.
 */
export function applyMove(
  occurrence: Pick<Occurrence, 'id' | 'state'>,
  record: OccurrenceRecord,
  move: Exclude<OccurrenceMove, 'move' | 'keepOnHoliday'>,
  { at, by, reason }: By & { readonly reason?: string },
): OccurrenceRecord {
  requireMove(occurrence, move);
  const { state } = record;
  const confirmed = { status: 'confirmed', at, by } as const;
  switch (move) {
    case 'confirm':
      return { ...record, state: confirmed };
    case 'unconfirm':
      return { ...record, state: { status: 'planned' } };
    case 'cancel': {
      const was = state.status === 'confirmed' ? 'confirmed' : 'planned';
      return {
        ...record,
        state: { status: 'cancelled', at, by, was, ...(reason !== undefined && { reason }) },
      };
    }
    case 'restore':
      return {
        ...record,
        state: state.status === 'cancelled' && state.was === 'confirmed' ? confirmed : { status: 'planned' },
      };
  }
}
