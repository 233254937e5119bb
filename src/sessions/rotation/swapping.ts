import type { Actor } from '../../platform/actor.js';
import type { Change } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import {
  changeOccurrence,
  actionContextOf,
  recordOf,
  type OccurrenceDraft,
  type PersonActionContext,
} from '../occurrences/change.js';
import type { Occurrence, OccurrenceAudit, OccurrenceRecord, SwapAsk } from '../occurrences/occurrence.js';
import { findOccurrence, type Found } from '../occurrences/reading.js';
import type { RotationService } from '../service.js';
import { tell } from './notices.js';
import { actingOf, actsFor, requireActing, projectOf, type TakingDeps } from './deps.js';
import { nextAct, withSlot } from './slots.js';

/** Two slots with the projects whose turns they are. */
interface Pair {
  readonly here: Found;
  readonly there: Found;
  readonly project: ProjectId;
  readonly other: ProjectId;
}

const isComing = ({ state }: Occurrence): boolean =>
  state.status === 'planned' || state.status === 'confirmed';

function notPossible(id: OccurrenceId, withId: OccurrenceId): AppError {
  return new AppError('swap.notPossible', { id, withId });
}

/** @throws AppError `swap.notPossible` where the two are not slots to come of two projects in one series. */
function pairOf(here: Found, there: Found): Pair {
  const [one, another] = [here.occurrence, there.occurrence];
  const [project, other] = [projectOf(one), projectOf(another)];
  const isFit = one.seriesId === another.seriesId && isComing(one) && isComing(another);
  if (!isFit || project === undefined || other === undefined || project === other)
    throw notPossible(one.id, another.id);
  return { here, there, project, other };
}

/** The record of one slot once the other one's project has it, which brings its talk along. */
function swapped(
  here: Found,
  from: Found,
  projectId: ProjectId,
  actionContext: PersonActionContext,
): OccurrenceRecord {
  const slot = { projectId, how: 'swap', at: actionContext.at } as const;
  return withSlot(here.occurrence, recordOf(here), slot, recordOf(from).talk, actionContext);
}

/** Both records after the swap: the draft of the one here, and the other as changes beside it. */
function swap(
  { store }: Pick<TakingDeps, 'store'>,
  { here, there, project, other }: Pair,
  actionContext: PersonActionContext,
): OccurrenceDraft & { readonly changes: readonly Change[] } {
  const number = recordOf(there).auditCount + 1;
  const theirs = { ...swapped(there, here, project, actionContext), auditCount: number };
  const event = { action: 'turn', projectId: project, how: 'swap' } as const;
  const entry: OccurrenceAudit = { number, at: actionContext.at, by: actionContext.by, event: event };
  return {
    record: swapped(here, there, other, actionContext),
    event: { action: 'turn', projectId: other, how: 'swap' },
    // Two records changed: what takes it back is another swap.
    canUndo: false,
    changes: store.putRecord(there.record, theirs, [entry]),
  };
}

/** "The turn there is yours now", to the people of both projects. */
function givenWords({ here, there, project, other }: Pair, actionContext: PersonActionContext): NewMessage[] {
  const telling = { ...actionContext, act: `swap ${nextAct(here)} ${nextAct(there)}` };
  const word = (occurrenceId: OccurrenceId, projectId: ProjectId) =>
    tell({ about: 'turnGiven', occurrenceId, projectId }, { projectId }, telling);
  return [word(here.occurrence.id, other), word(there.occurrence.id, project)];
}

function ask(
  { here, there, project, other }: Pair,
  actionContext: PersonActionContext,
): OccurrenceDraft | undefined {
  const [id, withId] = [here.occurrence.id, there.occurrence.id];
  const record = recordOf(here);
  const { at, by } = actionContext;
  if (record.swap?.with === withId && record.swap.theirProjectId === other) return undefined;
  const asked: SwapAsk = { with: withId, projectId: project, theirProjectId: other, by, at };
  const notice = { about: 'swapAsked', occurrenceId: id, withId, by: by.name } as const;
  return {
    record: { ...record, swap: asked },
    event: { action: 'swapAsked' },
    canUndo: true,
    messages: [tell(notice, { projectId: other }, { ...actionContext, act: nextAct(here) })],
  };
}

type Swap = RotationService['swap'];

async function swapOrAsk(
  deps: TakingDeps,
  actor: Actor,
  id: OccurrenceId,
  withId: OccurrenceId,
  seen?: ProjectId,
): ReturnType<Swap> {
  requirePermission(actor, 'session:take');
  if (id === withId) throw notPossible(id, withId);
  const acting = await actingOf(deps, actor);
  const actionContext = actionContextOf(deps, actor);
  let isAsked = false;
  const moved = await changeOccurrence(deps, id, actionContext, async (here) => {
    const pair = pairOf(here, await findOccurrence(deps, withId));
    // The same press has arrived already, or somebody else was faster.
    if (seen !== undefined && pair.other === seen) return undefined;
    if (seen !== undefined && pair.project !== seen) throw notPossible(id, withId);
    requireActing(acting, pair.project);
    isAsked = !actsFor(acting, pair.other);
    if (isAsked) return ask(pair, actionContext);
    return { ...swap(deps, pair, actionContext), messages: givenWords(pair, actionContext) };
  });
  return { ...moved, isAsked };
}

/** The record without the question whether to swap. */
function withoutAsk({ swap: _swap, ...record }: OccurrenceRecord): OccurrenceRecord {
  return record;
}

function answerWords(
  about: 'swapAccepted' | 'swapDeclined',
  here: Found,
  { with: withId, projectId }: SwapAsk,
  actionContext: PersonActionContext,
): NewMessage[] {
  const notice = { about, occurrenceId: here.occurrence.id, withId, by: actionContext.by.name };
  return [tell(notice, { projectId }, { ...actionContext, act: nextAct(here) })];
}

const answerSwap =
  (deps: TakingDeps): RotationService['answerSwap'] =>
  async (actor, id, withId, isAccepted) => {
    requirePermission(actor, 'session:take');
    const acting = await actingOf(deps, actor);
    const actionContext = actionContextOf(deps, actor);
    return changeOccurrence(deps, id, actionContext, async (here) => {
      const asked = recordOf(here).swap;
      if (asked === undefined) throw notPossible(id, withId);
      // The slot may have gone to another date since it was asked for: the ask went along.
      const there = await findOccurrence(deps, withId);
      if (there.occurrence.id !== asked.with) throw notPossible(id, withId);
      const mayWithdraw = !isAccepted && actsFor(acting, asked.projectId);
      if (!mayWithdraw) requireActing(acting, asked.theirProjectId);
      if (!isAccepted) {
        const messages = answerWords('swapDeclined', here, asked, actionContext);
        return {
          record: withoutAsk(recordOf(here)),
          event: { action: 'swapDeclined' },
          canUndo: true,
          messages,
        };
      }
      const pair = pairOf(here, there);
      const isAsItWas = pair.project === asked.projectId && pair.other === asked.theirProjectId;
      if (!isAsItWas) throw notPossible(id, withId);
      const messages = answerWords('swapAccepted', here, asked, actionContext);
      return { ...swap(deps, pair, actionContext), messages };
    });
  };

/** Two projects change places, at once or when the other one agrees. */
export function swapping(deps: TakingDeps): Pick<RotationService, 'swap' | 'answerSwap'> {
  return {
    swap: (actor, id, withId, seen) => swapOrAsk(deps, actor, id, withId, seen),
    answerSwap: answerSwap(deps),
  };
}
