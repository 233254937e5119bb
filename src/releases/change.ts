import { z } from 'zod';
import { aggregate, type Draft, type PersonActionContext } from '../platform/aggregate.js';
import type { Clock } from '../platform/clock.js';
import type { Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import { deterministicId, type MessageId, type ReleaseId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { languages } from '../shared/languages.js';
import { messageKind } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { NewsItem } from '../news/types.js';
import type { NewsService } from '../news/service.js';
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

/** How releases are read and changed, by people and by what carries them out. */
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
      auditEntry: store.auditEntry,
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
 * The draft without what the release had on its way before: its message waits no more and needs nobody's attention.
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

/** The state of a release that is to go out at a time (ISO instant), with the message that will carry it: a new one for each plan. */
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
