import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { SendId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { requirePermission } from '../../people/permissions.js';
import { enqueueChunks, firstToEnqueue, openChunks, type ChunkQueue } from './chunk-queue.js';
import { lineOf, withAgain, type Again, type SendHeader } from './header.js';
import type { SendSource } from './ports.js';
import { recipientsPage } from './results.js';
import type { Send } from './fan-out.js';
import type { SendService, SendView } from './service.js';
import type { SendStore } from './store-port.js';
import { viewOf } from './view.js';

export interface SendServiceDeps extends ChunkQueue {
  readonly store: SendStore;
  readonly source: SendSource;
  readonly clock: Clock;
  readonly log: Log;
}

export function sendService(deps: SendServiceDeps): SendService {
  const { store } = deps;
  const view = async (id: SendId) => viewNow(deps, (await find(deps, id)).value);
  return {
    list: async (actor, after) => {
      requirePermission(actor, 'send:see');
      const page = await store.list(after);
      return { ...page, lines: await Promise.all(page.lines.map((line) => withCounts(deps, line))) };
    },
    get: async (actor, id) => {
      requirePermission(actor, 'send:see');
      return view(id);
    },
    recipients: async (actor, id, status, after) => {
      requirePermission(actor, 'send:see');
      return recipientsPage(deps, (await find(deps, id)).value, status, after);
    },
    pause: (actor, id) => change(deps, actor, id, paused),
    resume: (actor, id) => change(deps, actor, id, resumed, 'first'),
    cancel: (actor, id) => change(deps, actor, id, (header) => cancelled(header, deps.clock), 'all'),
    again: async (actor, id, status) => again(deps, actor, id, status),
  };
}

async function find({ store }: SendServiceDeps, id: SendId): Promise<Versioned<SendHeader>> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('send.notFound', { id });
  return found;
}

async function viewNow({ store, clock }: SendServiceDeps, header: SendHeader): Promise<SendView> {
  const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
  return viewOf(header, all, clock.now().epochMilliseconds);
}

/** The line of a send under way counts what has ended by now, not only whole chunks. */
async function withCounts(deps: SendServiceDeps, line: Send): Promise<Send> {
  if (line.state.status !== 'sending' && line.state.status !== 'paused') return line;
  const found = await deps.store.find(line.id);
  if (found === undefined) return line;
  const { counts } = await viewNow(deps, found.value);
  return { ...lineOf(found.value), counts };
}

function notAllowed({ id, state }: SendHeader): AppError {
  return new AppError('send.moveNotAllowed', { id, state: state.status });
}

function paused(header: SendHeader): SendHeader {
  if (header.state.status === 'paused') return header;
  if (header.state.status !== 'sending') throw notAllowed(header);
  return { ...header, state: { status: 'paused' } };
}

function resumed(header: SendHeader): SendHeader {
  if (header.state.status === 'sending') return header;
  if (header.state.status !== 'paused') throw notAllowed(header);
  return { ...header, state: { status: 'sending' } };
}

function cancelled(header: SendHeader, clock: Clock): SendHeader {
  const { status } = header.state;
  if (status === 'cancelled') return header;
  if (status !== 'sending' && status !== 'paused') throw notAllowed(header);
  return { ...header, state: { status: 'cancelled', at: clock.now().toString() } };
}

/** Changes the header, and calls the chunks that have something to do after it. Asking twice is asking once. */
async function change(
  deps: SendServiceDeps,
  actor: Actor,
  id: SendId,
  move: (header: SendHeader) => SendHeader,
  call?: 'first' | 'all',
): Promise<SendView> {
  requirePermission(actor, 'send:edit');
  const { store } = deps;
  const after = await whileConflicting(async () => {
    const before = await find(deps, id);
    const moved = move(before.value);
    if (moved !== before.value) await store.commit(store.replace(before, moved));
    return moved;
  });
  const all = await store.allProgress(after);
  const open = openChunks(after, all);
  const chunks = call === 'all' ? open.map(({ chunk }) => chunk) : firstToEnqueue(open);
  if (call !== undefined) await enqueueOrLeave(deps, after, chunks);
  return viewOf(after, all, deps.clock.now().epochMilliseconds);
}

/** What could not be called is found by the sweep. */
async function enqueueOrLeave(
  deps: SendServiceDeps,
  header: SendHeader,
  chunks: readonly number[],
): Promise<void> {
  await enqueueChunks(deps, header, chunks).catch((error: unknown) => {
    deps.log.warn('send.notCalled', { id: header.id, error });
  });
}

async function again(deps: SendServiceDeps, actor: Actor, id: SendId, status: Again): Promise<SendView> {
  requirePermission(actor, 'send:edit');
  const { value } = await find(deps, id);
  const { counts } = await viewNow(deps, value);
  const use = await deps.source.use(value.content);
  // To say it now would only turn their true reason into "too late".
  const isUseful =
    use.send &&
    (use.usefulUntil === undefined || Date.parse(use.usefulUntil) > deps.clock.now().epochMilliseconds);
  if (counts[status] === 0 || !isUseful) throw notAllowed(value);
  return change(
    deps,
    actor,
    id,
    (header) => {
      const isOver = header.state.status === 'cancelled' || header.state.status === 'dropped';
      if (isOver || header.isForgotten) throw notAllowed(header);
      return withAgain(header, status);
    },
    'first',
  );
}
