import { whileConflicting, type Versioned } from '../../platform/commit.js';
import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Page } from '../../platform/pages.js';
import { requirePermission } from '../../people/permissions.js';
import { enqueueChunks, firstToEnqueue, openChunks, type ChunkQueue } from './chunk-queue.js';
import type { FanOut, FanOutView, RecipientLine, RecipientState } from './fan-out.js';
import { lineOf, withAgain, type Again, type FanOutHeader } from './header.js';
import type { FanOutKinds } from './kind.js';
import { recipientsPage } from './results.js';
import type { FanOutStore } from './store.js';
import { viewOf } from './view.js';

export interface FanOutServiceDeps extends ChunkQueue {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful' | 'names'>;
  readonly clock: Clock;
  readonly log: Log;
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

  /** The line of a fan-out under way counts what has ended by now, not only whole chunks. */
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
    move: (header: FanOutHeader) => FanOutHeader,
    enqueue?: 'first' | 'all',
  ): Promise<FanOutView> {
    requirePermission(actor, 'send:edit');
    const after = await whileConflicting(async () => {
      const before = await find(id);
      const moved = move(before.value);
      if (moved !== before.value) await store.commit(store.replace(before, moved));
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

    /** Takes effect within a second or two; what is on its way by then arrives. */
    pause: (actor: Actor, id: FanOutId): Promise<FanOutView> => change(actor, id, paused),

    resume: (actor: Actor, id: FanOutId): Promise<FanOutView> => change(actor, id, resumed, 'first'),

    /** The rest will not be sent. */
    cancel: (actor: Actor, id: FanOutId): Promise<FanOutView> => change(actor, id, cancelled, 'all'),

    /** Those that failed or are uncertain are sent once more. */
    async again(actor: Actor, id: FanOutId, status: Again): Promise<FanOutView> {
      requirePermission(actor, 'send:edit');
      const { value } = await find(id);
      const { counts } = await viewNow(value);
      const usefulness = await deps.kinds.stillUseful(value.content);
      // To say it now would only turn their true reason into "too late".
      const isUseful =
        usefulness.send &&
        (usefulness.usefulUntil === undefined ||
          Date.parse(usefulness.usefulUntil) > clock.now().epochMilliseconds);
      if (counts[status] === 0 || !isUseful) throw notAllowed(value);
      const sentAgain = (header: FanOutHeader): FanOutHeader => {
        const isOver = header.state.status === 'cancelled' || header.state.status === 'dropped';
        if (isOver || header.isForgotten) throw notAllowed(header);
        return withAgain(header, status);
      };
      return change(actor, id, sentAgain, 'first');
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
