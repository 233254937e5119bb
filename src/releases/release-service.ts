import type { ReleaseParts } from './changing.js';
import { create } from './creating.js';
import { deciding } from './deciding.js';
import { editing } from './editing.js';
import { reading } from './reading.js';
import type { ReleaseService } from './service.js';
import { undo } from './undoing.js';

/** The releases of the programme; see {@link ReleaseService}. */
export function releaseService(parts: ReleaseParts): ReleaseService {
  return {
    create: (actor, origin) => create(parts, actor, origin),
    ...reading(parts),
    ...editing(parts),
    ...deciding(parts),
    undo: (actor, id, auditNumber) => undo(parts, actor, id, auditNumber),
  };
}
