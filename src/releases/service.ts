import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { isOnePerson, type Actor } from '../platform/actor.js';
import {
  actionContextOf,
  draftOf,
  record,
  recordRepeated,
  type ActionContext,
  type Changed,
  type PersonActionContext,
} from '../platform/aggregate.js';
import { homeDate, today } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { requireSeen, type Seen } from '../platform/seen.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import { momentOf } from '../platform/wall-time.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { requireNobodyWrites, requireSeenRevisions, type SeenRevisions } from '../content/edits.js';
import { outdatedOwn, usedStatus, type Deviations, type UsedStatus } from '../content/deviation.js';
import { dropDeviation, parseDeviation, saveDeviation } from '../content/deviation-edits.js';
import { reviseText, type Texts } from '../content/text.js';
import { seenWhereUsed } from '../news/policy.js';
import type { NewsItem } from '../news/types.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Consent as ItemConsent } from '../news/uses.js';
import type { NewsService } from '../news/service.js';
import { requirePermission } from '../people/permissions.js';
import { approvalsOf, wholeProgramme } from '../people/person.js';
import {
  mayApprove,
  movesFor,
  releaseMay,
  requireMayDo,
  requireMayTakeBack,
  type ReleaseMay,
  approverOf,
} from './policy.js';
import { toApproveNotice } from './notices.js';
import {
  approvalStamp,
  cancelPlan,
  contentOf,
  contentsOf,
  firstApprovalOf,
  hasMovedOn,
  intentOf,
  planned,
  publishableRevisions,
  releaseChanges,
  shownOf,
  stampOf,
  unreadyLanguages,
  useOf,
  waivedReason,
  withCorrection,
  withoutFirstApproval,
  withWrites,
  type ChangeDeps,
  type FoundRelease,
  type Intent,
  type ReleaseDraft,
} from './change.js';
import type { Channel } from './channels/channel.js';
import {
  parseContact,
  parseCorrection,
  parseGiveUp,
  parseOrigin,
  parseReason,
  parseWaiver,
  parseWallTime,
  type Origin,
  assertDateFits,
  assertNotPassed,
} from './input.js';
import { attentionGroup, madeNewsId, plannedGroup, statusOf, toApproveGroup } from './store.js';
import type {
  Approval,
  FirstApproval,
  ReleaseChanged,
  Release,
  ReleaseAudit,
  ReleaseEvent,
  ReleaseLine,
  ReleaseOverview,
  ReleaseState,
  ReleaseStateName,
  Scheduled,
} from './types.js';
import { applyMove, bringBack, requireEditable, requireMove, undoState, type Move } from './workflow.js';

const queuePageSize = 50;
const archivePageSize = 30;
const maxCounted = 100;
const maxDue = 200;

const byDue = (one: ReleaseLine, other: ReleaseLine): number =>
  Date.parse(one.due ?? '') - Date.parse(other.due ?? '') || (one.id < other.id ? -1 : 1);

export interface ReleaseDeps extends Omit<ChangeDeps, 'news'> {
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse' | 'make' | 'revision' | 'markOut'>;
  /** By id; the first one is meant where none is named. */
  readonly channels: ReadonlyMap<string, Channel>;
}

/** What somebody who lets a release go out had before them, and what they say to it. */
export interface Consent {
  readonly waiver?: string | undefined;
  /** The revisions of the item's texts that were on the screen. */
  readonly seen?: SeenRevisions | undefined;
  /** Although somebody else is writing just now. */
  readonly although?: boolean | undefined;
}

/** A release with all that its page shows. */
export interface ReleaseView {
  readonly release: Release;
  /** How it stands for people; see `statusOf`. */
  readonly status: ReleaseStateName;
  /** The item behind it; absent only where that was erased. */
  readonly item?: NewsItem;
  /** How far each language is here, and whether something is said otherwise. */
  readonly languages: Readonly<Record<PublicLanguage, UsedStatus>>;
  /** The moves open to the actor. */
  readonly moves: readonly Move[];
  /** Whether what is out is not what would go out now. */
  readonly movedOn: boolean;
  readonly may: ReleaseMay;
  /** How many have to approve it, and who was the first, while what they approved is as it was. */
  readonly approvals: {
    readonly required: 1 | 2;
    readonly first?: Pick<FirstApproval, 'move' | 'due'> & Pick<Approval, 'at' | 'by' | 'waiver'>;
    /** Whether the one who looks can give the approval that is missing. */
    readonly mayApprove: boolean;
  };
}

export type ReleaseService = ReturnType<typeof releaseService>;

/**
 * The releases of the programme. Each operation checks what the actor may do.
 * All throw AppError `permission.denied`, `release.notFound`; moves throw `release.moveNotAllowed` with the status in
 * which the release is, and `outbox.tooLate` when it is leaving just now.
 */
