import type { Clock } from '../../platform/clock.js';
import type { FanOutId } from '../../platform/ids.js';
import type { FanOutHeader } from './fan-out.js';
import type {
  FanOutKinds,
  Usefulness,
  DropReason,
  Transport,
  PreparedMessage,
  Recipient,
  SendOutcome,
} from './kind.js';
import type { FanOutStore } from './store.js';
import type { Language } from '../../shared/languages.js';
import type { Log } from '../../platform/log.js';
import type { ChunkProgress } from './progress.js';
import type { Pace, Time } from '../pacing/pace.js';
import type { Recorder } from './recording.js';
import type { KeepUnreached } from './unreached.js';

/** So many permits, given in the order in which they were asked for. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  /** Resolves when a permit is given; {@link release} gives it back. */
  async acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

interface MonitorDeps {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful'>;
  readonly clock: Clock;
}

/** What to do with those who are still open. */
export type Decision = 'go' | 'pause' | { readonly drop: DropReason };

/** How old what is known may be. */
const headerLifeMs = 1_000;
const usefulnessLifeMs = 5_000;

/** What this instance knows of a fan-out while it works on it: whether it is paused or cancelled, and still of use. */
export class Monitor {
  readonly #deps: MonitorDeps;
  readonly #id: FanOutId;
  #header: FanOutHeader | undefined;
  #usefulness: Usefulness = { send: true };
  #headerAt = -Infinity;
  #usefulnessAt = -Infinity;
  #refreshing: Promise<void> | undefined;

  constructor(deps: MonitorDeps, id: FanOutId) {
    this.#deps = deps;
    this.#id = id;
  }

  /** `undefined` where there is no such fan-out. */
  get header(): FanOutHeader | undefined {
    return this.#header;
  }

  get decision(): Decision {
    if (this.#header?.state.status === 'cancelled') return { drop: 'cancelled' };
    if (!this.#usefulness.send) return { drop: this.#usefulness.reason };
    const { usefulUntil } = this.#usefulness;
    if (usefulUntil !== undefined && Date.parse(usefulUntil) <= this.#now()) return { drop: 'late' };
    return this.#header?.state.status === 'paused' ? 'pause' : 'go';
  }

  /** Reads what is older than it may be; however many ask at once, it is read once. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#read().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** The next {@link refresh} reads everything again. */
  forget(): void {
    this.#headerAt = -Infinity;
    this.#usefulnessAt = -Infinity;
  }

  #now(): number {
    return this.#deps.clock.now().epochMilliseconds;
  }

  async #read(): Promise<void> {
    const { store, kinds } = this.#deps;
    const now = this.#now();
    if (now - this.#headerAt >= headerLifeMs) {
      this.#header = (await store.find(this.#id))?.value;
      this.#headerAt = now;
    }
    if (this.#header !== undefined && now - this.#usefulnessAt >= usefulnessLifeMs) {
      this.#usefulness = await kinds.stillUseful(this.#header.content);
      this.#usefulnessAt = now;
    }
  }
}

interface ChunkRunDeps {
  readonly transport: Transport;
  readonly pace: Pace;
  /** Keeps it for a person whom it did not reach. */
  readonly keepUnreached: KeepUnreached | undefined;
  /** This instance's limit: a permit is held from before the pace is asked until the outcome is stored. */
  readonly semaphore: Semaphore;
  /** How many permits one chunk uses at most. */
  readonly max: number;
  readonly time: Time;
  readonly random: () => number;
  readonly log: Log;
  /** Set when the instance is to stop. */
  readonly stopped: AbortSignal;
  /** Asked before anybody is sent to: see `Departures.cover`. Where it throws, nothing leaves. */
  readonly cover: () => Promise<unknown>;
}

interface ClaimedChunk {
  readonly monitor: Monitor;
  readonly chunkProgress: ChunkProgress;
  readonly recorder: Recorder;
  readonly recipients: readonly Recipient[];
}

/** Waits shorter than this are waited for with the chunk claimed; for longer ones it is unclaimed. */
const maxHeldWaitMs = 2_000;
const tickMs = 1_000;
/** After so many a permit is given back, so that another chunk gets its share. */
const maxInRow = 8;
/** When to try a chunk again whose message could not be prepared. */
const faultWaitMs = 30_000;

/** How it ended: everybody's end is stored; unclaimed until then; paused; or somebody else's by now. */
export type RunEnd = 'ended' | 'paused' | 'lost' | { readonly nextAttemptAt: number };

/** Sends to those of one claimed chunk who are open, to several at a time. */
export class ChunkRun {
  readonly #deps: ChunkRunDeps;
  readonly #chunk: ClaimedChunk;
  readonly #preparedMessages = new Map<Language, Promise<PreparedMessage>>();
  /** Open ones with the moment before which they are not to be tried, soonest last. */
  #waiting: { index: number; from: number }[] = [];
  #hasFault = false;

