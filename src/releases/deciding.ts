import { z } from 'zod';
import { AppError, isAppError } from '../errors.js';
import type { ReleaseId } from '../ids.js';
import { publicLanguages } from '../languages.js';
import { demand } from '../people/permissions.js';
import type { Actor } from '../news/service.js';
import { parse } from '../validation.js';
import { momentOf } from '../wall-time.js';
import { callBack, change, occasionOf, type ReleaseParts } from './changing.js';
import { restore } from './creating.js';
import { draftOf, plan, planAgain, record, withUsed, type Draft, type PersonsOccasion } from './draft.js';
import { sourceOf, takeBackApproval } from './editing.js';
import { applyMove, canBringBack, demandMove } from './moves.js';
import { publishableRevisions, unreadyLanguages } from './readiness.js';
import type { Approval, Release } from './release.js';
import type { Moved, ReleaseService, Scheduled, SeenRevisions } from './service.js';
import { parseWallTime, refusePassedTime, refuseUnfitDate } from './timing.js';

const waiverSchema = z.string().trim().min(1).max(500).optional();

type Decide = (release: Release, occasion: PersonsOccasion) => Draft | Promise<Draft>;

/** A decision of a person, which can be undone. */
async function decide(parts: ReleaseParts, actor: Actor, id: ReleaseId, how: Decide): Promise<Moved> {
  demand(actor, 'release:edit');
  const occasion = occasionOf(parts.clock, actor);
  let undo: number | undefined;
  const release = await change(parts, id, async (current) => {
    const draft = await how(current, occasion);
    undo = undoNumber(draft);
    return draft;
  });
  return { release, ...(undo !== undefined && { undo }) };
}

/** The audit number by which this draft's move can be undone. */
function undoNumber({ audit }: Draft): number | undefined {
  const entry = audit.at(-1);
  const canUndo = entry?.before !== undefined && canBringBack(entry.did.action, entry.before.state);
  return canUndo ? entry.number : undefined;
}

/** Nothing is approved unseen. */
function demandSeen({ id, texts }: Release, seen: SeenRevisions): void {
  const standing = Object.fromEntries(
    publicLanguages.map((language) => [language, texts[language]?.revision ?? 0]),
  );
  if (publicLanguages.some((language) => standing[language] !== (seen[language] ?? 0)))
    throw new AppError('text.conflict', { id, standing });
}

async function approve(
  parts: ReleaseParts,
  actor: Actor,
  id: ReleaseId,
  waiver?: string,
  seen?: SeenRevisions,
): Promise<Moved> {
  demand(actor, 'release:edit');
  const reason = parse(z.strictObject({ waiver: waiverSchema }), { waiver }).waiver;
  return decide(parts, actor, id, (current, { at, by }) => {
    const revisions = publishableRevisions(current.texts);
    const unready = unreadyLanguages(current.texts);
    const isWaived = reason !== undefined && Object.keys(revisions).length > 0;
    const isFit = unready.length === 0 || isWaived;
    demandMove(current, 'approve');
    if (seen !== undefined) demandSeen(current, seen);
    if (!isFit) {
      throw new AppError('release.languagesMissing', { id, languages: unready });
    }
    const waived = unready.length > 0 && reason !== undefined ? { waiver: { reason } } : {};
    const approval: Approval = { at, by, revisions, ...waived };
    const release = applyMove(current, 'approve', { state: 'approved', approval });
    const did = { action: 'approve', ...(waived.waiver && { waiver: waived.waiver.reason }) } as const;
    return record(draftOf(release), { at, by }, did, current.is);
  });
}

function demandApproval(release: Release, move: 'schedule' | 'publishNow'): Approval {
  demandMove(release, move);
  const { is } = release;
  if (is.state === 'approved' || is.state === 'scheduled') return is.approval;
  throw new AppError('release.notApproved', { id: release.id, move, state: is.state });
}

