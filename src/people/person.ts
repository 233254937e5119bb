import type { PersonRef, Represented, Role } from '../platform/actor.js';
import type { ClosedDays } from '../platform/holidays.js';
import type { PersonId, ProgrammeId, ProjectId } from '../platform/ids.js';
import { languages, publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import type { Days, EndReason, StandIn, Substitution } from './substitution.js';

/** Where Teams reaches a person one to one; our own record, needed to write first. */
export interface ChatAddress {
  readonly tenantId: string;
  /** The person as the bot knows them (`29:...`), with which a conversation of two is opened. */
  readonly userId: string;
  /** The conversation of the person and the bot alone; absent until they have had one. */
  readonly conversationId?: string;
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly botId: string;
  /** ISO instant at which the person's side refused a message: they blocked or removed the bot. They are back when they are met again. */
  readonly refusedAt?: string;
}

const chatFields = [
  'tenantId',
  'userId',
  'conversationId',
  'serviceUrl',
  'channelId',
  'botId',
  'refusedAt',
] as const;

/**
 * Where a person is reached once they have been met again: the newest address, with the conversation that is known
 * already where they were met among others. Gives `known` itself where nothing is new.
 */
export function latestChat(known: ChatAddress | undefined, met: ChatAddress): ChatAddress {
  if (known === undefined) return met;
  const isSamePair =
    known.tenantId === met.tenantId && known.userId === met.userId && known.botId === met.botId;
  const latest =
    isSamePair && known.conversationId !== undefined
      ? { ...met, conversationId: met.conversationId ?? known.conversationId }
      : met;
  return chatFields.every((field) => known[field] === latest[field]) ? known : latest;
}

export interface Person {
  /** The person's directory object id (`aadObjectId` in Teams). */
  readonly id: PersonId;
  readonly name: string;
  /** By which the person is greeted; absent where the directory has not given it, as `name` does not show it. */
  readonly givenName?: string;
  readonly role: Role;
  readonly language: Language;
  /** Whether they chose that language themselves; else it is that of their Teams. */
  readonly choseLanguage?: true;
  /** The projects in which the person works; offered first in the form. */
  readonly projects: readonly ProjectId[];
  readonly chat?: ChatAddress;
  /** Removed from the programme, when and by whom; what they wrote stays. */
  readonly left?: { readonly at: string; readonly by: PersonRef };
  /** Chosen by themselves; by cards in the chat where nothing was chosen, or where the activity feed is not set up. */
  readonly notifyBy?: NotifyBy;
  readonly install?: InstallState;
  readonly feed?: FeedState;
  /** Who acts for them while they are away: coming, current, and for a while those that are over. */
  readonly absences?: readonly Substitution[];
  /** For whom they were asked to act; whether they do on a day, the absences of that person say. */
  readonly standsInFor?: readonly StandIn[];
  /** For whom they act today. Read with a person who signs in, and never stored. */
  readonly actsFor?: readonly Represented[];
  /** In whose name they ask for this very thing; see `platform/actor.ts`. */
  readonly for?: PersonRef;
  /** When a coordinator gets the morning's digest; {@link usualDigest} where nothing was chosen. */
  readonly digest?: DigestChoice;
}

/** By which way somebody is notified: a card in the chat with the bot, Teams' activity feed, or both. */
export const notifyWays = ['chat', 'feed', 'both'] as const;
export type NotifyBy = (typeof notifyWays)[number];

export const usualNotify: NotifyBy = 'chat';

/** What came of installing the app for somebody, so that the bot can write to them. */
export interface InstallState {
  /** ISO instant. */
  readonly at: string;
  /** `refused`: Teams did not allow it; `notFound`: it does not know the person, or the app. */
  readonly result: 'installed' | 'refused' | 'notFound';
  /** What Teams called it. */
  readonly reason?: string;
}

/** Whether Teams showed somebody the last notification in their activity feed. */
export interface FeedState {
  /** ISO instant since which it is so. */
  readonly at: string;
  readonly result: 'shown' | 'refused';
  readonly reason?: string;
}

/** The times at which a digest can come, in Helsinki. */
export const digestTimes = ['07:00', '07:30', '08:00', '08:30', '09:00', '10:00'] as const;

export interface DigestChoice {
  readonly time: string;
  /** From Monday, 1, to Sunday, 7; none: no digest. */
  readonly days: readonly number[];
}

export const usualDigest: DigestChoice = { time: '08:30', days: [1, 2, 3, 4, 5] };

export interface Project {
  readonly id: ProjectId;
  /** The name in each public language, and in English. */
  readonly names: Readonly<Record<Language, string>>;
  /** It is over: forms do not offer it any more, and what is of it keeps its name. */
  readonly isArchived?: true;
}

/** Whether two projects have one name, in whichever language; the case of the letters makes no difference. */
export const isNamedAlike = (one: Pick<Project, 'names'>, other: Pick<Project, 'names'>): boolean =>
  languages.some(
    (language) =>
      one.names[language].toLocaleLowerCase('fi') === other.names[language].toLocaleLowerCase('fi'),
  );

/** The projects that a form offers: those that go on, and what it has already. */
export const offeredProjects = (
  { projects }: Pick<Programme, 'projects'>,
  chosen: readonly string[] = [],
): readonly Project[] => projects.filter(({ id, isArchived }) => isArchived !== true || chosen.includes(id));

/** Whom people outside ask, as mails name them. */
export interface Helper {
  readonly name: string;
  readonly phone?: string;
  /** Where answers to mails go. */
  readonly address?: string;
}

/** The programme as it is stored; `helper` is whom it was made with. */
export interface StoredProgramme extends Programme {
  /** The checklist of the set-up was put away, although something may be missing. */
  readonly hasNoChecklist?: true;
  /** Whom people outside ask, as somebody set it in the tab. */
  readonly ownHelper?: Helper;
}

/** What somebody did to what holds for the whole programme. */
export type ProgrammeEvent =
  | {
      readonly action: 'addDaysOff' | 'removeDaysOff';
      readonly days: Pick<ClosedDays, 'names' | 'first' | 'last'>;
    }
  /** Without a name: whom the installation names. */
  | { readonly action: 'setHelper'; readonly name?: string }
  | { readonly action: 'setApprovals'; readonly approvals: Approvals; readonly from: Approvals }
  | { readonly action: 'setProgramme'; readonly to: NamedProgramme; readonly from: NamedProgramme }
  | {
      readonly action: 'addProject' | 'archiveProject' | 'restoreProject';
      readonly names: Project['names'];
    }
  | { readonly action: 'renameProject'; readonly names: Project['names']; readonly from: Project['names'] }
  | {
      readonly action: 'addPerson' | 'removePerson' | 'beginProgramme';
      readonly person: PersonRef;
      readonly role: Role;
    }
  | { readonly action: 'setRole'; readonly person: PersonRef; readonly role: Role; readonly from: Role }
  | ({
      readonly action: 'setSubstitute';
      readonly person: PersonRef;
      readonly substitute: PersonRef;
    } & Days)
  | ({
      readonly action: 'endSubstitute';
      readonly person: PersonRef;
      readonly substitute: PersonRef;
      readonly because: EndReason;
    } & Days)
  | ({
      readonly action: 'restoreSubstitute';
      readonly person: PersonRef;
      readonly substitute: PersonRef;
    } & Days)
  | { readonly action: 'setProjects'; readonly person: PersonRef; readonly projects: readonly ProjectId[] };

/** How many people have to approve what goes out. */
export interface Approvals {
  readonly newsletter: 1 | 2;
  readonly releases: 1 | 2;
}

/** What the programme has set, or that one is enough. */
export const approvalsOf = ({ approvals }: Pick<Programme, 'approvals'>): Approvals =>
  approvals ?? { newsletter: 1, releases: 1 };

/** The programme: its name and its projects, in the order in which they are listed. */
export interface Programme {
  readonly id: ProgrammeId;
  /** The partition in which everything of the programme is stored. */
  readonly partition: string;
  readonly names: Readonly<Record<Language, string>>;
  readonly projects: readonly Project[];
  /**
   * The part of each calendar UID after the `@`. It never changes: calendars would show every event twice. Absent only
   * until {@link PeopleService.keepCalendarNamespace}, where an older release made the programme.
   */
  readonly calendarNamespace?: string;
  /** In which languages public texts are owed, the first one first; Finnish and Swedish where nothing is set. */
  readonly languages?: readonly PublicLanguage[];
  /** Within how many working days the communications team usually answers; a setting of the installation. */
  readonly answerDays?: number;
  /** Whom people outside ask, unless a series says otherwise: who was set in the tab, else by the installation. */
  readonly helper?: Helper;
  /** How many have to approve; one, where nothing is set. See {@link approvalsOf}. */
  readonly approvals?: Approvals;
  /** The organisation's own days off, by their first day; coordinators enter them. */
  readonly closedDays?: readonly ClosedDays[];
}

/** How a programme is called, and in which languages it owes its public texts. */
export interface NamedProgramme extends Pick<Programme, 'names'> {
  readonly languages: readonly PublicLanguage[];
}

/** In which languages public texts are owed, the first one first: what the programme has set, or all. */
export const owedLanguages = ({ languages }: Pick<Programme, 'languages'>): readonly PublicLanguage[] =>
  languages ?? publicLanguages;

/** In place of a project where something concerns all of them. */
export const wholeProgramme = 'programme' as ProjectId;

/** The names of a project, of the programme itself where something concerns all; the id where the programme does not know it any more. */
export function projectNames(
  { names, projects }: Pick<Programme, 'names' | 'projects'>,
  id: ProjectId,
): Readonly<Record<Language, string>> {
  if (id === wholeProgramme) return names;
  return projects.find((project) => project.id === id)?.names ?? { fi: id, sv: id, en: id };
}
/** Unless the installation sets another number. */
export const usualAnswerDays = 3;

/** The programme of an installation that has one alone, and where its rows are stored. */
export const firstProgramme = { id: 'programme' as ProgrammeId, partition: 'programme' } as const;
