import type { Page } from '../platform/pages.js';
import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { isOnePerson, type Actor } from '../platform/actor.js';
import {
  actionContextOf,
  aggregate,
  cancelForUndo,
  draftOf,
  record,
  recordRepeated,
  type AggregateKind,
  type Changed,
  type Draft,
  type PersonActionContext,
} from '../platform/aggregate.js';
import { today, type Clock } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { editConflict, mergedWith, requireSeen, type Seen } from '../platform/seen.js';
import { deterministicId, type IssueId, type MessageId, type NewsId, type StoryId } from '../platform/ids.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { requirePermission } from '../people/permissions.js';
import { approvalsOf, type Programme } from '../people/person.js';
import { toApproveNotice } from './notices.js';
import { approverOf, mayApprove, requireMayDo, requireMayTakeBack } from './policy.js';
import type { Deviations } from '../content/deviation.js';
import { dropDeviation, parseDeviation, saveDeviation } from '../content/deviation-edits.js';
import { requireNobodyWrites, type SeenRevisions } from '../content/edits.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { authorNotice } from '../news/notices.js';
import type { Consent } from '../news/uses.js';
import type { NewsService } from '../news/service.js';
import type { NewsItem, NewsUse } from '../news/types.js';
import { firstDeadline } from './deadline.js';
import {
  parseApproval,
  parseDeadline,
  parseLanguage,
  parseLetter,
  parseOrder,
  parseReason,
  parseSeenOrder,
  parseTestMail,
  parseWeight,
} from './input.js';
import { modelOf } from './mail/model.js';
import { renderMail, type Mail } from './mail/mail.js';
import {
  gapsOf,
  needed,
  pinsOf,
  sameSpot,
  saysNothing,
  stampOf,
  unwaived,
  withPinnedTexts,
  type StoryWithItem,
} from './readiness.js';
import type { FoundIssue, NewsletterStore } from './store.js';
import {
  issueId,
  lineOf,
  shapeOf,
  storyId,
  usualWeight,
  type Arrangement,
  type FirstApproval,
  type IssueAuditEntry,
  type IssueBefore,
  type IssueEvent,
  type IssueLine,
  type IssueState,
  type LetterTexts,
  type Story,
  type WholeIssue,
} from './types.js';
import { assemble, isAlike, layoutByProject, layoutOf, type Assembled, type Section } from './arrangement.js';
import {
  assembledIssue,
  issueView,
  overviewOf,
  storyView,
  type SortableStory,
  type IssueOverview,
  type IssueView,
  type StoryView,
} from './view.js';
import { issueOutMessage, testMailMessage } from './messages.js';
import { indexedOverview } from './waiting.js';
import { applyMove, applyUndo, isOpen, toDrafting, withoutApproval } from './workflow.js';