  constructor(deps: ChunkRunDeps, chunk: ClaimedChunk) {
    this.#deps = deps;
    this.#chunk = chunk;
  }

  async run(): Promise<RunEnd> {
    const over = new AbortController();
    void this.#tick(over.signal);
    try {
      return await this.#rounds();
    } finally {
      over.abort();
    }
  }

  /** Sends to all who are due, and again to those who had to wait a little. */
  async #rounds(): Promise<RunEnd> {
    const { monitor, chunkProgress, recorder } = this.#chunk;
    const { time } = this.#deps;
    for (;;) {
      const { decision } = monitor;
      if (typeof decision === 'object') {
        chunkProgress.dropOpen(decision.drop, time.now());
        await recorder.stored();
      }
      if (recorder.isLost) return 'lost';
      if (chunkProgress.open === 0) return 'ended';
      if (decision === 'pause') return this.#unclaim(0, 'paused');
      if (this.#deps.stopped.aborted) return this.#unclaim(0);
      if (this.#hasFault) return this.#unclaim(time.now() + faultWaitMs);
      this.#waiting = chunkProgress
        .waiting()
        .sort((one, other) => other.from - one.from || other.index - one.index);
      const soonest = this.#waiting.at(-1)?.from ?? 0;
      const wait = soonest - time.now();
      if (wait > maxHeldWaitMs) return this.#unclaim(soonest);
      if (wait > 0) await time.sleep(wait);
      else await this.#sendDue();
    }
  }

  async #unclaim(nextAttemptAt: number, end: RunEnd = { nextAttemptAt }): Promise<RunEnd> {
    const { recorder } = this.#chunk;
    await recorder.unclaim(nextAttemptAt);
    return recorder.isLost ? 'lost' : end;
  }

  async #sendDue(): Promise<void> {
    await this.#chunk.recorder.renew();
    const concurrency = Math.min(this.#deps.max, this.#waiting.length);
    await Promise.all(Array.from({ length: concurrency }, () => this.#sendOneByOne()));
  }

  async #sendOneByOne(): Promise<void> {
    const { semaphore } = this.#deps;
    while (this.#maySend()) {
      await semaphore.acquire();
      try {
        const index = this.#maySend() ? this.#nextDue() : undefined;
        if (index === undefined) return;
        await this.#sendInRow(index);
      } finally {
        semaphore.release();
      }
    }
  }

  /**
   * Sends to some, one after the other, with one permit. Each is stored as leaving before its request goes, in the same
   * write as the outcome of the one before: after a crash nobody is sent to twice, and no more are uncertain than there
   * are permits.
   */
  async #sendInRow(first: number): Promise<void> {
    const { chunkProgress, recorder } = this.#chunk;
    let index: number | undefined = first;
    chunkProgress.leave(index);
    await recorder.stored();
    for (let count = 1; index !== undefined; count += 1) {
      if (!this.#maySend()) {
        chunkProgress.stay(index);
        return;
      }
      recorder.begin();
      await this.#sendTo(index);
      recorder.end();
      index = count < maxInRow && this.#maySend() ? this.#nextDue() : undefined;
      if (index !== undefined) chunkProgress.leave(index);
      await recorder.stored();
    }
  }

  #maySend(): boolean {
    const { monitor, recorder } = this.#chunk;
    const mayGo = monitor.decision === 'go' && recorder.holdsClaim;
    return mayGo && !this.#hasFault && !this.#deps.stopped.aborted;
  }

