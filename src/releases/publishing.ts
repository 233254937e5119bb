import { draftOf, record, type ActionContext } from '../platform/aggregate.js';
import { today } from '../platform/clock.js';
import { deterministicId } from '../platform/ids.js';
import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import { mayHaveLeft, type Message, type NewMessage, type Outcome } from '../delivery/outbox/message.js';
import { authorNotice, type NewsNotice } from '../news/notices.js';
import type { NewsService } from '../news/service.js';
import {
  releaseChanges,
  releaseMessage,
  sourceOf,
  withWrites,
  type ChangeDeps,
  type ReleaseDraft,
} from './change.js';
import type { Channel, PublishOutcome } from './channels/channel.js';
import { isTooLate } from './input.js';
import type { Plan, Release } from './types.js';
import { applyMove } from './workflow.js';

/** What publishing is made of. */
export interface PublishingDeps extends ChangeDeps {
  readonly news: Pick<NewsService, 'many'>;
  /** By id. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** After how many attempts a channel that can't be reached counts as failed, and a person is asked. */
  readonly maxAttempts: number;
}

const superseded: Outcome = { result: 'undeliverable', reason: 'superseded' };
const overdue: Outcome = { result: 'undeliverable', reason: 'overdue' };

type Final = Exclude<PublishOutcome, { result: 'retry' }>;

/** The plan of a release when this message is to publish it. */
function planOf({ state }: Release, message: Message): Plan | undefined {
  if (!('message' in state) || state.message !== message.id) return undefined;
  const { approval, due } = state;
  return { approval, due, message: state.message };
}

/** The outcome of a message whose release needs nothing of it; `undefined` where it is to publish. */
function endOf(begun: Release, message: Message): Outcome | undefined {
  const { state } = begun;
  if (planOf(begun, message) === undefined)
    return state.status === 'approved' && state.overdue !== undefined ? overdue : superseded;
  switch (state.status) {
    case 'published':
      return { result: 'sent' };
    case 'failed':
    case 'uncertain':
      // A worker died after it had recorded it: only a person tries again, with a plan of its own.
      return { result: state.status, reason: state.reason };
    default:
      return undefined;
  }
}

/** Publishes a release when its message is due. After a crash it can be repeated: the channel knows what it has published. */
export function releaseHandler(deps: PublishingDeps): DeliveryKind<PayloadOf<typeof releaseMessage>> {
  const { news, clock, channels, maxAttempts } = deps;
  const { change } = releaseChanges(deps);

  /** What a message that has come due makes of its release, before the channel is called. */
  function begin(current: Release, message: Message, context: ActionContext): ReleaseDraft {
    const plan = planOf(current, message);
    if (plan === undefined || current.state.status !== 'scheduled') return draftOf(current);
    const { approval, due } = plan;
    if (isTooLate(due, clock.now())) {
      const late = applyMove(current, 'overdue', { status: 'approved', approval, overdue: { due } });
      return record(draftOf(late), context, { action: 'overdue', due });
    }
    const begun = applyMove(current, 'startPublishing', { status: 'publishing', at: context.at, ...plan });
    return record(draftOf(begun), context, { action: 'startPublishing' });
  }

  async function publish(release: Release): Promise<PublishOutcome> {
    const channel = channels.get(release.channel);
    if (channel === undefined) return { result: 'failed', reason: 'noChannel' };
    try {
      // Its author may have asked for a later date since it was planned.
      const earliest = (await sourceOf(news, release))?.earliestDate;
      if (earliest !== undefined && today(clock).toString() < earliest)
        return { result: 'failed', reason: 'tooEarly' };
      return await channel.publish(release);
    } catch {
      // A channel names what it knows; what it doesn't know may be a passing fault.
      return { result: 'retry', reason: 'unexpected' };
    }
  }

  /** A message to the item's author with the addresses; nobody else gets one. */
  async function messageToAuthor(
    release: Release & { readonly state: { readonly status: 'published' } },
    at: string,
  ): Promise<NewMessage[]> {
    const item = await sourceOf(news, release);
    const { approval, urls } = release.state;
    if (item === undefined || item.author.id === approval.by.id) return [];
    const id = deterministicId<NewMessage['id']>('releasePublished', release.id, item.author.id);
    const notice: NewsNotice = { about: 'newsPublished', newsId: item.id, urls };
    return [{ id, dueAt: at, body: authorNotice(item.author.id, notice) }];
  }

  /** The release as the channel's answer leaves it; unchanged when that was recorded before. */
  async function finish(
    current: Release,
    message: Message,
    outcome: Final,
    attempts: number,
    context: ActionContext,
  ): Promise<ReleaseDraft> {
    const plan = planOf(current, message);
    if (current.state.status !== 'publishing' || plan === undefined) return draftOf(current);
    const { at } = context;
    if (outcome.result === 'published') {
      const { urls } = outcome;
      const state = { status: 'published', at, urls, ...plan } as const;
      const published = applyMove(current, 'published', state);
      const draft = record(draftOf(published), context, { action: 'published', urls } as const);
      return withWrites(draft, { messages: await messageToAuthor({ ...published, state }, at) });
    }
    const { reason } = outcome;
    const trouble = { at, reason, attempts, ...plan };
    const value =
      outcome.result === 'failed'
        ? applyMove(current, 'failed', { status: 'failed', ...trouble })
        : applyMove(current, 'uncertain', { status: 'uncertain', ...trouble });
    return record(draftOf(value), context, { action: outcome.result, reason });
  }

  return {
    ...releaseMessage,
    isResolvedElsewhere: true,
    afterCrash: 'repeat',
    // The release asks: what was published and changed after the copy would be replaced by an older text.
    afterRestore: 'run',
    handle: async ({ releaseId }, message) => {
      const { value: begun } = await change(releaseId, undefined, ({ value }, context) =>
        begin(value, message, context),
      );
      const end = endOf(begun, message);
      if (end !== undefined) return end;
      const attempts = message.state.status === 'pending' ? message.state.attempts : 1;
      const outcome: PublishOutcome = mayHaveLeft(message)
        ? { result: 'uncertain', reason: 'restored' }
        : await publish(begun);
      if (outcome.result === 'retry' && attempts < maxAttempts) return outcome;
      const final: Final =
        outcome.result === 'retry' ? { result: 'failed', reason: outcome.reason } : outcome;
      await change(releaseId, undefined, ({ value }, context) =>
        finish(value, message, final, attempts, context),
      );
      return final.result === 'published' ? { result: 'sent' } : final;
    },
  };
}