/** What the newsletter service is made of. */
export interface NewsletterDeps {
  readonly store: NewsletterStore;
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse' | 'unplace' | 'revision' | 'markOut'>;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly programme: () => Promise<Programme>;
  /** How long a notice to an author waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface IssueChanged {
  readonly issueId: IssueId;
  readonly number: number;
  readonly storyId?: StoryId;
  readonly undo?: number;
}

/** What came of placing several items, each by its own. */
export interface PlacedSeveral {
  readonly placed: readonly NewsId[];
  readonly issueId?: IssueId;
  /** Takes back all that was placed; absent where somebody else changed the issue in between. */
  readonly undo?: number;
  readonly failed: readonly { readonly newsId: NewsId; readonly error: AppError }[];
}

type IssueDraft = Draft<WholeIssue, IssueEvent, IssueBefore, NewMessage>;
/** What a step changes beside the shape of the issue. */
type Effects = Pick<IssueDraft, 'value' | 'changes' | 'messages'>;

const recordEvent = record<WholeIssue, IssueEvent, IssueBefore, NewMessage>;

const maxListed = 100;

function findStory(stories: readonly Story[], id: StoryId): Story {
  const story = stories.find((candidate) => candidate.id === id);
  if (story === undefined) throw new AppError('newsletter.storyNotFound', { id });
  return story;
}

const withoutStory = (stories: readonly Story[], id: StoryId): Story[] =>
  stories.filter((story) => story.id !== id);

const withStory = (stories: readonly Story[], story: Story): Story[] => [
  ...withoutStory(stories, story.id),
  story,
];

/**
 * A draft after one step that an undo can take back; `storyBefore` is the story as the undo brings it back.
 * @param newest the newest entry of the trail, where a step that is the same event again is one with it.
 */
function undoable(
  before: WholeIssue,
  after: WholeIssue,
  context: PersonActionContext,
  event: IssueEvent,
  storyBefore?: Story,
  newest?: IssueAuditEntry,
): IssueDraft {
  const undo = { shape: shapeOf(before), ...(storyBefore && { story: storyBefore }) };
  const isSame = (last: IssueEvent): boolean => isDeepStrictEqual(last, event);
  return recordRepeated<WholeIssue, IssueEvent, IssueBefore, NewMessage>(
    draftOf(after),
    context,
    event,
    newest,
    isSame,
    undo,
  );
}

/** A draft after one story was changed: the issue is being drafted. @param newest as for {@link undoable}. */
function withChangedStory(
  issue: WholeIssue,
  before: Story,
  after: Story,
  context: PersonActionContext,
  event: IssueEvent,
  newest?: IssueAuditEntry,
): IssueDraft {
  const changed = { ...toDrafting(issue), stories: withStory(issue.stories, after) };
  return undoable(issue, changed, context, event, before, newest);
}

function overviewFor(actor: Actor, { firstBy, ...overview }: IssueOverview): IssueOverview {
  const isAsked = firstBy !== undefined && mayApprove(actor) && !isOnePerson(firstBy, approverOf(actor));
  return { ...overview, ...(isAsked && { firstBy }) };
}

/** The first of two approvals, while what readers would get is what was approved. */
function firstOf({ state }: WholeIssue, stamp: string): FirstApproval | undefined {
  const first = state.status === 'drafting' ? state.firstApproval : undefined;
  return first?.stamp === stamp ? first : undefined;
}

/**
 * Refuses another order where somebody has given one by hand that its writer did not see. Stories that came or went since
 * disturb nobody's order.
 * @throws AppError `edit.conflict`.
 */
function requireSeenOrder(
  { arrangement }: WholeIssue,
  mine: Arrangement | undefined,
  {
    sections,
    seen,
  }: { readonly sections: readonly Section<SortableStory>[]; readonly seen: Seen | undefined },
): void {
  if (seen === undefined) return;
  const before = parseSeenOrder(seen);
  if (arrangement === undefined) return;
  const current = layoutOf(sections);
  const stories = sections.flatMap((section) => section.stories);
  const isLike = (order: Arrangement): boolean =>
    isAlike(order.layout ?? layoutByProject(order, stories), current);
  if (isLike(before) || (mine !== undefined && isLike(mine))) return;
  throw editConflict([{ path: 'order', theirs: { sections: current } }]);
}

/**
 * An issue of before, put in order by the length of its stories, in the order in which it is read by now: from then on a
 * length changes only how long a story is.
 */
function inOrderOfToday(issue: WholeIssue, usual: Programme['projects']): WholeIssue {
  const { byWeight, ...rest } = issue;
  if (byWeight === undefined) return issue;
  const { lead, sections } = assemble(
    issue.stories,
    usual.map(({ id }) => id),
    issue,
  );
  const arrangement = {
    projects: [...new Set(sections.flatMap(({ stories }) => stories.map(({ projectId }) => projectId)))],
    stories: sections.flatMap(({ stories }) => stories.map(({ id }) => id)),
  };
  return { ...rest, arrangement, ...(lead && { lead: lead.id }) };
}

/** The texts of a mail as their form has them: what is not there is `null`. */
export function shownLetter({
  subject = null,
  preheader = null,
  greeting = null,
  signOff = null,
}: { readonly [Part in keyof LetterTexts]?: string | null }): Readonly<Record<string, string | null>> {
  return { subject, preheader, greeting, signOff };
}

/** Asks to let the items of an issue know what became of it; a new one for each step. */
function outMessage({ id, auditCount }: WholeIssue, at: string): NewMessage {
  return {
    id: deterministicId<MessageId>('newsletterOut', id, String(auditCount)),
    dueAt: at,
    body: issueOutMessage.body({ issueId: id }),
  };
}

const useOf = ({ id, number }: WholeIssue, at: string): Extract<NewsUse, { in: 'newsletter' }> => ({
  in: 'newsletter',
  id,
  number,
  at,
});

/**
 * The notice to the author that their item was placed, by the audit entry of the issue, which is the next one; none to
 * oneself. Each placing has its own, since an earlier one may be cancelled.
 */
function placedNotice(
  { author, id: newsId }: NewsItem,
  story: StoryId,
  { number, auditCount }: WholeIssue,
  { by, dueAt }: PersonActionContext,
  entry = auditCount + 1,
): NewMessage[] {
  if (author.id === by.id) return [];
  const id = deterministicId<MessageId>('newsPlaced', story, String(entry));
  const notice = { about: 'newsPlaced', newsId, issueNumber: number } as const;
  return [{ id, dueAt, body: authorNotice(author.id, notice) }];
}

/** A change of what a story says otherwise, with what it says so then. */
export interface OwnTextChanged extends IssueChanged {
  readonly own: Deviations;
}

/** The placing that is left of one of several after its first story was taken back; undefined where that was all of it. */
function restOf(entry: IssueAuditEntry): IssueAuditEntry | undefined {
  const { event } = entry;
  if (event.action !== 'place') return undefined;
  const [next, ...others] = event.others ?? [];
  if (next === undefined) return undefined;
  return {
    ...entry,
    event: { action: 'place', storyId: next, ...(others.length > 0 && { others }) },
  };
}

const changedOf = ({ value: { id, number }, undo }: Changed<WholeIssue>): IssueChanged => ({
  issueId: id,
  number,
  ...(undo !== undefined && { undo }),
});

/**
 * The newsletter of the programme: one open issue collects accepted items. Each operation checks what the actor may do.
 * All throw AppError `permission.denied`, `newsletter.notFound`, `newsletter.storyNotFound`; changes throw
 * `newsletter.notEditable` once the issue is being sent, and `input.invalid` with faults by field. Any change to
 * an approved issue takes its approval back.
 */
export function newsletterService(deps: NewsletterDeps) {
  const { store, news, outbox, clock } = deps;

  async function find(id: IssueId): Promise<Required<FoundIssue>> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('newsletter.notFound', { id });
    return found;
  }

