import type { Actor } from '../../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { homeZone, today } from '../../platform/clock.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { requirePermission, may } from '../../people/permissions.js';
import { findSeries } from './change.js';
import { proposalFor } from './holidays.js';
import type { Occurrence, OccurrenceLine } from './occurrence.js';
import type { SeriesDeps } from '../deps.js';
import { findOccurrence, lineOf, occurrencesOf } from './reading.js';
import { farthestMove, hitsOf, timeOf } from './schedule.js';
import { parsePreview } from '../series/series-input.js';
import { seriesKinds, type Series } from '../series/series.js';
import type { PreviewDate, SeriesService, SessionOverview } from '../service.js';
import { firstHits } from '../series/timing.js';

const previewDates = 12;
const maxUpcoming = 24;
const nextOnOverview = 5;
const openSlotDays = 14;
const holidayDays = 61;
/** How far ahead upcoming ones are looked for, in days: first where most are, then where a rare one may be. */
const near = 100;
const far = 800;

const plusDays = (date: Temporal.PlainDate, days: number): string => date.add({ days }).toString();
const byStart = (one: { readonly start: string }, other: { readonly start: string }): number =>
  Temporal.Instant.compare(one.start, other.start);

/** Active ones first, by kind and Finnish name. */
function inOrder(one: Series, other: Series): number {
  const rank = ({ state, kind }: Series): number =>
    (state.status === 'active' ? 0 : 10) + seriesKinds.indexOf(kind);
  return rank(one) - rank(other) || one.names.fi.localeCompare(other.names.fi, 'fi');
}

/**
 * Whether a series may have a session between two ISO dates: those that ended long before, of which there are more every
 * year, need not be looked through.
 */
function mayHave({ segments }: Series, from: string, to: string): boolean {
  const first = plusDays(Temporal.PlainDate.from(from), -farthestMove);
  const last = plusDays(Temporal.PlainDate.from(to), farthestMove);
  return segments.some(
    (segment) => segment.from <= last && (segment.until === undefined || segment.until >= first),
  );
}

async function allSeries({ store }: Pick<SeriesDeps, 'store'>): Promise<Series[]> {
  return (await store.allSeries()).map(({ value }) => value).sort(inOrder);
}

async function between(
  deps: SeriesDeps,
  series: readonly Series[],
  from: string,
  to: string,
): Promise<Occurrence[]> {
  const needed = series.filter((one) => mayHave(one, from, to));
  return (await Promise.all(needed.map((one) => occurrencesOf(deps, one, from, to)))).flat().sort(byStart);
}

/** Whether no session of any of the series is on a date; to know of a date to which one could move. */
function freeDates(series: readonly Series[], from: string): (date: string) => boolean {
  const to = plusDays(Temporal.PlainDate.from(from), near);
  const taken = new Set(series.flatMap((one) => hitsOf(one, from, to).map(({ date }) => date)));
  return (date) => !taken.has(date);
}

function turnsClock(date: string): boolean {
  const day = Temporal.PlainDate.from(date);
  const offset = (on: Temporal.PlainDate) =>
    on.toZonedDateTime({ timeZone: homeZone, plainTime: '12:00' }).offset;
  return offset(day.subtract({ days: 1 })) !== offset(day);
}

async function preview(deps: SeriesDeps, actor: Actor, input: unknown): Promise<readonly PreviewDate[]> {
  requirePermission(actor, 'session:edit');
  const { segment, pausedMonths } = parsePreview(input, today(deps.clock).toString());
  const hits = firstHits({ segments: [segment], pausedMonths: [] }, segment.from, previewDates);
  const last = hits.at(-1)?.date ?? segment.from;
  const [holidays, series] = await Promise.all([deps.holidays.between(segment.from, last), allSeries(deps)]);
  const active = series.filter(({ state }) => state.status === 'active');
  return Promise.all(
    hits.map(async ({ date }): Promise<PreviewDate> => {
      const holiday = holidays.find((each) => each.date === date);
      const proposal = holiday && (await proposalFor(date, segment.rule, freeDates(active, date)));
      return {
        date,
        ...timeOf(segment, date),
        ...(holiday && { holiday }),
        ...(proposal !== undefined && { proposal }),
        ...(pausedMonths.includes(Number(date.slice(5, 7))) && { isPaused: true }),
        ...(turnsClock(date) && { clockChanges: true }),
      };
    }),
  );
}

/** A date to which an occurrence on a public holiday could move; `undefined` where it needs none. */
async function proposalOf(
  all: readonly Series[],
  { seriesId, segment: number, date, holiday, movedFrom, state }: Occurrence,
): Promise<string | undefined> {
  const isOpen = state.status === 'planned' || state.status === 'confirmed';
  const series = all.find(({ id }) => id === seriesId);
  const segment = series?.segments.find((each) => each.number === number);
  if (holiday === undefined || movedFrom !== undefined || segment === undefined || !isOpen) return undefined;
  const active = all.filter((each) => each.state.status === 'active');
  return proposalFor(date, segment.rule, freeDates(active, date));
}

