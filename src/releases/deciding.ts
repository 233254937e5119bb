import type { Actor } from '../platform/actor.js';
import { z } from 'zod';
import { AppError, isAppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import { publicLanguages } from '../shared/languages.js';
import { requirePermission } from '../people/permissions.js';
import { parse } from '../platform/validation.js';
import { momentOf } from '../platform/wall-time.js';
import { callBack, change, actionContextOf, type ReleaseDeps } from './changing.js';
import { restore } from './creating.js';
import { draftOf, plan, planAgain, record, withUsed, type Draft, type PersonActionContext } from './draft.js';
import { sourceOf, takeBackApproval } from './editing.js';
import { applyMove, canBringBack, requireMove } from './workflow.js';
import { publishableRevisions, unreadyLanguages } from './readiness.js';
import type { Approval, Release } from './release.js';
import type { Moved, ReleaseService, Scheduled, SeenRevisions } from './service.js';
import { parseWallTime, assertNotPassed, assertDateFits } from './timing.js';

const waiverSchema = z.string().trim().min(1).max(500).optional();

type Decide = (release: Release, actionContext: PersonActionContext) => Draft | Promise<Draft>;

/** A decision of a person, which can be undone. */
async function decide(deps: ReleaseDeps, actor: Actor, id: ReleaseId, how: Decide): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  const actionContext = actionContextOf(deps.clock, actor);
  let undo: number | undefined;
  const release = await change(deps, id, async (current) => {
    const draft = await how(current, actionContext);
    undo = undoNumber(draft);
    return draft;
  });
  return { release, ...(undo !== undefined && { undo }) };
}

/** The audit number by which this draft's move can be undone. */
function undoNumber({ audit }: Draft): number | undefined {
  const entry = audit.at(-1);
  const canUndo = entry?.before !== undefined && canBringBack(entry.event.action, entry.before.status);
  return canUndo ? entry.number : undefined;
}

/** Nothing is approved unseen. */
function requireSeen({ id, texts }: Release, seen: SeenRevisions): void {
  const standing = Object.fromEntries(
    publicLanguages.map((language) => [language, texts[language]?.revision ?? 0]),
  );
  if (publicLanguages.some((language) => standing[language] !== (seen[language] ?? 0)))
    throw new AppError('text.conflict', { id, standing });
}

async function approve(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  waiver?: string,
  seen?: SeenRevisions,
): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  const reason = parse(z.strictObject({ waiver: waiverSchema }), { waiver }).waiver;
  return decide(deps, actor, id, (current, { at, by }) => {
    const revisions = publishableRevisions(current.texts);
    const unready = unreadyLanguages(current.texts);
    const isWaived = reason !== undefined && Object.keys(revisions).length > 0;
    const isFit = unready.length === 0 || isWaived;
    requireMove(current, 'approve');
    if (seen !== undefined) requireSeen(current, seen);
    if (!isFit) {
      throw new AppError('release.languagesMissing', { id, languages: unready });
    }
    const waived = unready.length > 0 && reason !== undefined ? { waiver: { reason } } : {};
    const approval: Approval = { at, by, revisions, ...waived };
    const release = applyMove(current, 'approve', { status: 'approved', approval });
    const event = { action: 'approve', ...(waived.waiver && { waiver: waived.waiver.reason }) } as const;
    return record(draftOf(release), { at, by }, event, current.state);
  });
}

function requireApproval(release: Release, move: 'schedule' | 'publishNow'): Approval {
  requireMove(release, move);
  const { state } = release;
  if (state.status === 'approved' || state.status === 'scheduled') return state.approval;
  throw new AppError('release.notApproved', { id: release.id, move, state: state.status });
}

/** Gives a release a time, instead of the one that it had. */
async function planAt(
  deps: ReleaseDeps,
  current: Release,
  move: 'schedule' | 'publishNow',
  due: string,
  actionContext: PersonActionContext,
): Promise<Draft> {
  const approval = requireApproval(current, move);
  const planned = plan(draftOf(current), move, approval, due, actionContext);
  return callBack(deps.outbox, record(planned, actionContext, { action: move, due }, current.state), current);
}

async function schedule(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  wallTime: unknown,
): Promise<Scheduled> {
  requirePermission(actor, 'release:edit');
  const { instant: due, clockChange } = momentOf(parseWallTime(wallTime));
  const moved = await decide(deps, actor, id, async (current, actionContext) => {
    requireMove(current, 'schedule');
    assertNotPassed(due, deps.clock.now());
    assertDateFits(due, deps.clock.now(), (await sourceOf(deps, current))?.earliestDate);
    return planAt(deps, current, 'schedule', due.toString(), actionContext);
  });
  return { ...moved, clockChange: clockChange };
}

async function publishNow(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(deps, actor, id, async (current, actionContext) => {
    requireMove(current, 'publishNow');
    const now = deps.clock.now();
    const due = now.add({ seconds: deps.undoSeconds });
    assertDateFits(due, now, (await sourceOf(deps, current))?.earliestDate);
    return planAt(deps, current, 'publishNow', due.toString(), actionContext);
  });
}

async function unschedule(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(deps, actor, id, async (current, actionContext) => {
    const release = applyMove(current, 'unschedule', { status: 'draft', at: actionContext.at });
    const draft = record(draftOf(release), actionContext, { action: 'unschedule' }, current.state);
    return callBack(deps.outbox, draft, current);
  });
}

async function unapprove(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(deps, actor, id, async (current, actionContext) => {
    requireMove(current, 'unapprove');
    return takeBackApproval(deps, draftOf(current), actionContext);
  });
}

async function cancel(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(deps, actor, id, async (current, { at, by }) => {
    const release = applyMove(current, 'cancel', { status: 'cancelled', at, by });
    const draft = record(draftOf(release), { at, by }, { action: 'cancel' }, current.state);
    const quiet = await callBack(deps.outbox, draft, current);
    if (current.source === undefined) return quiet;
    return withUsed(quiet, await deps.news.unuse(actor, current.source.newsId, { in: 'release', id }));
  });
}

async function retry(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(deps, actor, id, async (current, actionContext) => {
    requireMove(current, 'retry');
    const { state } = current;
    if (!('message' in state)) return draftOf(current);
    const again = record(planAgain(draftOf(current), state, actionContext), actionContext, {
      action: 'retry',
    });
    try {
      return await callBack(deps.outbox, again, current);
    } catch (error) {
      if (state.status === 'publishing' && isAppError(error, 'outbox.tooLate')) return draftOf(current);
      throw error;
    }
  });
}

type Deciding =
  | 'approve'
  | 'unapprove'
  | 'schedule'
  | 'publishNow'
  | 'unschedule'
  | 'cancel'
  | 'restore'
  | 'retry';

export function deciding(deps: ReleaseDeps): Pick<ReleaseService, Deciding> {
  return {
    approve: (actor, id, waiver, seen) => approve(deps, actor, id, waiver, seen),
    unapprove: (actor, id) => unapprove(deps, actor, id),
    schedule: (actor, id, wallTime) => schedule(deps, actor, id, wallTime),
    publishNow: (actor, id) => publishNow(deps, actor, id),
    unschedule: (actor, id) => unschedule(deps, actor, id),
    cancel: (actor, id) => cancel(deps, actor, id),
    restore: async (actor, id) => {
      requirePermission(actor, 'release:edit');
      return { release: await restore(deps, actor, id) };
    },
    retry: (actor, id) => retry(deps, actor, id),
  };
}
