import type { RotationService } from '../service.js';
import { answer } from './answering.js';
import type { TakingParts } from './deps.js';
import { swapping } from './swapping.js';
import { turns } from './slots.js';
import { rotation } from './viewing.js';

/** See {@link RotationService}. */
export function rotationService(parts: TakingParts): RotationService {
  return {
    rotation: (actor, id) => rotation(parts, actor, id),
    ...turns(parts),
    ...swapping(parts),
    answer: (actor, id, input) => answer(parts, actor, id, input),
  };
}
