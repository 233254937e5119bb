import { Temporal } from 'temporal-polyfill';
import { today } from '../../platform/clock.js';
import type { Change } from '../../platform/commit.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { PeopleService } from '../../people/service.js';
import { attendanceMessage } from '../follow-up/attendance.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { occurrencesOf, type ReadingDeps } from '../occurrences/reading.js';
import { wantedReminders } from '../reminders/planning.js';
import { fixProposals, maxSlotsAtOnce, wantedAsks } from '../rotation/asking.js';
import type { Series } from '../series/series.js';

export interface WantedDeps extends ReadingDeps {
  readonly people: Pick<PeopleService, 'all'>;
  /** Whether a meeting's report tells who was there. */
  readonly hasReports: boolean;
}

/** Messages are planned so many days ahead; a daily tick keeps the horizon rolling. */
const horizonDays = 45;
/** No message leaves more days before its session. */
const longestLead = 61;

/** What should be planned for a series as it is now, and the changes that must be stored with it. */
export interface Wanted {
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
  /** There may be more proposals to fix than one commit takes: once these are stored, it is to be planned again. */
  readonly hasMore: boolean;
}

function attendance(
  { hasReports }: WantedDeps,
  occurrences: readonly Occurrence[],
  since: string,
): NewMessage[] {
  if (!hasReports) return [];
  return occurrences
    .filter(
      ({ state, joinUrl, record }) =>
        state.status !== 'cancelled' && joinUrl !== undefined && !record?.attendance,
    )
    .map(attendanceMessage)
    .filter(({ dueAt }) => Temporal.Instant.compare(dueAt, since) >= 0);
}

/**
 * What is wanted for a series: reminders, questions to presenters, and the report of who was there.
 * @param since ISO instant from which on what was due is wanted: that of the change, or of the day, that is planned for.
 */
export async function wantedFor(deps: WantedDeps, series: Series, since: string): Promise<Wanted> {
  const day = today(deps.clock);
  const now = deps.clock.now().toString();
  const to = day.add({ days: horizonDays + longestLead });
  const [occurrences, people] = await Promise.all([
    occurrencesOf(deps, series, day.subtract({ days: 2 }).toString(), to.toString()),
    deps.people.all(),
  ]);
  const dates = occurrences.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const records =
    first === undefined || last === undefined ? [] : await deps.store.records(series.id, first, last);
  const asks = await wantedAsks(series, occurrences, people, now);
  const changes = await fixProposals(deps.store, series, occurrences, records, now);
  const horizon = deps.clock.now().add({ hours: horizonDays * 24 });
  const messages = [
    ...wantedReminders(series, occurrences, since),
    ...asks,
    ...attendance(deps, occurrences, since),
  ].filter(({ dueAt }) => Temporal.Instant.compare(dueAt, horizon) <= 0);
  return { messages, changes, hasMore: changes.length >= maxSlotsAtOnce };
}