export function releaseService(deps: ReleaseDeps) {
  const { store, news, outbox, clock, channels } = deps;
  const { read, change, undo: undoChange } = releaseChanges(deps);

  const movedOf = ({ value, undo }: Changed<Release>): ReleaseChanged => ({
    release: value,
    ...(undo !== undefined && { undo }),
  });

  /** A change that a person makes. */
  async function act(
    actor: Actor,
    action: ReleaseEvent['action'],
    id: ReleaseId,
    decide: (
      current: Release,
      context: PersonActionContext,
      item: NewsItem | undefined,
    ) => ReleaseDraft | Promise<ReleaseDraft>,
  ): Promise<ReleaseChanged> {
    requireMayDo(actor, action);
    return movedOf(await change(id, actor, ({ value, item }, context) => decide(value, context, item)));
  }

  /** The draft with the audit entry of a move that led away from where the release was, undoable where the table allows. */
  function recordMove(
    draft: ReleaseDraft,
    context: ActionContext,
    event: ReleaseEvent & { readonly action: Move },
    before: Release,
  ): ReleaseDraft {
    return record(draft, context, event, undoState(event.action, before.state));
  }

  /** What is out stays out as it is, and what was taken down stays so: what was asked of the channel is given up. */
  function backToOut(
    release: Release,
    { at: now, by }: PersonActionContext,
    move: 'toOut' | 'giveUp' = 'toOut',
  ): Release {
    const { out, state } = release;
    if (out === undefined || !('message' in state)) return release;
    if (state.purpose === 'putBack') return applyMove(release, move, { status: 'takenDown', at: now, by });
    const { at, urls, approval } = out;
    const { due, message } = state;
    return applyMove(release, move, { status: 'published', at, urls, approval, due, message });
  }

  /** What the channel had done after all, as somebody saw there: gone, or shown with the text as it was to be. */
  function asDone(
    release: Release,
    item: NewsItem | undefined,
    { at: now, by }: PersonActionContext,
  ): Release {
    const { out, state } = release;
    if (out === undefined || state.status !== 'uncertain') return release;
    const { approval, due, message, note, at } = state;
    if (state.purpose === 'takeDown')
      return applyMove(release, 'giveUp', { status: 'takenDown', at: now, by });
    const isCurrent = publicLanguages.every((language) => {
      const revision = approval.revisions[language];
      return revision === undefined || revision === (item?.texts[language]?.revision ?? 0);
    });
    // Of a text that has moved on since, nobody knows any more what a correction would change: it is offered then.
    const stamp = isCurrent
      ? stampOf(contentsOf(release, item?.texts ?? {}, approval.revisions), release.contact)
      : '';
    const shown = { ...out, stamp, approval, corrections: withCorrection(out.corrections, at, note) };
    const published = { status: 'published', at: now, urls: out.urls, approval, due, message } as const;
    return { ...applyMove(release, 'giveUp', published), out: shown };
  }

  /** What was to go out is not what somebody let go out: back to a draft, and nothing leaves. */
  async function takeBackApproval(draft: ReleaseDraft, context: PersonActionContext): Promise<ReleaseDraft> {
    const before = draft.value;
    const { status } = before.state;
    if (status === 'draft' || status === 'published' || status === 'takenDown')
      return { ...draft, value: withoutFirstApproval(before) };
    // What failed, or is in doubt, of what is out stays for a person to settle: writing settles nothing.
    if (before.out !== undefined && status !== 'scheduled')
      return { ...draft, value: withoutFirstApproval(before) };
    const value =
      before.out === undefined
        ? applyMove(before, 'unapprove', { status: 'draft', at: context.at })
        : backToOut(before, context);
    return cancelPlan(
      outbox,
      recordMove({ ...draft, value }, context, { action: 'unapprove' }, before),
      before,
    );
  }

  /** The draft with other things that this release says otherwise, of which those in one language have changed. */
  async function withOwn(
    current: Release,
    own: Deviations,
    action: 'editText' | 'useItemText',
    language: PublicLanguage,
    context: PersonActionContext,
  ): Promise<ReleaseDraft> {
    const unapproved = await takeBackApproval(draftOf(current), context);
    const written: ReleaseDraft = { ...unapproved, value: { ...unapproved.value, own } };
    if (action === 'useItemText') return record(written, context, { action, language });
    const newest = await store.audit.entry(current.id, current.auditCount);
    return recordRepeated<Release, ReleaseEvent, ReleaseState, NewMessage>(
      written,
      context,
      { action, language },
      newest,
      (last) => last.action === 'editText' && last.language === language,
    );
  }

  /** What two have approved, or one of two, is approved by nobody once somebody has edited a text of it. */
  async function withoutApprovals(release: Release, context: PersonActionContext): Promise<ReleaseDraft> {
    const { state } = release;
    const isHeld = firstApprovalOf(release) !== undefined;
    const isOfTwo =
      (state.status === 'approved' || state.status === 'scheduled') && state.approval.first !== undefined;
    if (!isHeld && !isOfTwo) return draftOf(release);
    try {
      const draft = isOfTwo
        ? await takeBackApproval(draftOf(release), context)
        : draftOf(withoutFirstApproval(release));
      return isOfTwo && draft.audit.length > 0 ? draft : record(draft, context, { action: 'unapprove' });
    } catch (error) {
      // It is leaving just now, as it was approved: the texts that go out are pinned.
      if (isAppError(error, 'outbox.tooLate')) return draftOf(release);
      throw error;
    }
  }

  // -- creating

  /** The draft together with its item's relation to it. */
  async function useItem(
    draft: ReleaseDraft,
    actor: Actor,
    at: string,
    consent?: ItemConsent,
  ): Promise<ReleaseDraft> {
    return withWrites(draft, await news.use(actor, draft.value.newsId, useOf(draft.value, at), consent));
  }

  async function restoreCancelled(
    actor: Actor,
    id: ReleaseId,
    consent?: ItemConsent,
  ): Promise<ReleaseChanged> {
    return act(actor, 'restore', id, (current, context) => {
      const value = applyMove(current, 'restore', { status: 'draft', at: context.at });
      return useItem(record(draftOf(value), context, { action: 'restore' }), actor, context.at, consent);
    });
  }

  /** The release that exists already; a cancelled one comes back. */
  async function existing(
    actor: Actor,
    { id, consent }: Pick<Origin, 'id' | 'consent'>,
  ): Promise<Release | undefined> {
    const stored = (await store.find(id))?.value;
    if (stored === undefined) return undefined;
    const found = (await read(id)).value;
    if (found.state.status !== 'cancelled') return found;
    try {
      return (await restoreCancelled(actor, id, consent)).release;
    } catch (error) {
      // Somebody else brought it back in the same moment.
      if (!isAppError(error, 'release.moveNotAllowed')) throw error;
      return (await read(id)).value;
    }
  }

  /** The texts that an item begins with which is made for a release. */
  function firstTexts({ first }: Origin, { by, at }: PersonActionContext): Texts {
    if (first === undefined) return {};
    return reviseText({}, first.language, first.text, by, at).texts;
  }

  async function insertNew(actor: Actor, origin: Origin): Promise<Release> {
    const { id, channel, newsId, consent } = origin;
    const context = actionContextOf(deps, actor);
    const { at } = context;
    const use = useOf({ id, channel }, at);
    const made = {
      projectId: wholeProgramme,
      originalLanguage: origin.first?.language ?? 'fi',
      texts: firstTexts(origin, context),
    };
    const used =
      newsId === undefined
        ? news.make(context, madeNewsId(id), use, made)
        : await news.use(actor, newsId, use, consent);
    const release: Release = {
      id,
      channel,
      newsId: used.item.id,
      own: {},
      shown: shownOf({ own: {} }, used.item),
      createdAt: at,
      state: { status: 'draft', at },
      plans: 0,
      auditCount: 0,
    };
    const recorded: ReleaseDraft = record(draftOf(release), context, { action: 'create' });
    const { value, audit, changes, messages } = withWrites(recorded, used);
    await outbox.commit([...store.insert(value, audit), ...changes], messages);
    return value;
  }

  // -- overview

  /** Those due on a date and not out yet, in order of time; `undefined` where the index does not know them all. */
  function dueOn(date: string, indexed: WaitingLines | undefined): ReleaseLine[] | undefined {
    const attention = indexed?.first<ReleaseLine>(attentionGroup, maxDue);
    const planned = indexed?.first<ReleaseLine>(plannedGroup, maxDue);
    if (attention === undefined || planned === undefined || attention.more) return undefined;
    const dateOf = ({ due }: ReleaseLine) => (due === undefined ? '' : homeDate(due).toString());
    const last = planned.lines.at(-1);
    if (planned.more && last !== undefined && dateOf(last) <= date) return undefined;
    return [...attention.lines, ...planned.lines].filter((line) => dateOf(line) === date).sort(byDue);
  }

  // -- planning

  /**
   * What a person lets go out now: every language that is ready, or has a waiver.
   * @throws AppError `text.conflict`, `text.beingWritten`; `release.ownOutdated` with the `language` and the `parts`, joined by
   *   `_`; `release.languagesMissing` with the `languages` that are not ready, the same as `which`, and how far the first of them is.
   */
  function approvalOf(
    current: Release,
    item: NewsItem | undefined,
    { waiver, seen, although }: Consent,
    context: PersonActionContext,
  ): Approval {
    const { state } = current;
    if (item !== undefined) {
      requireSeenRevisions(item, seen, publicLanguages);
      requireNobodyWrites(item, context, { although });
    }
    const outdated = outdatedOwn(item?.texts ?? {}, current.own);
    // Not for a reason to let through: that is for a language that readers would miss.
    if (outdated !== undefined) {
      const { language, parts } = outdated;
      throw new AppError('release.ownOutdated', { id: current.id, language, parts: parts.join('_') });
    }
    const unready = unreadyLanguages(current, item);
    const before = 'approval' in state ? state.approval : current.out?.approval;
    // What the first of two let through, the second does without asking for the reason again.
    const reasons = [firstApprovalOf(current)?.approval, before].map(
      (each) => each && waivedReason(each, unready),
    );
    const reason = waiver ?? reasons.find((each) => each !== undefined);
    const revisions = publishableRevisions(current, item?.texts);
    const isWaived = reason !== undefined && Object.keys(revisions).length > 0;
    const [first] = unready;
    if (first !== undefined && !isWaived)
      throw new AppError('release.languagesMissing', {
        id: current.id,
        languages: unready,
        which: unready.join('_'),
        status: usedStatus(item?.texts ?? {}, current.own, first).status,
      });
    return {
      at: context.at,
      by: context.by,
      revisions,
      ...(unready.length > 0 && reason !== undefined && { waiver: { reason, languages: unready } }),
    };
  }

  /**
   * The approval as it is kept, where it is all that is needed: nobody else has to approve, or somebody else has. What was
   * approved for this text already only gets another time. `undefined` where another person has to approve it too.
   */
  function sufficient(
    current: Release,
    item: NewsItem | undefined,
    asked: Approval,
    required: 1 | 2,
  ): Approval | undefined {
    const { state } = current;
    const first = firstApprovalOf(current);
    const stamp = approvalStamp(current, item?.texts, asked);
    const isSecond = first?.stamp === stamp && !isOnePerson(first.approval.by, asked.by);
    if (isSecond) return { ...asked, first: { at: first.approval.at, by: first.approval.by } };
    const isGiven =
      (state.status === 'scheduled' || (state.status === 'approved' && state.overdue?.because !== 'text')) &&
      current.out === undefined &&
      isDeepStrictEqual(state.approval.revisions, asked.revisions);
    if (isGiven && state.approval.first !== undefined) return state.approval;
    return required === 1 || isGiven ? asked : undefined;
  }

  /** The draft with the first of two approvals, of which those who may give the second are notified. */
  function approveFirst(
    current: Release,
    item: NewsItem | undefined,
    wish: Omit<FirstApproval, 'stamp'>,
    context: PersonActionContext,
  ): ReleaseDraft {
    requireMove(current, 'approveFirst');
    const { approval, move, due } = wish;
    const firstApproval = { ...wish, stamp: approvalStamp(current, item?.texts, approval) };
    const before = firstApprovalOf(current);
    const isSame =
      before?.stamp === firstApproval.stamp &&
      before.move === move &&
      before.due === due &&
      isOnePerson(before.approval.by, approval.by);
    if (isSame) throw new AppError('approval.needsAnother', { id: current.id });
    const { sentBack: _answered, ...rest } = current;
    const value: Release = { ...rest, state: { ...current.state, firstApproval } as ReleaseState };
    const reason = approval.waiver?.reason;
    const event = {
      action: 'approveFirst',
      move,
      ...(due !== undefined && { due }),
      ...(reason !== undefined && { waiver: reason }),
    } as const;
    const draft = recordMove(draftOf(value), context, event, current);
    return withWrites(draft, { messages: [toApproveNotice(draft.value, context)] });
  }

  /** Gives a release a time, instead of the one that it had; where two have to approve it, once both have. */
  async function plan(
    current: Release,
    move: 'schedule' | 'publishNow' | 'correct' | 'putBack',
    due: Temporal.Instant,
    {
      item,
      consent,
      context,
      intent = {},
    }: {
      readonly item: NewsItem | undefined;
      readonly consent: Consent;
      readonly context: PersonActionContext;
      readonly intent?: Intent;
    },
  ): Promise<ReleaseDraft> {
    requireMove(current, move);
    if (current.out === undefined) assertDateFits(due, clock.now(), item?.earliestDate);
    const asked = approvalOf(current, item, consent, context);
    const required = approvalsOf(await deps.programme()).releases;
    const approval = sufficient(current, item, asked, required);
    if (approval === undefined)
      return approveFirst(
        current,
        item,
        {
          approval: asked,
          move,
          ...(move === 'schedule' && { due: due.toString() }),
          ...(intent.note && { note: intent.note }),
        },
        context,
      );
    const next = planned(current, approval, due.toString(), intent);
    const { at, by } = context;
    const scheduled = { status: 'scheduled', at, by, ...next.plan } as const;
    const { sentBack: _answered, ...before } = current;
    const value = { ...applyMove(before, move, scheduled), plans: next.plans };
    const reason = approval.waiver?.reason;
    const event = { action: move, due: due.toString(), ...(reason !== undefined && { waiver: reason }) };
    const draft = recordMove(draftOf(value), context, event, current);
    return cancelPlan(outbox, withWrites(draft, { messages: [next.message] }), current);
  }

  return {
    /**
     * `origin` is `{ newsId }` of an item, or `{ formId }` for one from nothing, for which an item is made; with the id of a
     * `channel` where it is not the first one: the same asked for twice is one release. An item that waits for a decision is
     * accepted on the way. `created` is false where the release was there already; a cancelled one becomes a draft again.
     * @throws AppError `news.notFound`, `news.notAccepted`, `text.beingWritten`, `input.invalid`, `text.personalData`.
     */
    async create(
      actor: Actor,
      origin: unknown,
    ): Promise<{ readonly release: Release; readonly created: boolean }> {
      requireMayDo(actor, 'create');
      const parsed = parseOrigin(origin, [...channels.keys()]);
      return whileConflicting(async () => {
        const found = await existing(actor, parsed);
        if (found !== undefined) return { release: found, created: false };
        return { release: await insertNew(actor, parsed), created: true };
      });
    },

    async get(actor: Actor, id: ReleaseId): Promise<ReleaseView> {
      requirePermission(actor, 'release:see');
      return viewOf(actor, await read(id));
    },

    /** The page as readers would get it in a language now, as a whole HTML document. @throws AppError `text.missing`. */
    async preview(actor: Actor, id: ReleaseId, language: PublicLanguage): Promise<string> {
      requirePermission(actor, 'release:see');
      const { value: release, item } = await read(id);
      const texts = item?.texts ?? {};
      const site = channels.get(release.channel);
      if (site === undefined || contentOf(release, texts, language) === undefined)
        throw new AppError('text.missing', { language });
      const all = Object.fromEntries(publicLanguages.map((each) => [each, 1] as const));
      const note = 'note' in release.state ? release.state.note : undefined;
      return site.preview(
        {
          releaseId: id,
          ...(item !== undefined && { projectId: item.projectId }),
          texts: contentsOf(release, texts, all),
          contact: release.contact ?? item?.author.name ?? '',
          corrections: withCorrection(release.out?.corrections ?? [], clock.now().toString(), note),
        },
        language,
      );
    },

    /** Not done yet: those that need a person, then by time, then approved, then drafts; 50 a page. */
    async queue(actor: Actor, after?: string): Promise<Page<ReleaseLine>> {
      requirePermission(actor, 'release:see');
      return store.queue(queuePageSize, after);
    },

    /** Published and cancelled, newest first, 30 a page. */
    async archive(actor: Actor, after?: string): Promise<Page<ReleaseLine>> {
      requirePermission(actor, 'release:see');
      return store.archive(archivePageSize, after);
    },

    /** Those that are to go out or went out between two ISO dates in Helsinki, both included, in order of time. */
    async days(actor: Actor, first: string, last: string): Promise<readonly ReleaseLine[]> {
      requirePermission(actor, 'release:see');
      return store.days(first, last);
    },

    /** What waits for people; `indexed` saves the round trips for what it knows. */
    async overviewLine(actor: Actor, indexed?: WaitingLines): Promise<ReleaseOverview> {
      requirePermission(actor, 'release:see');
      const date = today(clock).toString();
      const [ofToday, attention, halfApproved] = await Promise.all([
        dueOn(date, indexed) ?? store.days(date, date),
        indexed?.first<ReleaseLine>(attentionGroup, maxCounted) ?? store.needingAttention(maxCounted),
        indexed?.first<ReleaseLine>(toApproveGroup, maxCounted) ?? store.toApprove(maxCounted),
      ]);
      const count = (fits: (line: ReleaseLine) => boolean) => attention.lines.filter(fits).length;
      return {
        // What is out already, or was taken down, waits for nobody.
        today: ofToday.filter(({ status }) => status !== 'published' && status !== 'takenDown'),
        toApprove: halfApproved.lines.filter(
          ({ firstBy }) => firstBy === undefined || !isOnePerson(firstBy, approverOf(actor)),
        ),
        overdue: count((line) => line.overdue === true),
        failed: count((line) => line.status === 'failed'),
        uncertain: count((line) => line.status === 'uncertain'),
        more: 'more' in attention ? attention.more : attention.next !== undefined,
      };
    },

    /** Who did what, newest first, 50 a page. */
    async audit(actor: Actor, id: ReleaseId, after?: string): Promise<Page<ReleaseAudit>> {
      requirePermission(actor, 'release:see');
      const { value: release } = await read(id);
      return store.audit.page(id, release.auditCount, after);
    },

    /**
     * What this channel says otherwise than the item: a headline, a lead, a body; what is left out is the item's. What was
     * planned is looked at again.
     * @param input `{ words, replaces }`: `replaces` is when what its writer saw was saved, `null` where there was none.
     * @throws AppError `text.conflict` with `{ theirs: Deviation | null }` where somebody saved another meanwhile;
     *   `input.invalid`, `text.personalData`, `release.notEditable`.
     */
    async editText(
      actor: Actor,
      id: ReleaseId,
      language: PublicLanguage,
      input: unknown,
    ): Promise<ReleaseChanged> {
      requireMayDo(actor, 'editText');
      const edit = parseDeviation(input);
      return act(actor, 'editText', id, (current, context, item) => {
        requireEditable(current);
        const basedOn = item?.texts[language]?.revision ?? 0;
        const own = saveDeviation(current.own, language, { ...edit, basedOn }, context);
        return own === undefined ? draftOf(current) : withOwn(current, own, 'editText', language, context);
      });
    },

    /** Back to the item's text. @throws AppError `text.conflict` with `{ theirs }` as {@link ReleaseService.editText} does. */
    async useItemText(
      actor: Actor,
      id: ReleaseId,
      language: PublicLanguage,
      replaces: string | null,
    ): Promise<ReleaseChanged> {
      return act(actor, 'useItemText', id, (current, context) => {
        requireEditable(current);
        const own = dropDeviation(current.own, language, replaces);
        return own === undefined ? draftOf(current) : withOwn(current, own, 'useItemText', language, context);
      });
    },

    /** Whom readers may ask; without a text the item's author. `seen` has the `contact` before. @throws AppError `edit.conflict`. */
    async setContact(actor: Actor, id: ReleaseId, input: unknown, seen?: Seen): Promise<ReleaseChanged> {
      requireMayDo(actor, 'editContact');
      const contact = parseContact(input);
      return act(actor, 'editContact', id, async (current, context) => {
        requireEditable(current);
        if (current.contact === contact) return draftOf(current);
        requireSeen(seen, { contact: contact ?? null }, { contact: current.contact ?? null });
        const { contact: _before, ...rest } = current;
        const value: Release = contact === undefined ? rest : { ...rest, contact };
        const { state } = current;
        // Readers would get something else than two people have seen.
        const isOfTwo =
          'approval' in state && state.approval.first !== undefined && state.status !== 'published';
        const draft = isOfTwo
          ? await takeBackApproval(draftOf(value), context)
          : draftOf(withoutFirstApproval(value));
        return record(draft, context, { action: 'editContact' });
      });
    },

    /**
     * Plans it for a wall-clock time in Helsinki; one that has a time already gets the new one, where `seen` has it as `due`.
     * What is out then is the text as it is approved at that time.
     * @throws AppError `release.timePassed`, `input.invalid` with faults at `date`, `time`; `edit.conflict`;
     *   `release.languagesMissing` with the `languages` that are not ready, unless there is a waiver and at least one
     *   language is; `release.ownOutdated`; `text.conflict`, `text.beingWritten`.
     */
    async schedule(
      actor: Actor,
      id: ReleaseId,
      wallTime: unknown,
      { seen, consent = {} }: { readonly seen?: Seen | undefined; readonly consent?: Consent } = {},
    ): Promise<Scheduled> {
      requireMayDo(actor, 'schedule');
      const { instant: due, clockChange } = momentOf(parseWallTime(wallTime));
      const waiver = parseWaiver(consent.waiver);
      const moved = await act(actor, 'schedule', id, (current, context, item) => {
        requireMove(current, 'schedule');
        const { state } = current;
        requireSeen(seen, { due: due.toString() }, { due: state.status === 'scheduled' ? state.due : null });
        assertNotPassed(due, clock.now());
        return plan(current, 'schedule', due, { item, consent: { ...consent, waiver }, context });
      });
      return { ...moved, clockChange };
    },

    /** Out as soon as an undo is no longer possible. @throws AppError as {@link ReleaseService.schedule} does. */
    async publishNow(actor: Actor, id: ReleaseId, consent: Consent = {}): Promise<ReleaseChanged> {
      const waiver = parseWaiver(consent.waiver);
      return act(actor, 'publishNow', id, (current, context, item) =>
        plan(current, 'publishNow', Temporal.Instant.from(context.dueAt), {
          item,
          consent: { ...consent, waiver },
          context,
        }),
      );
    },

    /**
     * Publishes again what is out, as it is now: on the same pages, in the feeds, with a dated note where one is given. An
     * undo is possible until then.
     * @param input `{ note? }`, by language.
     * @throws AppError as {@link ReleaseService.schedule} does.
     */
    async correct(
      actor: Actor,
      id: ReleaseId,
      input: unknown,
      consent: Consent = {},
    ): Promise<ReleaseChanged> {
      requireMayDo(actor, 'correct');
      const note = parseCorrection(input);
      const waiver = parseWaiver(consent.waiver);
      return act(actor, 'correct', id, (current, context, item) =>
        plan(current, 'correct', Temporal.Instant.from(context.dueAt), {
          item,
          consent: { ...consent, waiver },
          context,
          intent: { purpose: 'correct', ...(note && { note }) },
        }),
      );
    },

    /**
     * Takes what is out away from its readers, at once: waiting for an undo would leave it there. It can be put back.
     * @throws AppError `release.moveNotAllowed` while it is being published just now.
     */
    async takeDown(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, 'takeDown', id, async (current, context) => {
        requireMove(current, 'takeDown');
        const approval = current.out?.approval ?? { at: context.at, by: context.by, revisions: {} };
        const by = { ...approval, at: context.at, by: context.by };
        const next = planned(current, by, context.at, { purpose: 'takeDown' });
        const value = {
          ...applyMove(current, 'takeDown', { status: 'publishing', at: context.at, ...next.plan }),
          plans: next.plans,
        };
        const draft: ReleaseDraft = record(draftOf(value), context, { action: 'takeDown' });
        return cancelPlan(outbox, withWrites(draft, { messages: [next.message] }), current);
      });
    },

    /**
     * Takes back what waits for approval where it is published, or of which readers see a part: its pages go, and it has no
     * time any more.
     * @throws AppError `release.moveNotAllowed`; `outbox.tooLate` while the channel is being asked.
     */
    async withdraw(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, 'withdraw', id, async (current, context) => {
        requireMove(current, 'withdraw');
        const { state } = current;
        if (!('message' in state)) return draftOf(current);
        const next = planned(current, state.approval, context.at, { purpose: 'takeDown' });
        const value = {
          ...applyMove(current, 'withdraw', { status: 'publishing', at: context.at, ...next.plan }),
          plans: next.plans,
        };
        const draft: ReleaseDraft = record(draftOf(value), context, { action: 'withdraw' });
        return cancelPlan(outbox, withWrites(draft, { messages: [next.message] }), current);
      });
    },

    /** Shows what was taken down again, as it is now. @throws AppError as {@link ReleaseService.schedule} does. */
    async putBack(actor: Actor, id: ReleaseId, consent: Consent = {}): Promise<ReleaseChanged> {
      const waiver = parseWaiver(consent.waiver);
      return act(actor, 'putBack', id, (current, context, item) =>
        plan(current, 'putBack', Temporal.Instant.from(context.dueAt), {
          item,
          consent: { ...consent, waiver },
          context,
          intent: { purpose: 'putBack' },
        }),
      );
    },

    /**
     * The second of two approvals: what the first one asked for is done.
     * @throws AppError `approval.none` where nothing waits for it, or what was approved has changed; `approval.needsAnother` for
     *   the one who gave the first; `release.timePassed`; and as {@link ReleaseService.schedule} does.
     */
    async approve(actor: Actor, id: ReleaseId, consent: Consent = {}): Promise<ReleaseChanged> {
      const waiver = parseWaiver(consent.waiver);
      return act(actor, 'approve', id, (current, context, item) => {
        const first = firstApprovalOf(current);
        if (first === undefined || first.stamp !== approvalStamp(current, item?.texts, first.approval))
          throw new AppError('approval.none', { id });
        const { move, note } = first;
        const due = Temporal.Instant.from(first.due ?? context.dueAt);
        if (move === 'schedule') assertNotPassed(due, clock.now());
        const intent: Intent =
          move === 'correct' || move === 'putBack' ? { purpose: move, ...(note && { note }) } : {};
        return plan(current, move, due, { item, consent: { ...consent, waiver }, context, intent });
      });
    },

    /** Sends it back to whoever writes it; approvals that were given are taken back. @param input `{ reason }`. */
    async sendBack(actor: Actor, id: ReleaseId, input: unknown): Promise<ReleaseChanged> {
      requireMayDo(actor, 'sendBack');
      const reason = parseReason(input);
      return act(actor, 'sendBack', id, async (current, context) => {
        requireMove(current, 'sendBack');
        const { value, ...draft } = await takeBackApproval(draftOf(current), context);
        const sentBack = { at: context.at, by: context.by, reason };
        return record({ ...draft, value: { ...value, sentBack } }, context, {
          action: 'sendBack',
          text: reason,
        });
      });
    },

    /** What was to go out does not; what somebody let go out stays so. A correction is given up: what is out stays as it is. */
    async unschedule(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, 'unschedule', id, async (current, context) => {
        requireMove(current, 'unschedule');
        const { state } = current;
        if (state.status !== 'scheduled') return draftOf(current);
        const { approval } = state;
        const value =
          current.out === undefined
            ? applyMove(current, 'unschedule', { status: 'approved', approval })
            : backToOut(current, context);
        const draft = recordMove(draftOf(value), context, { action: 'unschedule' }, current);
        return cancelPlan(outbox, draft, current);
      });
    },

    /**
     * Gives up a correction, a taking down or a putting back that failed: back to what the channel shows. Of one that is
     * uncertain the person has looked and says which is true.
     * @param input `{ done? }`: whether the channel had done it; needed where it is uncertain.
     * @throws AppError `release.moveNotAllowed`; `input.invalid` at `done`.
     */
    async giveUp(actor: Actor, id: ReleaseId, input: unknown): Promise<ReleaseChanged> {
      requireMayDo(actor, 'giveUp');
      const done = parseGiveUp(input);
      return act(actor, 'giveUp', id, async (current, context, item) => {
        requireMove(current, 'giveUp');
        const isUncertain = current.state.status === 'uncertain';
        if (isUncertain === (done === undefined))
          throw new AppError('input.invalid', {
            fields: [{ field: 'done', code: isUncertain ? 'required' : 'unknownField' }],
          });
        const value = done === true ? asDone(current, item, context) : backToOut(current, context, 'giveUp');
        const event = { action: 'giveUp', ...(done === true && { done }) } as const;
        const draft = await cancelPlan(outbox, record(draftOf(value), context, event), current);
        const isShown = value.state.status === 'published';
        const use = { in: 'release', id } as const;
        return withWrites(draft, await news.markOut(current.newsId, use, isShown ? value.out : undefined));
      });
    },

    async cancel(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, 'cancel', id, async (current, context) => {
        const value = applyMove(current, 'cancel', { status: 'cancelled', at: context.at, by: context.by });
        const draft = recordMove(draftOf(value), context, { action: 'cancel' }, current);
        const withoutPlan = await cancelPlan(outbox, draft, current);
        const unused = await news.unuse(actor, current.newsId, { in: 'release', id });
        return withWrites(withoutPlan, unused);
      });
    },

    /** Makes a cancelled one a draft again. */
    restore: restoreCancelled,

    /**
     * Publishes again what failed, is uncertain or waits for its next attempt, at once and with a plan of its
     * own. Harmless when it is leaving just now. The channel knows what it has already: that ends in published, too.
     */
    async retry(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, 'retry', id, async (current, context) => {
        requireMove(current, 'retry');
        const { state } = current;
        if (!('message' in state)) return draftOf(current);
        const next = planned(current, state.approval, state.due, intentOf(state));
        const publishing = { status: 'publishing', at: context.at, ...next.plan } as const;
        const value = { ...applyMove(current, 'retry', publishing), plans: next.plans };
        const draft = record(draftOf(value), context, { action: 'retry' } as const);
        try {
          return await cancelPlan(outbox, withWrites(draft, { messages: [next.message] }), current);
        } catch (error) {
          if (state.status === 'publishing' && isAppError(error, 'outbox.tooLate')) return draftOf(current);
          throw error;
        }
      });
    },

    /**
     * Takes back one's own move with this audit number. What was to go out then is planned again.
     * @throws AppError `undo.tooLate` when something happened since, or its time has passed by now.
     */
    async undo(actor: Actor, id: ReleaseId, auditNumber: number): Promise<ReleaseChanged> {
      requirePermission(actor, 'release:undo');
      const changed = await undoChange(id, actor, auditNumber, async ({ value: current }, entry, context) => {
        const { before, event } = entry;
        requireMayTakeBack(actor, event);
        const restored = bringBack(current, event.action, before);
        let draft: ReleaseDraft = draftOf(restored);
        if (before.status === 'scheduled') {
          if (Temporal.Instant.compare(before.due, context.at) <= 0)
            throw new AppError('undo.tooLate', { id, state: current.state.status });
          const next = planned(current, before.approval, before.due, intentOf(before));
          const state = { status: 'scheduled', at: before.at, by: before.by, ...next.plan } as const;
          const value = { ...restored, state, plans: next.plans };
          draft = withWrites(draftOf(value), { messages: [next.message] });
        }
        const undone = await cancelPlan(outbox, record(draft, context, { action: 'undo' }), current);
        return current.state.status === 'cancelled' ? useItem(undone, actor, context.at) : undone;
      });
      return movedOf(changed);
    },

    /**
     * What follows in the releases when a text of an item changes: lists show it as it is now. A release that is leaving just
     * now makes the commit fail and look again, so that nobody publishes what is being changed.
     */
    async textChanged(item: NewsItem, actor: Actor, isEdited: boolean): Promise<Change[]> {
      const context = actionContextOf(deps, actor);
      const changes: Change[] = [];
      for (const use of item.uses) {
        if (use.in !== 'release') continue;
        const { item: _item, ...found } = await read(use.id);
        const shown = shownOf(found.value, item);
        const draft = isEdited ? await withoutApprovals(found.value, context) : draftOf(found.value);
        changes.push(...store.replace(found, { ...draft.value, shown }, draft.audit), ...draft.changes);
      }
      return changes;
    },
  };

  async function viewOf(actor: Actor, { value: release, item }: FoundRelease): Promise<ReleaseView> {
    const texts = item?.texts ?? {};
    const required = approvalsOf(await deps.programme()).releases;
    const given = firstApprovalOf(release);
    const first =
      given?.stamp === (given && approvalStamp(release, texts, given.approval)) ? given : undefined;
    const states = publicLanguages.map(
      (language) => [language, usedStatus(texts, release.own, language)] as const,
    );
    return {
      release,
      status: statusOf(release),
      ...(item && { item: seenWhereUsed(actor, item) }),
      languages: Object.fromEntries(states) as ReleaseView['languages'],
      moves: movesFor(actor, release),
      movedOn: hasMovedOn(release, item),
      may: releaseMay(actor, release),
      approvals: approvalsView(actor, required, first),
    };
  }
}

/** What people see of the approvals of a release. */
function approvalsView(
  actor: Actor,
  required: 1 | 2,
  first: FirstApproval | undefined,
): ReleaseView['approvals'] {
  if (first === undefined) return { required, mayApprove: false };
  const { approval, move, due } = first;
  const { at, by, waiver } = approval;
  return {
    required,
    first: { at, by, move, ...(due !== undefined && { due }), ...(waiver && { waiver }) },
    mayApprove: mayApprove(actor) && (required === 1 || !isOnePerson(by, approverOf(actor))),
  };
}
