import { z } from 'zod';
import { aggregate, type Draft, type PersonActionContext } from '../platform/aggregate.js';
import type { Clock } from '../platform/clock.js';
import type { Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import { deterministicId, type MessageId, type ReleaseId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { languages, publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { messageKind } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { NewsItem } from '../news/types.js';
import type { NewsService } from '../news/service.js';
import { textStatus, type Text, type Texts } from '../content/text.js';
import type { ReleaseStore } from './store.js';
import type { Approval, Release, ReleaseEvent, ReleaseState, Revisions } from './types.js';

export type ReleaseDraft = Draft<Release, ReleaseEvent, ReleaseState, NewMessage>;

export interface ChangeDeps {
  readonly store: ReleaseStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel' | 'settle'>;
  readonly clock: Clock;
  /** How long "publish now" waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** How releases are read and changed, by people and by the delivery that publishes. */
export function releaseChanges(deps: ChangeDeps) {
  const { store } = deps;

  /** @throws AppError `release.notFound`. */
  async function read(id: ReleaseId): Promise<Versioned<Release>> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('release.notFound', { id });
    return found;
  }

  const { change, undo } = aggregate<
    ReleaseId,
    Versioned<Release>,
    Release,
    ReleaseEvent,
    ReleaseState,
    NewMessage
  >(
    {
      read,
      valueOf: ({ value }) => value,
      write: (before, { value, audit, changes, messages }) => ({
        value,
        changes: [...store.replace(before, value, audit), ...changes],
        messages,
      }),
      auditEntry: store.audit.entry,
    },
    deps,
  );
  return { read, change, undo };
}

/** A draft together with what else is stored and sent for it. */
export function withWrites(
  draft: ReleaseDraft,
  { changes = [], messages = [] }: Partial<Pick<ReleaseDraft, 'changes' | 'messages'>>,
): ReleaseDraft {
  return {
    ...draft,
    changes: [...draft.changes, ...changes],
    messages: [...draft.messages, ...messages],
  };
}

/**
 * The draft without the release's earlier message: that does not wait any more and needs nobody's attention.
 * @throws AppError `outbox.tooLate` when it is leaving just now.
 */
export async function cancelPlan(
  outbox: Pick<Outbox, 'settle'>,
  draft: ReleaseDraft,
  { state }: Release,
): Promise<ReleaseDraft> {
  switch (state.status) {
    case 'scheduled':
    case 'publishing':
    case 'failed':
    case 'uncertain':
      return withWrites(draft, { changes: await outbox.settle(state.message) });
    default:
      return draft;
  }
}

/** The revisions of an approval as text, the same for the same revisions. */
export function revisionKey(revisions: Revisions): string {
  return languages
    .filter((language) => revisions[language] !== undefined)
    .map((language) => `${language}${revisions[language]}`)
    .join('-');
}

/** Asks to publish a release. */
export const releaseMessage = messageKind(
  'release',
  z.object({ releaseId: storedId<ReleaseId>(), revision: z.string() }),
);

/** The state of a release that is to go out at a time (ISO instant), with the message that will publish it: a new one for each plan. */
export function planned(
  { id, channel, plans }: Release,
  approval: Approval,
  due: string,
  { at, by }: Pick<PersonActionContext, 'at' | 'by'>,
): { state: Extract<ReleaseState, { status: 'scheduled' }>; message: NewMessage; plans: number } {
  const revision = revisionKey(approval.revisions);
  const next = plans + 1;
  const message = deterministicId<MessageId>('release', id, channel, revision, String(next));
  return {
    state: { status: 'scheduled', at, by, approval, due, message },
    message: { id: message, dueAt: due, body: releaseMessage.body({ releaseId: id, revision }) },
    plans: next,
  };
}

/** The item that a release was made from; `undefined` where there is none. */
export async function sourceOf(
  news: Pick<NewsService, 'many'>,
  { source }: Release,
): Promise<NewsItem | undefined> {
  if (source === undefined) return undefined;
  const [item] = await news.many([source.newsId]);
  return item;
}

/** A page needs a title, which every text has, and a body. */
const hasBody = (texts: Texts, language: PublicLanguage): boolean => (texts[language]?.body ?? '') !== '';

/** Public languages that can't go out without a waiver: missing, without a body, or behind the other. */
export function unreadyLanguages(texts: Texts): PublicLanguage[] {
  return publicLanguages.filter(
    (language) => textStatus(texts, language) !== 'ready' || !hasBody(texts, language),
  );
}

/** The revisions that would be published now: of each public language that has a whole text. */
export function publishableRevisions(texts: Texts): Revisions {
  return Object.fromEntries(
    publicLanguages.flatMap((language) => {
      const text = texts[language];
      return text === undefined || !hasBody(texts, language) ? [] : [[language, text.revision] as const];
    }),
  );
}

/** Own copies of an item's texts: each starts at revision 1, behind the other where it was behind. */
export function copyTexts(texts: Texts, at: string): Texts {
  const copy = (text: Text): Text => ({
    ...text,
    revision: 1,
    at,
    checked: Object.fromEntries(
      languages.flatMap((other) => {
        const seen = text.checked[other];
        return seen === undefined ? [] : [[other, seen >= (texts[other]?.revision ?? 0) ? 1 : 0] as const];
      }),
    ),
  });
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = texts[language];
      return text === undefined ? [] : [[language, copy(text)] as const];
    }),
  );
}

/** The item's texts that are newer than those last taken from it. */
export function newerTexts(
  { source }: Release,
  item: NewsItem | undefined,
): Partial<Record<PublicLanguage, Text>> {
  const taken = source?.revisions ?? {};
  return Object.fromEntries(
    publicLanguages.flatMap((language): [PublicLanguage, Text][] => {
      const text = item?.texts[language];
      return text !== undefined && text.revision > (taken[language] ?? 0) ? [[language, text]] : [];
    }),
  );
}