  const kind = {
    read: find as (id: IssueId) => Promise<FoundIssue>,
    valueOf: ({ value }) => value,
    write: (found, { value, audit, changes, messages }) => ({
      value,
      changes: [...store.write(found, value, audit), ...changes],
      messages,
    }),
    auditEntry: (id, number) => store.audit.entry(id, number),
    aboutOf: ({ value: { id } }) => ({ noun: 'newsletter', id }),
  } satisfies AggregateKind<IssueId, FoundIssue, WholeIssue, IssueEvent, IssueBefore, NewMessage>;
  const issues = aggregate(kind, deps);

  async function change(
    actor: Actor,
    action: IssueEvent['action'],
    id: IssueId | (() => Promise<FoundIssue>),
    decide: (
      issue: WholeIssue,
      context: PersonActionContext,
      found: FoundIssue,
    ) => IssueDraft | undefined | Promise<IssueDraft | undefined>,
  ): Promise<IssueChanged> {
    requireMayDo(actor, action);
    return changedOf(await issues.change(id, actor, (found, context) => decide(found.value, context, found)));
  }

  /** A change of what a story says otherwise: its writer goes on from what was stored by it, not from what others stored since. */
  async function changeOwn(
    actor: Actor,
    id: IssueId,
    edited: StoryId,
    decide: (issue: WholeIssue, context: PersonActionContext) => ReturnType<Parameters<typeof change>[3]>,
  ): Promise<OwnTextChanged> {
    requireMayDo(actor, 'editText');
    const changed = await issues.change(id, actor, ({ value }, context) => decide(value, context));
    return { ...changedOf(changed), own: findStory(changed.value.stories, edited).own };
  }

  /** The issue that takes stories now: the newest one while it is open, else the next, not stored yet. */
  async function openIssue(): Promise<FoundIssue> {
    const [newest] = await store.lines(1);
    if (newest !== undefined && isOpen(newest)) return find(newest.id);
    const number = (newest?.number ?? 0) + 1;
    return {
      value: {
        id: issueId(number),
        number,
        state: { status: 'collecting' },
        deadline: await firstDeadline(today(clock)),
        openedAt: clock.now().toString(),
        auditCount: 0,
        stories: [],
        ...(await lastLetter(newest?.id)),
      },
    };
  }

  /** How the issue before signed: the next one does the same until somebody changes it. What else it said was about itself. */
  async function lastLetter(id: IssueId | undefined): Promise<Pick<WholeIssue, 'letter'>> {
    const before = id === undefined ? undefined : (await store.find(id))?.value.letter;
    if (before === undefined) return {};
    const kept = publicLanguages.flatMap((language) => {
      const signOff = before[language]?.signOff;
      return signOff === undefined ? [] : [[language, { signOff }] as const];
    });
    return kept.length === 0 ? {} : { letter: Object.fromEntries(kept) };
  }

  /** The stories with their items. */
  async function withItems(stories: readonly Story[]): Promise<StoryWithItem[]> {
    const found = await news.many(stories.map((story) => story.newsId));
    const items = new Map(found.map((item) => [item.id, item]));
    return stories.map((story) => {
      const item = items.get(story.newsId);
      return { story, ...(item && { item }) };
    });
  }

  /** An issue in reading order, as it is shown. */
  async function assembled(issue: WholeIssue): Promise<Assembled<SortableStory>> {
    const [entries, programme] = await Promise.all([withItems(issue.stories), deps.programme()]);
    return assembledIssue(issue, entries, programme);
  }

  /** The changes that hold a notice back; `undefined` when it has left. */
  async function cancelNotice(id: IssueId, notice: MessageId): Promise<Change[] | undefined> {
    try {
      return await cancelForUndo(outbox, id, [notice]);
    } catch (error) {
      if (isAppError(error, 'undo.tooLate')) return undefined;
      throw error;
    }
  }

  /**
   * Takes a story out. A notice to its author that has not left yet is held back; else the author `isNotified`.
   * @param accepted the acceptance of its item that is taken back too, as `NewsService.use` gave it.
   */
  async function takeOut(
    actor: Actor,
    issue: WholeIssue,
    id: StoryId,
    accepted?: number,
  ): Promise<Effects & { readonly story: Story; readonly isNotified: boolean }> {
    const { notice, ...story } = findStory(issue.stories, id);
    const cancelled = notice === undefined ? [] : await cancelNotice(issue.id, notice);
    const use = { in: 'newsletter', id: issue.id } as const;
    const { changes, messages } =
      accepted === undefined
        ? await news.unuse(actor, story.newsId, use)
        : await news.unplace(actor, story.newsId, use, accepted);
    const { lead, ...others } = { ...withoutApproval(issue), stories: withoutStory(issue.stories, id) };
    const isNotified = cancelled === undefined;
    return {
      value: lead === undefined || lead === id ? others : { ...others, lead },
      changes: [...changes, ...(cancelled ?? [])],
      messages,
      // Without its notice where the author was notified: putting it back then does not notify twice.
      story: isNotified || notice === undefined ? story : { ...story, notice },
      isNotified,
    };
  }

