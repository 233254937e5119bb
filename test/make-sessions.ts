import type { ProjectId } from '../src/platform/ids.js';
import { notifyManyDelivery } from '../src/delivery/notices.js';
import { sessionNotices } from '../src/sessions/notices.js';
import { presentersAffectedDelivery } from '../src/sessions/occurrences/affected.js';
import { handleMessage, type DeliveryKind } from '../src/delivery/outbox/kind.js';
import type { Message, NewMessage } from '../src/delivery/outbox/message.js';
import { makeOutbox, type Outbox } from '../src/delivery/outbox/outbox.js';
import type { KnownBody } from '../src/message-bodies.js';
import type { Person } from '../src/people/person.js';
import { peopleService, type PeopleService } from '../src/people/service.js';
import { sessionPlanner, type PlanDeps } from '../src/sessions/planning/planner.js';
import { holidayBook } from '../src/platform/holidays.js';
import type { OccurrenceLine } from '../src/sessions/occurrences/occurrence.js';
import type { Series, SeriesKind } from '../src/sessions/series/series.js';
import {
  type SessionService,
  sessionService,
  type SessionServiceDeps,
  sessionStore,
  type SessionStore,
} from '../src/sessions/service.js';
import { outboxStore } from '../src/delivery/outbox/store.js';
import { peopleStore } from '../src/people/store.js';
import { MemoryQueue } from '../src/adapters/memory/queue.js';
import { MemoryRows } from '../src/adapters/memory/rows.js';
import { coordinator, otherCoordinator, otherWorker, programme, worker } from './make.js';
import { handClock, type HandClock } from './world/clock.js';
import { anyKind, bodyOf, keptLog, departuresOver } from './world/outbox.js';
import { readablePartition } from './world/partition.js';
import { planStore } from '../src/sessions/planning/store.js';
import type { DateFollower } from '../src/sessions/occurrences/carry-over.js';

const partition = 'test';

/** Everybody of the tests: Vilma works in Elma, Kalle in Digi, Kaisa and Clara coordinate. */
const people: readonly Person[] = [
  { ...worker, language: 'fi', projects: ['elma' as ProjectId] },
  { ...otherWorker, language: 'sv', projects: ['digi' as ProjectId] },
  { ...coordinator, language: 'fi', projects: [] },
  { ...otherCoordinator, language: 'sv', projects: [] },
];

/** A form for a series of a kind; `more` overrides any part. */
export function seriesForm(
  kind: SeriesKind,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const own = {
    names: { fi: 'Aamukahvit', sv: 'Morgonkaffe', en: 'Morning coffee' },
    rule: { every: 'week', interval: 1, weekdays: [5] },
    time: '08:30',
    minutes: 15,
  };
  return { formId: `form-${kind}`, kind, ...(kind === 'own' && own), ...more };
}

export interface SessionWorld {
  readonly clock: HandClock;
  readonly rows: MemoryRows;
  /** The partition in which everything is stored. */
  readonly partition: string;
  readonly outbox: Outbox;
  readonly people: PeopleService;
  readonly series: SessionService;
  /** For services beside that of the series. */
  readonly deps: SessionServiceDeps & { readonly store: SessionStore };
  readonly followers: DateFollower[];
  /** Creates a series of a kind as Kaisa would. */
  readonly create: (kind: SeriesKind, more?: Readonly<Record<string, unknown>>) => Promise<Series>;
  /** The next occurrences of a series, by start. */
  readonly next: (series: Pick<Series, 'id'>, most?: number) => Promise<readonly OccurrenceLine[]>;
  /** The pending messages of one kind, in the order of their times; a message to a project appears as the notices to its people. */
  readonly waiting: <Kind extends KnownBody['kind']>(
    kind: Kind,
  ) => Promise<readonly (Message & { readonly body: Extract<KnownBody, { kind: Kind }> })[]>;
  /** What has left, in order: messages without a handler of their own arrive here. */
  readonly left: KnownBody[];
  /** Moves the clock on and handles the messages that are due. */
  readonly pass: (by: Parameters<HandClock['forward']>[0]) => Promise<void>;
  /** Handles messages of its kind from now on. */
  readonly handle: (kind: DeliveryKind) => void;
  /** Storage round trips so far. */
  readonly trips: () => number;
}

async function waitingMessages(rows: MemoryRows): Promise<Message[]> {
  const { rows: found } = await rows.range<Message>(partition, {
    from: 'outbox|',
    to: 'outbox}',
    limit: 100_000,
  });
  return found
    .map(({ value }) => value)
    .filter(({ state }) => state.status === 'pending')
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
}

