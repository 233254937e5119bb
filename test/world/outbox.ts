import assert from 'node:assert/strict';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { departuresOf, type Departures, type HighWaterMark } from '../../src/delivery/departures.js';
import type { Clock } from '../../src/platform/clock.js';
import type { Change } from '../../src/platform/commit.js';
import { deterministicId, type MessageId } from '../../src/platform/ids.js';
import type { Log } from '../../src/platform/log.js';
import { z } from 'zod';
import type { DeliveryKind } from '../../src/delivery/outbox/kind.js';
import type { Message, MessageBody, NewMessage, Outcome } from '../../src/delivery/outbox/message.js';
import { makeOutbox, type Outbox } from '../../src/delivery/outbox/outbox.js';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { Queue } from '../../src/platform/queue.js';
import { outboxStore, type OutboxStore } from '../../src/delivery/outbox/store.js';
import type { KnownBody } from '../../src/message-bodies.js';
import { partitionOf } from '../../src/platform/partition.js';
import type { Rows } from '../../src/platform/rows.js';
import type { HandClock } from './clock.js';

export const partition = 'programme';

/** A notice to Anna about one news item; `name` makes the id. */
export function notice(name: string, dueAt: string): NewMessage {
  return {
    id: deterministicId<MessageId>('notice', name),
    dueAt,
    body: {
      kind: 'notice',
      to: 'anna',
      notice: { about: 'newsNote', newsId: 'news1', note: name, from: 'Kaisa' },
    },
  };
}

/** The release of the name, as {@link notice} makes a notice. */
export function release(name: string, dueAt: string): NewMessage {
  return {
    id: deterministicId<MessageId>('release', name),
    dueAt,
    body: { kind: 'release', releaseId: name, revision: '1' },
  };
}

/** The body of a message as the features write it. */
export function bodyOf({ body }: { readonly body: MessageBody }): KnownBody {
  return body as unknown as KnownBody;
}

/** A kind that takes whatever comes. */
export function anyKind(
  kind: string,
  handle: (message: Message) => Promise<Outcome>,
  afterCrash: DeliveryKind['afterCrash'] = 'repeat',
): DeliveryKind {
  // As the product's own kinds: what may not be repeated after a crash may not after a restore.
  const afterRestore = afterCrash === 'ask' ? 'ask' : 'run';
  return {
    kind,
    payload: z.unknown(),
    afterCrash,
    afterRestore,
    handle: (_payload, message) => handle(message),
  };
}

/** The receiving end: keeps what arrived, and gives the answers that a test sets. */
export class Receiver {
  readonly arrived: string[] = [];
  readonly #answers: (Outcome | Error | (() => Promise<Outcome>))[] = [];

  /** The answers to the next attempts, in order; after them each one is `sent`. */
  answers(...answers: (Outcome | Error | (() => Promise<Outcome>))[]): void {
    this.#answers.push(...answers);
  }

  // After a crash as the product's own handlers: a second notice does harm, a second update of a page or an index does not.
  readonly kinds: readonly DeliveryKind[] = [
    this.#kind('notice', 'ask'),
    this.#kind('newsIndex', 'repeat'),
    { ...this.#kind('release', 'repeat'), isResolvedElsewhere: true },
  ];

  #kind(kind: string, afterCrash: DeliveryKind['afterCrash']): DeliveryKind {
    const handle = async (message: Message): Promise<Outcome> => {
      const body = bodyOf(message);
      this.arrived.push(body.kind === 'notice' && 'note' in body.notice ? body.notice.note : body.kind);
      const answer = this.#answers.shift() ?? { result: 'sent' };
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer() : answer;
    };
    return anyKind(kind, handle, afterCrash);
  }
}

/** Keeps what is logged, as `level event`. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (event: string) => {
    lines.push(`${level} ${event}`);
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** One instance of the programme over shared rows and queue. */
export interface Instance {
  readonly outbox: Outbox;
  readonly worker: OutboxWorker;
  readonly store: OutboxStore;
  readonly log: Log & { readonly lines: string[] };
  /** The state of a message as it is stored. */
  readonly stateOf: (id: MessageId) => Promise<Message['state'] | undefined>;
}

export interface InstanceDeps {
  readonly rows: Rows;
  readonly queue: Queue;
  readonly clock: HandClock;
  readonly handlers: Pick<Receiver, 'kinds'>;
  readonly random?: () => number;
  readonly concurrency?: number;
  readonly sweepSeconds?: number;
  /** Shared by instances where a test is about it. */
  readonly mark?: HighWaterMark;
  readonly after?: (milliseconds: number, call: () => void) => () => void;
}

/** What knows whether the rows were restored, as each instance has one. */
export function departuresOver(
  rows: Rows,
  clock: Clock,
  log: Pick<Log, 'error'>,
  mark: HighWaterMark = new MemoryMark(),
): Departures {
  return departuresOf({ partition: partitionOf(rows, partition, log), mark, clock, log });
}

export function instance({ rows, handlers, mark, ...deps }: InstanceDeps): Instance {
  const log = keptLog();
  const store = outboxStore(partitionOf(rows, partition, log));
  const { kinds } = handlers;
  const { outbox, worker } = makeOutbox({
    random: () => 0,
    programme: partition,
    isResolvedElsewhere: (kind) => kinds.some((each) => each.kind === kind && each.isResolvedElsewhere),
    departures: departuresOver(rows, deps.clock, log, mark),
    // Handlers that never answer are ended by the test's own clock or not at all.
    after: () => () => undefined,
    ...deps,
    store,
    log,
  });
  return {
    outbox,
    worker: worker(kinds),
    store,
    log,
    stateOf: async (id) => (await store.find(id))?.value.state,
  };
}

/** The keys of the outbox's index rows of what is not over. */
export async function indexKeys(rows: Rows): Promise<string[]> {
  const { rows: found } = await rows.range(partition, { from: 'outbox-', to: 'outbox-~', limit: 1_000 });
  return found.map((row) => row.key.split('|')[0] ?? '').filter((name) => !name.startsWith('outbox-ended'));
}

export function insertion(key: string): Change {
  return { op: 'insert', key, value: { made: key } };
}

export async function rejectsWith(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(promise, { code });
}
