import { isBy, isTheirs, type Actor } from '../platform/actor.js';
import {
  actionContextOf,
  aggregate,
  cancelForUndo,
  draftOf,
  signedBy,
  type AggregateKind,
  type Changed,
  type PersonActionContext,
} from '../platform/aggregate.js';
import { today, type Clock } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type NewsId, type PersonId } from '../platform/ids.js';
import type { Seen } from '../platform/seen.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import type { Language } from '../shared/languages.js';
import { requirePermission } from '../people/permissions.js';
import type { Person, Programme } from '../people/person.js';
import {
  assertNotParked,
  editStatus,
  parkText,
  readyText,
  requireNobodyWrites,
  requireSeenRevisions,
  saveText,
  type SeenRevisions,
} from '../content/edits.js';
import { parseText } from '../content/input.js';
import { requireTranslated } from '../content/same-text.js';
import { isSameText, markReady, revisionOf, reviseText, type Texts } from '../content/text.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { cardChange, cardMessage, shownOf } from './cards.js';
import type { MessagePlace } from '../delivery/notices.js';
import type { NewsDay } from './days.js';
import {
  decidedDraft,
  decisionEvent,
  noticeId,
  notifyAuthor,
  recordEvent,
  takeIntoReview,
  undone,
  type Decided,
  type NewsDraft,
} from './decisions.js';
import { isSameDetails, isShownOtherwise, mergedDetails, withDetails, withUrgency } from './details.js';
import type { NewsNotice } from './notices.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { Page } from '../platform/pages.js';
import { assigned, assigneeOf, withActivity } from './assign.js';
import { parseDetails, parseMessage, parseNote, parseSubmission, requireOffered } from './input.js';
import { maySee, requireAccess, requireAuthor, requireEdit, requireRevise, speaksForTeam } from './policy.js';
import { indexMessage, search, type WordIndex } from './search.js';
import type { FoundNews, NewsStore } from './store.js';
import { messageKeyOf, messagesOfAudit } from './thread.js';
import { awaitsReply, lineOf } from './line.js';
import {
  type NewsAuditEntry,
  type NewsEvent,
  type NewsFilter,
  type LastMessage,
  type MessageKind,
  type NewsItem,
  type NewsMessage,
  type NewsState,
  type Submission,
} from './types.js';
import { undoableNow } from './undoable.js';
import { notifyOfUrgency } from './urgency.js';
import { newsUses } from './uses.js';
import { waitingNews } from './waiting.js';
import { applyMove } from './workflow.js';

