import { whileConflicting, type Versioned } from '../../platform/commit.js';
import { refOf, type Actor } from '../../platform/actor.js';
import type { LogEntry } from '../../platform/audit-trail.js';
import type { Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Page } from '../../platform/pages.js';
import { requirePermission } from '../../people/permissions.js';
import { enqueueChunks, firstToEnqueue, openChunks, type ChunkQueue } from './chunk-queue.js';
import {
  type FanOut,
  type FanOutEvent,
  type FanOutView,
  type RecipientLine,
  type RecipientState,
  lineOf,
  withAgain,
  type Again,
  type FanOutHeader,
  countsOf,
  sumOf,
  totalOf,
} from './fan-out.js';
import type { FanOutKinds, Recipient, Way, Transports } from './kind.js';
import type { FanOutStore } from './store.js';
import { endedSince, settledOf, stateOf, type Progress } from './progress.js';
import type { Queue } from '../../platform/queue.js';
import { clockTime } from '../pacing/limiter.js';
import type { Pace, Time } from '../pacing/pace.js';
import type { Departures } from '../departures.js';
import { Signal } from '../queue-work.js';
import { fanOutDelivery } from './expand.js';
import { Settling } from './recording.js';
import type { KeepUnreached } from './unreached.js';
import { fanOutWorker } from './worker.js';

export interface FanOutServiceDeps extends ChunkQueue {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful' | 'names'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly departures: Pick<Departures, 'doubtfulUntil'>;
}

export type FanOutService = ReturnType<typeof fanOutService>;

/** The fan-outs of the programme. All throw AppError `permission.denied`, `send.notFound`, `send.moveNotAllowed`. */
export function fanOutService(deps: FanOutServiceDeps) {
  const { store, clock, log } = deps;

  async function find(id: FanOutId): Promise<Versioned<FanOutHeader>> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('send.notFound', { id });
    return found;
  }

  async function viewNow(header: FanOutHeader): Promise<FanOutView> {
    const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
    return viewOf(header, all, clock.now().epochMilliseconds);
  }

  /** The line of a fan-out that is being sent counts the recipients that have ended, not only whole chunks. */
  async function withCounts(line: FanOut): Promise<FanOut> {
    if (line.state.status !== 'sending' && line.state.status !== 'paused') return line;
    const found = await store.find(line.id);
    if (found === undefined) return line;
    const { counts } = await viewNow(found.value);
    return { ...lineOf(found.value), counts };
  }

  /** Changes the header, and enqueues the chunks that have something to do after it. Asking twice is asking once. */
  async function change(
    actor: Actor,
    id: FanOutId,
    event: FanOutEvent,
    move: (header: FanOutHeader) => FanOutHeader,
    enqueue?: 'first' | 'all',
  ): Promise<FanOutView> {
    requirePermission(actor, 'send:edit');
    const after = await whileConflicting(async () => {
      const before = await find(id);
      const moved = move(before.value);
      if (moved === before.value) return moved;
      const entry = { at: clock.now().toString(), by: refOf(actor), event };
      await store.commit([...store.replace(before, moved), store.audit.add(id, entry)]);
      return moved;
    });
    const all = await store.allProgress(after);
    const open = openChunks(after, all);
    const chunks = enqueue === 'all' ? open.map(({ chunk }) => chunk) : firstToEnqueue(open);
    if (enqueue !== undefined) {
      await enqueueChunks(deps, after, chunks).catch((error: unknown) => {
        // The sweep finds it.
        log.warn('fanOut.notEnqueued', { id, error });
      });
    }
    return viewOf(after, all, clock.now().epochMilliseconds);
  }

  function cancelled(header: FanOutHeader): FanOutHeader {
    const { status } = header.state;
    if (status === 'cancelled') return header;
    if (status !== 'sending' && status !== 'paused') throw notAllowed(header);
    return { ...header, state: { status: 'cancelled', at: clock.now().toString() } };
  }

  return {
    /** Newest first, 20 a page. */
    async list(actor: Actor, after?: string): Promise<Page<FanOut>> {
      requirePermission(actor, 'send:see');
      const page = await store.list(after);
      return { ...page, lines: await Promise.all(page.lines.map(withCounts)) };
    },

    /** All about one thing, such as `occurrence:<id>`, newest first, in one trip. */
    async about(actor: Actor, subject: string): Promise<readonly FanOut[]> {
      requirePermission(actor, 'send:see');
      return Promise.all((await store.about(subject)).map(withCounts));
    },

    async get(actor: Actor, id: FanOutId): Promise<FanOutView> {
      requirePermission(actor, 'send:see');
      return viewNow((await find(id)).value);
    },

    /** Recipients, 100 a page; only those in a state where it is given. */
    async recipients(
      actor: Actor,
      id: FanOutId,
      status?: RecipientState['status'],
      after?: string,
    ): Promise<Page<RecipientLine>> {
      requirePermission(actor, 'send:see');
      return recipientsPage(deps, (await find(id)).value, status, after);
    },

    /** What people did to it, newest first, 50 a page. */
    async audit(actor: Actor, id: FanOutId, after?: string): Promise<Page<LogEntry<FanOutEvent>>> {
      requirePermission(actor, 'send:see');
      await find(id);
      return store.audit.page(id, after);
    },

    /** Takes effect within a second or two; messages that are being sent still arrive. */
    pause: (actor: Actor, id: FanOutId): Promise<FanOutView> =>
      change(actor, id, { action: 'pause' }, paused),

    resume: (actor: Actor, id: FanOutId): Promise<FanOutView> =>
      change(actor, id, { action: 'resume' }, resumed, 'first'),

    /** The rest will not be sent. */
    cancel: (actor: Actor, id: FanOutId): Promise<FanOutView> =>
      change(actor, id, { action: 'cancel' }, cancelled, 'all'),

    /** Those that failed or are uncertain are sent once more. */
    async again(actor: Actor, id: FanOutId, status: Again): Promise<FanOutView> {
      requirePermission(actor, 'send:edit');
      const { value } = await find(id);
      const { counts } = await viewNow(value);
      const usefulness = await deps.kinds.stillUseful(value.content);
      // Sent now, their true reason would only become "too late".
      const isUseful =
        usefulness.send &&
        (usefulness.usefulUntil === undefined ||
          Date.parse(usefulness.usefulUntil) > clock.now().epochMilliseconds);
      if (counts[status] === 0 || !isUseful) throw notAllowed(value);
      const doubtfulUntil = Date.parse((await deps.departures.doubtfulUntil()) ?? '') || 0;
      const sentAgain = (header: FanOutHeader): FanOutHeader => {
        const isOver = header.state.status === 'cancelled' || header.state.status === 'dropped';
        if (isOver || header.isForgotten) throw notAllowed(header);
        return withAgain(header, status, doubtfulUntil);
      };
      return change(actor, id, { action: 'again', status }, sentAgain, 'first');
    },
  };
}

