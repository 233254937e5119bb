import type { Actor } from '../platform/actor.js';
import { today, type Clock } from '../platform/clock.js';
import { deterministicId } from '../platform/ids.js';
import type { NewsService } from '../news/service.js';
import type { Handler, Message, NewMessage, Outcome } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { Channels, PublishOutcome } from './channel.js';
import { change } from './changing.js';
import { draftOf, record, type Draft, type ActionContext } from './draft.js';
import { sourceOf } from './editing.js';
import { applyMove } from './workflow.js';
import type { Plan, PublishedUrls, Release } from './release.js';
import type { ReleaseStore } from './store.js';
import { isTooLate } from './timing.js';

/** What publishing is made of. */
export interface PublishingDeps {
  readonly store: ReleaseStore;
  readonly news: Pick<NewsService, 'many'>;
  readonly outbox: Pick<Outbox, 'commit' | 'settle'>;
  readonly clock: Clock;
  readonly channels: Channels;
  /** After how many attempts a channel that can't be reached counts as failed, and a person is asked. */
  readonly maxAttempts: number;
}

const superseded: Outcome = { result: 'gone', reason: 'superseded' };

/** The plan of a release when it is this message that carries it. */
function planOf({ state }: Release, message: Message): Plan | undefined {
  if (!('message' in state) || state.message !== message.id) return undefined;
  const { approval, due } = state;
  return { approval, due, message: state.message };
}

/** What a message that has come due makes of its release, before the channel is called. */
function begin(current: Release, message: Message, actionContext: ActionContext, clock: Clock): Draft {
  const ownPlan = planOf(current, message);
  if (ownPlan === undefined || current.state.status !== 'scheduled') return draftOf(current);
  const { approval, due } = ownPlan;
  if (isTooLate(due, clock.now())) {
    const release = applyMove(current, 'overdue', { status: 'approved', approval, overdue: { due } });
    return record(draftOf(release), actionContext, { action: 'overdue', due });
  }
  const publishing = { status: 'publishing', at: actionContext.at, ...ownPlan } as const;
  const release = applyMove(current, 'startPublishing', publishing);
  return record(draftOf(release), actionContext, { action: 'startPublishing' });
}

/** What a message is told whose release needs nothing of it; `undefined` where it is to publish. */
function endOf(begun: Release, message: Message): Outcome | undefined {
  const { state } = begun;
  if (planOf(begun, message) === undefined)
    return state.status === 'approved' ? overdueOr(begun) : superseded;
  switch (state.status) {
    case 'published':
      return { result: 'sent' };
    case 'failed':
    case 'uncertain':
      // A worker died after it had told the release: only a person tries again, with a plan of its own.
      return { result: state.status, reason: state.reason };
    default:
      return undefined;
  }
}

/** A word to the item's author with the addresses; nobody else hears of it. */
async function wordToAuthor(
  deps: PublishingDeps,
  release: Release,
  approver: Actor['id'],
  urls: PublishedUrls,
  at: string,
): Promise<NewMessage[]> {
  const item = await sourceOf(deps, release);
  if (item === undefined || item.author.id === approver) return [];
  const id = deterministicId<NewMessage['id']>('releasePublished', release.id, item.author.id);
  const notice = { about: 'newsPublished', newsId: item.id, urls } as const;
  return [{ id, dueAt: at, body: { kind: 'notice', to: item.author.id, notice } }];
}

type Settled = Exclude<PublishOutcome, { result: 'retry' }>;

/** The release as the channel's answer leaves it; unchanged when that was recorded before. */
async function settled(
  deps: PublishingDeps,
  current: Release,
  message: Message,
  outcome: Settled,
  attempts: number,
  actionContext: ActionContext,
): Promise<Draft> {
  const ownPlan = planOf(current, message);
  if (current.state.status !== 'publishing' || ownPlan === undefined) return draftOf(current);
  const { at } = actionContext;
  if (outcome.result === 'published') {
    const { urls } = outcome;
    const release = applyMove(current, 'published', { status: 'published', at, urls, ...ownPlan });
    const draft = record(draftOf(release), actionContext, { action: 'published', urls });
    return { ...draft, messages: await wordToAuthor(deps, release, ownPlan.approval.by.id, urls, at) };
  }
  const { reason } = outcome;
  const trouble = { at, reason, attempts, ...ownPlan };
  const release =
    outcome.result === 'failed'
      ? applyMove(current, 'failed', { status: 'failed', ...trouble })
      : applyMove(current, 'uncertain', { status: 'uncertain', ...trouble });
  return record(draftOf(release), actionContext, { action: outcome.result, reason });
}

async function callChannel(deps: PublishingDeps, release: Release): Promise<PublishOutcome> {
  const channel = deps.channels[release.channel];
  if (channel === undefined) return { result: 'failed', reason: 'noChannel' };
  try {
    // Its author may have asked for a later date since it was planned.
    const earliest = (await sourceOf(deps, release))?.earliestDate;
    if (earliest !== undefined && today(deps.clock).toString() < earliest)
      return { result: 'failed', reason: 'tooEarly' };
    return await channel.publish(release);
  } catch {
    // An adapter names what it knows; what it doesn't know may be a passing fault.
    return { result: 'retry', reason: 'unexpected' };
  }
}

/** Publishes a release, carried there by a message: after a crash it can be done again, the channel knows its own work. */
export function releaseHandler(deps: PublishingDeps): Handler {
  return {
    afterCrash: 'repeat',
    handle: async (message) => {
      const { body } = message;
      if (body.kind !== 'release') return { result: 'failed', reason: 'notARelease' };
      const begun = await change(deps, body.releaseId, (current, actionContext) =>
        begin(current, message, actionContext, deps.clock),
      );
      const end = endOf(begun, message);
      if (end !== undefined) return end;
      const attempts = message.state.status === 'pending' ? message.state.attempts : 1;
      const outcome = await callChannel(deps, begun);
      if (outcome.result === 'retry' && attempts < deps.maxAttempts) return outcome;
      const final: Settled =
        outcome.result === 'retry' ? { result: 'failed', reason: outcome.reason } : outcome;
      await change(deps, body.releaseId, (current, actionContext) =>
        settled(deps, current, message, final, attempts, actionContext),
      );
      return final.result === 'published' ? { result: 'sent' } : final;
    },
  };
}

function overdueOr({ state }: Release): Outcome {
  return state.status === 'approved' && state.overdue !== undefined
    ? { result: 'gone', reason: 'overdue' }
    : superseded;
}