/** Gives a release a time, instead of the one that it had. */
async function planAt(
  parts: ReleaseParts,
  current: Release,
  move: 'schedule' | 'publishNow',
  due: string,
  occasion: PersonsOccasion,
): Promise<Draft> {
  const approval = demandApproval(current, move);
  const planned = plan(draftOf(current), move, approval, due, occasion);
  return callBack(parts.outbox, record(planned, occasion, { action: move, due }, current.is), current);
}

async function schedule(
  parts: ReleaseParts,
  actor: Actor,
  id: ReleaseId,
  wallTime: unknown,
): Promise<Scheduled> {
  demand(actor, 'release:edit');
  const { instant: due, turn } = momentOf(parseWallTime(wallTime));
  const moved = await decide(parts, actor, id, async (current, occasion) => {
    demandMove(current, 'schedule');
    refusePassedTime(due, parts.clock.now());
    refuseUnfitDate(due, parts.clock.now(), (await sourceOf(parts, current))?.earliestDate);
    return planAt(parts, current, 'schedule', due.toString(), occasion);
  });
  return { ...moved, turn };
}

async function publishNow(parts: ReleaseParts, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(parts, actor, id, async (current, occasion) => {
    demandMove(current, 'publishNow');
    const now = parts.clock.now();
    const due = now.add({ seconds: parts.undoSeconds });
    refuseUnfitDate(due, now, (await sourceOf(parts, current))?.earliestDate);
    return planAt(parts, current, 'publishNow', due.toString(), occasion);
  });
}

async function unschedule(parts: ReleaseParts, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(parts, actor, id, async (current, occasion) => {
    const release = applyMove(current, 'unschedule', { state: 'draft', at: occasion.at });
    const draft = record(draftOf(release), occasion, { action: 'unschedule' }, current.is);
    return callBack(parts.outbox, draft, current);
  });
}

async function unapprove(parts: ReleaseParts, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(parts, actor, id, async (current, occasion) => {
    demandMove(current, 'unapprove');
    return takeBackApproval(parts, draftOf(current), occasion);
  });
}

async function cancel(parts: ReleaseParts, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(parts, actor, id, async (current, { at, by }) => {
    const release = applyMove(current, 'cancel', { state: 'cancelled', at, by });
    const draft = record(draftOf(release), { at, by }, { action: 'cancel' }, current.is);
    const quiet = await callBack(parts.outbox, draft, current);
    if (current.source === undefined) return quiet;
    return withUsed(quiet, await parts.news.unuse(actor, current.source.newsId, { in: 'release', id }));
  });
}

async function retry(parts: ReleaseParts, actor: Actor, id: ReleaseId): Promise<Moved> {
  return decide(parts, actor, id, async (current, occasion) => {
    demandMove(current, 'retry');
    const { is } = current;
    if (!('message' in is)) return draftOf(current);
    const again = record(planAgain(draftOf(current), is, occasion), occasion, { action: 'retry' });
    try {
      return await callBack(parts.outbox, again, current);
    } catch (error) {
      if (is.state === 'publishing' && isAppError(error, 'outbox.tooLate')) return draftOf(current);
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

export function deciding(parts: ReleaseParts): Pick<ReleaseService, Deciding> {
  return {
    approve: (actor, id, waiver, seen) => approve(parts, actor, id, waiver, seen),
    unapprove: (actor, id) => unapprove(parts, actor, id),
    schedule: (actor, id, wallTime) => schedule(parts, actor, id, wallTime),
    publishNow: (actor, id) => publishNow(parts, actor, id),
    unschedule: (actor, id) => unschedule(parts, actor, id),
    cancel: (actor, id) => cancel(parts, actor, id),
    restore: async (actor, id) => {
      demand(actor, 'release:edit');
      return { release: await restore(parts, actor, id) };
    },
    retry: (actor, id) => retry(parts, actor, id),
  };
}
