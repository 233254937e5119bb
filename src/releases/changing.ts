import type { Actor } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import type { NewsService } from '../news/service.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { withChanges, type Draft, type ActionContext, type PersonActionContext } from './draft.js';
import type { Release } from './release.js';
import type { ReleaseStore } from './store.js';

/** What the release service is made of. */
export interface ReleaseDeps {
  readonly store: ReleaseStore;
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse'>;
  readonly outbox: Pick<Outbox, 'commit' | 'settle'>;
  readonly clock: Clock;
  /** How long "publish now" waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

type ChangingDeps = Pick<ReleaseDeps, 'store' | 'outbox' | 'clock'>;

export function actionContextOf(clock: Clock, actor: Actor): PersonActionContext {
  return { at: clock.now().toString(), by: { id: actor.id, name: actor.name } };
}

export async function find(store: ReleaseStore, id: ReleaseId): Promise<Versioned<Release>> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('release.notFound', { id });
  return found;
}

/**
 * Reads a release, decides, and stores what was decided; reads and decides anew when somebody else was faster.
 * The same release given back stores nothing.
 */
export async function change(
  { store, outbox, clock }: ChangingDeps,
  id: ReleaseId,
  decide: (release: Release, actionContext: ActionContext) => Draft | Promise<Draft>,
): Promise<Release> {
  const draft = await whileConflicting(async () => {
    const before = await find(store, id);
    const decided = await decide(before.value, { at: clock.now().toString() });
    if (decided.release !== before.value) {
      const { release, audit, revisions, messages, changes } = decided;
      await outbox.commit([...store.replace(before, release, { audit, revisions }), ...changes], messages);
    }
    return decided;
  });
  return draft.release;
}

/**
 * The draft without what the release, as it stood, had on its way: its message waits no more and needs nobody's eye.
 * @throws AppError `outbox.tooLate` when it is leaving just now.
 */
export async function callBack(
  outbox: Pick<Outbox, 'settle'>,
  draft: Draft,
  { state }: Release,
): Promise<Draft> {
  switch (state.status) {
    case 'scheduled':
    case 'publishing':
    case 'failed':
    case 'uncertain':
      return withChanges(draft, await outbox.settle(state.message));
    default:
      return draft;
  }
}
