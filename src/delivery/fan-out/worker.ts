import { elapsedMs, type Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Delivery } from '../../platform/queue.js';
import { retentionDays } from '../../platform/retention.js';
import type { Pace, Time } from '../pacing/pace.js';
import { SeenClaims } from '../claims.js';
import type { Departures } from '../departures.js';
import { Concurrency, workerLoops } from '../queue-work.js';
import {
  chunkReferenceOf,
  enqueueChunks,
  enqueuedAtOnce,
  firstToEnqueue,
  openChunks,
  type ChunkQueue,
  type ChunkReference,
} from './chunk-queue.js';
import { ChunkRun, Monitor, Semaphore, type RunEnd } from './chunk-run.js';
import type { FanOutHeader } from './fan-out.js';
import type { FanOutKinds, Transports, Way } from './kind.js';
import { ChunkProgress, isEnded, isToDoubt, type Progress } from './progress.js';
import { Recorder, type Settling } from './recording.js';
import type { FanOutStore } from './store.js';
import type { KeepUnreached } from './unreached.js';

interface FanOutWorkerDeps extends ChunkQueue {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful'>;
  readonly settling: Settling;
  readonly transports: Transports;
  readonly paces: Readonly<Record<Way, Pace>>;
  readonly keepUnreached?: KeepUnreached;
  readonly clock: Clock;
  readonly time: Time;
  readonly log: Log;
  readonly departures: Departures;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** How many chunks are worked on side by side; as many again that go by mail, which waits most of the time. */
  readonly chunksAtOnce: number;
  /** Concurrent requests to Teams, and so the most that are uncertain when this instance dies. */
  readonly concurrency: number;
  /** How long a chunk belongs to the worker that wrote last. */
  readonly leaseSeconds: number;
  readonly lingerMs: number;
  readonly sweepSeconds: number;
}

const maxPauseMs = 2_000;
const maxReceived = 32;
/** A chunk is claimed at once; the sweep finds what is lost before. */
const hiddenSeconds = 30;
const mailAgainSeconds = 10;
/** The mailbox's own limit is four at once. */
const mailConcurrency = 4;
/** A chunk that comes so little too early is worked on: clocks and queues differ a little. */
const earlyMs = 2_000;
/** How many fan-outs one sweep forgets: it has other things to do. */
const maxForgotten = 5;

export type FanOutWorker = ReturnType<typeof fanOutWorker>;

