import { Temporal } from 'temporal-polyfill';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import type { FanOutContent, PreparedMessage, Recipient } from '../../src/delivery/fan-out/kind.js';
import type { FanOutView, RecipientLine } from '../../src/delivery/fan-out/fan-out.js';
import type { Message, Outcome } from '../../src/delivery/outbox/message.js';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import type { Person } from '../../src/people/person.js';
import type { Clock } from '../../src/platform/clock.js';
import type { Change } from '../../src/platform/commit.js';
import { AppError } from '../../src/platform/errors.js';
import type { PersonId, ProjectId } from '../../src/platform/ids.js';
import type { Range, Rows, StoredRow } from '../../src/platform/rows.js';
import { coordinator, programme } from '../make.js';
import { testAdapters } from './adapters.js';
import { chatter } from './fan-out.js';
import { keptLog } from './outbox.js';

/** A copy of all rows, as a backup has them. */
export type RowsCopy = ReadonlyMap<string, readonly StoredRow[]>;

const everything: Range = { from: '', to: '\uffff', limit: 1_000_000 };
const perCommit = 50;

/** Rows in memory that can be copied, and replaced by a copy under whoever uses them. */
export class RestorableRows implements Rows {
  #rows = new MemoryRows();
  /** Distinguishes the versions of rows before and after a restore. */
  #generation = 0;
  readonly #partitions = new Set<string>();

  async get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined> {
    const generation = this.#generation;
    const row = await this.#rows.get<Value>(partition, key);
    return row && { ...row, version: `${generation}.${row.version}` };
  }

  async range<Value>(partition: string, range: Range) {
    const generation = this.#generation;
    const { rows, more } = await this.#rows.range<Value>(partition, range);
    return { rows: rows.map((row) => ({ ...row, version: `${generation}.${row.version}` })), more };
  }

  async commit(partition: string, changes: readonly Change[]): Promise<void> {
    this.#partitions.add(partition);
    const current = changes.map((change): Change => {
      if (change.version === undefined) return change;
      const [generation, version = ''] = change.version.split('.');
      if (generation !== String(this.#generation))
        throw new AppError('storage.conflict', { key: change.key });
      return { ...change, version };
    });
    await this.#rows.commit(partition, current);
  }

  async copy(): Promise<RowsCopy> {
    const rows = this.#rows;
    const partitions = [...this.#partitions].map(
      async (name) => [name, (await rows.range(name, everything)).rows] as const,
    );
    return new Map(await Promise.all(partitions));
  }

  async restore(copy: RowsCopy): Promise<void> {
    const restored = new MemoryRows();
    for (const [partition, rows] of copy) {
      for (let from = 0; from < rows.length; from += perCommit) {
        const some = rows.slice(from, from + perCommit);
        await restored.commit(
          partition,
          some.map(({ key, value }): Change => ({ op: 'put', key, value })),
        );
      }
    }
    this.#rows = restored;
    this.#generation += 1;
  }
}

/** The machine's own clock, so much ahead as a test says. */
export class ShiftedClock implements Clock {
  #ahead: number;

  constructor(start: string) {
    this.#ahead = Date.parse(start) - Date.now();
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Date.now() + this.#ahead);
  }

  forward(by: Temporal.DurationLike): void {
    this.#ahead += Temporal.Duration.from(by).total('milliseconds');
  }
}

/** What arrived somewhere: what it was, and who got it. */
export interface Arrival {
  readonly what: string;
  readonly who: string;
}

/** What people outside answer; a test replaces it. */
export type Answer = (arrival: Arrival, count: number) => Outcome | Promise<Outcome>;

/** One process of Big Room over the shared rows. */
interface Process {
  readonly bigRoom: BigRoom;
  readonly worker: OutboxWorker;
  readonly fanOutWorker: FanOutWorker;
}

export const author = 'vilma' as PersonId;
export const elma = 'elma' as ProjectId;
const workers = 12;
/** All who are reminded: the workers and the coordinator. */
export const members = workers + 1;

const people: readonly Person[] = [
  ...Array.from({ length: workers }, (_, number): Person => {
    const { chat } = chatter(number) as Extract<Recipient, { way: 'chat' }>;
    const id = number === 0 ? author : (`p${number}` as PersonId);
    return {
      id,
      name: `Person ${number}`,
      role: 'worker',
      language: 'fi',
      projects: [elma],
      ...(chat && { chat }),
    };
  }),
  { id: coordinator.id, name: coordinator.name, role: 'coordinator', language: 'fi', projects: [] },
];

/** Big Room with everything that leaves it caught and counted, over tables that can be restored. */
export class RestorableWorld {
  readonly rows = new RestorableRows();
  readonly clock = new ShiftedClock('2026-11-30T06:00:05Z');
  readonly mark = new MemoryMark();
  readonly log = keptLog();
  readonly arrived: Arrival[] = [];
  answer: Answer = () => ({ result: 'sent' });
  process: Process = this.#start();

  static async make(): Promise<RestorableWorld> {
    const world = new RestorableWorld();
    await world.bigRoom.people.add(programme, people);
    await world.bigRoom.begin();
    await world.workOff();
    return world;
  }

  get bigRoom(): BigRoom {
    return this.process.bigRoom;
  }

  #start(): Process {
    const { clock, rows, mark, log } = this;
    const queues = { queue: new MemoryQueue(clock), fanOutQueue: new MemoryQueue(clock) };
    const mailer = {
      send: ({ id, to }: { readonly id: string; readonly to: { readonly address: string } }) =>
        this.#arrives({ what: `mail ${id}`, who: to.address }),
    };
    const bigRoom = makeBigRoom(testAdapters({ rows, clock, log, mark, mailer, undoSeconds: 0, ...queues }));
    return {
      bigRoom,
      worker: bigRoom.worker((person, notice) =>
        person.chat === undefined
          ? Promise.resolve({ result: 'undeliverable', reason: 'noChat' })
          : this.#arrives({ what: `notice ${JSON.stringify(notice)}`, who: person.id }),
      ),
      fanOutWorker: bigRoom.fanOutWorker({
        prepare: (content) => Promise.resolve(content as unknown as PreparedMessage),
        send: (prepared, { key }) => {
          const { kind, ...facts } = prepared as unknown as FanOutContent;
          return this.#arrives({ what: `${kind} ${JSON.stringify(facts)}`, who: key });
        },
      }),
    };
  }

  async #arrives(arrival: Arrival): Promise<Outcome> {
    const count = this.arrived.filter(({ what, who }) => what === arrival.what && who === arrival.who).length;
    this.arrived.push(arrival);
    return this.answer(arrival, count + 1);
  }

