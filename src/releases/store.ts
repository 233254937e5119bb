import type { Revision } from '../content/text.js';
import type { Page } from '../platform/pages.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import type { Release, ReleaseAudit, ReleaseLine } from './release.js';

/** What is written beside a release when it changes. */
export interface ReleaseRecords {
  readonly audit: readonly ReleaseAudit[];
  readonly revisions?: readonly Revision[];
}

/** Where the releases are kept. Writing gives changes, to be committed with those of others. */
export interface ReleaseStore {
  find(id: ReleaseId): Promise<Versioned<Release> | undefined>;
  insert(release: Release, records: ReleaseRecords): Change[];
  replace(before: Versioned<Release>, after: Release, records: ReleaseRecords): Change[];
  /**
   * Releases that are not done: first those that need a person (overdue, failed, uncertain), then those with a
   * time, soonest first, then approved ones, then drafts, oldest first.
   */
  queue(limit: number, after?: string): Promise<Page<ReleaseLine>>;
  /** Only those of the queue that need a person. */
  needingAttention(limit: number): Promise<Page<ReleaseLine>>;
  /** Published and cancelled ones, newest first. */
  archive(limit: number, after?: string): Promise<Page<ReleaseLine>>;
  /** Those that are to go out or went out on these Helsinki dates (ISO, the last one included), in order of time. */
  days(first: string, last: string): Promise<readonly ReleaseLine[]>;
  /** The newest 200 entries, in the order in which they were made. */
  audit(id: ReleaseId): Promise<readonly ReleaseAudit[]>;
  auditEntry(id: ReleaseId, number: number): Promise<ReleaseAudit | undefined>;
  /** Revisions of one language, newest first, with the parked words beside the revision that they were written over. */
  revisions(id: ReleaseId, language: Language, limit: number, after?: string): Promise<Page<Revision>>;
}
