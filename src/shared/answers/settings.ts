import type {
  Approvals,
  FeedState,
  InstallState,
  NotifyBy,
  Person,
  ProgrammeEvent,
} from '../../people/person.js';
import type { PersonMay, RoleSource } from '../../people/policy.js';
import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';

/** Somebody of the programme, as those who manage people see them. */
export interface ShownMember extends Pick<Person, 'id' | 'name' | 'role' | 'language' | 'projects' | 'left'> {
  readonly roleFrom: RoleSource;
  /** Whether the bot has met them, and can write to them. */
  readonly inChat: 'met' | 'never' | 'refused';
  /** What came of installing the app for them; absent where nobody tried. */
  readonly install?: InstallState;
  /** By which way they want to be notified, and what came of it in their activity feed; absent where that is not set up. */
  readonly feed?: { readonly by: NotifyBy; readonly last?: FeedState };
  readonly may: PersonMay;
}

/** Answer of GET /api/people-and-roles: by name, those too who were removed. */
export interface MembersAnswer {
  readonly members: readonly ShownMember[];
}

/** Answer of what changes one of them. */
export interface MemberAnswer {
  readonly member: ShownMember;
}

/** Answer of GET and PUT /api/programme/approvals. */
export interface ApprovalsAnswer {
  readonly approvals: Approvals;
}

/** Answer of GET …/audit: who did what, newest first. */
export type SettingsAuditAnswer = Page<LogEntry<ProgrammeEvent>>;
