import { Temporal } from 'temporal-polyfill';
import { homeDate, homeZone, today } from '../../platform/clock.js';
import { type Change, type Versioned, whileConflicting } from '../../platform/commit.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { PeopleService } from '../../people/service.js';
import { attendanceMessage } from '../follow-up/attendance.js';
import { maxMoveDays, type Occurrence } from '../occurrences/occurrence.js';
import { occurrencesOf, type ReadingDeps } from '../occurrences/reading.js';
import { wantedPresenterReminders } from '../reminders/notices.js';
import { wantedReminders } from '../reminders/planning.js';
import { fixProposals, maxSlotsAtOnce, wantedAsks } from '../rotation/asking.js';
import type { Series } from '../series/series.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, freshId, type MessageId, type SeriesId } from '../../platform/ids.js';
import { sessionFanOut } from '../fan-outs.js';
import { planRequest } from '../messages.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { calendarMessage, changeSeries, planMessage } from '../series/change.js';
import { firstHits } from '../series/dates.js';
import { yearsAhead } from '../series/rule.js';
import type { Planned, PlanStore } from './store.js';

interface WantedDeps extends ReadingDeps {
  readonly people: Pick<PeopleService, 'all'>;
  /** Whether there are reports of who was in a meeting. */
  readonly hasReports: boolean;
}

/** Messages are planned so many days ahead; a daily tick keeps the horizon rolling. */
const horizonDays = 45;
/** No message leaves more days before its session. */
const longestLead = 61;

