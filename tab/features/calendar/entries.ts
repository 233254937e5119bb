import type { NewsDay } from '../../../src/news/days.js';
import type { IssueLine } from '../../../src/newsletter/types.js';
import type { Permission } from '../../../src/people/permissions.js';
import type { ReleaseLine } from '../../../src/releases/types.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { CalendarAnswer, CalendarRelease } from '../../../src/shared/answers/calendar.js';
import { wallTimeOf, weekday } from '../../shared/dates.js';

export const entryKinds = ['release', 'deadline', 'embargo', 'session'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Why an entry stays on its day. */
export type FixedReason =
  | 'mayNot'
  | 'published'
  | 'leaving'
  | 'awaitsApproval'
  | 'undecided'
  | 'embargo'
  | 'sent'
  | 'over';

/** What stands on a day, with what it is made of. */
export type Entry = {
  /** Its kind and id: one of a kind on the page. */
  readonly key: string;
  /** ISO date in Helsinki; absent where it has none yet. */
  readonly date?: string;
  /** ISO instant, for what has a time of day. */
  readonly at?: string;
  readonly projectId?: string;
  /** Absent where it may be moved to another day. */
  readonly fixed?: FixedReason;
} & (
  | { readonly kind: 'release'; readonly of: CalendarRelease }
  | { readonly kind: 'deadline'; readonly of: IssueLine }
  | { readonly kind: 'embargo'; readonly of: NewsDay }
  | { readonly kind: 'session'; readonly of: OccurrenceLine }
);

type May = (permission: Permission) => boolean;
type Fixed = Pick<Entry, 'fixed'>;

const fixed = (reason: FixedReason | undefined): Fixed => (reason === undefined ? {} : { fixed: reason });

function releaseFixed({ status, awaitsApproval }: ReleaseLine, may: May): FixedReason | undefined {
  switch (status) {
    case 'approved':
    case 'scheduled':
      return may('release:edit') ? undefined : 'mayNot';
    case 'publishing':
      return awaitsApproval === true ? 'awaitsApproval' : 'leaving';
    case 'failed':
    case 'uncertain':
      return 'undecided';
    default:
      return 'published';
  }
}

export function releaseEntry(of: CalendarRelease, may: May): Entry {
  const { id, due, projectId } = of;
  return {
    kind: 'release',
    key: `release-${id}`,
    of,
    ...(due !== undefined && { date: wallTimeOf(due).date, at: due }),
    ...(projectId !== undefined && { projectId }),
    ...fixed(releaseFixed(of, may)),
  };
}

function deadlineEntry(of: IssueLine, may: May): Entry {
  const isOut = of.status === 'sending' || of.status === 'sent';
  const mayMove = may('newsletter:edit');
  return {
    kind: 'deadline',
    key: `deadline-${of.id}`,
    of,
    date: of.deadline,
    ...fixed(isOut ? 'sent' : mayMove ? undefined : 'mayNot'),
  };
}

const embargoEntry = (of: NewsDay): Entry => ({
  kind: 'embargo',
  key: `embargo-${of.id}`,
  of,
  date: of.date,
  projectId: of.projectId,
  fixed: 'embargo',
});

function sessionEntry(of: OccurrenceLine, may: May): Entry {
  const { state, slot } = of;
  const isOver = state.status === 'held' || state.status === 'cancelled';
  return {
    kind: 'session',
    key: `session-${of.id}`,
    of,
    date: wallTimeOf(of.start).date,
    at: of.start,
    ...(slot !== undefined && 'projectId' in slot && { projectId: slot.projectId }),
    ...fixed(isOver ? 'over' : may('session:edit') ? undefined : 'mayNot'),
  };
}

const kindOrder = (kind: EntryKind): number => entryKinds.indexOf(kind);

/** What has no time of day comes before what has one; then by time, then by kind. */
function compareEntries(one: Entry, other: Entry): number {
  const [a, b] = [one.at ?? '', other.at ?? ''].map((at) => (at === '' ? 0 : Date.parse(at)));
  return (a ?? 0) - (b ?? 0) || kindOrder(one.kind) - kindOrder(other.kind);
}

/** Everything of an answer, in the order in which a day shows it. */
export function entriesOf(answer: CalendarAnswer, may: May): readonly Entry[] {
  const { releases, issues, embargoes, sessions } = answer;
  return [
    ...releases.map((line) => releaseEntry(line, may)),
    ...issues.map((issue) => deadlineEntry(issue, may)),
    ...embargoes.map(embargoEntry),
    ...sessions.map((session) => sessionEntry(session, may)),
  ].sort(compareEntries);
}

/** What people look at: kinds that are hidden, and projects where some are chosen. */
export interface Filters {
  readonly hidden: readonly EntryKind[];
  readonly projects: readonly string[];
}

/** Whether an entry is looked at. What belongs to no project is everybody's. */
export function isShown({ kind, projectId }: Entry, { hidden, projects }: Filters): boolean {
  if (hidden.includes(kind)) return false;
  return projects.length === 0 || projectId === undefined || projects.includes(projectId);
}

/** What somebody would want to know of a day; `date` is the author's earliest one. */
export type Conflict =
  | { readonly what: 'sameHour'; readonly count: number; readonly keys: readonly string[] }
  | { readonly what: 'holiday' | 'weekend' | 'sessionOnHoliday'; readonly keys: readonly string[] }
  | { readonly what: 'tooEarly'; readonly date: string; readonly keys: readonly string[] };

const hour = 3_600_000;

/** The releases of a day of which another one is less than an hour away. */
function withinAnHour(releases: readonly Entry[]): readonly Entry[] {
  const times = releases.map(({ at }) => Date.parse(at ?? ''));
  return releases.filter((_, index) =>
    times.some((time, other) => other !== index && Math.abs(time - (times[index] ?? NaN)) < hour),
  );
}

const isToCome = (entry: Entry): boolean => entry.kind === 'release' && entry.of.status !== 'published';

/** What is doubtful about a day. What is out already can't be helped, but what comes near it can. */
export function conflictsOf(
  date: string,
  entries: readonly Entry[],
  isHoliday: boolean,
): readonly Conflict[] {
  const releases = entries.filter(({ kind }) => kind === 'release');
  const coming = releases.filter(isToCome);
  const close = withinAnHour(releases);
  const keysOf = (some: readonly Entry[]): readonly string[] => some.map(({ key }) => key);
  const early = coming.flatMap((entry) => {
    const earliest = entry.kind === 'release' ? entry.of.earliestDate : undefined;
    return earliest !== undefined && earliest > date
      ? [{ what: 'tooEarly', date: earliest, keys: [entry.key] } as const]
      : [];
  });
  const sessions = entries.filter((entry) => entry.kind === 'session' && entry.of.holiday !== undefined);
  const upcoming = sessions.filter((entry) => entry.fixed !== 'over');
  const off = isHoliday ? 'holiday' : 'weekend';
  return [
    ...(close.some(isToCome)
      ? [{ what: 'sameHour', count: close.length, keys: keysOf(close) } as const]
      : []),
    ...(coming.length > 0 && (isHoliday || weekday(date) > 4)
      ? [{ what: off, keys: keysOf(coming) } as const]
      : []),
    ...early,
    ...(upcoming.length > 0 ? [{ what: 'sessionOnHoliday', keys: keysOf(upcoming) } as const] : []),
  ];
}

/** Why an entry can't go to a day; `undefined` where it can. The server decides, but need not be asked in vain. */
export function closedFor(entry: Entry, date: string, today: string): 'past' | 'tooEarly' | undefined {
  if (date < today) return 'past';
  const earliest = entry.kind === 'release' ? entry.of.earliestDate : undefined;
  return earliest !== undefined && date < earliest ? 'tooEarly' : undefined;
}