/** Sends what was expanded: the chunks that the queue brings, and by sweeping those that a crash left behind. */
export function fanOutWorker(deps: FanOutWorkerDeps) {
  const { store, queue, settling, transports, paces, clock, signal, programme, log } = deps;
  const leaseMs = deps.leaseSeconds * 1_000;
  const claims = new SeenClaims(clock, leaseMs);
  const chunks = new Concurrency(deps.chunksAtOnce);
  const mailChunks = new Concurrency(deps.chunksAtOnce);
  const teamsSemaphore = new Semaphore(deps.concurrency);
  const mailSemaphore = new Semaphore(mailConcurrency);
  /** One for each fan-out of which chunks are worked on, with their number. */
  const monitors = new Map<FanOutId, { readonly monitor: Monitor; runs: number }>();

  /** Begins the work on as many of the queue's chunks as may run now. */
  async function take(
    stopped: AbortSignal,
  ): Promise<{ readonly count: number; readonly done: Promise<unknown> }> {
    await chunks.whenFree();
    const deliveries = await queue.receive(Math.min(chunks.free, maxReceived), hiddenSeconds);
    const done = Promise.all(deliveries.map((delivery) => receive(delivery, stopped)));
    return { count: deliveries.length, done };
  }

  /** One faulty delivery never stops the others: it comes again, and the sweep finds its chunk. */
  async function receive(delivery: Delivery, stopped: AbortSignal): Promise<void> {
    const reference = chunkReferenceOf(programme, delivery.text);
    const isMail = reference?.way === 'mail';
    if (isMail && mailChunks.free <= 0) return postpone(delivery);
    return (isMail ? mailChunks : chunks).run(async () => {
      try {
        if (reference === undefined) log.error('fanOut.notAChunk', { characters: delivery.text.length });
        // Taken off the queue at once: from the claim on, the chunk's row names its worker.
        await Promise.all([reference && workOn(reference, stopped), takeOff(delivery)]);
      } catch (error) {
        log.error('fanOut.chunkFailed', { ...reference, deliveries: delivery.deliveries, error });
      }
    });
  }

  /** Mail waits in the queue while no more of it may run: waiting here it would keep out chunks for the chat. */
  async function postpone(delivery: Delivery): Promise<void> {
    try {
      await queue.send(delivery.text, mailAgainSeconds);
    } catch (error) {
      // It stays on the queue, and comes again when it is hidden no more.
      log.error('fanOut.notEnqueued', { text: delivery.text, error });
      return;
    }
    await takeOff(delivery);
  }

  /** What stays on the queue comes again, and is checked once more: no reason to unclaim its chunk. */
  async function takeOff(delivery: Delivery): Promise<void> {
    try {
      await delivery.done();
    } catch (error) {
      log.error('fanOut.notDequeued', { text: delivery.text, error });
    }
  }

  async function workOn({ id, chunk }: ChunkReference, stopped: AbortSignal): Promise<void> {
    const shared = monitors.get(id) ?? { monitor: new Monitor(deps, id), runs: 0 };
    monitors.set(id, shared);
    shared.runs += 1;
    try {
      const { monitor } = shared;
      await monitor.refresh();
      if (monitor.decision !== 'go') {
        // The reason to send nothing may have been undone a moment ago.
        monitor.forget();
        await monitor.refresh();
      }
      const { header } = monitor;
      if (header?.chunks[chunk] !== undefined) await sendChunk(header, chunk, monitor, stopped);
    } finally {
      shared.runs -= 1;
      if (shared.runs === 0) monitors.delete(id);
    }
  }

  /** Claims a chunk if it is unclaimed and has open recipients, sends it, and settles or enqueues it. */
  async function sendChunk(
    header: FanOutHeader,
    chunk: number,
    monitor: Monitor,
    stopped: AbortSignal,
  ): Promise<void> {
    const { way = 'chat', settled } = header.chunks[chunk] ?? {};
    if (settled !== undefined) return;
    const [found, recipients] = await Promise.all([
      store.progress(header, chunk),
      store.recipients(header, chunk),
    ]);
    if (found === undefined) return;
    const { progress } = found;
    const now = clock.now().epochMilliseconds;
    if (isEnded(progress) && progress.again >= header.again.length)
      return settling.settle(header.id, [progress]);
    const { decision } = monitor;
    const isClaimed = progress.claimedUntil > 0;
    if (isClaimed && !claims.isOver(`${header.id}.${String(chunk)}`, found.version)) return;
    const doubtfulUntil = Date.parse((await deps.departures.cover()) ?? '') || 0;
    // Who may have got it before a restore is named at once, paused or not.
    const isDoubted = isToDoubt(progress, doubtfulUntil);
    const isEarly = !isClaimed && progress.nextAttemptAt > now + earlyMs && typeof decision !== 'object';
    if (!isDoubted && (isEarly || decision === 'pause')) return;
    const chunkProgress = new ChunkProgress(progress, now);
    // A request to send again that was stored before the restore may have been followed before it.
    const asksKnowing = (header.againKnowing ?? 0) >= doubtfulUntil;
    if (asksKnowing) chunkProgress.doubt(now, doubtfulUntil);
    chunkProgress.follow(header.again);
    if (!asksKnowing) chunkProgress.doubt(now, doubtfulUntil);
    let claim: number;
    const since = elapsedMs(clock);
    try {
      // Where nobody is left to be sent to, this write ends the claim too.
      const until = chunkProgress.open === 0 ? 0 : clock.now().epochMilliseconds + leaseMs;
      claim = await store.claim(header, found, chunkProgress.written(until));
    } catch (error) {
      // Another worker was faster, as it may be.
      if (isAppError(error, 'storage.conflict')) return;
      throw error;
    }
    const recorder = new Recorder({ ...deps, leaseMs }, { expansion: header, claim, since }, chunkProgress);
    const isMail = way === 'mail';
    const run = new ChunkRun(
      {
        ...deps,
        transport: transports[way],
        pace: paces[way],
        keepUnreached: deps.keepUnreached,
        semaphore: isMail ? mailSemaphore : teamsSemaphore,
        max: isMail ? mailConcurrency : deps.concurrency,
        stopped,
        cover: () => deps.departures.cover(),
      },
      { monitor, chunkProgress, recorder, recipients },
    );
    await afterRun(header, chunkProgress, await run.run());
  }

  /** Settles a chunk that has ended, enqueues one that waits for later, and enqueues the next one, once. */
  async function afterRun(header: FanOutHeader, chunkProgress: ChunkProgress, end: RunEnd): Promise<void> {
    if (end === 'lost' || end === 'paused') return;
    const progress = chunkProgress.written(0);
    const next = progress.chunk + enqueuedAtOnce;
    const steps: Promise<unknown>[] = [];
    if (end === 'ended') steps.push(settling.settle(header.id, [progress]));
    else {
      const seconds = Math.max(0, Math.ceil((end.nextAttemptAt - clock.now().epochMilliseconds) / 1_000));
      steps.push(enqueueChunks(deps, header, [progress.chunk], seconds));
    }
    if (!chunkProgress.hasEnqueuedNext && next < header.chunks.length)
      steps.push(enqueueChunks(deps, header, [next]));
    await Promise.all(steps);
  }

  async function sweep(stopped?: AbortSignal): Promise<number> {
    await deps.departures.close().catch((error: unknown) => {
      log.error('departures.notClosed', { error });
    });
    await forgetOld();
    let count = 0;
    for (const id of await store.active()) {
      try {
        count += await settleAndEnqueue(id);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) log.error('fanOut.sweepFailed', { id, error });
      }
    }
    try {
      // The fan-outs that older releases stored are indexed by what they are about, once.
      while (!stopped?.aborted && !(await store.indexNext()));
      while (!stopped?.aborted && !(await store.eraseNextOfOne()));
    } catch (error) {
      log.error('fanOut.notIndexed', { error });
    }
    return count;
  }

  /** Settles chunks that ended without being settled, and enqueues those on which nobody works; returns how many. */
  async function settleAndEnqueue(id: FanOutId): Promise<number> {
    const header = (await store.find(id))?.value;
    if (header === undefined) return 0;
    const all = await store.allProgress(header);
    await settling.settle(
      id,
      all.filter(({ chunk }) => header.chunks[chunk]?.settled === undefined),
    );
    const now = clock.now().epochMilliseconds;
    const open = openChunks(header, all);
    if (header.state.status === 'paused') return enqueueDoubted(header, open);
    // Its worker died: the row of a chunk that is unclaimed or ended names no worker.
    const abandoned = open.filter(({ claimedUntil }) => claimedUntil > 0 && claimedUntil <= now);
    const isHeld = open.some(({ claimedUntil }) => claimedUntil > now);
    const isCancelled = header.state.status === 'cancelled';
    const ready = open.filter(
      ({ claimedUntil, nextAttemptAt }) => claimedUntil === 0 && (nextAttemptAt <= now || isCancelled),
    );
    const enqueued = [...abandoned.map(({ chunk }) => chunk), ...(isHeld ? [] : firstToEnqueue(ready))];
    await enqueueChunks(deps, header, enqueued);
    return enqueued.length;
  }

  /** What is paused is not sent, but who may have got it before a restore is to be seen. */
  async function enqueueDoubted(header: FanOutHeader, open: readonly Progress[]): Promise<number> {
    const doubtfulUntil = Date.parse((await deps.departures.doubtfulUntil()) ?? '') || 0;
    const doubted = open.filter((progress) => isToDoubt(progress, doubtfulUntil));
    await enqueueChunks(
      deps,
      header,
      doubted.map(({ chunk }) => chunk),
    );
    return doubted.length;
  }

  /** Erases the recipients of fan-outs that ended long ago, a few at a time. */
  async function forgetOld(): Promise<void> {
    const until = clock
      .now()
      .subtract({ hours: retentionDays.fanOutRecipients * 24 })
      .toString();
    for (const entry of await store.ended(until, maxForgotten)) {
      const { id } = entry;
      try {
        const found = await store.find(id);
        if (found === undefined) {
          await store.eraseWithoutHeader(entry);
          continue;
        }
        // The header first: from then on a request to send it again is refused.
        if (!found.value.isForgotten)
          await store.commit(store.replace(found, { ...found.value, isForgotten: true }));
        await store.erase(found.value);
        log.info('fanOut.recipientsErased', { id });
      } catch (error) {
        // Somebody else does it, or the next sweep.
        if (!isAppError(error, 'storage.conflict')) log.error('fanOut.recipientsNotErased', { id, error });
      }
    }
  }

  const loops = workerLoops({
    worker: 'fanOut',
    take: async (stopped) => (await take(stopped)).count,
    sweep,
    idle: async () => {
      await chunks.idle();
      await mailChunks.idle();
    },
    signal,
    maxPauseMs,
    sweepSeconds: deps.sweepSeconds,
    log,
  });
  return {
    /** Works on the chunks that the queue brings at this moment; returns how many that were. */
    async work(): Promise<number> {
      const { count, done } = await take(new AbortController().signal);
      await done;
      return count;
    },

    /**
     * Enqueues the chunks on which nobody works although somebody should; returns how many. Erases recipients of
     * fan-outs that ended long ago.
     */
    sweep: () => sweep(),

    /** Works and sweeps until stopped. */
    start: () => loops.start(),

    /** Takes no more, unclaims the chunks, and resolves when what has left is recorded. */
    async stop(): Promise<void> {
      await loops.stop();
      await deps.departures.close(true).catch((error: unknown) => {
        log.error('departures.notClosed', { error });
      });
    },
  };
}