async function upcoming(
  deps: SeriesDeps,
  actor: Actor,
  most: number,
  seriesId?: SeriesId,
): Promise<readonly OccurrenceLine[]> {
  requirePermission(actor, 'session:see');
  const series =
    seriesId === undefined ? await allSeries(deps) : [(await findSeries(deps.store, seriesId)).value];
  const present = today(deps.clock);
  const wanted = Math.min(most, maxUpcoming);
  const within = async (days: number) => {
    // One that began before midnight may be under way still.
    const found = await between(deps, series, plusDays(present, -1), plusDays(present, days));
    return found.filter(isComing(deps)).slice(0, wanted);
  };
  const soon = await within(near);
  return (soon.length < wanted ? await within(far) : soon).map(lineOf);
}

/** Still to come or under way: its end has not passed. */
function isComing({ clock }: Pick<SeriesDeps, 'clock'>): (occurrence: Occurrence) => boolean {
  const now = clock.now();
  return ({ end }) => Temporal.Instant.compare(end, now) > 0;
}

const takesPlace = ({ state }: Occurrence): boolean =>
  state.status === 'planned' || state.status === 'confirmed';
const isOpenSlot = ({ slot }: Occurrence): boolean => slot?.how === 'nobody' || slot?.how === 'proposed';

async function overviewLine(deps: SeriesDeps, actor: Actor): Promise<SessionOverview> {
  requirePermission(actor, 'session:see');
  const present = today(deps.clock);
  const [all, person] = await Promise.all([allSeries(deps), deps.people.find(actor.id)]);
  const found = await between(deps, all, plusDays(present, -1), plusDays(present, near));
  const coming = found.filter(isComing(deps)).filter(takesPlace);
  const soon = deps.clock
    .now()
    .add({ hours: openSlotDays * 24 })
    .toString();
  const isSoon = ({ start }: Occurrence) => Temporal.Instant.compare(start, soon) <= 0;
  const onHoliday = coming.filter(
    ({ holiday, start }) => holiday !== undefined && isWithin(deps, start, holidayDays),
  );
  const mine = ({ slot, talk }: Occurrence): boolean =>
    talk === undefined &&
    slot !== undefined &&
    slot.how !== 'proposed' &&
    slot.how !== 'nobody' &&
    person?.projects.includes(slot.projectId) === true;
  const isEditor = may(actor.role, 'session:edit');
  return {
    next: coming.slice(0, nextOnOverview).map(lineOf),
    open: isEditor ? coming.filter((each) => isSoon(each) && isOpenSlot(each)).map(lineOf) : [],
    onHoliday: isEditor ? await Promise.all(onHoliday.map((each) => withProposal(all, each))) : [],
    unanswered: coming.filter(mine).map(lineOf),
  };
}

function isWithin({ clock }: Pick<SeriesDeps, 'clock'>, start: string, days: number): boolean {
  return Temporal.Instant.compare(start, clock.now().add({ hours: days * 24 })) <= 0;
}

async function withProposal(all: readonly Series[], occurrence: Occurrence) {
  const proposal = await proposalOf(all, occurrence);
  return { ...lineOf(occurrence), ...(proposal !== undefined && { proposal }) };
}

async function occurrence(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
): ReturnType<SeriesService['occurrence']> {
  requirePermission(actor, 'session:see');
  const { occurrence: found } = await findOccurrence(deps, id);
  const [audit, all] = await Promise.all([
    deps.store.occurrenceAudit(found.id),
    found.holiday === undefined ? [] : allSeries(deps),
  ]);
  const proposal = await proposalOf(all, found);
  return { occurrence: found, audit, ...(proposal !== undefined && { proposal }) };
}

type Looking = 'list' | 'get' | 'preview' | 'year' | 'upcoming' | 'overviewLine' | 'occurrence';

/** What is to be seen of series and occurrences. */
export function looking(deps: SeriesDeps): Pick<SeriesService, Looking> {
  return {
    list: async (actor) => {
      requirePermission(actor, 'session:see');
      return allSeries(deps);
    },
    get: async (actor, id) => {
      requirePermission(actor, 'session:see');
      const [{ value }, audit] = await Promise.all([findSeries(deps.store, id), deps.store.seriesAudit(id)]);
      return { series: value, audit };
    },
    preview: (actor, input) => preview(deps, actor, input),
    year: async (actor, year) => {
      requirePermission(actor, 'session:see');
      const [first, last] = [`${year}-01-01`, `${year}-12-31`];
      const [all, holidays] = await Promise.all([allSeries(deps), deps.holidays.between(first, last)]);
      const occurrences = (await between(deps, all, first, last)).map(lineOf);
      const shown = all.filter(
        ({ id, state }) => state.status === 'active' || occurrences.some(({ seriesId }) => seriesId === id),
      );
      return {
        year,
        series: shown.map(({ id, kind, names }) => ({ id, kind, names })),
        occurrences,
        holidays,
      };
    },
    upcoming: (actor, most, seriesId) => upcoming(deps, actor, most, seriesId),
    overviewLine: (actor) => overviewLine(deps, actor),
    occurrence: (actor, id) => occurrence(deps, actor, id),
  };
}