/** The messages, with the notices to each person in place of a `notifyMany` message. */
export async function toEach<Sent extends NewMessage>(
  messages: readonly Sent[],
  service: Pick<PeopleService, 'all' | 'substituteOf'>,
): Promise<readonly Sent[]> {
  const each = messages.map(async (message): Promise<Sent[]> => {
    if (message.body.kind !== 'notifyMany') return [message];
    const notices: Sent[] = [];
    const commit: Outbox['commit'] = (_changes, added = []) => {
      notices.push(...added.map((notice) => ({ ...message, ...notice })));
      return Promise.resolve();
    };
    const whole: Message = { ...message, state: { status: 'pending', attempts: 0 } };
    await handleMessage(
      notifyManyDelivery({ people: service, outbox: { commit }, kinds: sessionNotices }),
      whole,
    );
    return notices;
  });
  return (await Promise.all(each)).flat();
}

/**
 * Series and occurrences with the real outbox and worker, on rows in memory. It is Monday 23 November 2026, 10.00 in
 * Helsinki, unless another start is given.
 */
export async function sessionWorld(
  start = '2026-11-23T08:00:00Z',
  { rows: given }: { readonly rows?: MemoryRows } = {},
): Promise<SessionWorld> {
  let trips = 0;
  const rows = given ?? new MemoryRows({ onTrip: () => trips++ });
  const clock = handClock(start);
  const { outbox, worker: makeWorker } = makeOutbox({
    store: outboxStore(readablePartition(rows, partition)),
    queue: new MemoryQueue(clock),
    programme: partition,
    clock,
    log: keptLog(),
    departures: departuresOver(rows, clock, keptLog()),
    random: () => 0,
  });
  const left: KnownBody[] = [];
  const kinds = new Map<string, DeliveryKind>();
  const kindOf = (kind: KnownBody['kind']): DeliveryKind =>
    anyKind(kind, async (message) => {
      const own = kinds.get(kind);
      if (own !== undefined) return handleMessage(own, message);
      left.push(bodyOf(message));
      return { result: 'sent' };
    });
  const outboxWorker = makeWorker(
    (
      [
        'notice',
        'notifyMany',
        'presentersAffected',
        'release',
        'newsIndex',
        'sessionPlan',
        'calendar',
        'attendance',
        'send',
      ] as const
    ).map(kindOf),
  );
  const service = peopleService({ store: peopleStore(readablePartition(rows, partition)), outbox, clock });
  await service.add(programme, people);
  kinds.set('notifyMany', notifyManyDelivery({ people: service, outbox, kinds: sessionNotices }));
  kinds.set('presentersAffected', presentersAffectedDelivery({ outbox }));
  const followers: DateFollower[] = [];
  const deps: SessionWorld['deps'] = {
    store: sessionStore(readablePartition(rows, partition)),
    clock,
    holidays: holidayBook(),
    outbox,
    people: service,
    undoSeconds: 10,
    followers: () => followers,
  };
  const series = sessionService(deps);
  return {
    clock,
    rows,
    partition,
    outbox,
    people: service,
    series,
    deps,
    followers,
    left,
    create: async (kind, more = {}) => (await series.create(coordinator, seriesForm(kind, more))).series,
    next: ({ id }, most = 6) => series.upcoming(coordinator, most, id),
    waiting: async (kind) => (await toEach(await waitingMessages(rows), service)).filter(isOfKind(kind)),
    pass: async (by) => {
      clock.forward(by);
      // The plan becomes a message to a project, and that becomes a notice to each of its people.
      for (let round = 0; round < 3; round += 1) await outboxWorker.sweep();
    },
    handle: (kind) => {
      kinds.set(kind.kind, kind);
    },
    trips: () => trips,
  };
}

/** What a planner of a world is made of. */
export function planDeps(world: SessionWorld, more: Partial<PlanDeps> = {}): PlanDeps {
  return {
    ...world.deps,
    people: world.people,
    plans: planStore(readablePartition(world.rows, world.partition)),
    hasReports: false,
    ...more,
  };
}

/** Makes the planner handle its messages in a world, as in production. */
export function withPlanner(world: SessionWorld, more: Partial<PlanDeps> = {}): PlanDeps {
  const deps = planDeps(world, more);
  world.handle(sessionPlanner(deps).delivery);
  return deps;
}

function isOfKind<Kind extends KnownBody['kind']>(kind: Kind) {
  return (message: Message): message is Message & { readonly body: Extract<KnownBody, { kind: Kind }> } =>
    message.body.kind === kind;
}