function notAllowed({ id, state }: FanOutHeader): AppError {
  return new AppError('send.moveNotAllowed', { id, state: state.status });
}

function paused(header: FanOutHeader): FanOutHeader {
  if (header.state.status === 'paused') return header;
  if (header.state.status !== 'sending') throw notAllowed(header);
  return { ...header, state: { status: 'paused' } };
}

function resumed(header: FanOutHeader): FanOutHeader {
  if (header.state.status === 'sending') return header;
  if (header.state.status !== 'paused') throw notAllowed(header);
  return { ...header, state: { status: 'sending' } };
}

/** The stretch over which the rate is taken, in milliseconds. */
const rateMs = 30_000;

type Reason = FanOutView['reasons'][number];

/** The current state of a fan-out, by its chunks. @param now milliseconds since 1970 */
export function viewOf(header: FanOutHeader, all: readonly Progress[], now: number): FanOutView {
  const line = lineOf(header);
  const counts = header.isForgotten ? line.counts : countsOf(totalOf(header), sumOf(all.map(settledOf)));
  const rate = header.state.status === 'sending' ? rateOf(header, all, now) : 0;
  return {
    ...line,
    ...(header.isForgotten && { isForgotten: true }),
    counts,
    rate,
    ...(rate > 0 && counts.open > 0 && { secondsLeft: Math.ceil(counts.open / rate) }),
    reasons: reasonsOf(all),
  };
}

function rateOf({ startedAt }: FanOutHeader, all: readonly Progress[], now: number): number {
  const since = Math.max(now - rateMs, Date.parse(startedAt));
  const ended = all.reduce((sum, progress) => sum + endedSince(progress, since), 0);
  // In the first second everything would look fast.
  return ended / Math.max(1, (now - since) / 1_000);
}

function reasonIn(state: RecipientState): string | undefined {
  if (state.status === 'sent') return undefined;
  return state.status === 'open' ? state.lastFault : state.reason;
}

