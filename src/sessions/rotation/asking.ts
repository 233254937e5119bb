import { Temporal } from 'temporal-polyfill';
import { homeDate, homeZone } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { HolidayBook } from '../../platform/holidays.js';
import type { ProjectId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Person } from '../../people/person.js';
import {
  chosenPerson,
  projectOf,
  type Occurrence,
  type OccurrenceAudit,
  type OccurrenceRecord,
} from '../occurrences/occurrence.js';
import type { RotationSettings, Series } from '../series/series.js';
import type { OccurrenceStore } from '../occurrences/store.js';
import { peopleOf } from '../../delivery/notices.js';
import { groupNotice, isAskStillOpen, personNotice } from '../notices.js';

/** When people are asked: on a working day, in the morning; somebody who got a slot late, at any time of the day's work. */
const morning = Temporal.PlainTime.from('09:00');
const evening = Temporal.PlainTime.from('17:00');
/** Who got a slot late is asked this long after, so that a mistake can be put right and messages do not come in a burst. */
const afterGiven = { minutes: 15 } as const;
/** The second round comes so many working days before the deadline, and not sooner after the first one than this. */
const daysBeforeDeadline = 2;
const betweenRounds = { hours: 20 } as const;
/** Asks are planned so long ahead; answers before then change the recipients. */
const ahead = { hours: 26 } as const;
/** How many proposed slots are agreed in one commit, three changes each, of the hundred that it takes. */
export const maxSlotsAtOnce = 20;
/** Days before the first and after the last session within which working days are looked for. */
const margin = 20;

type IsWorking = (date: Temporal.PlainDate) => boolean;

async function workingDays(
  holidays: HolidayBook,
  occurrences: readonly Occurrence[],
  days: number,
): Promise<IsWorking> {
  const dates = occurrences.map(({ start }) => homeDate(start).toString()).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return () => true;
  const plus = (date: string, by: number) => Temporal.PlainDate.from(date).add({ days: by }).toString();
  const closed = await holidays.closedBetween(plus(first, -days - margin), plus(last, margin));
  return (date) => date.dayOfWeek <= 5 && !closed.has(date.toString());
}

const at = (date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: homeZone, plainTime: time }).toInstant();

/** The morning of a working day: that of the date, or of the last one before it. */
function morningOf(date: Temporal.PlainDate, isWorking: IsWorking): Temporal.Instant {
  let day = date;
  while (!isWorking(day)) day = day.subtract({ days: 1 });
  return at(day, morning);
}

function workingDaysBefore(date: Temporal.PlainDate, count: number, isWorking: IsWorking) {
  let day = date;
  for (let left = count; left > 0;) {
    day = day.subtract({ days: 1 });
    if (isWorking(day)) left -= 1;
  }
  return day;
}

/** The moment itself where people work then, else the next morning on which they do. */
function inWorkingTime(moment: Temporal.Instant, isWorking: IsWorking): Temporal.Instant {
  const local = moment.toZonedDateTimeISO(homeZone);
  const time = local.toPlainTime();
  const isEarly = Temporal.PlainTime.compare(time, morning) < 0;
  const isLate = Temporal.PlainTime.compare(time, evening) >= 0;
  let day = local.toPlainDate();
  if (isWorking(day) && !isEarly && !isLate) return moment;
  if (!isEarly) day = day.add({ days: 1 });
  while (!isWorking(day)) day = day.add({ days: 1 });
  return at(day, morning);
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant | string): boolean =>
  Temporal.Instant.compare(one, other) < 0;

/** When each round asks the project of an occurrence; a round that would not come in time is left out. */
function roundsOf(
  { slot, start }: Occurrence,
  { askDays, deadlineDays }: RotationSettings,
  isWorking: IsWorking,
  now: Temporal.Instant,
): { readonly round: 1 | 2; readonly due: Temporal.Instant }[] {
  const day = homeDate(start);
  const planned = morningOf(day.subtract({ days: askDays }), isWorking);
  // A proposal is agreed when its project is asked: now, if its time has come.
  const since = slot && 'at' in slot ? Temporal.Instant.from(slot.at).add(afterGiven) : now;
  const first = isBefore(planned, since) ? inWorkingTime(since, isWorking) : planned;
  const deadline = day.subtract({ days: deadlineDays });
  const second = at(workingDaysBefore(deadline, daysBeforeDeadline, isWorking), morning);
  const isApart = !isBefore(second, first.add(betweenRounds));
  const rounds = [
    { round: 1 as const, due: first },
    ...(isApart ? [{ round: 2 as const, due: second }] : []),
  ];
  const moved = rounds
    .map(({ round, due }) => ({ round, due: isBefore(due, now) ? inWorkingTime(now, isWorking) : due }))
    .filter(({ due }) => isBefore(due, start));
  // The first round left long ago; or there was an outage at its time, and two at once are one too many.
  const [one, two] = moved;
  return one && two && isBefore(two.due, one.due.add(betweenRounds)) ? [two] : moved;
}