/** What the news service is made of. */
export interface NewsDeps {
  readonly store: NewsStore;
  readonly index: Pick<WordIndex, 'find' | 'findForm'>;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly programme: () => Promise<Programme>;
  /** Everybody of the programme; asked when an item is assigned. */
  readonly people: () => Promise<readonly Person[]>;
  /** Who uses items; asked when the texts or details of a used item change. */
  readonly users: () => readonly NewsUser[];
  /** How long a notice to the author waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** Who uses items and wants to know when their texts or details change; its changes are committed with that. */
export interface NewsUser {
  /** `isEdited`: readers see something else than before; else a detail of which they see nothing, or only how far a text is. */
  textChanged(item: NewsItem, actor: Actor, isEdited: boolean): Promise<readonly Change[]>;
}

/** `created`: this call stored it. `same`: what is stored is what was sent; false when an old form has a new text. */
export interface SubmitResult {
  readonly item: NewsItem;
  readonly created: boolean;
  readonly same: boolean;
}

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface NewsChanged {
  readonly item: NewsItem;
  readonly undo?: number;
}

/** What became of something that an author wrote. */
export interface NewsReplied extends NewsChanged {
  /** The state in which the item was when they wrote it. */
  readonly before: NewsState;
  /** Nobody had written to them since they last wrote about it themselves. */
  readonly isAddition: boolean;
}

const pageSize = 30;
const historyPageSize = 20;
const readsAtOnce = 16;

/** Whoever it was for, the author or the communications team, has dealt with the newest message, if it is by the other side. */
function withAnswered(item: NewsItem, by: 'author' | 'team'): NewsItem {
  const { lastMessage, author } = item;
  const isFor = isBy(lastMessage?.by, author.id) ? 'team' : 'author';
  if (lastMessage === undefined || isFor !== by) return item;
  return { ...item, lastMessage: { ...lastMessage, isAnswered: true } };
}

/** Whether something was written to the author with which they have not dealt. */
export function isUnanswered({ author, state, lastMessage }: NewsItem): boolean {
  if (state.status === 'changesRequested') return true;
  return lastMessage !== undefined && !isBy(lastMessage.by, author.id) && lastMessage.isAnswered !== true;
}

/** Whether the search index has to change: the texts have, or anything by which a list is filtered. */
function isFoundOtherwise(before: NewsItem, after: NewsItem): boolean {
  return before.texts !== after.texts || JSON.stringify(lineOf(before)) !== JSON.stringify(lineOf(after));
}

/** The message that is the newest again once a later one was taken back: only a question that is open still asks. */
function lastAgain({ at, by, kind: of }: NewsMessage, { status }: NewsState): LastMessage {
  const isOpen = of === 'question' && status === 'changesRequested';
  return { at, by, kind: of, ...(!isOpen && { isAnswered: true as const }) };
}

/** The texts of one language. */
const only = (texts: Texts, language: Language): Texts => {
  const text = texts[language];
  return text === undefined ? {} : { [language]: text };
};

const changedOf = ({ value, undo }: Changed<NewsItem>): NewsChanged => ({
  item: value,
  ...(undo !== undefined && { undo }),
});

/**
 * The news of the programme. Each operation checks what the actor may do.
 * All throw AppError `permission.denied`, `news.notFound`; moves throw `news.moveNotAllowed` and `news.inUse` with the
 * current state; texts throw `input.invalid` with faults by field and `text.personalData`.
 */
export function newsService(deps: NewsDeps) {
  const { store } = deps;

  async function find(id: NewsId): Promise<FoundNews> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('news.notFound', { id });
    return found;
  }

  /** To be changed: from now on it is owed in the languages that the programme has now. */
  async function findToChange(id: NewsId): Promise<FoundNews> {
    const [found, { languages }] = await Promise.all([find(id), deps.programme()]);
    const { languages: _before, ...item } = found.value;
    return { ...found, value: { ...item, ...(languages && { languages }) } };
  }

  const kind = {
    read: findToChange,
    valueOf: ({ value }) => value,
    write: (before, { value: changed, audit, changes, messages }, context) => {
      const value = withActivity(before.value, changed, context);
      return {
        value,
        changes: [...store.replace(before, value, audit), ...changes],
        messages: [
          ...messages,
          ...(isFoundOtherwise(before.value, value) ? [indexMessage(value, context.at)] : []),
          ...(shownOf(before.value) === shownOf(value) ? [] : [cardMessage(value, context.dueAt)]),
        ],
      };
    },
    auditEntry: (id, number) => store.audit.entry(id, number),
    aboutOf: ({ value: { id } }) => ({ noun: 'news', id }),
  } satisfies AggregateKind<NewsId, FoundNews, NewsItem, NewsEvent, NewsState, NewMessage>;
  const items = aggregate(kind, deps);

  /** The draft with a message in the thread of its item, under the audit entry recorded last. */
  function withMessage(
    draft: NewsDraft,
    { at, by }: PersonActionContext,
    {
      kind: messageKindOf,
      text,
      key,
    }: { readonly kind: MessageKind; readonly text: string; readonly key?: string },
  ): NewsDraft {
    const { id, auditCount: number } = draft.value;
    const lastMessage: LastMessage = { at, by, kind: messageKindOf };
    const message = { number, ...lastMessage, text, ...(key !== undefined && { key }) };
    return {
      ...draft,
      value: { ...draft.value, lastMessage },
      changes: [...draft.changes, ...store.thread.add(id, message)],
    };
  }