function reasonsOf(all: readonly Progress[]): Reason[] {
  const counted = new Map<string, Reason>();
  for (const progress of all) {
    for (const index of Object.keys(progress.notes)) {
      const state = stateOf(progress, Number(index));
      const reason = reasonIn(state);
      if (reason === undefined) continue;
      const key = `${state.status} ${reason}`;
      counted.set(key, { status: state.status, reason, count: (counted.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counted.values()].sort((one, other) => other.count - one.count);
}

const linesPerPage = 100;

interface Position {
  readonly chunk: number;
  readonly index: number;
}

/** Where a page begins; it comes from outside, and any other value begins at the first page. */
function pageStart(after: string | undefined): Position {
  const [, chunk, index] = /^(\d{1,6})\.(\d{1,6})$/.exec(after ?? '') ?? [];
  return chunk === undefined ? { chunk: 0, index: 0 } : { chunk: Number(chunk), index: Number(index) };
}

/** The positions of a page and the first one of the next page, in the order of chunks. */
function positionsFrom(
  all: readonly Progress[],
  from: Position,
  status: RecipientState['status'] | undefined,
): Position[] {
  const positions: Position[] = [];
  for (const progress of all) {
    const first = progress.chunk === from.chunk ? from.index : 0;
    const last = progress.chunk < from.chunk ? 0 : progress.states.length;
    for (let index = first; index < last && positions.length <= linesPerPage; index += 1)
      if (status === undefined || stateOf(progress, index).status === status)
        positions.push({ chunk: progress.chunk, index });
  }
  return positions;
}

interface Shown {
  readonly recipient: Recipient;
  readonly state: RecipientState;
}

/** The lines of a page: those who are kept without a name are asked for it. */
async function linesOf(
  kinds: Pick<FanOutKinds, 'names'>,
  { content }: FanOutHeader,
  shown: readonly Shown[],
): Promise<RecipientLine[]> {
  const nameless = shown.filter(({ recipient }) => !('name' in recipient));
  const names = await kinds.names(
    content,
    nameless.map(({ recipient }) => recipient.key),
  );
  return shown.map(({ recipient, state }) => {
    const { key, way, language } = recipient;
    const name = 'name' in recipient ? recipient.name : names.get(key);
    return { key, ...(name !== undefined && { name }), way, language, state };
  });
}

interface Deps {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'names'>;
}

/** Recipients with what came of them. Reads how far all chunks have come, and the recipients of those on the page. */
export async function recipientsPage(
  { store, kinds }: Deps,
  header: FanOutHeader,
  status: RecipientState['status'] | undefined,
  after: string | undefined,
): Promise<Page<RecipientLine>> {
  const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
  const positions = positionsFrom(all, pageStart(after), status);
  const next = positions[linesPerPage];
  const wanted = [...new Set(positions.slice(0, linesPerPage).map(({ chunk }) => chunk))];
  const read = await Promise.all(wanted.map((chunk) => store.recipients(header, chunk)));
  const progress = new Map(all.map((each) => [each.chunk, each]));
  const shown = positions.slice(0, linesPerPage).flatMap(({ chunk, index }): Shown[] => {
    const recipient = read[wanted.indexOf(chunk)]?.[index];
    const found = progress.get(chunk);
    return recipient && found ? [{ recipient, state: stateOf(found, index) }] : [];
  });
  const lines = await linesOf(kinds, header, shown);
  return { lines, ...(next && { next: `${String(next.chunk)}.${String(next.index)}` }) };
}

export interface FanOutSettings {
  readonly store: FanOutStore;
  /** A queue of its own: a large fan-out must not hold up what else leaves. */
  readonly queue: Queue;
  readonly kinds: FanOutKinds;
  /** The programme's id, which is part of each queue message. */
  readonly programme: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Until when something may have left, and whether the tables were restored. */
  readonly departures: Departures;
  readonly time?: Time;
  /** Jitter of retries, from 0 up to 1. */
  readonly random?: () => number;
  /** Recipients in a chunk at most: 500, by mail 50. */
  readonly chunkSizes?: Readonly<Record<Way, number>>;
  /** Concurrent requests to Teams of an instance; 64. */
  readonly concurrency?: number;
  /** 2. */
  readonly chunksAtOnce?: number;
  /** Longer than a transport takes for one recipient; 60. */
  readonly leaseSeconds?: number;
  /** The longest that a result waits for others, to be stored with them; 150 milliseconds. */
  readonly lingerMs?: number;
  /** 15. */
  readonly sweepSeconds?: number;
}

/** The transports and their paces; they need services and the bot, and so are given later than the rest. */
export interface TransportsAndPaces {
  readonly transports: Transports;
  readonly paces: Readonly<Record<Way, Pace>>;
  /** Without it, whom a fan-out did not reach is only counted. */
  readonly keepUnreached?: KeepUnreached;
}

export type FanOuts = ReturnType<typeof makeFanOuts>;

const usualSizes: Readonly<Record<Way, number>> = { chat: 500, channel: 500, mail: 50 };

/** Fan-outs in three parts that share a signal, so that this instance sends at once what it expands. */
export function makeFanOuts(settings: FanOutSettings) {
  const deps = {
    time: clockTime(settings.clock),
    random: Math.random,
    chunkSizes: usualSizes,
    concurrency: 64,
    chunksAtOnce: 2,
    leaseSeconds: 60,
    lingerMs: 150,
    sweepSeconds: 15,
    ...settings,
  };
  const shared = { ...deps, signal: new Signal(), settling: new Settling(deps) };
  return {
    /** Expands the outbox's messages of the kind `send`. */
    delivery: fanOutDelivery(shared),
    service: fanOutService(shared),
    worker: (transports: TransportsAndPaces) => fanOutWorker({ ...shared, ...transports }),
  };
}
