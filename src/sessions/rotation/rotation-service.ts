import type { RotationService } from '../service.js';
import { answer } from './answering.js';
import type { TakingDeps } from './deps.js';
import { swapping } from './swapping.js';
import { turns } from './slots.js';
import { rotation } from './viewing.js';

/** See {@link RotationService}. */
export function rotationService(deps: TakingDeps): RotationService {
  return {
    rotation: (actor, id) => rotation(deps, actor, id),
    ...turns(deps),
    ...swapping(deps),
    answer: (actor, id, input) => answer(deps, actor, id, input),
  };
}
