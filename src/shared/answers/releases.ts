import type { ClockChange } from '../../platform/wall-time.js';
import type { ReleaseView } from '../../releases/service.js';
import type { Page } from '../../platform/pages.js';
import type { Release, ReleaseAudit, ReleaseLine } from '../../releases/types.js';

/** Answer of GET /api/releases: a page of the queue or of the archive. */
export interface ReleaseListAnswer {
  readonly lines: readonly ReleaseLine[];
  readonly next?: string;
}

/**
 * Answer of GET /api/releases/:id and of everything that changes a release. `undo` goes to POST .../undo; `clockChange`
 * says that the clocks change at the time that was chosen.
 */
export interface ReleaseAnswer extends ReleaseView {
  readonly undo?: number;
  readonly clockChange?: Exclude<ClockChange, 'plain'>;
}

/** Answer of GET /api/releases/:id/preview/:language: a whole HTML document. */
export interface ReleasePreviewAnswer {
  readonly html: string;
}

/** Answer of POST /api/releases. */
export interface ReleaseCreatedAnswer {
  readonly release: Release;
  readonly created: boolean;
}

/** Answer of GET /api/releases/:id/audit: newest first, 50 a page. */
export type ReleaseAuditAnswer = Page<Omit<ReleaseAudit, 'before'>>;