  #nextDue(): number | undefined {
    const soonest = this.#waiting.at(-1);
    if (soonest === undefined || soonest.from > this.#deps.time.now()) return undefined;
    this.#waiting.pop();
    return soonest.index;
  }

  async #sendTo(index: number): Promise<void> {
    const { chunkProgress, recipients } = this.#chunk;
    const { pace, time, random } = this.#deps;
    const recipient = recipients[index];
    if (recipient === undefined) {
      chunkProgress.end(index, 'failed', time.now(), 'noRecipient');
      return;
    }
    const preparedMessage = await this.#prepared(recipient.language);
    const waitSeconds = preparedMessage === undefined ? 0 : await permitFor(pace, recipient);
    const isCovered = preparedMessage !== undefined && waitSeconds === 0 && (await this.#isCovered());
    if (preparedMessage === undefined || !this.#maySend()) chunkProgress.stay(index);
    else if (waitSeconds > 0) chunkProgress.postpone(index, time.now() + waitSeconds * 1_000);
    else if (!isCovered) chunkProgress.stay(index);
    else {
      const outcome = await this.#send(preparedMessage, recipient);
      chunkProgress.apply(index, outcome, time.now(), random());
    }
  }

  /** Whether it is known outside the tables that something leaves now; else the chunk is tried again later. */
  async #isCovered(): Promise<boolean> {
    try {
      await this.#deps.cover();
      return true;
    } catch (error) {
      this.#hasFault = true;
      this.#deps.log.error('fanOut.notCovered', { error });
      return false;
    }
  }

  async #send(preparedMessage: PreparedMessage, recipient: Recipient): Promise<SendOutcome> {
    try {
      const outcome = await this.#deps.transport.send(preparedMessage, recipient);
      // Before the outcome is stored: after a crash here they are tried again, and kept once all the same.
      if (outcome.result === 'undeliverable') await this.#keep(recipient, outcome.reason);
      return outcome;
    } catch (error) {
      this.#deps.log.error('fanOut.transportThrew', { key: recipient.key, error });
      return { result: 'retry', reason: 'internal' };
    }
  }

  async #keep(recipient: Recipient, reason: string): Promise<void> {
    const { header } = this.#chunk.monitor;
    if (recipient.way !== 'chat' || recipient.by === 'feedBeside' || header === undefined) return;
    await this.#deps.keepUnreached?.(header, recipient, reason);
  }

  /** The message in a language, made once a chunk; `undefined` where it can't be: then its kind is asked again. */
  async #prepared(language: Language): Promise<PreparedMessage | undefined> {
    const { monitor } = this.#chunk;
    const { transport, log } = this.#deps;
    const header = monitor.header;
    if (header === undefined) return undefined;
    const prepared = this.#preparedMessages.get(language) ?? transport.prepare(header.content, language);
    this.#preparedMessages.set(language, prepared);
    try {
      return await prepared;
    } catch (error) {
      log.warn('fanOut.notPrepared', { id: header.id, language, error });
      this.#hasFault = true;
      monitor.forget();
      await monitor.refresh().catch(() => undefined);
      return undefined;
    }
  }

  /** Keeps the claim, and learns of a pause, a cancellation and a change while the chunk lasts. */
  async #tick(over: AbortSignal): Promise<void> {
    const { monitor, recorder } = this.#chunk;
    const { time, log } = this.#deps;
    for (;;) {
      await time.sleep(tickMs);
      if (over.aborted) return;
      await recorder.renew();
      await monitor.refresh().catch((error: unknown) => {
        log.warn('fanOut.notMonitored', { error });
      });
    }
  }
}

/** Seconds to wait before the request; 0 where it may go. For somebody whom the bot never met Teams is not asked. */
async function permitFor(pace: Pace, recipient: Recipient): Promise<number> {
  if (recipient.way === 'mail') return pace.permit();
  // The activity feed has a pace of its own.
  if (recipient.way === 'chat' && recipient.by !== undefined) return 0;
  return recipient.chat === undefined ? 0 : pace.permit(recipient.chat.conversationId);
}
