import { nothingSettled, type Again, type Settled, type RecipientState } from './fan-out.js';
import type { DropReason, SendOutcome } from './kind.js';

/** One letter for each state. */
const letters = {
  o: 'open',
  s: 'sent',
  g: 'undeliverable',
  f: 'failed',
  u: 'uncertain',
  d: 'dropped',
} as const;
type Letter = keyof typeof letters;
/**
 * Open, and about to leave: stored before the request goes, so that a worker that dies leaves behind who may have got it
 * already. Whoever takes the chunk over finds them uncertain.
 */
const leaving = 'l';
type Mark = Letter | typeof leaving;

const isOpenMark = (mark: string | undefined): boolean => mark === 'o' || mark === leaving;
type Ended = Exclude<(typeof letters)[Letter], 'open'>;

const letterOf = Object.fromEntries(
  Object.entries(letters).map(([letter, status]) => [status, letter]),
) as Readonly<Record<(typeof letters)[Letter], Letter>>;

/** What a letter does not show: attempts and the last fault of an open one, the reason of an ended one. */
export interface Note {
  readonly attempts?: number;
  /** Milliseconds since 1970. */
  readonly retryAt?: number;
  readonly reason?: string;
}

/**
 * How far a chunk has come, kept small because it is written again with each group of results: a letter and a time
 * for each recipient, and notes for the few with more details. Times are milliseconds since 1970.
 */
export interface Progress {
  readonly chunk: number;
  /** Until then it belongs to the worker that wrote it; 0 where it is nobody's. */
  readonly claimedUntil: number;
  /** Not to be worked on before, where it is nobody's. */
  readonly nextAttemptAt: number;
  /** How many of the header's requests to send again it has handled. */
  readonly again: number;
  /** Whether a worker has ended or unclaimed it before: then it has enqueued the next one too. */
  readonly called: boolean;
  /** A letter for each: {@link letters}, or `l` for one about to leave. */
  readonly states: string;
  /** The moment from which `at` counts. */
  readonly base: number;
  /** Milliseconds after `base` at which each one ended; 0 for an open one. */
  readonly at: readonly number[];
  readonly notes: Readonly<Record<number, Note>>;
  /** Up to which restore those who may have got it already were found uncertain; those who are open since then are to be sent to. */
  readonly doubted?: number;
}

/** @param doubted the restore that is known, as {@link Progress.doubted} */
export function newProgress(chunk: number, size: number, base: number, doubted = 0): Progress {
  const at = Array.from({ length: size }, () => 0);
  const states = 'o'.repeat(size);
  const progress = { chunk, claimedUntil: 0, nextAttemptAt: 0, again: 0, called: false, states, base, at };
  return { ...progress, notes: {}, ...(doubted > 0 && { doubted }) };
}

/** Whether a restore that is known may have undone what this chunk had sent. @param doubtfulUntil milliseconds, 0 for none */
export function isToDoubt({ doubted = 0 }: Progress, doubtfulUntil: number): boolean {
  return doubtfulUntil > doubted;
}

export function isEnded({ states }: Progress): boolean {
  return !states.includes('o') && !states.includes(leaving);
}

export function settledOf({ states }: Progress): Settled {
  const settled = { ...nothingSettled };
  for (const mark of states) {
    const state = isOpenMark(mark) ? 'open' : letters[mark as Letter];
    if (state !== 'open') settled[state] += 1;
  }
  return settled;
}

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The state of one recipient. */
export function stateOf({ states, at, base, notes }: Progress, index: number): RecipientState {
  const mark = states.charAt(index);
  const status = isOpenMark(mark) ? 'open' : letters[mark as Letter];
  const { attempts = 0, retryAt, reason } = notes[index] ?? {};
  if (status === 'open') {
    return {
      status,
      attempts,
      ...(retryAt !== undefined && { retryAt: isoOf(retryAt) }),
      ...(reason !== undefined && { lastFault: reason }),
    };
  }
  const ended = isoOf(base + (at[index] ?? 0));
  if (status === 'sent') return { status, at: ended };
  if (status === 'dropped') return { status, at: ended, reason: (reason ?? 'cancelled') as DropReason };
  return { status, at: ended, reason: reason ?? '' };
}

/** How many ended since a moment. */
export function endedSince({ states, at, base }: Progress, since: number): number {
  return at.filter((each, index) => !isOpenMark(states.charAt(index)) && base + each >= since).length;
}

/** Attempts in all; with the waits between them a recipient is tried for more than an hour. */
const maxAttempts = 8;
const firstWait = 1_000;
const growth = 4;
const longestWait = 3_600_000;
const longestAsked = 86_400_000;

/**
 * Milliseconds to wait after so many attempts: 1 s, 4 s, 16 s ... an hour, each shortened at random by up to half. Where
 * the other side named a time it is never shortened but lengthened by up to a tenth, and counts for at most a day.
 * @param random a number from 0 up to 1
 */
function waitAfter(attempts: number, askedSeconds: number | undefined, random: number): number {
  if (askedSeconds !== undefined) return Math.min(askedSeconds * 1_000, longestAsked) * (1 + random / 10);
  return Math.min(firstWait * growth ** Math.max(0, attempts - 1), longestWait) * (1 - random / 2);
}