  /** Another process in place of the one that was there; what that one had begun never ends, as after a power cut. */
  async restart(): Promise<void> {
    this.process = this.#start();
    await this.bigRoom.begin();
  }

  /** Lets the process do all that is due; and what a dead one had claimed, which takes a claim's time to be found. */
  async workOff({ andClaimed = false } = {}): Promise<void> {
    await this.#workOff();
    for (let claims = 0; andClaimed && claims < 2; claims += 1) {
      this.clock.forward({ seconds: 61 });
      await this.#workOff();
    }
  }

  async #workOff(): Promise<void> {
    const { worker, fanOutWorker } = this.process;
    for (let round = 1, idle = 0; idle < 1 && round < 12; round += 1) {
      const done = [
        await worker.work(),
        await worker.sweep(),
        await fanOutWorker.work(),
        await fanOutWorker.sweep(),
      ];
      idle = done.every((count) => count === 0) ? idle + 1 : 0;
    }
  }

  /** Works until so many have arrived, and stays there: the rest has not come back yet. */
  async workUntil(isThere: () => boolean): Promise<void> {
    const { worker, fanOutWorker } = this.process;
    while (!isThere()) {
      const work = [worker.work(), worker.sweep(), fanOutWorker.work(), fanOutWorker.sweep()];
      void Promise.allSettled(work);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Every arrival with its number. */
  get times(): ReadonlyMap<string, number> {
    const times = new Map<string, number>();
    for (const { what, who } of this.arrived) {
      const key = `${what} -> ${who}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    return times;
  }

  async fanOuts(): Promise<readonly FanOutView[]> {
    const { lines } = await this.bigRoom.fanOuts.list(coordinator);
    return Promise.all(lines.map(({ id }) => this.bigRoom.fanOuts.get(coordinator, id)));
  }

  /** Recipients of all fan-outs who are uncertain. */
  async uncertain(): Promise<readonly RecipientLine[]> {
    const pages = (await this.fanOuts()).map(({ id }) =>
      this.bigRoom.fanOuts.recipients(coordinator, id, 'uncertain'),
    );
    return (await Promise.all(pages)).flatMap(({ lines }) => lines);
  }

  needingAttention(): Promise<readonly Message[]> {
    return this.bigRoom.outbox.needingAttention();
  }

  /** What a person does who wants everything doubtful to leave once more. */
  async sendAllAgain(): Promise<void> {
    for (const { id, counts } of await this.fanOuts())
      if (counts.uncertain > 0) await this.bigRoom.fanOuts.again(coordinator, id, 'uncertain');
    await this.bigRoom.outbox.resolveDoubted(coordinator, 'again');
    await this.workOff();
  }
}