  /** The number of the message with this key, where its author has sent it before about this item. */
  async function repeated({ id }: NewsItem, key: string, by: PersonId): Promise<number | undefined> {
    const sent = await store.thread.sent(by, key);
    return sent?.newsId === id ? sent.number : undefined;
  }

  /** What an earlier call stored, as that call gave it back. */
  async function repliedBefore(actor: Actor, item: NewsItem, number: number): Promise<NewsReplied> {
    const [entry, { previous }] = await Promise.all([
      store.audit.entry(item.id, number),
      store.thread.withPrevious(item.id, number),
    ]);
    const undo = number === item.auditCount ? undoableNow(entry, actor, deps) : undefined;
    return {
      item,
      before: entry?.before ?? item.state,
      isAddition: previous === undefined || isBy(previous.by, item.author.id),
      ...(undo !== undefined && { undo }),
    };
  }

  /** A form of the author's with their answer: it submits the item again where changes were requested. */
  function answered(
    draft: NewsDraft,
    before: NewsState,
    context: PersonActionContext,
    message: { readonly kind: 'answer'; readonly text: string; readonly key: string } | undefined,
  ): NewsDraft {
    const text = message && { text: message.text };
    if (before.status === 'changesRequested') {
      const resubmitted = applyMove(draft.value, 'resubmit', { status: 'submitted', at: context.at });
      const event = { action: 'resubmit', ...text } as const;
      const sentAgain = recordEvent(
        { ...draft, value: withAnswered(resubmitted, 'author') },
        context,
        event,
        before,
      );
      return message === undefined ? sentAgain : withMessage(sentAgain, context, message);
    }
    if (message === undefined) return draft;
    const said = recordEvent(draft, context, { action: 'message', text: message.text });
    return withMessage(said, context, message);
  }

  /** What an edit, or somebody's word that a text is ready, changes where the item is used. */
  async function changesOfUsers(changed: NewsItem, actor: Actor, isEdited = true): Promise<Change[]> {
    const users = changed.uses.length === 0 ? [] : deps.users();
    return (await Promise.all(users.map((user) => user.textChanged(changed, actor, isEdited)))).flat();
  }

  /** A move that others are not notified of. */
  async function move(
    actor: Actor,
    id: NewsId,
    action: 'startReview' | 'reopen' | 'resubmit' | 'withdraw',
    next: (item: NewsItem, context: PersonActionContext) => NewsItem,
    signerOf: (item: NewsItem) => Actor = () => actor,
  ): Promise<NewsChanged> {
    return changedOf(
      await items.change(id, actor, ({ value: item }, given) => {
        const context = signedBy(given, signerOf(item));
        return recordEvent({ ...draftOf(item), value: next(item, context) }, context, { action }, item.state);
      }),
    );
  }

  /** A reviewer's decision, of which the author is notified; it takes submitted news into review on the way. */
  async function decide(
    actor: Actor,
    id: NewsId,
    event: NewsEvent & { readonly action: 'accept' | 'requestChanges' | 'reject' },
    notice: NewsNotice,
    decided: Decided,
    require: (item: NewsItem, context: PersonActionContext) => void = () => undefined,
  ): Promise<NewsChanged> {
    return changedOf(
      await items.change(id, actor, ({ value: item }, context) => {
        require(item, context);
        const draft = decidedDraft(draftOf(item), actor, context, event.action, decided);
        const decidedOn = recordEvent(draft, context, decisionEvent(event, item, draft.value), item.state);
        const asked =
          event.action === 'requestChanges'
            ? withMessage(decidedOn, context, { kind: 'question', text: event.text })
            : decidedOn;
        return notifyAuthor(asked, context, notice);
      }),
    );
  }

