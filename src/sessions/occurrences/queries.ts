import type { Page } from '../../platform/pages.js';
import { leadsSessions } from '../policy.js';
import { isUpcoming } from './workflow.js';
import { type Clock, homeDate, today } from '../../platform/clock.js';
import { meetingChatOf } from '../../shared/teams-meeting.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../platform/ids.js';
import type { WaitingGroup, WaitingLines } from '../../platform/waiting-index.js';
import { seriesWaiting, sessionsGroup } from '../series/store.js';
import type { Series, SeriesOutline } from '../series/series.js';
import {
  agreedProject,
  byStart,
  findOccurrence,
  lineOf,
  occurrencesOf,
  type ReadingDeps,
  type RecordSource,
  rotationHistoryDays,
  rotationAheadDays,
} from './reading.js';
import {
  maxMoveDays,
  type Occurrence,
  presentedOn,
  type OccurrenceAudit,
  type OccurrenceLine,
  type OccurrenceRecord,
} from './occurrence.js';
import { type OccurrenceStore, recordWaiting } from './store.js';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/actor.js';
import type { Holiday, HolidayBook } from '../../platform/holidays.js';
import { requirePermission } from '../../people/permissions.js';
import type { Person } from '../../people/person.js';
import { allInOrder, findSeries } from '../series/change.js';
import { freeDates, proposalFor } from '../series/dates.js';

type Line =
  | { readonly series: SeriesOutline }
  | { readonly record: OccurrenceRecord }
  /** The records were read up to a day (ISO date), that day included. */
  | { readonly until: string };

/** How far ahead of today the overview looks, in days. */
const overviewDays = 100;
/** A snapshot is of use for so many days. */
const snapshotDays = 31;
/** An occurrence that began the evening before may still be running. */
const firstDay = -1 - maxMoveDays;

/** The newest record of each project that presented: that is all that the rotation asks of those long ago. */
function newestOfEach(records: readonly OccurrenceRecord[]): OccurrenceRecord[] {
  const newest = new Map<ProjectId, OccurrenceRecord>();
  for (const record of records) {
    const { slot, state } = record;
    if (!slot || state.status === 'cancelled') continue;
    const known = newest.get(slot.projectId);
    if (known === undefined || presentedOn(known) <= presentedOn(record)) newest.set(slot.projectId, record);
  }
  return [...newest.values()];
}

interface Deps {
  readonly store: Pick<OccurrenceStore, 'allSeries' | 'records'>;
  readonly clock: Clock;
}

/** The series that may have a session from now on, and their records of the weeks that the overview looks at. */
export function sessionWaitingGroup({ store, clock }: Deps): WaitingGroup {
  return {
    name: sessionsGroup,
    read: async () => {
      const day = today(clock);
      const plus = (days: number): string => day.add({ days }).toString();
      const recent = plus(firstDay);
      const until = plus(overviewDays + rotationAheadDays + snapshotDays);
      const series = (await store.allSeries())
        .map(({ value }) => value)
        .filter(({ segments }) => segments.some((each) => each.until === undefined || each.until >= recent));
      const recordsOf = async (id: SeriesId, since: string): Promise<OccurrenceRecord[]> => {
        const records = (await store.records(id, since, until)).map(({ value }) => value);
        const old = records.filter(({ date }) => date < recent);
        return [...newestOfEach(old), ...records.slice(old.length)];
      };
      const records = await Promise.all(
        series.map(({ id, rotation }) => recordsOf(id, rotation ? plus(-rotationHistoryDays) : recent)),
      );
      const entries = [...series.map(seriesWaiting), ...records.flat().map(recordWaiting)];
      const line: Line = { until };
      return { entries: [{ id: 'until', place: 'until', line }, ...entries], more: false };
    },
  };
}

/** Series and records as the index has them; `undefined` where it does not reach far enough. */
function indexedSource(indexed: WaitingLines, clock: Clock): RecordSource | undefined {
  const lines = indexed.all<Line>(sessionsGroup) ?? [];
  const [until] = lines.flatMap((line) => ('until' in line ? [line.until] : []));
  const needed = today(clock)
    .add({ days: overviewDays + rotationAheadDays })
    .toString();
  if (until === undefined || until < needed) return undefined;
  const series = lines.flatMap((line) => ('series' in line ? [{ value: line.series }] : []));
  const records = lines
    .flatMap((line) => ('record' in line ? [{ value: line.record }] : []))
    .sort((one, other) => (one.value.date < other.value.date ? -1 : 1));
  return {
    allSeries: () => Promise.resolve(series),
    records: (id, from, to) =>
      Promise.resolve(
        records.filter(({ value }) => value.seriesId === id && value.date >= from && value.date <= to),
      ),
  };
}

