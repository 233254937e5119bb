import type { FanOutId } from '../../platform/ids.js';
import type { FanOut, FanOutCounts, Way } from './fan-out.js';
import type { FanOutContent } from './kind.js';

/** How many recipients of a chunk ended how. */
export type Settled = Omit<FanOutCounts, 'total' | 'open'>;

/** A part of a fan-out that one worker sends as a whole: recipients of one way. */
export interface Chunk {
  readonly way: Way;
  readonly size: number;
  /** Absent while somebody of it is open. Set as a whole, so that saying it twice counts once. */
  readonly settled?: Settled;
}

/** What people asked to be sent once more, in the order in which they asked. */
export type Again = 'failed' | 'uncertain';

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

/** The header where those who ended so are to be sent to once more. */
export function withAgain(header: FanOutHeader, again: Again): FanOutHeader {
  const chunks = header.chunks.map((chunk): Chunk => {
    const { settled, ...reopened } = chunk;
    return settled !== undefined && settled[again] > 0 ? reopened : chunk;
  });
  const state = header.state.status === 'paused' ? 'paused' : 'sending';
  return { ...header, chunks, again: [...header.again, again], state: { status: state } };
}