  async function newItem(
    id: NewsId,
    submission: Submission,
    context: PersonActionContext,
  ): Promise<NewsDraft> {
    const { language, text: content, details, isUrgent, source } = submission;
    const { by, at } = context;
    const { texts, text } = reviseText({}, language, content, by, at);
    const { languages: owed } = await deps.programme();
    const item: NewsItem = {
      ...(owed && { languages: owed }),
      id,
      author: { id: by.id, name: by.name },
      submittedAt: at,
      originalLanguage: language,
      state: { status: 'submitted', at },
      // Whoever sends it in says so.
      texts: markReady(texts, language),
      uses: [],
      changedAt: at,
      ...(isUrgent && { isUrgent }),
      auditCount: 0,
      ...details,
      ...(source !== undefined && { source }),
    };
    const draft = recordEvent(draftOf(item), context, {
      action: 'submit',
    });
    const written = {
      ...draft,
      changes: [store.texts.insert(id, revisionOf(language, text), draft.value.auditCount)],
      messages: [indexMessage(draft.value, at)],
    };
    return notifyOfUrgency(written, context, deps.clock);
  }

  /** What an earlier call stored for this form, and whether it has the same contents as this one. */
  async function submittedBefore(id: NewsId, { language, text }: Submission): Promise<SubmitResult> {
    const { value: item } = await find(id);
    const first = await store.texts.revision(id, language, 1);
    const same = [item.texts[language], first].some((one) => one !== undefined && isSameText(one, text));
    return { item, created: false, same };
  }

  /** The item with the text and details of a form; as it is when it has them already. */
  function withForm(
    item: NewsItem,
    { language, text, details, isUrgent }: Submission,
    context: PersonActionContext,
  ): NewsDraft {
    const current = item.texts[language];
    const next = withUrgency(withDetails(item, details), isUrgent);
    if (current === undefined || !isSameText(current, text)) {
      const saved: NewsDraft = saveText(draftOf(next), { language, text }, context, store.texts);
      return { ...saved, value: { ...saved.value, texts: markReady(saved.value.texts, language) } };
    }
    if (isSameDetails(item, details) && next.isUrgent === item.isUrgent) return draftOf(item);
    return recordEvent(draftOf(next), context, { action: 'editDetails' });
  }

