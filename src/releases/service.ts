import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../platform/actor.js';
import {
  actionContextOf,
  draftOf,
  record,
  type ActionContext,
  type Changed,
  type PersonActionContext,
} from '../platform/aggregate.js';
import { homeDate, today } from '../platform/clock.js';
import { whileConflicting } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { holidaysBetween } from '../platform/holidays.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { requireSeen, type Seen } from '../platform/seen.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import { momentOf } from '../platform/wall-time.js';
import { languages, publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import { parseText } from '../content/input.js';
import {
  assertNotParked,
  checkText,
  editStatus,
  parkText,
  requireSeenRevisions,
  saveText,
  type TextEdit,
} from '../content/edits.js';
import { currentRevisions, isSameText, revisionOf, type Revision, type Text } from '../content/text.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { NewsService } from '../news/service.js';
import { may, requirePermission } from '../people/permissions.js';
import {
  cancelPlan,
  planned,
  releaseChanges,
  sourceOf,
  withWrites,
  type ChangeDeps,
  type ReleaseDraft,
  copyTexts,
  newerTexts,
  publishableRevisions,
  unreadyLanguages,
} from './change.js';
import {
  parseMonth,
  parseOrigin,
  parseWaiver,
  parseWallTime,
  type Origin,
  assertDateFits,
  assertNotPassed,
  comingPage,
  monthPage,
} from './input.js';
import { attentionGroup, plannedGroup } from './store.js';
import type {
  Approval,
  ReleaseChanged,
  Release,
  ReleaseAudit,
  ReleaseEvent,
  ReleaseLine,
  ReleaseCalendar,
  ReleaseOverview,
  ReleaseState,
  Scheduled,
  SeenRevisions,
} from './types.js';
import {
  applyMove,
  bringBack,
  openMoves,
  requireEditable,
  requireMove,
  undoState,
  type Move,
} from './workflow.js';

const queuePageSize = 50;
const archivePageSize = 30;
const historyPageSize = 20;
const maxCounted = 100;
const maxDue = 200;

const byDue = (one: ReleaseLine, other: ReleaseLine): number =>
  Date.parse(one.due ?? '') - Date.parse(other.due ?? '') || (one.id < other.id ? -1 : 1);

export interface ReleaseDeps extends ChangeDeps {
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse'>;
  /** The ids of the channels that are registered. */
  readonly channels: readonly string[];
}

/** A release with all that its page shows. */
export interface ReleaseView {
  readonly release: Release;
  /** The moves open to the actor. */
  readonly moves: readonly Move[];
  /** Texts of the item that are newer than those last taken from it. */
  readonly newer: Partial<Record<PublicLanguage, Text>>;
  /** ISO date before which the item must not be published. */
  readonly earliestDate?: string;
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
    id: ReleaseId,
    decide: (current: Release, context: PersonActionContext) => ReleaseDraft | Promise<ReleaseDraft>,
  ): Promise<ReleaseChanged> {
    requirePermission(actor, 'release:edit');
    return movedOf(await change(id, actor, ({ value }, context) => decide(value, context)));
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

  // -- texts

  /** The current text is no longer the approved one: back to a draft, and nothing leaves. */
  async function takeBackApproval(draft: ReleaseDraft, context: ActionContext): Promise<ReleaseDraft> {
    const before = draft.value;
    if (before.state.status === 'draft') return draft;
    const value = applyMove(before, 'unapprove', { status: 'draft', at: context.at });
    return cancelPlan(
      outbox,
      recordMove({ ...draft, value }, context, { action: 'unapprove' }, before),
      before,
    );
  }

  async function withText(
    draft: ReleaseDraft,
    edited: Pick<TextEdit, 'language' | 'text'>,
    context: PersonActionContext,
    how: {
      readonly event?: (saved: { language: Language; revision: number }) => ReleaseEvent;
      readonly newest?: ReleaseAudit | undefined;
    },
  ): Promise<ReleaseDraft> {
    const unapproved = await takeBackApproval(draft, context);
    return saveText(unapproved, edited, context, store.history, how);
  }

  // -- creating

  const useOf = ({ id, channel }: Pick<Release, 'id' | 'channel'>, at: string) =>
    ({ in: 'release', id, channel, at }) as const;

  /** The draft together with its item's relation to it. */
  async function useSource(draft: ReleaseDraft, actor: Actor, at: string): Promise<ReleaseDraft> {
    const { source } = draft.value;
    if (source === undefined) return draft;
    return withWrites(draft, await news.use(actor, source.newsId, useOf(draft.value, at)));
  }

  async function restoreCancelled(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
    return act(actor, id, (current, context) => {
      const value = applyMove(current, 'restore', { status: 'draft', at: context.at });
      return useSource(record(draftOf(value), context, { action: 'restore' }), actor, context.at);
    });
  }

  /** The release that exists already; a cancelled one comes back. */
  async function existing(actor: Actor, id: ReleaseId): Promise<Release | undefined> {
    const found = (await store.find(id))?.value;
    if (found?.state.status !== 'cancelled') return found;
    try {
      return (await restoreCancelled(actor, id)).release;
    } catch (error) {
      // Somebody else brought it back in the same moment.
      if (!isAppError(error, 'release.moveNotAllowed')) throw error;
      return (await store.find(id))?.value;
    }
  }

  async function insertNew(actor: Actor, { id, channel, newsId }: Origin): Promise<Release> {
    const context = actionContextOf(deps, actor);
    const { at } = context;
    const blank: Release = {
      id,
      channel,
      createdAt: at,
      texts: {},
      state: { status: 'draft', at },
      plans: 0,
      auditCount: 0,
    };
    const used = newsId === undefined ? undefined : await news.use(actor, newsId, useOf(blank, at));
    const release: Release =
      used === undefined
        ? blank
        : {
            ...blank,
            source: { newsId: used.item.id, revisions: currentRevisions(used.item.texts) },
            projectId: used.item.projectId,
            texts: copyTexts(used.item.texts, at),
          };
    const recorded = record(draftOf(release), context, { action: 'create' } as const);
    const kept = languages.reduce<ReleaseDraft>((draft, language) => {
      const text = release.texts[language];
      if (text === undefined) return draft;
      const revision = store.history.insert(id, revisionOf(language, text), draft.value.auditCount);
      return withWrites(draft, { changes: [revision] });
    }, recorded);
    const { value, audit, changes, messages } = used === undefined ? kept : withWrites(kept, used);
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

  /** Gives a release a time, instead of the one that it had. */
  async function plan(
    current: Release,
    move: 'schedule' | 'publishNow',
    due: Temporal.Instant,
    context: PersonActionContext,
  ): Promise<ReleaseDraft> {
    assertDateFits(due, clock.now(), (await sourceOf(news, current))?.earliestDate);
    const { state } = current;
    if (state.status !== 'approved' && state.status !== 'scheduled')
      throw new AppError('release.notApproved', { id: current.id, move, state: state.status });
    const next = planned(current, state.approval, due.toString(), context);
    const value = { ...applyMove(current, move, next.state), plans: next.plans };
    const draft = recordMove(draftOf(value), context, { action: move, due: due.toString() }, current);
    return cancelPlan(outbox, withWrites(draft, { messages: [next.message] }), current);
  }

  async function calendarOf(page: Pick<ReleaseCalendar, 'first' | 'last'>): Promise<ReleaseCalendar> {
    const { first, last } = page;
    const [lines, holidays] = await Promise.all([store.days(first, last), holidaysBetween(first, last)]);
    return { ...page, lines, holidays };
  }

  return {
    /**
     * `origin` is `{ newsId }` of an accepted item, or `{ formId }` for one from nothing, with the id of a `channel` where
     * it is not the first one: the same asked for twice is one release. `created` is false where it was there already; a
     * cancelled one becomes a draft again.
     * @throws AppError `news.notFound`, `news.notAccepted`, `input.invalid`.
     */
    async create(
      actor: Actor,
      origin: unknown,
    ): Promise<{ readonly release: Release; readonly created: boolean }> {
      requirePermission(actor, 'release:edit');
      const parsed = parseOrigin(origin, channels);
      return whileConflicting(async () => {
        const found = await existing(actor, parsed.id);
        if (found !== undefined) return { release: found, created: false };
        return { release: await insertNew(actor, parsed), created: true };
      });
    },

    async get(actor: Actor, id: ReleaseId): Promise<ReleaseView> {
      requirePermission(actor, 'release:see');
      const { value: release } = await read(id);
      const item = await sourceOf(news, release);
      return {
        release,
        moves: may(actor.role, 'release:edit') ? openMoves(release) : [],
        newer: newerTexts(release, item),
        ...(item?.earliestDate !== undefined && { earliestDate: item.earliestDate }),
      };
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

    /** @throws AppError `input.invalid` when it is not a month such as `2026-12`. */
    async month(actor: Actor, month: string): Promise<ReleaseCalendar> {
      requirePermission(actor, 'release:see');
      return { month, ...(await calendarOf(monthPage(parseMonth(month)))) };
    },

    /** Those that are to go out or went out between two ISO dates in Helsinki, both included, in order of time. */
    async days(actor: Actor, first: string, last: string): Promise<readonly ReleaseLine[]> {
      requirePermission(actor, 'release:see');
      return store.days(first, last);
    },

    /** The five weeks that begin with the current one. */
    async comingWeeks(actor: Actor): Promise<ReleaseCalendar> {
      requirePermission(actor, 'release:see');
      return calendarOf(comingPage(today(clock)));
    },

    /** What waits for people; `indexed` saves the round trips for what it knows. */
    async overviewLine(actor: Actor, indexed?: WaitingLines): Promise<ReleaseOverview> {
      requirePermission(actor, 'release:see');
      const date = today(clock).toString();
      const [ofToday, attention] = await Promise.all([
        dueOn(date, indexed) ?? store.days(date, date),
        indexed?.first<ReleaseLine>(attentionGroup, maxCounted) ?? store.needingAttention(maxCounted),
      ]);
      const count = (fits: (line: ReleaseLine) => boolean) => attention.lines.filter(fits).length;
      return {
        // What is out already waits for nobody.
        today: ofToday.filter(({ status }) => status !== 'published'),
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

    /** Revisions of one language, newest first, 20 a page. */
    async history(actor: Actor, id: ReleaseId, language: Language, after?: string): Promise<Page<Revision>> {
      requirePermission(actor, 'release:see');
      await read(id);
      return store.history.page(id, language, historyPageSize, after);
    },

    /**
     * A new text in one language, written over revision `basedOn` (0 where there was none). Takes an approval back.
     * @throws AppError `text.conflict` with `{ theirs: Text, parked: number }` when another revision is current: the text that
     *   came late is kept in the history as parked; `input.invalid`, `text.personalData`, `release.notEditable`.
     */
    async edit(
      actor: Actor,
      id: ReleaseId,
      language: PublicLanguage,
      input: unknown,
      basedOn: number,
    ): Promise<ReleaseChanged> {
      requirePermission(actor, 'release:edit');
      requireEditable((await read(id)).value);
      const written: TextEdit = { language, text: parseText(input), basedOn };
      const { release } = await act(actor, id, async (current, context) => {
        requireEditable(current);
        switch (editStatus(current.texts, written)) {
          case 'same':
            return draftOf(current);
          case 'late':
            return parkText<Release, ReleaseEvent, ReleaseState, NewMessage>(
              draftOf(current),
              written,
              context,
              store.history,
            );
          case 'new':
            return withText(draftOf(current), written, context, {
              newest: await store.audit.entry(id, current.auditCount),
            });
        }
      });
      assertNotParked(release, written);
      return { release };
    },

    /**
     * Somebody looked at this language beside the other, at the revisions `seen`, and found it in step.
     * @throws AppError `text.conflict` with `{ revisions }` where others are current by now.
     */
    async check(
      actor: Actor,
      id: ReleaseId,
      language: PublicLanguage,
      seen?: SeenRevisions,
    ): Promise<ReleaseChanged> {
      return act(actor, id, (current, context) => {
        requireEditable(current);
        requireSeenRevisions(current, seen, publicLanguages);
        return checkText<Release, ReleaseEvent, ReleaseState, NewMessage>(
          draftOf(current),
          language,
          context,
        );
      });
    },

    /**
     * Takes over the item's current text; the text that it replaces, of the revision `basedOn`, stays in the history.
     * @throws AppError `text.conflict` with `{ theirs }` where another revision is current by now.
     */
    async takeSource(
      actor: Actor,
      id: ReleaseId,
      language: PublicLanguage,
      basedOn?: number,
    ): Promise<ReleaseChanged> {
      return act(actor, id, async (current, context) => {
        requireEditable(current);
        const theirs = current.texts[language];
        if (basedOn !== undefined && (theirs?.revision ?? 0) !== basedOn)
          throw new AppError('text.conflict', { id, theirs });
        const text = (await sourceOf(news, current))?.texts[language];
        if (current.source === undefined || text === undefined)
          throw new AppError('text.missing', { language });
        const revisions = { ...current.source.revisions, [language]: text.revision };
        const taken: Release = { ...current, source: { ...current.source, revisions } };
        const own = current.texts[language];
        if (own === undefined || !isSameText(own, text))
          return withText(draftOf(taken), { language, text }, context, {
            event: (saved) => ({ action: 'takeSource', ...saved }),
          });
        return draftOf(current.source.revisions[language] === text.revision ? current : taken);
      });
    },

    /**
     * Pins the revisions that may be published: those in `seen` where it is given, else the current ones.
     * @throws AppError `text.conflict` with `{ revisions }`, the revision of each language, when it is not what was seen.
     * @throws AppError `release.languagesMissing` with `{ languages }` that are not ready, unless there is a waiver
     *   and at least one language has a text.
     */
    async approve(
      actor: Actor,
      id: ReleaseId,
      waiver?: string,
      seen?: SeenRevisions,
    ): Promise<ReleaseChanged> {
      requirePermission(actor, 'release:edit');
      const reason = parseWaiver(waiver);
      return act(actor, id, (current, context) => {
        const revisions = publishableRevisions(current.texts);
        const unready = unreadyLanguages(current.texts);
        const isWaived = reason !== undefined && Object.keys(revisions).length > 0;
        requireMove(current, 'approve');
        requireSeenRevisions(current, seen, publicLanguages);
        if (unready.length > 0 && !isWaived)
          throw new AppError('release.languagesMissing', { id, languages: unready });
        const needed = unready.length > 0 ? reason : undefined;
        const approval: Approval = {
          at: context.at,
          by: context.by,
          revisions,
          ...(needed !== undefined && { waiver: { reason: needed } }),
        };
        const value = applyMove(current, 'approve', { status: 'approved', approval });
        const event = { action: 'approve', ...(needed !== undefined && { waiver: needed }) } as const;
        return recordMove(draftOf(value), context, event, current);
      });
    },

    async unapprove(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, id, (current, context) => {
        requireMove(current, 'unapprove');
        return takeBackApproval(draftOf(current), context);
      });
    },

    /**
     * Plans it for a wall-clock time in Helsinki; one that has a time already gets the new one, where `seen` has it as `due`.
     * @throws AppError `release.notApproved`, `release.timePassed`, `input.invalid` with faults at `date`, `time`;
     *   `edit.conflict`.
     */
    async schedule(actor: Actor, id: ReleaseId, wallTime: unknown, seen?: Seen): Promise<Scheduled> {
      requirePermission(actor, 'release:edit');
      const { instant: due, clockChange } = momentOf(parseWallTime(wallTime));
      const moved = await act(actor, id, (current, context) => {
        requireMove(current, 'schedule');
        const { state } = current;
        requireSeen(seen, { due: due.toString() }, { due: state.status === 'scheduled' ? state.due : null });
        assertNotPassed(due, clock.now());
        return plan(current, 'schedule', due, context);
      });
      return { ...moved, clockChange };
    },

    /** Out as soon as an undo is no longer possible. @throws AppError as `schedule` does. */
    async publishNow(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, id, (current, context) => {
        requireMove(current, 'publishNow');
        return plan(current, 'publishNow', Temporal.Instant.from(context.dueAt), context);
      });
    },

    /** Back to a draft; what was to go out does not. */
    async unschedule(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, id, (current, context) => {
        const value = applyMove(current, 'unschedule', { status: 'draft', at: context.at });
        const draft = recordMove(draftOf(value), context, { action: 'unschedule' }, current);
        return cancelPlan(outbox, draft, current);
      });
    },

    async cancel(actor: Actor, id: ReleaseId): Promise<ReleaseChanged> {
      return act(actor, id, async (current, context) => {
        const value = applyMove(current, 'cancel', { status: 'cancelled', at: context.at, by: context.by });
        const draft = recordMove(draftOf(value), context, { action: 'cancel' }, current);
        const withoutPlan = await cancelPlan(outbox, draft, current);
        if (current.source === undefined) return withoutPlan;
        const unused = await news.unuse(actor, current.source.newsId, { in: 'release', id });
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
      return act(actor, id, async (current, context) => {
        requireMove(current, 'retry');
        const { state } = current;
        if (!('message' in state)) return draftOf(current);
        const next = planned(current, state.approval, state.due, context);
        const publishing = {
          status: 'publishing',
          at: context.at,
          approval: state.approval,
          due: state.due,
          message: next.state.message,
        } as const;
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
      requirePermission(actor, 'release:edit');
      const changed = await undoChange(id, actor, auditNumber, async ({ value: current }, entry, context) => {
        const { before, event } = entry;
        const restored = bringBack(current, event.action, before);
        let draft: ReleaseDraft = draftOf(restored);
        if (before.status === 'scheduled') {
          if (Temporal.Instant.compare(before.due, context.at) <= 0)
            throw new AppError('undo.tooLate', { id, state: current.state.status });
          const next = planned(current, before.approval, before.due, { at: before.at, by: before.by });
          const value = { ...restored, state: next.state, plans: next.plans };
          draft = withWrites(draftOf(value), { messages: [next.message] });
        }
        const undone = await cancelPlan(outbox, record(draft, context, { action: 'undo' }), current);
        return current.state.status === 'cancelled' ? useSource(undone, actor, context.at) : undone;
      });
      return movedOf(changed);
    },
  };
}