/** What should be planned for a series as it is now, and the changes that must be stored with it. */
interface Wanted {
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
async function wantedFor(deps: WantedDeps, series: Series, since: string): Promise<Wanted> {
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
  const asks = await wantedAsks(deps.holidays, series, occurrences, people, now);
  const changes = await fixProposals(deps, series, occurrences, records, now);
  const horizon = deps.clock.now().add({ hours: horizonDays * 24 });
  const messages = [
    ...wantedReminders(series, occurrences, since),
    ...wantedPresenterReminders(series, occurrences, since),
    ...asks,
    ...attendance(deps, occurrences, since),
  ].filter(({ dueAt }) => Temporal.Instant.compare(dueAt, horizon) <= 0);
  return { messages, changes, hasMore: changes.length >= maxSlotsAtOnce };
}

export interface PlanDeps extends WantedDeps {
  readonly plans: PlanStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
}

/** Changes of one message, planned or cancelled, and of its row; a commit takes a hundred. */
const perMessage = 4;
const maxChanges = 90;

/** One commit of a plan. */
interface Step {
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
}

function inSteps<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

const isPast = ({ dueAt }: Pick<Planned, 'dueAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(dueAt, now) <= 0;

/** What is to be cancelled, and what is to be asked for, so that what is planned is what is wanted. */
function difference(planned: readonly Planned[], wanted: readonly NewMessage[], now: Temporal.Instant) {
  const wantedById = new Map(wanted.map((message) => [message.id, message]));
  const current = new Map(planned.map((each) => [each.id, each]));
  const isKept = (each: Planned): boolean => {
    const found = wantedById.get(each.id);
    // What is due already leaves as it is, or has left: the time of it is not changed any more.
    return found !== undefined && (found.dueAt === each.dueAt || isPast(each, now));
  };
  return {
    dropped: planned.filter((each) => !isKept(each)),
    asked: wanted.filter(({ id }) => {
      const found = current.get(id);
      return found === undefined || !isKept(found);
    }),
  };
}

/** An hour that every day has, also those on which the clocks change. */
const hour = Temporal.PlainTime.from('01:00');
/** Each message takes two of the hundred changes of a commit. */
const maxTickMessages = 45;

/** The tick of a Helsinki day: asked for twice it is one. */
function tickOf(date: Temporal.PlainDate): NewMessage {
  const due = date.toZonedDateTime({ timeZone: homeZone, plainTime: hour }).toInstant();
  const id = deterministicId<MessageId>('sessionPlan', 'day', date.toString());
  return { id, dueAt: due.toString(), body: planRequest.body({}) };
}

/**
 * Plans what follows from time: reminders, questions to presenters, and the report of who was there. It is brought in
 * step after each change of a series, and by the tick of each day.
 */
export function sessionPlanner(deps: PlanDeps) {
  const { plans, store, outbox, clock } = deps;

  /** Cancels a message where it still waits. What is due has left or leaves, and decides itself whether it is of use. */
  async function cancel(each: Planned, now: Temporal.Instant): Promise<Change[]> {
    if (isPast(each, now)) return [];
    try {
      return await outbox.cancel(each.id);
    } catch (error) {
      if (isAppError(error, 'outbox.tooLate')) return [];
      throw error;
    }
  }

  /**
   * The commits of a plan: first everything is cancelled, so that a message can be asked for again at another time.
   * @returns whether there is more to plan once all this is stored.
   */
  async function* stepsOf(series: Versioned<Series>, since: string): AsyncGenerator<Step, boolean> {
    const { id } = series.value;
    const now = clock.now();
    const [wanted, planned] = await Promise.all([wantedFor(deps, series.value, since), plans.planned(id)]);
    const { dropped, asked } = difference(planned, wanted.messages, now);
    for (const batch of inSteps(dropped, maxChanges / perMessage)) {
      const cancelled = await Promise.all(batch.map((each) => cancel(each, now)));
      yield {
        changes: [...cancelled.flat(), ...batch.map((each) => plans.dropPlanned(id, each))],
        messages: [],
      };
    }
    // A slot that is agreed from now on and a change of the series never pass each other unseen.
    const fixed =
      wanted.changes.length > 0 ? [...wanted.changes, ...store.putSeries(series, series.value, [])] : [];
    const room = Math.max(1, Math.floor((maxChanges - fixed.length) / perMessage));
    const step = (messages: readonly NewMessage[], changes: readonly Change[] = []): Step => ({
      changes: [...changes, ...messages.map((message) => plans.putPlanned(id, message))],
      messages,
    });
    // Committed even when nothing is wanted: a run that began to plan before this, from older rows, has to begin again.
    yield step(asked.slice(0, room), fixed);
    for (const batch of inSteps(asked.slice(room), maxChanges / perMessage)) yield step(batch);
    return wanted.hasMore;
  }

  async function planOnce(id: SeriesId, since: string): Promise<boolean> {
    const run = freshId();
    return whileConflicting(async () => {
      let planning = await plans.planning(id);
      const series = await store.series(id);
      if (series === undefined) return false;
      const steps = stepsOf(series, since);
      let isFirst = true;
      for (let next = await steps.next(); ; next = await steps.next()) {
        if (next.done === true) return next.value;
        const { changes, messages } = next.value;
        if (!isFirst) planning = await plans.planning(id);
        if (!isFirst && planning?.value.run !== run) throw new AppError('storage.conflict', { id });
        await outbox.commit([plans.putPlanning(id, planning, { run }), ...changes], messages);
        isFirst = false;
      }
    });
  }

  /** Whether nothing of a series that has not ended is running or still to come. */
  async function hasNothingLeft(series: Series): Promise<boolean> {
    const day = today(clock);
    if (firstHits(series, day.toString(), 1).length > 0) return false;
    const [from, to] = [day.subtract({ days: 1 }), day.add({ days: maxMoveDays })];
    const now = clock.now();
    const left = await occurrencesOf(deps, series, from.toString(), to.toString());
    return !left.some(({ end }) => Temporal.Instant.compare(end, now) > 0);
  }

  /**
   * A series whose last session is over has ended without anybody's action. Decided on what is stored at that moment: a
   * coordinator may just be giving it new dates.
   */
  async function endFinished(id: SeriesId): Promise<void> {
    const at = clock.now().toString();
    await changeSeries(deps, id, { at, dueAt: at }, async (series) => {
      if (series.state.status === 'ended' || !(await hasNothingLeft(series))) return undefined;
      const ended: Series = { ...series, state: { status: 'ended', at } };
      return { series: ended, event: { action: 'end' }, canUndo: false };
    });
  }

  /**
   * Invites anew in January those in whose calendar the rule ends with the year: a rule with dates that are left out
   * ends some years ahead. Nobody has such a calendar before the series is that old.
   */
  function renewal({ id, sequence, createdAt, isOpenToContacts }: Series): readonly NewMessage[] {
    const { year, month } = today(clock);
    const isDue = month === 1 && year - homeDate(createdAt).year >= yearsAhead;
    if (!isDue || !isOpenToContacts) return [];
    const content = { kind: 'invitation', seriesId: id, sequence, renews: year } as const;
    return [sessionFanOut(content, clock.now().toString())];
  }

  /** What the day asks of a series, and whether it could be looked at. */
  async function dayOf(
    series: Series,
    dueAt: string,
  ): Promise<{ readonly messages: readonly NewMessage[]; readonly fault?: unknown }> {
    const { id } = series;
    const messages = [
      ...renewal(series),
      planMessage(id, ['day', homeDate(dueAt).toString()], dueAt),
      calendarMessage(id, ['month', today(clock).toString().slice(0, 7)], clock.now().toString()),
    ];
    try {
      await endFinished(id);
      return { messages };
    } catch (fault) {
      // One that can't be read must not cost the others their day, nor itself its plan.
      return { messages, fault };
    }
  }

  /**
   * Brings what is planned for a series in step with what should be: cancels what is no longer wanted and asks for what
   * is. Running it twice, or in two instances at once, has the effect of running it once; after a crash between any two commits the next run
   * goes on.
   * @param since see {@link wantedFor}.
   */
  async function plan(id: SeriesId, since: string): Promise<void> {
    let hasMore = true;
    while (hasMore) hasMore = await planOnce(id, since);
  }

  /**
   * The work of a day: tomorrow's tick first, so that the chain holds whatever happens; then each series is planned again,
   * and once a month its calendar is synced. After days of outage one tick does it for all of them.
   * @param dueAt ISO instant at which the tick was due.
   */
  async function tick(dueAt: string): Promise<void> {
    await outbox.commit([], [tickOf(today(clock).add({ days: 1 }))]);
    const active = (await store.allSeries()).filter(({ value }) => value.state.status === 'active');
    const days = await Promise.all(active.map(({ value }) => dayOf(value, dueAt)));
    const messages = days.flatMap((each) => each.messages);
    for (let from = 0; from < messages.length; from += maxTickMessages)
      await outbox.commit([], messages.slice(from, from + maxTickMessages));
    // Retried: what was asked for already is not asked for twice.
    const faulty = days.find(({ fault }) => fault !== undefined);
    if (faulty !== undefined) throw faulty.fault;
  }

  /** One message asks to plan for one series, after each change of it; without a series it is the tick of a day. */
  const delivery: DeliveryKind<PayloadOf<typeof planRequest>> = {
    ...planRequest,
    // It looks at what is stored and changes the difference.
    afterCrash: 'repeat',
    // It sends nothing. What it plans for a time that is over is asked about by itself.
    afterRestore: 'run',
    handle: async ({ seriesId }, { dueAt }) => {
      if (seriesId === undefined) await tick(dueAt);
      else await plan(seriesId, dueAt);
      return { result: 'sent' };
    },
  };

  return {
    plan,
    tick,
    /** Sees to it that today has its tick, from which those of all days to come follow. */
    ensureTick: (): Promise<void> => outbox.commit([], [tickOf(today(clock))]),
    delivery,
  };
}

export type SessionPlanner = ReturnType<typeof sessionPlanner>;
