import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';
import type { Namesake } from '../../people/programmes.js';
import type { NamedProgramme, Project, ProgrammeEvent } from '../../people/person.js';

/** What Big Room needs outside of itself. */
export type CheckId = 'storage' | 'bot' | 'intranet' | 'organiser' | 'mail' | 'directory';

/** `local`: on this machine, as in trial mode; `missing`: the installation has no setting for it. */
export type CheckState = 'set' | 'local' | 'missing';

/** One of them, as it is set. */
export interface CheckLine {
  readonly id: CheckId;
  readonly state: CheckState;
  /** As what: a mailbox, a site. */
  readonly value?: string;
  readonly canTry: boolean;
}

/** What came of trying one: each has a text, `settings.finding.<code>`. */
export type FindingCode =
  | 'storageWorks'
  | 'storageAway'
  | 'cardSent'
  | 'botNotMet'
  | 'botRefused'
  | 'siteRead'
  | 'siteLocal'
  | 'siteMissing'
  | 'calendarRead'
  | 'mailboxMissing'
  | 'mailSent'
  | 'mailFiled'
  | 'addressWanted'
  | 'addressWrong'
  | 'personFound'
  | 'personNotFound'
  | 'noDirectory'
  | 'rightMissing'
  | 'signInRefused'
  | 'throttled'
  | 'away'
  | 'uncertain'
  | 'noAnswer'
  | 'unknown';

export interface Finding {
  readonly result: 'works' | 'fails';
  readonly code: FindingCode;
  /** Names for the text: a site, an address, the right that is missing, the code that the other side gave. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Answer of GET /api/checks. */
export interface ChecksAnswer {
  readonly checks: readonly CheckLine[];
}

/** Answer of POST /api/checks/:id. */
export interface FindingAnswer {
  readonly finding: Finding;
}

/** Answer of GET and PUT /api/programme. */
export interface ProgrammeAnswer {
  readonly programme: NamedProgramme;
}

/** Answer of GET /api/programme/projects, and of what changes one of them. */
export interface ProjectsAnswer {
  readonly projects: readonly Project[];
  readonly namesakes: readonly Namesake[];
}

export type StepId =
  | 'names'
  | 'projects'
  | 'coordinator'
  | 'secondAdmin'
  | 'bot'
  | 'intranet'
  | 'organiser'
  | 'mail'
  | 'helper'
  | 'series'
  | 'daysOff';

/** What is set up, or not yet. */
export interface ChecklistStep {
  readonly id: StepId;
  readonly isDone: boolean;
  /** It has to be set where Big Room is installed, not in the tab. */
  readonly isInstallations?: true;
}

/** Answer of GET and PUT /api/programme/checklist: in the order in which one goes about it. */
export interface ChecklistAnswer {
  readonly steps: readonly ChecklistStep[];
  /** Somebody has put it away. */
  readonly isDismissed: boolean;
}

/** Somebody of the directory. */
export interface DirectoryPerson {
  readonly id: string;
  readonly name: string;
  readonly mail?: string;
  /** Is among the people of the programme already. */
  readonly isHere: boolean;
}

/** Answer of GET /api/directory: whom the directory knows under what was typed; why it can't be asked. */
export type DirectoryAnswer =
  | { readonly people: readonly DirectoryPerson[]; readonly hasMore: boolean }
  | { readonly finding: Finding };

/** Answer of GET …/audit. */
export type ProgrammeAuditAnswer = Page<LogEntry<ProgrammeEvent>>;
