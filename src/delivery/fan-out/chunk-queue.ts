import type { FanOutId } from '../../platform/ids.js';
import { queueText, referenceFor, type Signal } from '../queue-work.js';
import type { Queue } from '../../platform/queue.js';
import { isUnsettled, type FanOutHeader } from './fan-out.js';
import { isEnded, type Progress } from './progress.js';
import type { Way } from './kind.js';

/**
 * How many chunks of one fan-out are enqueued at first; each that ends enqueues one more. So a small one never waits behind all
 * the chunks of a large one.
 */
export const enqueuedAtOnce = 8;
const maxAtOnce = 16;

/** A message of the queue: which chunk is to be worked on. The transport only decides which limit applies. */
export interface ChunkReference {
  readonly id: FanOutId;
  readonly chunk: number;
  readonly way: Way;
}

const pattern = /^([0-9a-f]{26})\.(\d{1,6})\.(chat|channel|mail)$/;

export function chunkReferenceOf(programme: string, text: string): ChunkReference | undefined {
  const [, id, chunk, way] = pattern.exec(referenceFor(programme, text, pattern) ?? '') ?? [];
  return id === undefined ? undefined : { id: id as FanOutId, chunk: Number(chunk), way: way as Way };
}

export interface ChunkQueue {
  readonly queue: Queue;
  /** The programme's id, which is part of each queue message. */
  readonly programme: string;
  /** Wakes the worker of this instance. */
  readonly signal: Signal;
}

/** Puts chunks on the queue. Losing one costs time only: the sweep finds it. */
export async function enqueueChunks(
  { queue, signal, programme }: ChunkQueue,
  header: FanOutHeader,
  chunks: readonly number[],
  afterSeconds = 0,
): Promise<void> {
  for (let from = 0; from < chunks.length; from += maxAtOnce) {
    const some = chunks.slice(from, from + maxAtOnce);
    const text = (chunk: number) =>
      queueText(programme, `${header.id}.${String(chunk)}.${header.chunks[chunk]?.way ?? 'chat'}`);
    await Promise.all(some.map((chunk) => queue.send(text(chunk), afterSeconds)));
    if (afterSeconds === 0) signal.ring();
  }
}

/** The chunks on which there is work: open, or to be opened again. */
export function openChunks(header: FanOutHeader, all: readonly Progress[]): readonly Progress[] {
  if (!isUnsettled(header)) return [];
  return all.filter((progress) => {
    const isDone = isEnded(progress) && progress.again >= header.again.length;
    return header.chunks[progress.chunk]?.settled === undefined && !isDone;
  });
}

/** Those of the open chunks with which to begin, or to go on when nobody works on the fan-out. */
export function firstToEnqueue(open: readonly Progress[]): readonly number[] {
  const waiting = open.filter(({ called }) => called);
  const fresh = open.filter(({ called }) => !called).slice(0, enqueuedAtOnce);
  return [...waiting, ...fresh].map(({ chunk }) => chunk);
}