  /** Puts a story back that was taken out, as it was; its author is notified unless that was done before. */
  async function restoreStory(
    actor: Actor,
    issue: WholeIssue,
    { notice: heldBack, ...story }: Story,
    context: PersonActionContext,
  ): Promise<Effects> {
    const { item, changes, messages } = await news.use(actor, story.newsId, useOf(issue, context.at));
    const notices = heldBack === undefined ? [] : placedNotice(item, story.id, issue, context);
    const restored = { ...story, ...(notices[0] && { notice: notices[0].id }) };
    return {
      value: { ...issue, stories: withStory(issue.stories, restored) },
      changes,
      messages: [...messages, ...notices],
    };
  }

  /** What becomes of the stories when a step is undone; the shape of the issue is yet as it was found. */
  async function undoStories(
    actor: Actor,
    issue: WholeIssue,
    { event, before: { story, accepted } }: { readonly event: IssueEvent; readonly before: IssueBefore },
    context: PersonActionContext,
  ): Promise<Effects> {
    if (event.action === 'place') {
      const takeBack = async (id: StoryId): Promise<Effects> => {
        const { isNotified, value, changes, messages } = await takeOut(actor, issue, id, accepted?.[id]);
        if (isNotified) throw new AppError('undo.tooLate', { id: issue.id });
        return { value, changes, messages };
      };
      // Looked at before the first of them goes: where one can't be taken back, all of them stay.
      for (const other of event.others ?? []) await takeBack(other);
      return takeBack(event.storyId);
    }
    if (story !== undefined && event.action === 'remove') return restoreStory(actor, issue, story, context);
    const stories = story === undefined ? issue.stories : withStory(issue.stories, story);
    return { value: { ...issue, stories }, changes: [], messages: [] };
  }

  /**
   * The draft with an item in the issue.
   * @param goesOn the placing of which it is a part, where others were placed together with it.
   */
  async function placing(
    actor: Actor,
    issue: WholeIssue,
    newsId: NewsId,
    context: PersonActionContext,
    { goesOn, ...consent }: Consent & { readonly goesOn?: IssueAuditEntry | undefined },
  ): Promise<IssueDraft> {
    const id = storyId(issue.id, newsId);
    if (issue.stories.some((story) => story.id === id))
      throw new AppError('newsletter.alreadyPlaced', { id: issue.id, number: issue.number });
    const used = await news.use(actor, newsId, useOf(issue, context.at), consent);
    const { item, changes, messages } = used;
    const notices = placedNotice(item, id, issue, context, goesOn?.number);
    const story: Story = {
      id,
      newsId,
      projectId: item.projectId,
      weight: usualWeight,
      addedAt: context.at,
      own: {},
      ...(notices[0] && { notice: notices[0].id }),
    };
    const placed = { ...withoutApproval(issue), stories: [...issue.stories, story] };
    const effects = { changes, messages: [...messages, ...notices] };
    const accepted = used.accepted === undefined ? {} : { [id]: used.accepted };
    if (goesOn?.event.action === 'place' && goesOn.before !== undefined) {
      const { event, before } = goesOn;
      const entry: IssueAuditEntry = {
        ...goesOn,
        at: context.at,
        since: goesOn.since ?? goesOn.at,
        event: { ...event, others: [...(event.others ?? []), id] },
        before: { ...before, accepted: { ...before.accepted, ...accepted } },
      };
      return { ...draftOf(placed), audit: [entry], ...effects };
    }
    const before = { shape: shapeOf(issue), accepted };
    return { ...recordEvent(draftOf(placed), context, { action: 'place', storyId: id }, before), ...effects };
  }

  /** Whether an approval would pin the same, and for the same reasons. */
  async function isPinned(state: IssueState, stories: readonly Story[]): Promise<boolean> {
    if (state.status !== 'approved') return false;
    const entries = await withItems(stories);
    const hasReasons = unwaived(gapsOf(entries), state.waivers).length === 0;
    return hasReasons && isDeepStrictEqual(pinsOf(entries), state.pins);
  }