/** The progress of one chunk while a worker holds it. */
export class ChunkProgress {
  readonly #chunk: number;
  readonly #base: number;
  readonly #states: Mark[];
  readonly #at: number[];
  readonly #notes: Map<number, Note>;
  #again: number;
  readonly #called: boolean;
  #doubted: number;
  #open: number;

  /** @param now milliseconds since 1970: when those whom a dead worker left behind are found uncertain */
  constructor(progress: Progress, now: number) {
    this.#chunk = progress.chunk;
    this.#base = progress.base;
    this.#states = Array.from(progress.states) as Mark[];
    this.#at = [...progress.at];
    this.#notes = new Map(Object.entries(progress.notes).map(([index, note]) => [Number(index), note]));
    this.#again = progress.again;
    this.#called = progress.called;
    this.#open = this.#states.filter(isOpenMark).length;
    this.#doubted = progress.doubted ?? 0;
    this.#states.forEach((mark, index) => {
      if (mark === leaving) this.end(index, 'uncertain', now, 'interrupted');
    });
  }

  get open(): number {
    return this.#open;
  }

  get again(): number {
    return this.#again;
  }

  /** Whether a worker has ended or unclaimed it before, and enqueued the next one. */
  get hasEnqueuedNext(): boolean {
    return this.#called;
  }

  isOpen(index: number): boolean {
    return isOpenMark(this.#states[index]);
  }

  #attempts(index: number): number {
    return this.#notes.get(index)?.attempts ?? 0;
  }

  /** The open ones, each with the moment before which it is not to be tried. */
  waiting(): { readonly index: number; readonly from: number }[] {
    return this.#states.flatMap((letter, index) =>
      letter === 'o' ? [{ index, from: this.#notes.get(index)?.retryAt ?? 0 }] : [],
    );
  }

  /** To be stored before the request goes; {@link apply}, {@link postpone} and {@link stay} take it back. */
  leave(index: number): void {
    this.#states[index] = leaving;
  }

  /** It did not leave after all, and is open as before. */
  stay(index: number): void {
    this.#states[index] = 'o';
  }

  /** @param now milliseconds since 1970 */
  end(index: number, status: Ended, now: number, reason?: string): void {
    if (this.isOpen(index)) this.#open -= 1;
    this.#states[index] = letterOf[status];
    this.#at[index] = Math.max(0, now - this.#base);
    if (reason === undefined) this.#notes.delete(index);
    else this.#notes.set(index, { reason });
  }

  /** Records the outcome of one attempt. @param now milliseconds since 1970 @param random from 0 up to 1 */
  apply(index: number, outcome: SendOutcome, now: number, random: number): void {
    const attempts = this.#attempts(index) + 1;
    if (outcome.result === 'sent') this.end(index, 'sent', now);
    else if (outcome.result === 'waits') this.end(index, 'undeliverable', now, outcome.reason);
    else if (outcome.result === 'postponed') {
      const { at, afterSeconds } = outcome;
      this.postpone(index, at === undefined ? now + waitAfter(1, afterSeconds, random) : Date.parse(at));
    } else if (outcome.result !== 'retry') this.end(index, outcome.result, now, outcome.reason);
    else if (attempts >= maxAttempts) this.end(index, 'failed', now, outcome.reason);
    else {
      const { afterSeconds, at, reason } = outcome;
      const retryAt = at === undefined ? now + waitAfter(attempts, afterSeconds, random) : Date.parse(at);
      this.stay(index);
      this.#notes.set(index, { attempts, retryAt: Math.ceil(retryAt), reason });
    }
  }

  /** It stays open without an attempt, and is tried from then on. */
  postpone(index: number, retryAt: number): void {
    this.stay(index);
    this.#notes.set(index, { attempts: this.#attempts(index), retryAt });
  }

  dropOpen(reason: DropReason, now: number): void {
    for (const { index } of this.waiting()) this.end(index, 'dropped', now, reason);
  }

  /** Reopens the recipients for whom a person has asked to send again since. */
  follow(again: readonly Again[]): void {
    for (const asked of again.slice(this.#again)) {
      this.#states.forEach((mark, index) => {
        if (mark === leaving || letters[mark] !== asked) return;
        this.#states[index] = 'o';
        this.#at[index] = 0;
        this.#notes.delete(index);
        this.#open += 1;
      });
    }
    this.#again = Math.max(this.#again, again.length);
  }

  /**
   * Finds uncertain who is open and may have got it before a restore, once for each; who was to be tried only later got nothing.
   * @param now milliseconds since 1970 @param until up to which moment something may have left that is not stored; 0 for none
   */
  doubt(now: number, until: number): void {
    if (until <= this.#doubted) return;
    this.#doubted = until;
    for (const { index, from } of this.waiting())
      if (from <= until) this.end(index, 'uncertain', now, 'restored');
  }

  /** As it is to be written. @param claimedUntil 0 where it is unclaimed */
  written(claimedUntil: number, nextAttemptAt = 0): Progress {
    return {
      chunk: this.#chunk,
      claimedUntil,
      nextAttemptAt,
      again: this.#again,
      called: this.#called || claimedUntil === 0,
      states: this.#states.join(''),
      base: this.#base,
      at: [...this.#at],
      notes: Object.fromEntries(this.#notes),
      ...(this.#doubted > 0 && { doubted: this.#doubted }),
    };
  }
}
