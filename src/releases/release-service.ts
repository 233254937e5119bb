import type { ReleaseDeps } from './changing.js';
import { create } from './creating.js';
import { deciding } from './deciding.js';
import { editing } from './editing.js';
import { reading } from './reading.js';
import type { ReleaseService } from './service.js';
import { undo } from './undoing.js';

/** The releases of the programme; see {@link ReleaseService}. */
export function releaseService(deps: ReleaseDeps): ReleaseService {
  return {
    create: (actor, origin) => create(deps, actor, origin),
    ...reading(deps),
    ...editing(deps),
    ...deciding(deps),
    undo: (actor, id, auditNumber) => undo(deps, actor, id, auditNumber),
  };
}
