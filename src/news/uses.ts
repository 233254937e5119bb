import { isDeepStrictEqual } from 'node:util';
import type { Actor, PersonRef } from '../platform/actor.js';
import { actionContextOf, cancelForUndo, draftOf, type ActionContext } from '../platform/aggregate.js';
import type { Clock } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId, ProjectId } from '../platform/ids.js';
import { languages, type Language, type PublicLanguage } from '../shared/languages.js';
import { requirePermission } from '../people/permissions.js';
import { requireNobodyWrites, requireSeenRevisions, type SeenRevisions } from '../content/edits.js';
import { requireTranslated } from '../content/same-text.js';
import { revisionOf, type Revision, type Texts } from '../content/text.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import {
  decidedDraft,
  decisionEvent,
  noticeId,
  notifyAuthor,
  recordEvent,
  undone,
  type NewsDraft,
} from './decisions.js';
import { indexMessage } from './search.js';
import type { FoundNews, NewsStore } from './store.js';
import type { NewsEvent, NewsItem, NewsUse } from './types.js';

/** What an item begins with that is made for a release or a story. */
export interface MadeItem {
  readonly projectId: ProjectId;
  readonly originalLanguage: Language;
  readonly texts: Texts;
  /** What was written before it was made, the current texts among it; left out where these are all. */
  readonly history?: readonly Revision[];
}

/** An item whose uses change, with what is to be committed for it; the messages bring the search up to date. */
export interface Used {
  readonly item: NewsItem;
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
  /** It was accepted on the way, by its audit entry with this number: for {@link unplace}. */
  readonly accepted?: number;
}

/** What somebody says who places an item, in case that accepts it too: then they approve what its author wrote. */
export interface Consent {
  /** The revisions on the screen; left out by callers without one. */
  readonly seen?: SeenRevisions | undefined;
  /** Somebody else is writing just now, or a text is as another language has it, and it is meant so. */
  readonly although?: boolean | undefined;
}

/** What relating items to their uses is made of. */
interface UsesDeps {
  readonly clock: Clock;
  /** How long a notice to the author waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
  readonly store: NewsStore;
  readonly outbox: Pick<Outbox, 'cancel'>;
  /** @throws AppError `news.notFound`. */
  readonly find: (id: NewsId) => Promise<FoundNews>;
  /** What is to be committed for an item that has changed. */
  readonly write: (before: FoundNews, draft: NewsDraft, context: ActionContext) => WrittenNews;
}

interface WrittenNews {
  readonly value: NewsItem;
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
}

/** The current texts as a history has them. */
function newestRevisions(texts: Texts): Revision[] {
  return languages.flatMap((language) => {
    const text = texts[language];
    return text === undefined ? [] : [revisionOf(language, text)];
  });
}

/** When an item went out and where it can be read; or that somebody has to approve it there. */
type UseOut =
  | {
      readonly at: string;
      readonly urls?: Partial<Record<PublicLanguage, string>>;
    }
  | { readonly at?: undefined; readonly awaitsApproval: true };

/** A use as it is once it is out, or not any more. */
function withOut(use: NewsUse, out: UseOut | undefined): NewsUse {
  const at = out?.at === undefined ? {} : { outAt: out.at };
  if (use.in === 'newsletter') {
    const { outAt: _outAt, ...rest } = use;
    return { ...rest, ...at };
  }
  const { outAt: _outAt, urls: _urls, awaitsApproval: _awaits, ...rest } = use;
  if (out?.at === undefined) return { ...rest, ...(out !== undefined && { awaitsApproval: true as const }) };
  return { ...rest, ...at, ...(out.urls && { urls: out.urls }) };
}

const isSameUse = (one: Pick<NewsUse, 'in' | 'id'>, other: Pick<NewsUse, 'in' | 'id'>): boolean =>
  one.in === other.in && one.id === other.id;

