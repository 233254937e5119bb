import type { Language } from '../../shared/languages.js';
import type { Log } from '../../platform/log.js';
import type { Outcome } from '../outbox/message.js';
import { put } from './outcome.js';
import type { Pace, Time } from '../pacing/pace.js';
import type { Places } from '../semaphore.js';
import type { Carrier, Parcel } from './ports.js';
import type { Sheet } from './progress.js';
import type { Recorder } from './recorder.js';
import type { Recipient } from './fan-out.js';
import type { Watch } from './monitor.js';

interface Parts {
  readonly carrier: Carrier;
  readonly pace: Pace;
  /** The lanes of this instance: a place is held from the permit until what came of it is stored. */
  readonly places: Places;
  /** How many of them one chunk uses at most. */
  readonly most: number;
  readonly time: Time;
  readonly random: () => number;
  readonly log: Log;
  /** Set when the instance is to stop. */
  readonly stopped: AbortSignal;
}

interface Chunk {
  readonly watch: Watch;
  readonly sheet: Sheet;
  readonly recorder: Recorder;
  readonly recipients: readonly Recipient[];
}

/** Those who wait shorter than this are waited for; longer, and the chunk is let go meanwhile. Milliseconds. */
const worthHolding = 2_000;
const tickMs = 1_000;
/** When to look again at a chunk whose words could not be made, or whose source did not answer. */
const faultWaitMs = 30_000;

/** How it ended: everybody's end is stored; let go to be looked at then; paused; or somebody else's by now. */
export type RunEnd = 'ended' | 'paused' | 'lost' | { readonly lookAt: number };

/** Sends to those of one claimed chunk who are open, over several lanes side by side. */
export class ChunkRun {
  readonly #parts: Parts;
  readonly #chunk: Chunk;
  readonly #parcels = new Map<Language, Promise<Parcel>>();
  /** Open ones with the moment before which they are not to be tried, soonest last. */
  #waiting: { index: number; from: number }[] = [];
  #hasFault = false;

  constructor(parts: Parts, chunk: Chunk) {
    this.#parts = parts;
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

  /** Sends all who are due, and again those who had to wait a little. */
  async #rounds(): Promise<RunEnd> {
    const { watch, sheet, recorder } = this.#chunk;
    const { time } = this.#parts;
    for (;;) {
      const { verdict } = watch;
      if (typeof verdict === 'object') sheet.dropOpen(verdict.drop, time.now());
      if (typeof verdict === 'object') await recorder.stored();
      if (recorder.isLost) return 'lost';
      if (sheet.open === 0) return 'ended';
      if (verdict === 'pause') return this.#letGo(0, 'paused');
      if (this.#parts.stopped.aborted) return this.#letGo(0);
      if (this.#hasFault) return this.#letGo(time.now() + faultWaitMs);
      this.#waiting = sheet.waiting().sort((one, other) => other.from - one.from || other.index - one.index);
      const soonest = this.#waiting.at(-1)?.from ?? 0;
      const wait = soonest - time.now();
      if (wait > worthHolding) return this.#letGo(soonest);
      if (wait > 0) await time.sleep(wait);
      else await this.#sendDue();
    }
  }

  async #letGo(lookAt: number, end: RunEnd = { lookAt }): Promise<RunEnd> {
    const { recorder } = this.#chunk;
    await recorder.letGo(lookAt);
    return recorder.isLost ? 'lost' : end;
  }

  async #sendDue(): Promise<void> {
    await this.#chunk.recorder.renew();
    const lanes = Math.min(this.#parts.most, this.#waiting.length);
    await Promise.all(Array.from({ length: lanes }, () => this.#lane()));
  }

  /** One at a time: the next is taken only when what came of the last one is stored. */
  async #lane(): Promise<void> {
    const { places } = this.#parts;
    while (this.#goes()) {
      await places.take();
      try {
        const index = this.#goes() ? this.#next() : undefined;
        if (index === undefined) return;
        await this.#one(index);
      } finally {
        places.giveBack();
      }
    }
  }

  #goes(): boolean {
    const { watch, recorder } = this.#chunk;
    const mayGo = watch.verdict === 'go' && recorder.mayLeave;
    return mayGo && !this.#hasFault && !this.#parts.stopped.aborted;
  }

  #next(): number | undefined {
    const soonest = this.#waiting.at(-1);
    if (soonest === undefined || soonest.from > this.#parts.time.now()) return undefined;
    this.#waiting.pop();
    return soonest.index;
  }

  async #one(index: number): Promise<void> {
    const { sheet, recorder, recipients } = this.#chunk;
    const { pace, time, random } = this.#parts;
    const recipient = recipients[index];
    if (recipient === undefined) {
      sheet.end(index, 'failed', time.now(), 'noRecipient');
      return recorder.stored();
    }
    const parcel = await this.#parcel(recipient.language);
    if (parcel === undefined) return;
    recorder.leaves();
    const wait = await permitFor(pace, recipient);
    if (!this.#goes()) {
      recorder.stays();
      return;
    }
    if (wait > 0) {
      // Nothing left: it is no attempt, and needs not to be stored.
      sheet.wait(index, { attempts: sheet.attempts(index), retryAt: time.now() + wait * 1_000 });
      recorder.stays();
      return;
    }
    const outcome = await this.#carry(parcel, recipient);
    put(sheet, index, outcome, time.now(), random());
    await recorder.comesBack();
  }

  async #carry(parcel: Parcel, recipient: Recipient): Promise<Outcome> {
    try {
      return await this.#parts.carrier.send(parcel, recipient);
    } catch (error) {
      this.#parts.log.error('send.carrierThrew', { key: recipient.key, error });
      return { result: 'retry', reason: 'internal' };
    }
  }

  /** The words in a language, made once a chunk; `undefined` where they can't be made: then the source is asked anew. */
  async #parcel(language: Language): Promise<Parcel | undefined> {
    const { watch } = this.#chunk;
    const { carrier, log } = this.#parts;
    const header = watch.header;
    if (header === undefined) return undefined;
    const parcel = this.#parcels.get(language) ?? carrier.prepare(header.content, language);
    this.#parcels.set(language, parcel);
    try {
      return await parcel;
    } catch (error) {
      log.warn('send.notPrepared', { id: header.id, language, error });
      this.#hasFault = true;
      watch.forget();
      await watch.refresh().catch(() => undefined);
      return undefined;
    }
  }

  /** Keeps the claim, and learns of a pause, a call back and a change while the chunk lasts. */
  async #tick(over: AbortSignal): Promise<void> {
    const { watch, recorder } = this.#chunk;
    const { time, log } = this.#parts;
    for (;;) {
      await time.sleep(tickMs);
      if (over.aborted) return;
      await recorder.renew();
      await watch.refresh().catch((error: unknown) => {
        log.warn('send.notWatched', { error });
      });
    }
  }
}

/** Nothing is asked of the other side for somebody whom the bot never met. */
async function permitFor(pace: Pace, recipient: Recipient): Promise<number> {
  if (recipient.way === 'mail') return pace.permit();
  return recipient.chat === undefined ? 0 : pace.permit(recipient.chat.conversationId);
}
