import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import { freshId, type FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { refusalOf, type DeliveryKind, type PayloadOf } from '../outbox/kind.js';
import { mayHaveLeft, type Outcome } from '../outbox/message.js';
import type { Departures } from '../departures.js';
import { enqueuedAtOnce, enqueueChunks, type ChunkQueue } from './chunk-queue.js';
import { isUnsettled, type Chunk, type FanOutHeader } from './fan-out.js';
import {
  fanOutRequest,
  type FanOutContent,
  type FanOutKind,
  type FanOutKinds,
  type Usefulness,
  ways,
  type DropReason,
  type Recipient,
  type Way,
} from './kind.js';
import { ChunkProgress, isEnded, newProgress, settledOf } from './progress.js';
import type { FanOutStore } from './store.js';

export interface ExpandingDeps extends ChunkQueue {
  readonly store: FanOutStore;
  readonly kinds: FanOutKinds;
  readonly clock: Clock;
  readonly log: Log;
  readonly departures: Pick<Departures, 'doubtfulUntil'>;
  /** Recipients in a chunk, by transport. */
  readonly chunkSizes: Readonly<Record<Way, number>>;
}

/** Of the JSON of one chunk's recipients: below what a row takes. */
const maxCharacters = 400_000;

interface Due {
  readonly id: FanOutId;
  readonly kind: FanOutKind;
  readonly content: FanOutContent;
  readonly dueAt: string;
  /** An earlier attempt died, and may have left rows that nobody will send. */
  readonly isRepeated: boolean;
  /** It may have been sent before a restore: everybody is named as uncertain, and nothing leaves until a person asks. */
  readonly isDoubtful: boolean;
}

/**
 * Turns the one message of a fan-out into its recipients. Several workers may do so at once: each writes rows of its own,
 * and the header, inserted last, names whose chunks are sent. Nothing is sent before.
 */
export function fanOutDelivery(deps: ExpandingDeps): DeliveryKind<PayloadOf<typeof fanOutRequest>> {
  return {
    ...fanOutRequest,
    afterCrash: 'repeat',
    // The recipients are written down, so that people see who they are; see `Due.isDoubtful`.
    afterRestore: 'run',
    handle: async ({ sendId, content: stored }, message) => {
      const { dueAt, state } = message;
      const kind = deps.kinds.find(stored.kind);
      if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
      const content = kind.payload.safeParse(stored);
      if (!content.success) return { result: 'failed', reason: refusalOf(content.error) };
      const isRepeated = state.status === 'pending' && state.attempts > 1;
      const due = {
        id: sendId,
        kind,
        content: content.data,
        dueAt,
        isRepeated,
        isDoubtful: mayHaveLeft(message),
      };
      return (await expandOnce(deps, due)) ?? { result: 'sent' };
    },
  };
}

type Postponed = Extract<Outcome, { result: 'postponed' }>;

/** What to do with a fan-out that must not be sent at this moment: wait, or drop it where the wait would be too long. */
function withQuiet(usefulness: Usefulness, { clock }: ExpandingDeps): Usefulness | Postponed {
  if (!usefulness.send || usefulness.notBefore === undefined) return usefulness;
  const until = Date.parse(usefulness.notBefore);
  if (until <= clock.now().epochMilliseconds) return usefulness;
  const isTooLong = usefulness.usefulUntil !== undefined && Date.parse(usefulness.usefulUntil) <= until;
  if (isTooLong) return { send: false, reason: 'late' };
  return { result: 'postponed', reason: 'quietHours', at: usefulness.notBefore };
}

/** Of what may have been sent before a restore nobody can say that it came too late: its recipients are named. */
async function usefulnessOf(deps: ExpandingDeps, due: Due): Promise<Usefulness | Postponed> {
  const usefulness = await due.kind.stillUseful(due.content);
  if (!due.isDoubtful) return withQuiet(usefulness, deps);
  return !usefulness.send && usefulness.reason === 'late' ? { send: true } : usefulness;
}

/** @returns until when to wait, where nobody may be disturbed before. */
async function expandOnce(deps: ExpandingDeps, due: Due): Promise<Postponed | undefined> {
  const { store, log } = deps;
  const current = await store.find(due.id);
  if (current !== undefined) {
    if (due.isRepeated) await store.clean(current.value);
    return undefined;
  }
  const usefulness = await usefulnessOf(deps, due);
  if ('result' in usefulness) return usefulness;
  const header = usefulness.send ? await expand(deps, due) : droppedHeader(deps, due, usefulness.reason);
  if (!(await insert(deps, header))) return undefined;
  log.info('fanOut.began', {
    id: due.id,
    kind: due.content.kind,
    chunks: header.chunks.length,
    ...header.state,
  });
  if (due.isRepeated) await store.clean(header);
  if (!isUnsettled(header)) return undefined;
  const first = header.chunks.slice(0, enqueuedAtOnce).map((_, chunk) => chunk);
  await enqueueChunks(deps, header, first).catch((error: unknown) => {
    log.warn('fanOut.notEnqueued', { id: due.id, error });
  });
  return undefined;
}

/** Writes the recipients, and gives the header that would make them the fan-out's. */
async function expand(deps: ExpandingDeps, due: Due): Promise<FanOutHeader> {
  const { store, clock, chunkSizes, departures } = deps;
  const chunks = inChunks(await due.kind.recipients(due.content), chunkSizes);
  const now = clock.now();
  const expansion = freshId();
  const doubtfulUntil = Date.parse((await departures.doubtfulUntil()) ?? '') || 0;
  const progress = chunks.map(({ recipients }, chunk) => {
    const { length } = recipients;
    if (!due.isDoubtful) return newProgress(chunk, length, now.epochMilliseconds, doubtfulUntil);
    const fresh = newProgress(chunk, length, now.epochMilliseconds);
    const chunkProgress = new ChunkProgress(fresh, now.epochMilliseconds);
    chunkProgress.doubt(now.epochMilliseconds, doubtfulUntil);
    return chunkProgress.written(0);
  });
  await store.putChunks(
    { id: due.id, expansion },
    chunks.map(({ recipients }) => recipients),
    progress,
  );
  const at = now.toString();
  const stored = chunks.map(({ way, recipients: { length: size } }, index): Chunk => {
    const ended = progress[index];
    return ended !== undefined && isEnded(ended) ? { way, size, settled: settledOf(ended) } : { way, size };
  });
  return {
    ...headOf(due, at),
    state: isUnsettled({ chunks: stored }) ? { status: 'sending' } : { status: 'done', at },
    expansion,
    chunks: stored,
  };
}

function droppedHeader({ clock }: ExpandingDeps, due: Due, reason: DropReason): FanOutHeader {
  const at = clock.now().toString();
  return { ...headOf(due, at), state: { status: 'dropped', at, reason }, expansion: '', chunks: [] };
}

function headOf({ id, content, dueAt }: Due, startedAt: string) {
  return { id, content, dueAt, startedAt, again: [] };
}

/** Whether it is this expansion that is sent; another one's worker may have been faster. */
async function insert({ store }: ExpandingDeps, header: FanOutHeader): Promise<boolean> {
  try {
    await store.commit(store.insert(header));
    return true;
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
    const winner = await store.find(header.id);
    if (winner !== undefined) await store.clean(winner.value);
    return false;
  }
}

interface NewChunk {
  readonly way: Way;
  readonly recipients: readonly Recipient[];
}

/** Each key once; recipients of one transport together, because each transport has its own pace. */
function inChunks(all: readonly Recipient[], sizes: ExpandingDeps['chunkSizes']): NewChunk[] {
  const once = [...new Map(all.map((recipient) => [recipient.key, recipient])).values()];
  return ways.flatMap((way) => {
    const chunks: Recipient[][] = [];
    let characters = Infinity;
    for (const recipient of once.filter((each) => each.way === way)) {
      const size = JSON.stringify(recipient).length;
      characters += size;
      if (characters > maxCharacters || chunks.at(-1)?.length === sizes[way]) {
        chunks.push([]);
        characters = size;
      }
      chunks.at(-1)?.push(recipient);
    }
    return chunks.map((recipients) => ({ way, recipients }));
  });
}