/** Where items are used, for the features that use them: what each gives is to be committed with their own changes. */
export function newsUses(deps: UsesDeps) {
  function withUses(actor: Actor, before: FoundNews, draft: NewsDraft, use: NewsUse): Used {
    const value = { ...draft.value, uses: [...draft.value.uses, use] };
    return written(actor, before, { ...draft, value }, { action: 'place', where: use });
  }

  function written(actor: Actor, before: FoundNews, draft: NewsDraft, event: NewsEvent): Used {
    const context = actionContextOf(deps, actor);
    const recorded: NewsDraft = recordEvent(draft, context, event);
    const { value: item, changes, messages } = deps.write(before, recorded, context);
    return { item, changes, messages };
  }

  return {
    /**
     * For other features: relates an item to where it is used; whoever places one that waits for a decision accepts it on the
     * way. What it gives is to be committed with one's own changes.
     * @throws AppError `news.notAccepted` where it was rejected or withdrawn, or is with its author; `text.conflict` and
     *   `text.beingWritten`, `text.sameAsOther` as {@link accept} does.
     */
    async use(actor: Actor, id: NewsId, use: NewsUse, { seen, although }: Consent = {}): Promise<Used> {
      requirePermission(actor, 'news:decide');
      const before = await deps.find(id);
      const { value: item } = before;
      if (item.uses.some((current) => isSameUse(current, use))) return { item, changes: [], messages: [] };
      const { status } = item.state;
      if (status === 'accepted') return withUses(actor, before, draftOf(item), use);
      if (status !== 'submitted' && status !== 'inReview')
        throw new AppError('news.notAccepted', { id, state: status });
      const context = actionContextOf(deps, actor);
      requireSeenRevisions(item, seen);
      requireTranslated(item, item.originalLanguage, { although });
      requireNobodyWrites(item, context, { although });
      const accepted = decidedDraft(draftOf(item), actor, context, 'accept', { status: 'accepted' });
      const event = decisionEvent({ action: 'accept' }, item, accepted.value);
      const recorded = recordEvent(accepted, context, event, item.state);
      const notice = { about: 'newsAccepted', newsId: id } as const;
      const used = withUses(actor, before, notifyAuthor(recorded, context, notice), use);
      return { ...used, accepted: recorded.value.auditCount };
    },

    /**
     * For other features: the item that a release or a story is made with which has none behind it. It is accepted from the
     * beginning and nobody is notified, since whoever made it wrote it. What it gives is to be committed with one's own changes.
     * @param by by whom and when (ISO instant); whether they may is for the caller to check.
     * @param use left out where it is not used any more.
     */
    make(
      { by, at }: { readonly by: PersonRef; readonly at: string },
      id: NewsId,
      use: NewsUse | undefined,
      { projectId, originalLanguage, texts, history = newestRevisions(texts) }: MadeItem,
    ): Used {
      const item: NewsItem = {
        id,
        author: by,
        submittedAt: at,
        originalLanguage,
        state: { status: 'accepted', at, by },
        texts,
        projectId,
        audiences: [],
        wishedChannels: [],
        uses: use === undefined ? [] : [use],
        made: true,
        auditCount: 0,
      };
      const { value, audit } = recordEvent(draftOf(item), { by, at, dueAt: at }, { action: 'make' });
      const revisions = history.map((revision, index) => deps.store.texts.insert(id, revision, index + 1));
      return {
        item: value,
        changes: [...deps.store.insert(value, audit), ...revisions],
        messages: [indexMessage(value, at)],
      };
    },

    /**
     * For other features: when an item went out where it is used, and where it can be read; that it waits for approval there; or
     * that it is not out any more (`undefined`). Nothing to commit where that was known, or the item is not used there.
     */
    async markOut(
      id: NewsId,
      use: Pick<NewsUse, 'in' | 'id'>,
      out: UseOut | undefined,
    ): Promise<Pick<Used, 'changes' | 'messages'>> {
      const before = await deps.store.find(id);
      const current = before?.value.uses.find((each) => isSameUse(each, use));
      const nothing = { changes: [], messages: [] };
      if (before === undefined || current === undefined) return nothing;
      const after = withOut(current, out);
      if (isDeepStrictEqual(current, after)) return nothing;
      const uses = before.value.uses.map((each) => (each === current ? after : each));
      const { changes, messages } = deps.write(
        before,
        draftOf({ ...before.value, uses }),
        actionContextOf(deps),
      );
      return { changes, messages };
    },

    /** For other features: ends the relation to where an item is used; harmless where there is none. */
    async unuse(
      actor: Actor,
      id: NewsId,
      use: Pick<NewsUse, 'in' | 'id'>,
    ): Promise<Pick<Used, 'changes' | 'messages'>> {
      const before = await deps.store.find(id);
      const where = before?.value.uses.find((current) => isSameUse(current, use));
      if (before === undefined || where === undefined) return { changes: [], messages: [] };
      const uses = before.value.uses.filter((current) => current !== where);
      return written(actor, before, draftOf({ ...before.value, uses }), { action: 'remove', where });
    },

    /**
     * For other features: takes back a use and the acceptance that came with it. A notice to the author that has not left yet
     * is held back.
     * @param accepted as {@link use} gave it.
     * @throws AppError `undo.tooLate` where something has happened to the item since, or its author has been notified.
     */
    async unplace(
      actor: Actor,
      id: NewsId,
      use: Pick<NewsUse, 'in' | 'id'>,
      accepted: number,
    ): Promise<Pick<Used, 'changes' | 'messages'>> {
      const before = await deps.find(id);
      const { value: item } = before;
      const where = item.uses.find((current) => isSameUse(current, use));
      // After the acceptance comes the placing, and nothing else.
      const isNewest = where !== undefined && item.auditCount === accepted + 1;
      const entry = isNewest ? await deps.store.audit.entry(id, accepted) : undefined;
      if (where === undefined || entry?.before === undefined || entry.by?.id !== actor.id)
        throw new AppError('undo.tooLate', { id });
      const value = {
        ...undone(item, { event: entry.event, before: entry.before }),
        uses: item.uses.filter((current) => current !== where),
      };
      const { changes, messages } = written(actor, before, draftOf(value), { action: 'undo' });
      const cancelled = await cancelForUndo(deps.outbox, id, [noticeId(item, accepted)]);
      return { changes: [...changes, ...cancelled], messages };
    },
  };
}