  return {
    /** The newest 100 issues; the open one, if any, is the first. */
    async issues(actor: Actor) {
      requirePermission(actor, 'newsletter:see');
      return store.lines(maxListed);
    },

    /** The issue that takes stories now or next, for whoever asks in chat: until when, as an ISO date. Costs one round trip. */
    async nextIssue(): Promise<{
      readonly number: number;
      readonly deadline: string;
      readonly isOver: boolean;
    }> {
      const [newest] = await store.lines(1);
      const day = today(clock);
      const { number, deadline } =
        newest !== undefined && isOpen(newest)
          ? newest
          : { number: (newest?.number ?? 0) + 1, deadline: await firstDeadline(day) };
      return { number, deadline, isOver: Temporal.PlainDate.compare(deadline, day) < 0 };
    },

    async issue(actor: Actor, id: IssueId): Promise<IssueView> {
      requirePermission(actor, 'newsletter:see');
      const { value: issue } = await find(id);
      const [entries, programme] = await Promise.all([withItems(issue.stories), deps.programme()]);
      return issueView(issue, entries, programme, { clock, actor });
    },

    /** An issue as a line of the list. @throws AppError `newsletter.notFound`. */
    async line(actor: Actor, id: IssueId): Promise<IssueLine> {
      requirePermission(actor, 'newsletter:see');
      return lineOf((await find(id)).value);
    },

    /** The issue that takes stories now; `undefined` where the next one is not opened yet. */
    async openLine(actor: Actor): Promise<IssueLine | undefined> {
      requirePermission(actor, 'newsletter:see');
      const [newest] = await store.lines(1);
      return newest !== undefined && isOpen(newest) ? newest : undefined;
    },

    /** Who did what to an issue, newest first, 50 a page. */
    async audit(actor: Actor, id: IssueId, after?: string): Promise<Page<IssueAuditEntry>> {
      requirePermission(actor, 'newsletter:see');
      const { value: issue } = await find(id);
      return store.audit.page(id, issue.auditCount, after);
    },

    async story(actor: Actor, id: IssueId, storyOf: StoryId): Promise<StoryView> {
      requirePermission(actor, 'newsletter:see');
      const story = findStory((await find(id)).value.stories, storyOf);
      const [entry = { story }] = await withItems([story]);
      return storyView(actor, entry);
    },

    /**
     * The open issue, for the overview; no round trip where the index of what waits knows it. Who approved it first is for those
     * who can give the other approval.
     */
    async overviewLine(actor: Actor, indexed?: WaitingLines): Promise<IssueOverview | undefined> {
      requirePermission(actor, 'newsletter:see');
      const known = indexed && indexedOverview(indexed);
      if (known !== undefined) return known.issue && overviewFor(actor, known.issue);
      const [newest] = await store.lines(1);
      if (newest === undefined || !isOpen(newest)) return undefined;
      const { value: issue } = await find(newest.id);
      return overviewFor(actor, overviewOf(issue, await withItems(issue.stories)));
    },

    /** The mail of an issue: of the pinned texts once it is approved, before that of those that would be pinned now. */
    async mail(actor: Actor, id: IssueId, language: PublicLanguage): Promise<Mail> {
      requirePermission(actor, 'newsletter:see');
      const { value: issue } = await find(id);
      const [current, programme] = await Promise.all([withItems(issue.stories), deps.programme()]);
      const entries = await withPinnedTexts(news, issue.state, current);
      return renderMail(modelOf(issue, entries, programme, language));
    },

    /**
     * Sends the mail of an issue to an address of one's own, once for each form.
     * @throws AppError `input.invalid` with the fault at `to`.
     */
    async sendTest(actor: Actor, id: IssueId, input: unknown): Promise<void> {
      requirePermission(actor, 'newsletter:edit');
      await find(id);
      const { language, to, formId } = parseTestMail(input);
      const message = deterministicId<MessageId>('newsletterTest', id, actor.id, language, formId);
      const body = testMailMessage.body({ issueId: id, language, to: { name: actor.name, address: to } });
      await outbox.commit([], [{ id: message, dueAt: clock.now().toString(), body }]);
    },

    /** Opens the next issue; gives the open one when there is one. */
    async open(actor: Actor): Promise<IssueChanged> {
      return change(actor, 'open', openIssue, (issue, context, { version }) =>
        version === undefined ? recordEvent(draftOf(issue), context, { action: 'open' }) : undefined,
      );
    },

    /**
     * Places an item in the open issue, which is opened when there is none, and notifies its author; one that waits for a
     * decision is accepted on the way.
     * @throws AppError `newsletter.alreadyPlaced`; `news.notAccepted`, `text.conflict`, `text.beingWritten` as
     *   `NewsService.use` does.
     */
    async place(actor: Actor, newsId: NewsId, consent: Consent = {}): Promise<IssueChanged> {
      const changed = await change(actor, 'place', openIssue, (issue, context) =>
        placing(actor, issue, newsId, context, consent),
      );
      return { ...changed, storyId: storyId(changed.issueId, newsId) };
    },

    /**
     * Places several items as {@link place} does each of them, and what fails with one does not keep the others. They are one
     * entry of the issue's audit trail, and one undo: more than a few don't fit into one transaction, so that each goes on
     * with the entry of the one before.
     */
    async placeSeveral(
      actor: Actor,
      items: readonly { readonly newsId: NewsId; readonly seen?: SeenRevisions | undefined }[],
      { although }: Pick<Consent, 'although'> = {},
    ): Promise<PlacedSeveral> {
      requireMayDo(actor, 'place');
      const placed: NewsId[] = [];
      const failed: { readonly newsId: NewsId; readonly error: AppError }[] = [];
      let first: IssueChanged | undefined;
      let last: IssueAuditEntry | undefined;
      for (const { newsId, seen } of items) {
        try {
          let entry: IssueAuditEntry | undefined;
          const changed = await change(
            actor,
            'place',
            first?.issueId ?? openIssue,
            async (issue, context) => {
              const goesOn = last?.number === issue.auditCount ? last : undefined;
              const draft = await placing(actor, issue, newsId, context, { seen, although, goesOn });
              entry = draft.audit.at(-1);
              return draft;
            },
          );
          first ??= changed;
          last = entry;
          placed.push(newsId);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          failed.push({ newsId, error });
        }
      }
      const isOne = first?.undo !== undefined && first.undo === last?.number;
      return {
        placed,
        failed,
        ...(first && { issueId: first.issueId }),
        ...(isOne && first?.undo !== undefined && { undo: first.undo }),
      };
    },

    async remove(actor: Actor, id: IssueId, removed: StoryId): Promise<IssueChanged> {
      return change(actor, 'remove', id, async (issue, context) => {
        const { value, story, changes, messages } = await takeOut(actor, issue, removed);
        const event = { action: 'remove', storyId: removed } as const;
        return { ...undoable(issue, value, context, event, story), changes, messages };
      });
    },

    /**
     * Gives the order by hand: lead story, and the sections with their stories, or, by project, projects and stories. What is
     * left out goes to the end. `seen` has the same as it was before.
     * @throws AppError `edit.conflict`.
     */
    async arrange(actor: Actor, id: IssueId, input: unknown, seen?: Seen): Promise<IssueChanged> {
      return change(actor, 'arrange', id, async (issue, context) => {
        const { lead: chosen, projects, stories: order, layout } = parseOrder(input);
        const { sections } = await assembled(issue);
        requireSeenOrder(issue, { projects, stories: order, ...(layout && { layout }) }, { sections, seen });
        const lead = chosen ?? issue.lead;
        if (chosen !== undefined) findStory(issue.stories, chosen);
        const here = new Set(issue.stories.map((story) => story.id));
        const known = (ids: readonly StoryId[]): StoryId[] => ids.filter((story) => here.has(story));
        const arrangement: Arrangement = {
          projects,
          stories: known(order),
          ...(layout && {
            layout: layout.map((section) => ({ ...section, stories: known(section.stories) })),
          }),
        };
        const arranged = { ...toDrafting(issue), arrangement, ...(lead && { lead }) };
        return undoable(issue, arranged, context, { action: 'arrange' });
      });
    },

    /**
     * Goes back to sections by project, and forgets the order given by hand and the chosen lead story; `seen` as for `arrange`.
     * @throws AppError `edit.conflict`.
     */
    async arrangeAgain(actor: Actor, id: IssueId, seen?: Seen): Promise<IssueChanged> {
      return change(actor, 'arrangeAgain', id, async (issue, context) => {
        const { lead, arrangement, ...rest } = issue;
        if (lead === undefined && arrangement === undefined) return undefined;
        const { sections } = await assembled(issue);
        requireSeenOrder(issue, undefined, { sections, seen });
        return undoable(issue, toDrafting(rest), context, { action: 'arrangeAgain' });
      });
    },

    /** `seen` has the `lead` that was chosen by hand, `null` where none was. @throws AppError `edit.conflict`. */
    async chooseLead(actor: Actor, id: IssueId, lead: StoryId, seen?: Seen): Promise<IssueChanged> {
      return change(actor, 'chooseLead', id, (issue, context) => {
        findStory(issue.stories, lead);
        if (issue.lead === lead) return undefined;
        requireSeen(seen, { lead }, { lead: issue.lead });
        return undoable(issue, { ...toDrafting(issue), lead }, context, { action: 'chooseLead' });
      });
    },

    /** `seen` has the `weight` before. @throws AppError `edit.conflict`. */
    async setWeight(
      actor: Actor,
      id: IssueId,
      changed: StoryId,
      input: unknown,
      seen?: Seen,
    ): Promise<IssueChanged> {
      const { projects: usual } = await deps.programme();
      return change(actor, 'setWeight', id, (issue, context) => {
        const story = findStory(issue.stories, changed);
        const weight = parseWeight(input);
        if (story.weight === weight) return undefined;
        requireSeen(seen, { weight }, { weight: story.weight });
        const event = { action: 'setWeight', storyId: changed } as const;
        return withChangedStory(inOrderOfToday(issue, usual), story, { ...story, weight }, context, event);
      });
    },

    /**
     * What this issue says otherwise than the item: a headline, a lead, a body; what is left out is the item's.
     * @throws AppError `text.conflict` with `{ theirs: Deviation | null }` when somebody saved another meanwhile;
     *   `text.personalData`.
     */
    async editText(
      actor: Actor,
      id: IssueId,
      edited: StoryId,
      languageInput: unknown,
      input: unknown,
    ): Promise<OwnTextChanged> {
      return changeOwn(actor, id, edited, async (issue, context) => {
        const language = parseLanguage(languageInput);
        const edit = parseDeviation(input);
        const story = findStory(issue.stories, edited);
        const [item] = await news.many([story.newsId]);
        const basedOn = item?.texts[language]?.revision ?? 0;
        const own = saveDeviation(story.own, language, { ...edit, basedOn }, context);
        if (own === undefined) return undefined;
        const event = { action: 'editText', storyId: edited, language } as const;
        const newest = await store.audit.entry(id, issue.auditCount);
        return withChangedStory(issue, story, { ...story, own }, context, event, newest);
      });
    },

    /**
     * Back to the item's text.
     * @param replaces when the own text that goes was saved; `null` where there was none.
     * @throws AppError `text.conflict` with `{ theirs }` where another one was saved since.
     */
    async useItemText(
      actor: Actor,
      id: IssueId,
      edited: StoryId,
      languageInput: unknown,
      replaces: string | null,
    ): Promise<OwnTextChanged> {
      return changeOwn(actor, id, edited, (issue, context) => {
        const language = parseLanguage(languageInput);
        const story = findStory(issue.stories, edited);
        const own = dropDeviation(story.own, language, replaces);
        if (own === undefined) return undefined;
        const event = { action: 'useItemText', storyId: edited, language } as const;
        return withChangedStory(issue, story, { ...story, own }, context, event);
      });
    },

    /** What the mail in a language says around its stories; `seen` has the same before. @throws AppError `edit.conflict`. */
    async setLetter(
      actor: Actor,
      id: IssueId,
      languageInput: unknown,
      input: unknown,
      seen?: Seen,
    ): Promise<IssueChanged> {
      const language = parseLanguage(languageInput);
      const sent = parseLetter(input);
      return change(actor, 'letter', id, (issue, context) => {
        const current = issue.letter?.[language] ?? {};
        const texts =
          seen === undefined ? sent : parseLetter(mergedWith(seen, shownLetter(sent), shownLetter(current)));
        if (isDeepStrictEqual(texts, current)) return undefined;
        const letter = { ...issue.letter, [language]: texts };
        return undoable(issue, { ...toDrafting(issue), letter }, context, { action: 'letter', language });
      });
    },

    /**
     * Says that an approved issue went out without Big Room, which ends it; what is placed from then on begins the next one.
     * @throws AppError `newsletter.notEditable` where it is not approved.
     */
    async markSent(actor: Actor, id: IssueId): Promise<IssueChanged> {
      return change(actor, 'sentOtherwise', id, (issue, context) => {
        const { state } = issue;
        if (state.status === 'sent') return undefined;
        if (state.status !== 'approved')
          throw new AppError('newsletter.notEditable', { id, state: state.status });
        const { by, at } = context;
        const sent = applyMove(issue, 'sentOtherwise', { ...state, status: 'sent', at, otherwise: { by } });
        const draft = undoable(issue, sent, context, { action: 'sentOtherwise' });
        return { ...draft, messages: [outMessage(draft.value, at)] };
      });
    },

    /**
     * Readers see the month of the deadline in the mail's heading, so an approved issue must be approved again. `seen` has
     * the `deadline` before. @throws AppError `edit.conflict`.
     */
    async setDeadline(actor: Actor, id: IssueId, input: unknown, seen?: Seen): Promise<IssueChanged> {
      return change(actor, 'deadline', id, (issue, context) => {
        const unapproved = withoutApproval(issue);
        const deadline = parseDeadline(input, today(clock));
        if (issue.deadline === deadline) return undefined;
        requireSeen(seen, { deadline }, { deadline: issue.deadline });
        return undoable(issue, { ...unapproved, deadline }, context, { action: 'deadline' });
      });
    },

    /**
     * Pins every text at the last revision that was said to be ready; afterwards mail is made of these. `input` is `{ waivers, seen? }`: the
     * reasons for languages that are not ready, and the `stamp` of the issue that was looked at. Without it, what is
     * current is approved. That nobody edits a text between the look at it and the pin is the work of
     * {@link textChanged}, which makes this commit fail and look again. Who is in the middle of writing one is named, unless
     * `although` is given.
     * @throws AppError `text.beingWritten`; `text.conflict` with `{ stamp }` when readers would get something else than was seen;
     *   `newsletter.empty`; `newsletter.languagesMissing` with `{ missing: Gap[] }` when a story is not
     *   ready in a language and no waiver gives the reason.
     */
    async approve(actor: Actor, id: IssueId, input: unknown): Promise<IssueChanged> {
      return change(actor, 'approve', id, async (issue, context) => {
        const { waivers: own, seen, although } = parseApproval(input);
        const [entries, programme] = await Promise.all([withItems(issue.stories), deps.programme()]);
        const stamp = stampOf(issue, assembledIssue(issue, entries, programme));
        const first = firstOf(issue, stamp);
        const { newsletter: required } = approvalsOf(programme);
        if (seen !== undefined && seen !== stamp) throw new AppError('text.conflict', { stamp });
        if (issue.state.status === 'approved') return undefined;
        if (required === 2 && first !== undefined && isOnePerson(first.by, context.by))
          throw new AppError('approval.needsAnother', { id });
        for (const { item } of entries)
          if (item !== undefined) requireNobodyWrites(item, context, { although });
        if (entries.length === 0) throw new AppError('newsletter.empty', { id });
        const gaps = gapsOf(entries);
        // What the first of two let through, the second does without giving the reason again.
        const earlier = first?.waivers.filter((each) => !own.some((other) => sameSpot(each, other))) ?? [];
        const given = [...own, ...earlier];
        const pinned = await withPinnedTexts(news, issue.state, entries);
        const silent = new Set(pinned.filter(saysNothing).map(({ story }) => story.id));
        // A reason lets one language stand in for the other; where nobody has said yet that either is ready, it can't.
        const missing = [
          ...unwaived(gaps, given),
          ...needed(given, gaps).filter(({ storyId: id }) => silent.has(id)),
        ];
        if (missing.length > 0) throw new AppError('newsletter.languagesMissing', { id, missing });
        if (required === 2 && first === undefined) {
          const firstApproval = { at: context.at, by: context.by, stamp, waivers: needed(given, gaps) };
          const waiting = applyMove(issue, 'approveFirst', { status: 'drafting', firstApproval });
          const draft = undoable(issue, waiting, context, { action: 'approveFirst' });
          return { ...draft, messages: [...draft.messages, toApproveNotice(draft.value, context)] };
        }
        const isSecond = first !== undefined && !isOnePerson(first.by, context.by);
        const approved = applyMove(issue, 'approve', {
          status: 'approved',
          approvedAt: context.at,
          approvedBy: context.by,
          ...(isSecond && { first: { at: first.at, by: first.by } }),
          pins: pinsOf(entries),
          waivers: needed(given, gaps),
        });
        return undoable(issue, approved, context, { action: 'approve' });
      });
    },

    /**
     * Sends an issue back to whoever shapes it; approvals that were given are taken back.
     * @param input `{ reason }`.
     */
    async sendBack(actor: Actor, id: IssueId, input: unknown): Promise<IssueChanged> {
      requireMayDo(actor, 'sendBack');
      const reason = parseReason(input);
      return change(actor, 'sendBack', id, (issue, context) => {
        const sentBack = { at: context.at, by: context.by, reason };
        const back = applyMove(issue, 'sendBack', { status: 'drafting', sentBack });
        return undoable(issue, back, context, { action: 'sendBack', text: reason });
      });
    },

    /** Takes back the approval, also where only the first of two was given. */
    async unapprove(actor: Actor, id: IssueId): Promise<IssueChanged> {
      return change(actor, 'unapprove', id, (issue, context) => {
        const { state } = issue;
        if (state.status === 'collecting') return undefined;
        if (state.status === 'drafting') {
          if (state.firstApproval === undefined) return undefined;
          return undoable(issue, toDrafting(issue), context, { action: 'unapprove' });
        }
        const drafting = applyMove(issue, 'unapprove', { status: 'drafting' });
        return undoable(issue, drafting, context, { action: 'unapprove' });
      });
    },

    /**
     * Takes back the actor's own last step, the one with this audit number.
     * @throws AppError `undo.tooLate` when something happened since, somebody else did it, or the notice to an author
     *   about a placing has left.
     */
    async undo(actor: Actor, id: IssueId, number: number): Promise<IssueChanged> {
      requirePermission(actor, 'newsletter:undo');
      const step = (): Promise<Changed<WholeIssue>> =>
        issues.undo(id, actor, number, async ({ value: issue }, entry, context) => {
          requireMayTakeBack(actor, entry.event);
          const isMarked = entry.event.action === 'sentOtherwise';
          // Once the next one is open, this one stays what it was said to be.
          const isLast = !isMarked || (await store.lines(1))[0]?.id === id;
          if (!isLast || (!isMarked && !isOpen(issue.state)))
            throw new AppError('undo.tooLate', { id, number });
          const { value, changes, messages } = await undoStories(actor, issue, entry, context);
          const rest = restOf(entry);
          if (rest !== undefined) return { ...draftOf(value), audit: [rest], changes, messages };
          const { shape } = entry.before;
          const restored = applyUndo(value, shape, await isPinned(shape.state, value.stories));
          const draft = recordEvent(draftOf(restored), context, { action: 'undo', of: number });
          const out = isMarked ? [outMessage(draft.value, context.at)] : [];
          return { ...draft, changes, messages: [...messages, ...out] };
        });
      let changed = await step();
      // Several that were placed together are taken back one after the other, as they came.
      while (changed.undo !== undefined) changed = await step();
      return changedOf(changed);
    },

    /** Lets the items of an issue know that it went out, or that it did not after all. Repeated, it changes nothing. */
    async markItemsOut(id: IssueId): Promise<void> {
      const { value: first } = await find(id);
      for (const { newsId } of first.stories)
        await whileConflicting(async () => {
          // Somebody may take it back while its items are gone through.
          const { state } = (await find(id)).value;
          const out = state.status === 'sent' ? { at: state.at } : undefined;
          const { changes, messages } = await news.markOut(newsId, { in: 'newsletter', id }, out);
          if (changes.length > 0) await outbox.commit(changes, messages);
        });
    },

    /**
     * What follows in the newsletter when a text of an item changes. An approved issue that uses it must be approved
     * again; an open one is written as it is, so that an approval at the same time conflicts.
     */
    async textChanged(item: NewsItem, actor: Actor, isEdited: boolean): Promise<Change[]> {
      const context = actionContextOf(deps, actor);
      const changes: Change[] = [];
      for (const use of item.uses) {
        const found = use.in === 'newsletter' ? await store.find(use.id) : undefined;
        if (found === undefined || !isOpen(found.value.state)) continue;
        const { state } = found.value;
        const isHeld = state.status === 'drafting' && state.firstApproval !== undefined;
        if ((state.status === 'approved' || isHeld) && isEdited) {
          const unapproved = toDrafting(found.value);
          const event = { action: 'textChanged', newsId: item.id } as const;
          changes.push(...kind.write(found, recordEvent(draftOf(unapproved), context, event)).changes);
        } else {
          changes.push(store.touch(found));
        }
      }
      return changes;
    },
  };
}

export type NewsletterService = ReturnType<typeof newsletterService>;
