import type { SendId } from '../../platform/ids.js';
import type { Send, SendContent, SendCounts, Way } from './fan-out.js';

/** How many recipients of a chunk ended how. */
export type Settled = Omit<SendCounts, 'total' | 'open'>;

/** A part of a send that one worker sends as a whole: recipients of one way. */
export interface Chunk {
  readonly way: Way;
  readonly size: number;
  /** Absent while somebody of it is open. Set as a whole, so that telling it twice counts once. */
  readonly settled?: Settled;
}

/** What people asked to be sent once more, in the order in which they asked. */
export type Again = 'failed' | 'uncertain';

/** A send as it is stored, without its recipients. */
export interface SendHeader {
  readonly id: SendId;
  readonly content: SendContent;
  readonly dueAt: string;
  readonly startedAt: string;
  readonly state: Send['state'];
  /** Names the rows of its recipients: a worker that expanded the send too, but later, left others. */
  readonly expansion: string;
  readonly chunks: readonly Chunk[];
  readonly again: readonly Again[];
  /** Its recipients are erased, and it can't be sent again; what came of them is left as counts. */
  readonly isForgotten?: true;
}

export const nothingSettled: Settled = { sent: 0, gone: 0, failed: 0, uncertain: 0, dropped: 0 };

const ends = ['sent', 'gone', 'failed', 'uncertain', 'dropped'] as const;

export function sumOf(all: readonly Settled[]): Settled {
  const sum = { ...nothingSettled };
  for (const each of all) for (const end of ends) sum[end] += each[end];
  return sum;
}

/** Counts of which the open ones are what is left. */
export function countsOf(total: number, settled: Settled): SendCounts {
  const ended = ends.reduce((sum, end) => sum + settled[end], 0);
  return { total, open: total - ended, ...settled };
}

export function totalOf({ chunks }: SendHeader): number {
  return chunks.reduce((sum, { size }) => sum + size, 0);
}

/** The send as the list shows it: counted by the chunks that have ended. */
export function lineOf(header: SendHeader): Send {
  const { id, content, dueAt, startedAt, state } = header;
  const settled = sumOf(header.chunks.map((chunk) => chunk.settled ?? nothingSettled));
  return { id, content, dueAt, startedAt, state: state, counts: countsOf(totalOf(header), settled) };
}

/** Whether a worker has still something to do for it. */
export function isUnsettled({ chunks }: Pick<SendHeader, 'chunks'>): boolean {
  return chunks.some(({ settled }) => settled === undefined);
}

/** The header with chunks that have ended; the last one ends the send, unless it was called back. */
export function withSettled(header: SendHeader, ended: ReadonlyMap<number, Settled>, at: string): SendHeader {
  const chunks = header.chunks.map((chunk, index) => {
    const settled = ended.get(index);
    return settled === undefined ? chunk : { ...chunk, settled };
  });
  const isDone = header.state.status !== 'cancelled' && !isUnsettled({ chunks });
  return { ...header, chunks, ...(isDone && { state: { status: 'done', at } }) };
}

/** The header where those who ended so are to be sent to once more. */
export function withAgain(header: SendHeader, again: Again): SendHeader {
  const chunks = header.chunks.map((chunk): Chunk => {
    const { settled, ...reopened } = chunk;
    return settled !== undefined && settled[again] > 0 ? reopened : chunk;
  });
  const state = header.state.status === 'paused' ? 'paused' : 'sending';
  return { ...header, chunks, again: [...header.again, again], state: { status: state } };
}