  return {
    /**
     * One item for each form of a person, however often it is sent. Costs one round trip.
     * @param place the message in chat that shows the item from then on
     */
    async submit(actor: Actor, input: unknown, place?: MessagePlace): Promise<SubmitResult> {
      requirePermission(actor, 'news:submit');
      const submission = parseSubmission(input, await deps.programme(), today(deps.clock));
      const id = deterministicId<NewsId>('news', actor.id, submission.formId);
      const context = actionContextOf(deps, actor);
      const { value: item, audit, changes, messages } = await newItem(id, submission, context);
      try {
        const card = place && cardChange(place, id, { shown: shownOf(item), at: item.submittedAt });
        const all = [...store.insert(item, audit), ...changes, ...(card ? [card] : [])];
        await deps.outbox.commit(all, messages);
        return { item, created: true, same: true };
      } catch (error) {
        if (isAppError(error, 'storage.conflict')) return submittedBefore(id, submission);
        throw error;
      }
    },

    /**
     * An author's new text and details for an own item that is not yet accepted; a `changesRequested` one is submitted
     * again. The same text and details change nothing else.
     * @param seen the details as the form was filled with.
     * @param answer what the author answers to what was asked; kept with the item's history.
     * @throws AppError `text.conflict` as {@link edit} does, `edit.conflict` as {@link editDetails} does.
     */
    async revise(
      actor: Actor,
      id: NewsId,
      input: unknown,
      basedOn: number,
      seen?: Seen,
      answer = '',
    ): Promise<NewsChanged> {
      requirePermission(actor, 'news:submit');
      const text = answer.trim() === '' ? undefined : parseNote('answer', answer);
      const programme = await deps.programme();
      const { value: current } = await find(id);
      requireRevise(actor, current);
      const submission = parseSubmission(input, programme, today(deps.clock), current);
      const edit = { language: submission.language, text: submission.text, basedOn };
      // Teams sends a press again that it got no answer to.
      const key = messageKeyOf(submission.formId, text ?? '');
      const { value } = await items.change(id, actor, async ({ value: item }, given) => {
        const context = signedBy(given, requireRevise(actor, item));
        const isRepeated = text !== undefined && (await repeated(item, key, actor.id)) !== undefined;
        if (editStatus(item.texts, edit) === 'late')
          return parkText(draftOf(item), edit, context, store.texts);
        const details = mergedDetails(item, submission.details, { seen, programme });
        const formed = withForm(item, { ...submission, details }, context);
        const written = text === undefined || isRepeated ? undefined : { kind: 'answer' as const, text, key };
        const revised = answered(formed, item.state, context, written);
        return revised.audit.length === 0 ? revised : notifyOfUrgency(revised, context, deps.clock);
      });
      assertNotParked(value, edit);
      return { item: value };
    },

    async get(actor: Actor, id: NewsId): Promise<NewsItem> {
      const { value: item } = await find(id);
      requireAccess(actor, item);
      return item;
    },

    /** The inbox, newest first, 30 a page. */
    async list(actor: Actor, filter: NewsFilter, after?: string) {
      requirePermission(actor, 'news:see');
      return store.list(filter, pageSize, after);
    },

    /** Items in which every word of the query begins some word; newest first. `more`: the query is too wide to list all. */
    async search(actor: Actor, query: string, filter: NewsFilter) {
      requirePermission(actor, 'news:see');
      return search(deps.index, query, filter);
    },

    /**
     * Items that must not be published before a day between two ISO dates, both included, in the order of the days; only
     * their own for those who may not see all.
     */
    async days(actor: Actor, first: string, last: string): Promise<readonly NewsDay[]> {
      requirePermission(actor, 'news:seeOwn');
      const all = await store.days(first, last);
      return all.filter(({ authorId }) => maySee(actor, authorId));
    },

    /** The actor's own items, newest first. @param of those of somebody for whom they act */
    async mine(actor: Actor, after?: string, limit = pageSize, of = actor.id) {
      requirePermission(actor, 'news:seeOwn');
      if (!isTheirs(actor, of)) throw new AppError('permission.denied', { of });
      return store.mine(of, Math.min(limit, pageSize), after);
    },

    /**
     * A new text in one language, written over revision `basedOn` (0 where there was no text).
     * @throws AppError `text.conflict` with `{ theirs: Text, parked: number }` when another revision was saved meanwhile:
     *   the late one is kept in the history as parked.
     */
    async edit(
      actor: Actor,
      id: NewsId,
      language: Language,
      input: unknown,
      basedOn: number,
    ): Promise<NewsChanged> {
      requireEdit(actor, (await find(id)).value);
      const edit = { language, text: parseText(input), basedOn };
      const { value } = await items.change(id, actor, async ({ value: item }, given) => {
        const signer = requireEdit(actor, item);
        const context = signedBy(given, signer);
        switch (editStatus(item.texts, edit)) {
          case 'same':
            return undefined;
          case 'late':
            return parkText(draftOf(item), edit, context, store.texts);
          case 'new': {
            const newest = await store.audit.entry(id, item.auditCount);
            const edited: NewsDraft = saveText<NewsItem, NewsEvent, NewsState, NewMessage>(
              draftOf(item),
              edit,
              context,
              store.texts,
              { newest },
            );
            const changes = [...edited.changes, ...(await changesOfUsers(edited.value, actor))];
            const taken = takeIntoReview(edited, actor, context);
            return {
              ...taken,
              value: speaksForTeam(signer, item) ? withAnswered(taken.value, 'team') : taken.value,
              changes,
            };
          }
        }
      });
      assertNotParked(value, edit);
      return { item: value };
    },

    /**
     * Somebody looked at this language beside the others, at the revisions `seen`, and says that it is ready. In an accepted
     * item that is the approval of just this revision, for every place where it is used.
     * @throws AppError `text.conflict` with `{ revisions }` where others are current by now; `text.missing` without a body;
     *   `text.beingWritten` where somebody else is in the middle of it, and `text.sameAsOther` where it was not translated,
     *   unless `although`.
     */
    async ready(
      actor: Actor,
      id: NewsId,
      language: Language,
      { seen, although }: { readonly seen?: SeenRevisions; readonly although?: boolean } = {},
    ): Promise<NewsChanged> {
      const { value } = await items.change(id, actor, async ({ value: item }, given) => {
        const context = signedBy(given, requireEdit(actor, item));
        requireSeenRevisions(item, seen);
        requireTranslated(item, language, { although });
        requireNobodyWrites({ id, texts: only(item.texts, language) }, context, { although });
        const ready: NewsDraft = readyText(draftOf(item), language, context);
        if (ready.audit.length === 0) return undefined;
        const changes = [...ready.changes, ...(await changesOfUsers(ready.value, actor, false))];
        return { ...takeIntoReview(ready, actor, context), changes };
      });
      return { item: value };
    },

    /**
     * Project, audiences, channels, link and date, by the coordinator or the author; `seen` has the same before.
     * @throws AppError `edit.conflict`.
     */
    async editDetails(actor: Actor, id: NewsId, input: unknown, seen?: Seen): Promise<NewsChanged> {
      const programme = await deps.programme();
      const sent = parseDetails(input, programme);
      const { value } = await items.change(id, actor, async ({ value: item }, given) => {
        const context = signedBy(given, requireEdit(actor, item, 'details'));
        const details = mergedDetails(item, sent, { seen, programme });
        if (isSameDetails(item, details)) return undefined;
        requireOffered(programme, details.projectId, item.projectId);
        const edited = withDetails(item, details);
        const recorded: NewsDraft = recordEvent(draftOf(edited), context, { action: 'editDetails' });
        const draft = takeIntoReview(recorded, actor, context);
        const changes = await changesOfUsers(edited, actor, isShownOtherwise(item, edited));
        return notifyOfUrgency({ ...draft, changes }, context, deps.clock);
      });
      return { item: value };
    },

    /**
     * Gives an item to somebody who reviews, or to nobody (null). @throws AppError `input.invalid` for others.
     */
    async assign(actor: Actor, id: NewsId, to: PersonId | null): Promise<NewsChanged> {
      requirePermission(actor, 'news:edit');
      const assignee = assigneeOf(await deps.people(), to);
      const changed = await items.change(id, actor, ({ value: item }, context) =>
        item.assignee?.id === assignee?.id
          ? undefined
          : recordEvent(
              draftOf(assigned(item, assignee)),
              context,
              {
                action: 'assign',
                ...(assignee !== undefined && { to: assignee }),
                ...(item.assignee !== undefined && { from: item.assignee }),
              },
              item.state,
            ),
      );
      return changedOf(changed);
    },

    async startReview(actor: Actor, id: NewsId): Promise<NewsChanged> {
      requirePermission(actor, 'news:edit');
      return move(actor, id, 'startReview', (item, { at, by }) =>
        applyMove(item, 'startReview', { status: 'inReview', at, by }),
      );
    },

    /**
     * Accepts an item, and with it what its author wrote as it stands now.
     * @throws AppError `text.conflict` with `{ revisions }` where others are current than in `seen`; `text.beingWritten` where
     *   somebody else is in the middle of a text, and `text.sameAsOther` as {@link ready} does, unless `although`.
     */
    async accept(
      actor: Actor,
      id: NewsId,
      { seen, although }: { readonly seen?: SeenRevisions; readonly although?: boolean } = {},
    ): Promise<NewsChanged> {
      requirePermission(actor, 'news:decide');
      const notice = { about: 'newsAccepted', newsId: id } as const;
      return decide(actor, id, { action: 'accept' }, notice, { status: 'accepted' }, (item, context) => {
        requireSeenRevisions(item, seen);
        requireTranslated(item, item.originalLanguage, { although });
        requireNobodyWrites(item, context, { although });
      });
    },

    async requestChanges(actor: Actor, id: NewsId, input: string): Promise<NewsChanged> {
      requirePermission(actor, 'news:decide');
      const note = parseNote('note', input);
      const event = { action: 'requestChanges', text: note } as const;
      const notice = { about: 'changesRequested', newsId: id, note } as const;
      return decide(actor, id, event, notice, { status: 'changesRequested', note });
    },

    async reject(actor: Actor, id: NewsId, input: string): Promise<NewsChanged> {
      requirePermission(actor, 'news:decide');
      const reason = parseNote('reason', input);
      const notice = { about: 'newsRejected', newsId: id, reason } as const;
      return decide(actor, id, { action: 'reject', text: reason }, notice, { status: 'rejected', reason });
    },

    /** A note to the author that changes nothing. */
    async note(actor: Actor, id: NewsId, input: string): Promise<NewsChanged> {
      requirePermission(actor, 'news:decide');
      const note = parseNote('note', input);
      return changedOf(
        await items.change(id, actor, ({ value: item }, context) => {
          const noted = recordEvent(draftOf(item), context, { action: 'note', text: note }, item.state);
          const written = withMessage(noted, context, { kind: 'message', text: note });
          return notifyAuthor(written, context, {
            about: 'newsNote',
            newsId: id,
            note,
            from: context.by.name,
          });
        }),
      );
    },

    /**
     * What the author writes about an item: the answer, where something was asked, which submits the item again; else a
     * message that changes nothing. Nobody is notified: it shows on the item.
     * @param from the id of the chat message or the form that it came from: the same text from there is stored once.
     */
    async reply(actor: Actor, id: NewsId, input: string, from?: string): Promise<NewsReplied> {
      requirePermission(actor, 'news:submit');
      const text = parseMessage(input);
      const key = from === undefined ? undefined : messageKeyOf(from, input);
      let current: NewsItem | undefined;
      let known: number | undefined;
      const changed = await items.change(id, actor, async ({ value: item }, given) => {
        const context = signedBy(given, requireAuthor(actor, item));
        current = item;
        known = key === undefined ? undefined : await repeated(item, key, actor.id);
        if (known !== undefined) return undefined;
        const isAsked = isUnanswered(item) && (item.lastMessage?.kind ?? 'question') === 'question';
        const message = {
          kind: isAsked ? 'answer' : 'message',
          text,
          ...(key !== undefined && { key }),
        } as const;
        if (item.state.status !== 'changesRequested') {
          const said = recordEvent(draftOf(item), context, { action: 'message', text }, item.state);
          return withMessage(said, context, message);
        }
        const value = applyMove(item, 'resubmit', { status: 'submitted', at: context.at });
        const event = { action: 'resubmit', text } as const;
        const sentAgain = recordEvent({ ...draftOf(item), value }, context, event, item.state);
        return withMessage(sentAgain, context, { ...message, kind: 'answer' });
      });
      if (known !== undefined) return repliedBefore(actor, changed.value, known);
      const { state, lastMessage } = current ?? changed.value;
      const isAddition = lastMessage === undefined || isBy(lastMessage.by, changed.value.author.id);
      return { ...changedOf(changed), before: state, isAddition };
    },

    /** Says that what the author wrote last needs no reply. Harmless where nothing waits for one. */
    async settleMessage(actor: Actor, id: NewsId): Promise<NewsChanged> {
      requirePermission(actor, 'news:edit');
      const changed = await items.change(id, actor, ({ value: item }) =>
        awaitsReply(item) ? draftOf(withAnswered(item, 'team')) : undefined,
      );
      return { item: changed.value };
    },

    /** The item about which the actor wrote this text before, in the same chat message or form; see {@link reply}. */
    async repliedTo(actor: Actor, from: string, text: string): Promise<NewsId | undefined> {
      return (await store.thread.sent(actor.id, messageKeyOf(from, text)))?.newsId;
    },

    /** What the author and reviewers wrote to each other about an item, newest first, 50 a page. */
    async messages(actor: Actor, id: NewsId, after?: string): Promise<Page<NewsMessage>> {
      const [{ value: item }, page] = await Promise.all([find(id), store.thread.page(id, after)]);
      requireAccess(actor, item);
      if (page.lines.length > 0 || item.lastMessage !== undefined) return page;
      // Written before there was a thread.
      const { lines } = await store.audit.page(id, item.auditCount);
      return { lines: messagesOfAudit(lines) };
    },

    async reopen(actor: Actor, id: NewsId): Promise<NewsChanged> {
      requirePermission(actor, 'news:decide');
      return move(actor, id, 'reopen', (item, { at, by }) =>
        applyMove(item, 'reopen', { status: 'inReview', at, by }),
      );
    },

    /** The author has made the changes that were asked for. */
    resubmit(actor: Actor, id: NewsId): Promise<NewsChanged> {
      return move(
        actor,
        id,
        'resubmit',
        (item, { at }) => withAnswered(applyMove(item, 'resubmit', { status: 'submitted', at }), 'author'),
        (item) => requireAuthor(actor, item),
      );
    },

    withdraw(actor: Actor, id: NewsId): Promise<NewsChanged> {
      return move(
        actor,
        id,
        'withdraw',
        (item, { at }) => applyMove(item, 'withdraw', { status: 'withdrawn', at }),
        (item) => requireAuthor(actor, item),
      );
    },

    /** Takes back the move with this audit number. @throws AppError `undo.tooLate` when something happened since. */
    async undo(actor: Actor, id: NewsId, auditNumber: number): Promise<NewsChanged> {
      requireAccess(actor, (await find(id)).value);
      const { value } = await items.undo(
        id,
        actor,
        auditNumber,
        async ({ value: item }, { before, event }, context) => {
          const restored = recordEvent(draftOf(undone(item, { before, event })), context, { action: 'undo' });
          // A notice that has left can't be taken back: then there is no undo.
          const changes = await cancelForUndo(deps.outbox, id, [noticeId(item, auditNumber)]);
          const unsaid = await store.thread.remove(id, auditNumber);
          if (unsaid.length === 0) return { ...restored, changes };
          const { lastMessage: _unsaid, ...value } = restored.value;
          const [, last] = (await store.thread.page(id)).lines;
          return {
            ...restored,
            value: { ...value, ...(last && { lastMessage: lastAgain(last, value.state) }) },
            changes: [...changes, ...unsaid],
          };
        },
      );
      return { item: value };
    },

    /** Revisions of one language, newest first, 20 a page. */
    async history(actor: Actor, id: NewsId, language: Language, after?: string) {
      requireAccess(actor, (await find(id)).value);
      return store.texts.page(id, language, historyPageSize, after);
    },

    /** One revision of a text, for those who pin it. */
    revision: store.texts.revision,

    /** Who did what, newest first, 50 a page; with the newest, the number to give to `undo` where the actor may undo it. */
    async audit(
      actor: Actor,
      id: NewsId,
      after?: string,
    ): Promise<Page<NewsAuditEntry> & { readonly undo?: number }> {
      const { value: item } = await find(id);
      requireAccess(actor, item);
      const page = await store.audit.page(id, item.auditCount, after);
      const undo = after === undefined ? undoableNow(page.lines[0], actor, deps) : undefined;
      return { ...page, ...(undo !== undefined && { undo }) };
    },

    /** What waits for the actor; `indexed` is what the index of what waits knows, where it has been read. */
    async waiting(actor: Actor, indexed?: WaitingLines) {
      requirePermission(actor, 'news:seeOwn');
      return waitingNews(store, actor, indexed);
    },

    /** For other features: items by their ids, in the order asked; unknown ones are left out. */
    async many(ids: readonly NewsId[]): Promise<readonly NewsItem[]> {
      const found: NewsItem[] = [];
      // A large issue must not ask the storage for all of its items at the same moment.
      for (let start = 0; start < ids.length; start += readsAtOnce) {
        const some = await Promise.all(ids.slice(start, start + readsAtOnce).map((id) => store.find(id)));
        for (const item of some) if (item !== undefined) found.push(item.value);
      }
      return found;
    },

    ...newsUses({ ...deps, find, write: kind.write }),
  };
}

export type NewsService = ReturnType<typeof newsService>;