interface Ask {
  readonly occurrence: Occurrence;
  readonly projectId: ProjectId;
  readonly round: 1 | 2;
  /** ISO instant. */
  readonly due: string;
}

const isProposed = ({ occurrence }: Ask): boolean => occurrence.slot?.how === 'proposed';

/**
 * The asks whose time has come or is near, of sessions to come about which nobody has answered; of proposals those that
 * can be fixed at once.
 */
async function asksOf(
  holidays: HolidayBook,
  { rotation }: Pick<Series, 'rotation'>,
  occurrences: readonly Occurrence[],
  now: string,
): Promise<Ask[]> {
  if (rotation === undefined) return [];
  const open = occurrences.flatMap((occurrence) => {
    const projectId = projectOf(occurrence);
    const isOpen = projectId !== undefined && isAskStillOpen(occurrence, projectId);
    return isOpen && occurrence.start > now ? [{ occurrence, projectId }] : [];
  });
  const isWorking = await workingDays(
    holidays,
    open.map(({ occurrence }) => occurrence),
    rotation.askDays,
  );
  const present = Temporal.Instant.from(now);
  const until = present.add(ahead);
  const asks = open.flatMap(({ occurrence, projectId }) =>
    roundsOf(occurrence, rotation, isWorking, present)
      .filter(({ due }) => !isBefore(until, due.toString()))
      .map(({ round, due }) => ({ occurrence, projectId, round, due: due.toString() })),
  );
  const proposed = asks.filter(isProposed).map(({ occurrence }) => occurrence);
  const first = new Set([...new Set(proposed)].slice(0, maxSlotsAtOnce));
  return asks.filter((ask) => !isProposed(ask) || first.has(ask.occurrence));
}

/**
 * The messages that ask presenters for topic, presenter and material, due now or by tomorrow: to whoever was chosen, else to all
 * of the presenting project in the first round, and before the deadline in a second one while nobody has answered. They leave only if
 * {@link isAskStillOpen}. Planning twice asks everybody once.
 *
 * Commit them together with {@link fixProposals}.
 * @param now ISO instant.
 */
export async function wantedAsks(
  holidays: HolidayBook,
  series: Pick<Series, 'rotation'>,
  occurrences: readonly Occurrence[],
  people: readonly Person[],
  now: string,
): Promise<NewMessage[]> {
  const asks = await asksOf(holidays, series, occurrences, now);
  return asks.map(({ occurrence, projectId, round, due }) => {
    const notice = { about: 'presenterAsk', occurrenceId: occurrence.id, projectId, round } as const;
    const chosen = chosenPerson(occurrence);
    // Somebody who has left the project since is asked no more: then it is anybody's of the project.
    const isMember = people.some(({ id, projects }) => id === chosen?.id && projects.includes(projectId));
    if (chosen !== undefined && isMember) return personNotice(chosen.id, notice, { dueAt: due, act: 'ask' });
    // Who joins the project later is asked as well: another message, of which the others get nothing.
    const asked = peopleOf(people, projectId).map(({ id }) => id);
    return groupNotice(notice, { projectId }, { dueAt: due, act: 'ask' }, { round: asked.sort().join(' ') });
  });
}

/**
 * Proposed slots whose project is asked become its own: what people were notified of does not change any more by
 * itself. Changes to be committed with the messages of {@link wantedAsks}: three for each of {@link maxSlotsAtOnce}
 * occurrences at most, the others once these are stored.
 * @param records the records of these occurrences as they were read.
 */
export async function fixProposals(
  { store, holidays }: { readonly store: Pick<OccurrenceStore, 'putRecord'>; readonly holidays: HolidayBook },
  series: Pick<Series, 'rotation'>,
  occurrences: readonly Occurrence[],
  records: readonly Versioned<OccurrenceRecord>[],
  now: string,
): Promise<Change[]> {
  const asks = await asksOf(holidays, series, occurrences, now);
  const proposed = new Map(
    asks.filter(isProposed).map(({ occurrence, projectId }) => [occurrence, projectId] as const),
  );
  return [...proposed].flatMap(([{ id, seriesId, date }, projectId]) => {
    const before = records.find(({ value }) => value.id === id);
    const empty: OccurrenceRecord = { id, seriesId, date, state: { status: 'planned' }, auditCount: 0 };
    const record = before?.value ?? empty;
    const number = record.auditCount + 1;
    const event = { action: 'turn', projectId, how: 'turn' } as const;
    const entry: OccurrenceAudit = { number, at: now, event };
    return store.putRecord(
      before,
      { ...record, slot: { projectId, how: 'turn', at: now }, auditCount: number },
      [entry],
    );
  });
}
