import type { FanOutId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { DropReason, FanOutContent, Way } from './kind.js';

/**
 * What came of one recipient. `open` is still to be sent (again after `retryAt`), the others are final unless a person
 * asks for them again. `dropped` never left: too late, superseded by a change, or called back.
 */
export type RecipientState =
  | {
      readonly status: 'open';
      readonly attempts: number;
      readonly retryAt?: string;
      readonly lastFault?: string;
    }
  | { readonly status: 'sent'; readonly at: string }
  | {
      readonly status: 'undeliverable' | 'failed' | 'uncertain';
      readonly at: string;
      readonly reason: string;
    }
  | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };

export type FanOutStatus = 'sending' | 'paused' | 'cancelled' | 'done' | 'dropped';

export interface FanOutCounts {
  readonly total: number;
  readonly open: number;
  readonly sent: number;
  readonly undeliverable: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly dropped: number;
}

/** One fan-out: what, to how many, and how far it has come. Times are ISO instants. */
export interface FanOut {
  readonly id: FanOutId;
  readonly content: FanOutContent;
  /** When it was to leave. */
  readonly dueAt: string;
  readonly startedAt: string;
  /** `dropped`: nobody was sent anything, for this reason. */
  readonly state:
    | { readonly status: 'sending' | 'paused' }
    | { readonly status: 'cancelled' | 'done'; readonly at: string }
    | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };
  readonly counts: FanOutCounts;
}

/** A recipient with what came of them, for the list of results. */
export interface RecipientLine {
  readonly key: string;
  /** Absent for a contact who is there no more. */
  readonly name?: string;
  readonly way: Way;
  readonly language: Language;
  readonly state: RecipientState;
}

/** A fan-out with its pace, as somebody who watches it sees it. */
export interface FanOutView extends FanOut {
  /** Recipients settled in a second, over the last half minute or so. */
  readonly rate: number;
  /** Estimate in seconds; absent where nothing moves. */
  readonly secondsLeft?: number;
  /** It ended so long ago that its recipients are erased. */
  readonly isForgotten?: true;
  /** Counted reasons of what did not arrive, most frequent first. */
  readonly reasons: readonly {
    readonly status: RecipientState['status'];
    readonly reason: string;
    readonly count: number;
  }[];
}

/** How many recipients of a chunk ended how. */
export type Settled = Omit<FanOutCounts, 'total' | 'open'>;

/** A part of a fan-out that one worker sends as a whole: recipients of one transport. */
export interface Chunk {
  readonly way: Way;
  readonly size: number;
  /** Absent while somebody of it is open. Set as a whole, so that saying it twice counts once. */
  readonly settled?: Settled;
}

/** What people asked to be sent once more, in the order in which they asked. */
export type Again = 'failed' | 'uncertain';

/** What somebody did to a fan-out while or after it was sent. */
export type FanOutEvent =
  | { readonly action: 'pause' | 'resume' | 'cancel' }
  | { readonly action: 'again'; readonly status: Again };

/** A fan-out as it is stored, without its recipients. */
export interface FanOutHeader {
  readonly id: FanOutId;
  readonly content: FanOutContent;
  readonly dueAt: string;
  readonly startedAt: string;
  readonly state: FanOut['state'];
  /** Names the rows of its recipients: a worker that expanded it too, but later, left others. */
  readonly expansion: string;
  readonly chunks: readonly Chunk[];
  readonly again: readonly Again[];
  /** Which restore was known when the last of them was asked for: milliseconds since 1970, as `Progress.doubted`. */
  readonly againKnowing?: number;
  /** Its recipients are erased, and it can't be sent again; what came of them is left as counts. */
  readonly isForgotten?: true;
}

export const nothingSettled: Settled = { sent: 0, undeliverable: 0, failed: 0, uncertain: 0, dropped: 0 };

const ends = ['sent', 'undeliverable', 'failed', 'uncertain', 'dropped'] as const;

export function sumOf(all: readonly Settled[]): Settled {
  const sum = { ...nothingSettled };
  for (const each of all) for (const end of ends) sum[end] += each[end];
  return sum;
}

/** Counts of which the open ones are what is left. */
export function countsOf(total: number, settled: Settled): FanOutCounts {
  const ended = ends.reduce((sum, end) => sum + settled[end], 0);
  return { total, open: total - ended, ...settled };
}

export function totalOf({ chunks }: FanOutHeader): number {
  return chunks.reduce((sum, { size }) => sum + size, 0);
}

/** The fan-out as the list shows it: counted by the chunks that have ended. */
export function lineOf(header: FanOutHeader): FanOut {
  const { id, content, dueAt, startedAt, state } = header;
  const settled = sumOf(header.chunks.map((chunk) => chunk.settled ?? nothingSettled));
  return { id, content, dueAt, startedAt, state, counts: countsOf(totalOf(header), settled) };
}

/** Whether a worker has still something to do for it. */
export function isUnsettled({ chunks }: Pick<FanOutHeader, 'chunks'>): boolean {
  return chunks.some(({ settled }) => settled === undefined);
}

/** The header with chunks that have ended; the last one ends the fan-out, unless it was called back. */
export function withSettled(
  header: FanOutHeader,
  ended: ReadonlyMap<number, Settled>,
  at: string,
): FanOutHeader {
  const chunks = header.chunks.map((chunk, index) => {
    const settled = ended.get(index);
    return settled === undefined ? chunk : { ...chunk, settled };
  });
  const isDone = header.state.status !== 'cancelled' && !isUnsettled({ chunks });
  return { ...header, chunks, ...(isDone && { state: { status: 'done', at } }) };
}

/** The header where those who ended so are to be sent to once more. @param knowing see {@link FanOutHeader.againKnowing} */
export function withAgain(header: FanOutHeader, again: Again, knowing: number): FanOutHeader {
  const chunks = header.chunks.map((chunk): Chunk => {
    const { settled, ...reopened } = chunk;
    return settled !== undefined && settled[again] > 0 ? reopened : chunk;
  });
  const state = header.state.status === 'paused' ? 'paused' : 'sending';
  const asked = knowing > 0 ? { againKnowing: knowing } : {};
  return { ...header, chunks, again: [...header.again, again], ...asked, state: { status: state } };
}