/** All of an occurrence. `proposal`: an ISO date to which it could move instead of its day off. */
export interface OccurrenceView {
  readonly occurrence: Occurrence;
  /** ISO instant at which it was so: whoever shows it goes on from there, whatever the clock of their device says. */
  readonly now: string;
  readonly proposal?: string;
}

/** The year as a ribbon: everything that takes place, and the days off. */
export interface SessionYear {
  readonly year: number;
  readonly series: readonly {
    readonly id: SeriesId;
    readonly kind: Series['kind'];
    readonly names: Series['names'];
  }[];
  readonly occurrences: readonly OccurrenceLine[];
  readonly holidays: readonly Holiday[];
}

/** What of the sessions waits for the one who asks. */
export interface SessionOverview {
  readonly next: readonly OccurrenceLine[];
  /** Slots within the next two weeks (14 days) that nobody has: open, or proposed to a project that nobody has asked; for those who may edit. */
  readonly open: readonly OccurrenceLine[];
  /** On a day off and undecided, in the coming two months, with an ISO date to which it could move; for those who may edit. */
  readonly onHoliday: readonly (OccurrenceLine & { readonly proposal?: string })[];
  /** The next session of each series within the next two weeks to which there is no link to join; for those who may edit. */
  readonly noJoinUrl: readonly OccurrenceLine[];
  /** Slots of one's own projects that have no topic yet; for those who may edit, of all projects within the next two weeks. */
  readonly unanswered: readonly OccurrenceLine[];
  /** Sessions to come for which a project has entered its topic in the last week; for those who may edit. */
  readonly entered: readonly OccurrenceLine[];
  /** Held within the last two weeks, and nobody has been thanked; newest first, for those who may edit. */
  readonly toThank: readonly HeldLine[];
}

/** Which session a meeting in Teams is. */
export interface MeetingSession {
  readonly id: OccurrenceId;
  /** `link`: its link leads to that meeting. `time`: it is on, and no link says of which meeting; it may be another one. */
  readonly by: 'link' | 'time';
}

/** A session that was held, and whether it has a recording. */
export interface HeldLine extends OccurrenceLine {
  readonly hasRecording: boolean;
}

const heldLineOf = (occurrence: Occurrence): HeldLine => ({
  ...lineOf(occurrence),
  hasRecording: occurrence.record?.recordingUrl !== undefined,
});

const maxUpcoming = 24;
const nextOnOverview = 5;
const openSlotDays = 14;
/** Later thanks are a surprise, and nobody is reminded to send them. */
const toThankDays = 14;
const maxToThank = 3;
/** How far back those that were held last are looked for, in days. */
const recentDays = 120;
const holidayDays = 61;
/** For so many days a topic that a project entered is news to the coordinators. */
const enteredDays = 7;
/** How far ahead upcoming ones are looked for, in days: first where most are, then where a rare one may be. */
const near = 100;
const far = 800;

/** How far around today the session of a meeting is looked for, in days: a tab of an old meeting shows its last one. */
const meetingDays = { back: 100, ahead: 100 } as const;
/** For so long before and after it a session may be the meeting that is on, in minutes. */
const aroundMinutes = 30;

const plusDays = (date: Temporal.PlainDate, days: number): string => date.add({ days }).toString();
const isOpenSlot = ({ slot }: Occurrence): boolean => slot?.how === 'nobody' || slot?.how === 'proposed';

const hasNoJoinUrl = ({ joinUrl }: Occurrence): boolean => joinUrl === undefined;

/** The first one of each series: where it needs something, the next ones need the same. */
function firstOfEach(occurrences: readonly Occurrence[]): OccurrenceLine[] {
  const series = new Map<SeriesId, OccurrenceLine>();
  for (const each of occurrences) if (!series.has(each.seriesId)) series.set(each.seriesId, lineOf(each));
  return [...series.values()];
}

/**
 * Whether a series may have a session between two ISO dates: those that ended long before, of which there are more every
 * year, need not be looked through.
 */
function mayHave({ segments }: SeriesOutline, from: string, to: string): boolean {
  const first = plusDays(Temporal.PlainDate.from(from), -maxMoveDays);
  const last = plusDays(Temporal.PlainDate.from(to), maxMoveDays);
  return segments.some(
    (segment) => segment.from <= last && (segment.until === undefined || segment.until >= first),
  );
}

