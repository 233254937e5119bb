import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { SendId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { callChunks, firstCalls, openChunks, type Calling } from './chunk-queue.js';
import { lineOf, withAgain, type Again, type SendHeader } from './header.js';
import type { SendSource } from './ports.js';
import { recipientsPage } from './results.js';
import type { Send } from './fan-out.js';
import type { SendService, SendView } from './service.js';
import type { SendStore } from './store-port.js';
import { viewOf } from './view.js';

export interface SendServiceParts extends Calling {
  readonly store: SendStore;
  readonly source: SendSource;
  readonly clock: Clock;
  readonly log: Log;
}

export function sendService(parts: SendServiceParts): SendService {
  const { store } = parts;
  const view = async (id: SendId) => viewNow(parts, (await find(parts, id)).value);
  return {
    list: async (actor, after) => {
      demand(actor, 'send:see');
      const page = await store.list(after);
      return { ...page, lines: await Promise.all(page.lines.map((line) => withCounts(parts, line))) };
    },
    get: async (actor, id) => {
      demand(actor, 'send:see');
      return view(id);
    },
    recipients: async (actor, id, is, after) => {
      demand(actor, 'send:see');
      return recipientsPage(parts, (await find(parts, id)).value, is, after);
    },
    pause: (actor, id) => change(parts, actor, id, paused),
    resume: (actor, id) => change(parts, actor, id, resumed, 'first'),
    cancel: (actor, id) => change(parts, actor, id, (header) => cancelled(header, parts.clock), 'all'),
    again: async (actor, id, is) => again(parts, actor, id, is),
  };
}

async function find({ store }: SendServiceParts, id: SendId): Promise<Versioned<SendHeader>> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('send.notFound', { id });
  return found;
}

async function viewNow({ store, clock }: SendServiceParts, header: SendHeader): Promise<SendView> {
  const all = header.chunks.length === 0 ? [] : await store.allProgress(header);
  return viewOf(header, all, clock.now().epochMilliseconds);
}

/** The line of a send under way counts what has ended by now, not only whole chunks. */
async function withCounts(parts: SendServiceParts, line: Send): Promise<Send> {
  if (line.is.state !== 'sending' && line.is.state !== 'paused') return line;
  const found = await parts.store.find(line.id);
  if (found === undefined) return line;
  const { counts } = await viewNow(parts, found.value);
  return { ...lineOf(found.value), counts };
}

function notAllowed({ id, is }: SendHeader): AppError {
  return new AppError('send.moveNotAllowed', { id, state: is.state });
}

function paused(header: SendHeader): SendHeader {
  if (header.is.state === 'paused') return header;
  if (header.is.state !== 'sending') throw notAllowed(header);
  return { ...header, is: { state: 'paused' } };
}

function resumed(header: SendHeader): SendHeader {
  if (header.is.state === 'sending') return header;
  if (header.is.state !== 'paused') throw notAllowed(header);
  return { ...header, is: { state: 'sending' } };
}

function cancelled(header: SendHeader, clock: Clock): SendHeader {
  const { state } = header.is;
  if (state === 'cancelled') return header;
  if (state !== 'sending' && state !== 'paused') throw notAllowed(header);
  return { ...header, is: { state: 'cancelled', at: clock.now().toString() } };
}

/** Changes the header, and calls the chunks that have something to do after it. Asking twice is asking once. */
async function change(
  parts: SendServiceParts,
  actor: Actor,
  id: SendId,
  move: (header: SendHeader) => SendHeader,
  call?: 'first' | 'all',
): Promise<SendView> {
  demand(actor, 'send:edit');
  const { store } = parts;
  const after = await whileConflicting(async () => {
    const before = await find(parts, id);
    const moved = move(before.value);
    if (moved !== before.value) await store.commit(store.replace(before, moved));
    return moved;
  });
  const all = await store.allProgress(after);
  const open = openChunks(after, all);
  const chunks = call === 'all' ? open.map(({ chunk }) => chunk) : firstCalls(open);
  if (call !== undefined) await callOrLeave(parts, after, chunks);
  return viewOf(after, all, parts.clock.now().epochMilliseconds);
}

/** What could not be called is found by the sweep. */
async function callOrLeave(
  parts: SendServiceParts,
  header: SendHeader,
  chunks: readonly number[],
): Promise<void> {
  await callChunks(parts, header, chunks).catch((error: unknown) => {
    parts.log.warn('send.notCalled', { id: header.id, error });
  });
}

async function again(parts: SendServiceParts, actor: Actor, id: SendId, is: Again): Promise<SendView> {
  demand(actor, 'send:edit');
  const { value } = await find(parts, id);
  const { counts } = await viewNow(parts, value);
  const use = await parts.source.use(value.content);
  // To say it now would only turn their true reason into "too late".
  const isUseful =
    use.send &&
    (use.usefulUntil === undefined || Date.parse(use.usefulUntil) > parts.clock.now().epochMilliseconds);
  if (counts[is] === 0 || !isUseful) throw notAllowed(value);
  return change(
    parts,
    actor,
    id,
    (header) => {
      const isOver = header.is.state === 'cancelled' || header.is.state === 'dropped';
      if (isOver || header.isForgotten) throw notAllowed(header);
      return withAgain(header, is);
    },
    'first',
  );
}
