import type { PersonRef } from '../../platform/actor.js';
import { AppError } from '../../platform/errors.js';
import { workflow } from '../../platform/workflow.js';
import type { Occurrence, OccurrenceRecord } from './occurrence.js';

type Current = Pick<Occurrence, 'id' | 'state'>;

/** Each move of an occurrence. Nothing else sets a state; `held` comes with time: its end has passed. */
const { applyMove, requireMove } = workflow<Current>()(
  {
    confirm: { from: ['planned'], to: 'confirmed' },
    unconfirm: { from: ['confirmed'], to: 'planned' },
    cancel: { from: ['planned', 'confirmed'], to: 'cancelled' },
    /** Brings back what it was before it was cancelled. */
    restore: { from: ['cancelled'], to: ['planned', 'confirmed'] },
    move: { from: ['planned', 'confirmed'] },
    keepOnHoliday: { from: ['planned', 'confirmed'] },
  },
  { error: 'occurrence.moveNotAllowed' },
);

export { requireMove };

/** The moves that set a state. */
export type StateMove = 'confirm' | 'unconfirm' | 'cancel' | 'restore';

/** Why a session does not take place, as people read it. */
export type CancelReason = Pick<
  Extract<OccurrenceRecord['state'], { status: 'cancelled' }>,
  'reason' | 'language' | 'translations'
>;

/** The move of an occurrence to another state, on its record. @throws AppError `occurrence.moveNotAllowed`. */
export function moveState(
  occurrence: Current,
  record: OccurrenceRecord,
  move: StateMove,
  { at, by, reason, language, translations }: { readonly at: string; readonly by: PersonRef } & CancelReason,
): OccurrenceRecord {
  const planned = { status: 'planned' } as const;
  const confirmed = { status: 'confirmed', at, by } as const;
  const { state: before } = record;
  const stateAfter = (): OccurrenceRecord['state'] => {
    switch (move) {
      case 'confirm':
        return applyMove(occurrence, move, confirmed).state;
      case 'unconfirm':
        return applyMove(occurrence, move, planned).state;
      case 'cancel': {
        const was = before.status === 'confirmed' ? 'confirmed' : 'planned';
        const cancelled = {
          status: 'cancelled',
          at,
          by,
          was,
          ...(reason !== undefined && { reason }),
          ...(language !== undefined && { language }),
          ...(translations !== undefined && { translations }),
        } as const;
        return applyMove(occurrence, move, cancelled).state;
      }
      case 'restore': {
        const wasConfirmed = before.status === 'cancelled' && before.was === 'confirmed';
        return applyMove(occurrence, move, wasConfirmed ? confirmed : planned).state;
      }
    }
  };
  return { ...record, state: stateAfter() };
}

/** Whether it takes place and its end has not passed. */
export function isUpcoming({ state }: Pick<Occurrence, 'state'>): boolean {
  return state.status === 'planned' || state.status === 'confirmed';
}

/** @throws AppError `occurrence.moveNotAllowed` where it is over or cancelled. */
export function requireUpcoming({ id, state }: Current): void {
  if (!isUpcoming({ state })) throw new AppError('occurrence.moveNotAllowed', { id, state: state.status });
}
