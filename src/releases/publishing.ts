import { draftOf, record, type ActionContext } from '../platform/aggregate.js';
import { today } from '../platform/clock.js';
import { deterministicId } from '../platform/ids.js';
import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import { mayHaveLeft, type Message, type NewMessage, type Outcome } from '../delivery/outbox/message.js';
import { authorNotice, type NewsNotice } from '../news/notices.js';
import type { NewsItem } from '../news/types.js';
import { publicLanguages } from '../shared/languages.js';
import type { Texts } from '../content/text.js';
import {
  contentsOf,
  intentOf,
  publishableRevisions,
  releaseChanges,
  releaseMessage,
  stampOf,
  unreadyLanguages,
  withCorrection,
  withWrites,
  type ChangeDeps,
  type FoundRelease,
  type ReleaseDraft,
} from './change.js';
import type { Channel, PublishOutcome, TakeDownOutcome, WrittenPublication } from './channels/channel.js';
import { isTooLate } from './input.js';
import type { Approval, Out, Plan, PublishedUrls, Release } from './types.js';
import { applyMove } from './workflow.js';

/** What publishing is made of. */
export interface PublishingDeps extends ChangeDeps {
  /** By id. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** After how many attempts a channel that can't be reached counts as failed, and a person is asked. */
  readonly maxAttempts: number;
}

const superseded: Outcome = { result: 'undeliverable', reason: 'superseded' };
const overdue: Outcome = { result: 'undeliverable', reason: 'overdue' };

type Asked = PublishOutcome | TakeDownOutcome;
type Final = Exclude<Asked, { result: 'retry' | 'awaitsApproval' }>;
type Known = Exclude<Final, { result: 'failed' | 'uncertain' }>;

/** What the channel did, with the stamp of what it shows now. */
interface Done {
  readonly outcome: Known;
  readonly stamp?: string;
}

/** Whoever approves pages does so within hours or days; a look costs two requests. */
const lookLater: Outcome = { result: 'postponed', reason: 'awaitsApproval', afterSeconds: 600 };

/** What is left when no attempt is. */
const lastResult = ({ reason, mayBeDone }: Extract<Asked, { result: 'retry' }>): Final => ({
  result: mayBeDone === true ? 'uncertain' : 'failed',
  reason,
});

/** How an attempt ended, and which one it was. */
interface Ended {
  readonly outcome: Final;
  readonly stamp?: string;
  readonly attempts: number;
}

/** The plan of a release when this message is to publish it. */
function planOf({ state }: Release, message: Message): Plan | undefined {
  if (!('message' in state) || state.message !== message.id) return undefined;
  const { approval, due } = state;
  return { approval, due, message: state.message, ...intentOf(state) };
}