/** A date to which an occurrence on a day off could move; `undefined` where it needs none. */
async function proposalOf(
  holidays: HolidayBook,
  all: readonly SeriesOutline[],
  { seriesId, segment: number, date, holiday, movedFrom, ...rest }: Occurrence,
): Promise<string | undefined> {
  const series = all.find(({ id }) => id === seriesId);
  const segment = series?.segments.find((each) => each.number === number);
  if (holiday === undefined || movedFrom !== undefined || segment === undefined || !isUpcoming(rest))
    return undefined;
  return proposalFor(holidays, date, segment.rule, freeDates(all, date));
}

/**
 * What is to be seen of occurrences. Each query checks `session:see`. All throw AppError `permission.denied`,
 * `series.notFound`, `occurrence.notFound`.
 */
export function occurrenceQueries(deps: ReadingDeps) {
  const { store, clock, holidays } = deps;

  async function between(
    series: readonly SeriesOutline[],
    from: string,
    to: string,
    source: Pick<RecordSource, 'records'> = store,
  ): Promise<Occurrence[]> {
    const needed = series.filter((one) => mayHave(one, from, to));
    const found = await Promise.all(
      needed.map((one) => occurrencesOf({ clock, holidays, store: source }, one, from, to)),
    );
    return found.flat().sort(byStart);
  }

  /** Those of the coming days of which the end has not passed; one that began before midnight may still be running. */
  async function coming(
    series: readonly SeriesOutline[],
    days: number,
    source?: Pick<RecordSource, 'records'>,
  ): Promise<Occurrence[]> {
    const present = today(clock);
    const now = clock.now();
    const found = await between(series, plusDays(present, -1), plusDays(present, days), source);
    return found.filter(({ end }) => Temporal.Instant.compare(end, now) > 0);
  }

  /** Those that were held within so many days, newest first. */
  async function heldWithin(
    series: readonly SeriesOutline[],
    days: number,
    source?: Pick<RecordSource, 'records'>,
  ): Promise<Occurrence[]> {
    const present = today(clock);
    const found = await between(series, plusDays(present, -days), present.toString(), source);
    return found.filter(({ state }) => state.status === 'held').reverse();
  }

  return {
    /** Those that were held last, newest first, at most 24. */
    recent: async (actor: Actor, max: number): Promise<readonly HeldLine[]> => {
      requirePermission(actor, 'session:see');
      const held = await heldWithin(await allInOrder(store), recentDays);
      return held.slice(0, Math.min(max, maxUpcoming)).map(heldLineOf);
    },

    year: async (actor: Actor, year: number): Promise<SessionYear> => {
      requirePermission(actor, 'session:see');
      const [first, last] = [`${year}-01-01`, `${year}-12-31`];
      const [all, free] = await Promise.all([allInOrder(store), holidays.between(first, last)]);
      const occurrences = (await between(all, first, last)).map(lineOf);
      const shown = all.filter(
        ({ id, state }) => state.status === 'active' || occurrences.some(({ seriesId }) => seriesId === id),
      );
      const series = shown.map(({ id, kind, names }) => ({ id, kind, names }));
      return { year, series, occurrences, holidays: free };
    },

    /** Those that take place, or were to, between two ISO dates in Helsinki, both included, in order of time. */
    days: async (actor: Actor, first: string, last: string): Promise<readonly OccurrenceLine[]> => {
      requirePermission(actor, 'session:see');
      return (await between(await allInOrder(store), first, last)).map(lineOf);
    },

    /** What comes next, of one series or of all, at most 24; running ones included. */
    upcoming: async (actor: Actor, max: number, seriesId?: SeriesId): Promise<readonly OccurrenceLine[]> => {
      requirePermission(actor, 'session:see');
      const series =
        seriesId === undefined ? await allInOrder(store) : [(await findSeries(store, seriesId)).value];
      const wanted = Math.min(max, maxUpcoming);
      const soon = await coming(series, near);
      return (soon.length < wanted ? await coming(series, far) : soon).slice(0, wanted).map(lineOf);
    },

    /**
     * The session that a meeting in Teams is. A series has one meeting with one chat: its tab is of the session today, else the
     * next one, else the last. `undefined` where that can't be known.
     * @param chat that of the meeting, as `meetingChatIn` gives it; empty where Teams does not say which.
     */
    ofMeeting: async (actor: Actor, chat: string): Promise<MeetingSession | undefined> => {
      requirePermission(actor, 'session:see');
      const present = today(clock);
      const [first, last] = [plusDays(present, -meetingDays.back), plusDays(present, meetingDays.ahead)];
      const found = (await between(await allInOrder(store), first, last)).filter(
        ({ state }) => state.status !== 'cancelled',
      );
      const chatOf = ({ joinUrl }: Occurrence) =>
        joinUrl === undefined ? undefined : meetingChatOf(joinUrl);
      const linked = chat === '' ? [] : found.filter((each) => chatOf(each) === chat);
      const one =
        linked.find(({ end }) => homeDate(end).toString() >= present.toString()) ?? linked[linked.length - 1];
      if (one !== undefined) return { id: one.id, by: 'link' };
      const now = clock.now();
      const around = { minutes: aroundMinutes };
      const [on, ...others] = found.filter(
        (each) =>
          chatOf(each) === undefined &&
          Temporal.Instant.compare(Temporal.Instant.from(each.start).subtract(around), now) <= 0 &&
          Temporal.Instant.compare(Temporal.Instant.from(each.end).add(around), now) >= 0,
      );
      return on === undefined || others.length > 0 ? undefined : { id: on.id, by: 'time' };
    },

    /** For the overview; no round trip where the index of what waits knows the sessions. */
    overviewLine: async (
      person: Pick<Person, 'id' | 'role' | 'projects'>,
      indexed?: WaitingLines,
    ): Promise<SessionOverview> => {
      requirePermission(person, 'session:see');
      const source: RecordSource = (indexed && indexedSource(indexed, clock)) ?? store;
      const all = await allInOrder(source);
      const next = (await coming(all, overviewDays, source)).filter(isUpcoming);
      const isWithin = (days: number) => {
        const end = clock.now().add({ hours: days * 24 });
        return ({ start }: Occurrence): boolean => Temporal.Instant.compare(start, end) <= 0;
      };
      const isMine = (occurrence: Occurrence): boolean => {
        const project = agreedProject(occurrence);
        return project !== undefined && person.projects.includes(project);
      };
      const isEditor = leadsSessions(person);
      const since = clock.now().subtract({ hours: enteredDays * 24 });
      const isEnteredLately = ({ talk }: Occurrence): boolean =>
        talk !== undefined && talk.by.id !== person.id && Temporal.Instant.compare(talk.at, since) >= 0;
      const onHoliday = next.filter(({ holiday }) => holiday !== undefined).filter(isWithin(holidayDays));
      const withProposal = async (occurrence: Occurrence) => {
        const proposal = await proposalOf(holidays, all, occurrence);
        return { ...lineOf(occurrence), ...(proposal !== undefined && { proposal }) };
      };
      return {
        next: next.slice(0, nextOnOverview).map(lineOf),
        open: isEditor ? next.filter(isWithin(openSlotDays)).filter(isOpenSlot).map(lineOf) : [],
        noJoinUrl: isEditor ? firstOfEach(next.filter(isWithin(openSlotDays)).filter(hasNoJoinUrl)) : [],
        onHoliday: isEditor ? await Promise.all(onHoliday.map(withProposal)) : [],
        toThank: isEditor
          ? (await heldWithin(all, toThankDays, source))
              .filter(({ record }) => (record?.thanked ?? 0) === 0)
              .slice(0, maxToThank)
              .map(heldLineOf)
          : [],
        unanswered: next
          .filter(
            (occurrence) =>
              occurrence.talk === undefined &&
              (isEditor
                ? agreedProject(occurrence) !== undefined && isWithin(openSlotDays)(occurrence)
                : isMine(occurrence)),
          )
          .map(lineOf),
        entered: isEditor ? next.filter(isEnteredLately).map(lineOf) : [],
      };
    },

    /** Who did what to an occurrence, newest first, 50 a page. */
    occurrenceAudit: async (
      actor: Actor,
      id: OccurrenceId,
      after?: string,
    ): Promise<Page<OccurrenceAudit>> => {
      requirePermission(actor, 'session:see');
      const { occurrence, record } = await findOccurrence(deps, id);
      return store.occurrenceAudit(occurrence.id, record?.value.auditCount ?? 0, after);
    },

    occurrence: async (actor: Actor, id: OccurrenceId): Promise<OccurrenceView> => {
      requirePermission(actor, 'session:see');
      const { occurrence } = await findOccurrence(deps, id);
      const all = occurrence.holiday === undefined ? [] : await allInOrder(store);
      const proposal = await proposalOf(holidays, all, occurrence);
      const now = clock.now().toString();
      return { occurrence, now, ...(proposal !== undefined && { proposal }) };
    },
  };
}

export type OccurrenceQueries = ReturnType<typeof occurrenceQueries>;