/** The outcome of a message whose release needs nothing of it; `undefined` where it is to publish. */
function endOf(begun: Release, message: Message): Outcome | undefined {
  const { state } = begun;
  if (planOf(begun, message) === undefined) {
    if (state.status === 'takenDown') return { result: 'sent' };
    return state.status === 'approved' && state.overdue !== undefined ? overdue : superseded;
  }
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

/**
 * The corrections that readers see, with the note of this plan: dated as the publishing began, so that the page and the
 * record have the same time, also after a crash between the two.
 */
function correctionsWith({ out, state }: Release, { note }: Plan): Out['corrections'] {
  const begunAt = state.status === 'publishing' ? state.at : '';
  return withCorrection(out?.corrections ?? [], begunAt, note);
}

/** The revisions that go out of a release whose time has come; `undefined` while a language of it is not ready. */
function revisionsToPublish(release: Release, item: NewsItem | undefined, { waiver, revisions }: Approval) {
  const publishable = publishableRevisions(release, item?.texts);
  const isHeld = unreadyLanguages(release, item).some(
    // A waiver is for the languages that were left out, not for a text that somebody has begun to change since.
    (language) =>
      waiver === undefined ||
      waiver.languages?.includes(language) === false ||
      (revisions[language] !== undefined && publishable[language] === undefined),
  );
  return isHeld || Object.keys(publishable).length === 0 ? undefined : publishable;
}

/** Publishes a release, or takes it down, when its message is due. After a crash it can be repeated: the channel knows what it has done. */
export function releaseHandler(deps: PublishingDeps): DeliveryKind<PayloadOf<typeof releaseMessage>> {
  const { news, clock, channels, maxAttempts } = deps;
  const { change, read } = releaseChanges(deps);

  /** What a message that has come due makes of its release, before the channel is called. */
  function begin(
    { value: current, item }: FoundRelease,
    message: Message,
    context: ActionContext,
  ): ReleaseDraft {
    const plan = planOf(current, message);
    if (plan === undefined || current.state.status !== 'scheduled') return draftOf(current);
    const { approval, due, purpose } = plan;
    // A correction is wanted whenever it comes, just as it was seen; a first publication only in its time, and as it is approved then.
    // What two have approved goes out as they saw it: whatever changes it takes their approvals back.
    const isAsSeen = purpose !== undefined || approval.first !== undefined;
    const revisions = isAsSeen ? approval.revisions : revisionsToPublish(current, item, approval);
    const isLate = purpose === undefined && isTooLate(due, clock.now());
    if (isLate || revisions === undefined) {
      const missed = { due, ...(!isLate && { because: 'text' as const }) };
      const late = applyMove(current, 'overdue', { status: 'approved', approval, overdue: missed });
      return record(draftOf(late), context, { action: 'overdue', due });
    }
    const publishing = {
      status: 'publishing',
      at: context.at,
      ...plan,
      approval: { ...approval, revisions },
    } as const;
    return record(draftOf(applyMove(current, 'startPublishing', publishing)), context, {
      action: 'startPublishing',
    });
  }

  /** The item with its texts at the revisions that go out, where others are current by now. */
  async function pinnedTexts(item: NewsItem | undefined, { revisions }: Approval): Promise<Texts> {
    const pinned = await Promise.all(
      publicLanguages.map(async (language) => {
        const revision = revisions[language];
        const current = item?.texts[language];
        if (item === undefined || current === undefined || revision === undefined) return [];
        if (revision === current.revision) return [[language, current] as const];
        const then = await news.revision(item.id, language, revision);
        return then === undefined ? [] : [[language, { ...current, ...then }] as const];
      }),
    );
    return Object.fromEntries(pinned.flat());
  }

  /** What the channel is to show; and its stamp. */
  async function publicationOf(release: Release, item: NewsItem | undefined, plan: Plan) {
    const texts = contentsOf(release, await pinnedTexts(item, plan.approval), plan.approval.revisions);
    const publication: WrittenPublication = {
      releaseId: release.id,
      request: plan.message,
      ...(item !== undefined && { projectId: item.projectId }),
      texts,
      contact: release.contact ?? item?.author.name ?? '',
      corrections: correctionsWith(release, plan),
    };
    return { publication, stamp: stampOf(texts, release.contact) };
  }

  async function ask(
    release: Release,
    item: NewsItem | undefined,
    plan: Plan,
  ): Promise<Asked & Pick<Done, 'stamp'>> {
    const channel = channels.get(release.channel);
    if (channel === undefined) return { result: 'failed', reason: 'noChannel' };
    try {
      if (plan.purpose === 'takeDown') return await channel.takeDown(release.id);
      // Its author may have asked for a later date since it was planned.
      const earliest = item?.earliestDate;
      if (release.out === undefined && earliest !== undefined && today(clock).toString() < earliest)
        return { result: 'failed', reason: 'tooEarly' };
      const { publication, stamp } = await publicationOf(release, item, plan);
      return { ...(await channel.publish(publication)), stamp };
    } catch {
      // A channel names what it knows; what it doesn't know may be a passing fault.
      return { result: 'retry', reason: 'unexpected' };
    }
  }

  /** A message to the item's author with the addresses; nobody else gets one. */
  function messageToAuthor(
    { id, newsId }: Release,
    item: NewsItem | undefined,
    { approval, urls }: Pick<Out, 'approval' | 'urls'>,
    at: string,
  ): NewMessage[] {
    if (item === undefined || item.author.id === approval.by.id) return [];
    const message = deterministicId<NewMessage['id']>('releasePublished', id, item.author.id);
    const notice: NewsNotice = { about: 'newsPublished', newsId, urls, releaseId: id };
    return [{ id: message, dueAt: at, body: authorNotice(item.author.id, notice) }];
  }

  function finishDone(
    { value: current, item }: FoundRelease,
    plan: Plan,
    { outcome, stamp = '' }: Done,
    { at }: ActionContext,
  ): ReleaseDraft {
    const context = { at, dueAt: at };
    const { approval } = plan;
    if (outcome.result === 'takenDown' && current.out === undefined) {
      // It was never out, but waited to be.
      const withdrawn = applyMove(current, 'withdrawn', { status: 'approved', approval });
      return record(draftOf(withdrawn), context, { action: 'withdrawn' });
    }
    if (outcome.result === 'takenDown') {
      const taken = applyMove(current, 'takenDown', { status: 'takenDown', at, by: approval.by });
      return record(draftOf(taken), context, { action: 'takenDown' });
    }
    const { urls } = outcome;
    const { out: before } = current;
    const out: Out = {
      at: before?.at ?? at,
      urls,
      stamp,
      corrections: correctionsWith(current, plan),
      approval,
    };
    const state = { status: 'published', at, urls, approval, due: plan.due, message: plan.message } as const;
    const published = { ...applyMove(current, 'published', state), out };
    const draft = record(draftOf(published), context, { action: 'published', urls } as const);
    return before === undefined
      ? withWrites(draft, { messages: messageToAuthor(current, item, out, at) })
      : draft;
  }

  /** The item knows where it can be read: whoever shows it needs not ask its releases. */
  async function withAddresses(
    draft: ReleaseDraft,
    out: Out | { readonly awaitsApproval: true } | undefined,
  ): Promise<ReleaseDraft> {
    const { id, newsId } = draft.value;
    return withWrites(draft, await news.markOut(newsId, { in: 'release', id }, out));
  }

  /** The release as the channel's answer leaves it; unchanged when that was recorded before. */
  async function finish(
    found: FoundRelease,
    message: Message,
    { outcome, stamp, attempts }: Ended,
    context: ActionContext,
  ): Promise<ReleaseDraft> {
    const { value: current } = found;
    const plan = planOf(current, message);
    if (current.state.status !== 'publishing' || plan === undefined) return draftOf(current);
    if (outcome.result === 'published' || outcome.result === 'takenDown') {
      const done = finishDone(found, plan, { outcome, ...(stamp !== undefined && { stamp }) }, context);
      return withAddresses(done, outcome.result === 'published' ? done.value.out : undefined);
    }
    const { reason } = outcome;
    const trouble = { at: context.at, reason, attempts, ...plan };
    const value =
      outcome.result === 'failed'
        ? applyMove(current, 'failed', { status: 'failed', ...trouble })
        : applyMove(current, 'uncertain', { status: 'uncertain', ...trouble });
    const draft = record(draftOf(value), context, { action: outcome.result, reason });
    // What could not be withdrawn waits there still.
    const isWaiting = plan.purpose === 'takeDown';
    return current.out === undefined && !isWaiting ? withAddresses(draft, undefined) : draft;
  }

  /** The release as it waits for somebody where it is published; unchanged where that is known. */
  async function awaitApproval(
    { value: current }: FoundRelease,
    message: Message,
    urls: PublishedUrls,
    context: ActionContext,
  ): Promise<ReleaseDraft> {
    const { state } = current;
    const plan = planOf(current, message);
    if (state.status !== 'publishing' || state.awaitsApproval !== undefined || plan === undefined)
      return draftOf(current);
    const awaitsApproval = { since: context.at, urls };
    const waiting = { status: 'publishing', at: state.at, awaitsApproval, ...plan } as const;
    const value = applyMove(current, 'awaitsApproval', waiting);
    const draft = record(draftOf(value), context, { action: 'awaitsApproval', urls } as const);
    // What is out already stays out until its correction is approved.
    return current.out === undefined ? withAddresses(draft, { awaitsApproval: true }) : draft;
  }

  return {
    ...releaseMessage,
    isResolvedElsewhere: true,
    afterCrash: 'repeat',
    // The release asks: what was published and changed after the copy would be replaced by an older text.
    afterRestore: 'run',
    handle: async ({ releaseId }, message) => {
      const { value: begun } = await change(releaseId, undefined, (found, context) =>
        begin(found, message, context),
      );
      const end = endOf(begun, message);
      if (end !== undefined) return end;
      const plan = planOf(begun, message);
      if (plan === undefined) return superseded;
      const attempts = message.state.status === 'pending' ? message.state.attempts : 1;
      const { item } = await read(releaseId);
      const asked: Asked & Pick<Done, 'stamp'> = mayHaveLeft(message)
        ? { result: 'uncertain', reason: 'restored' }
        : await ask(begun, item, plan);
      if (asked.result === 'awaitsApproval') {
        await change(releaseId, undefined, (found, context) =>
          awaitApproval(found, message, asked.urls, context),
        );
        return lookLater;
      }
      // Its pages are there and wait: that one look failed uses up none of the attempts.
      const isWaiting = begun.state.status === 'publishing' && begun.state.awaitsApproval !== undefined;
      if (asked.result === 'retry' && isWaiting) return lookLater;
      if (asked.result === 'retry' && attempts < maxAttempts) {
        const { result, reason, afterSeconds } = asked;
        return { result, reason, ...(afterSeconds !== undefined && { afterSeconds }) };
      }
      const outcome: Final = asked.result === 'retry' ? lastResult(asked) : asked;
      const { stamp } = asked;
      await change(releaseId, undefined, (found, context) =>
        finish(found, message, { outcome, attempts, ...(stamp !== undefined && { stamp }) }, context),
      );
      return outcome.result === 'published' || outcome.result === 'takenDown' ? { result: 'sent' } : outcome;
    },
  };
}
