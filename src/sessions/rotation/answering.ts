import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { languages } from '../../shared/languages.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { cleanLine } from '../../content/input.js';
import { emptyAsNone, parse, webLinkSchema } from '../../platform/validation.js';
import {
  changeOccurrence,
  actionContextOf,
  recordOf,
  type OccurrenceDraft,
  type PersonActionContext,
} from '../occurrences/change.js';
import type { OccurrenceRecord, Talk } from '../occurrences/occurrence.js';
import { applyMove } from '../occurrences/workflow.js';
import type { Found } from '../occurrences/reading.js';
import type { OccurrenceMoved } from '../service.js';
import { actingOf, requireActing, requireUpcoming, projectOf, type TakingDeps } from './deps.js';

const talkSchema = z.strictObject({
  topic: cleanLine.pipe(z.string().min(1).max(120)),
  speaker: cleanLine.pipe(z.string().min(1).max(120)),
  material: z.preprocess(emptyAsNone, webLinkSchema.optional()),
  language: z.enum(languages),
  /** The `at` of the talk that was on the screen; empty where there was none. */
  basedOn: z.string().max(40).optional(),
});

type Told = z.output<typeof talkSchema>;

function isSame(talk: Talk | undefined, { topic, speaker, material, language }: Told): boolean {
  if (talk === undefined) return false;
  const was = [talk.topic, talk.presenter, talk.material, talk.language];
  return [topic, speaker, material, language].every((part, index) => part === was[index]);
}

/** The record with a proposed turn as one that stands: who says what they present has taken it. */
function withTakenSlot({ occurrence }: Found, record: OccurrenceRecord, at: string): OccurrenceRecord {
  const projectId = projectOf(occurrence);
  if (occurrence.slot?.how !== 'proposed' || projectId === undefined) return record;
  return { ...record, slot: { projectId, how: 'turn', at } };
}

function answered(found: Found, told: Told, actionContext: PersonActionContext): OccurrenceDraft | undefined {
  const { occurrence } = found;
  const record = recordOf(found);
  if (isSame(record.talk, told) && occurrence.state.status !== 'planned') return undefined;
  const { material, basedOn, speaker: presenter, ...words } = told;
  const { at, by } = actionContext;
  const { talk: theirs } = record;
  // One's own answer may be put better; a colleague's is not written over unseen.
  if (basedOn !== undefined && theirs !== undefined && theirs.by.id !== by.id && theirs.at !== basedOn)
    throw new AppError('text.conflict', { id: occurrence.id, theirs });
  const talk: Talk = { ...words, presenter, ...(material !== undefined && { material }), by, at };
  const after = { ...withTakenSlot(found, record, at), talk };
  const isPlanned = occurrence.state.status === 'planned';
  return {
    record: isPlanned ? applyMove(occurrence, after, 'confirm', actionContext) : after,
    event: { action: 'answer' },
    canUndo: true,
  };
}

/** Topic, speaker and material, by the project whose turn it is; the coordinator also mends them afterwards. */
export async function answer(
  deps: TakingDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:take');
  const told = parse(talkSchema, input);
  const { topic, speaker, material = '' } = told;
  assertNoPersonalData({ topic, speaker, material });
  const acting = await actingOf(deps, actor);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    requireActing(acting, projectOf(found.occurrence));
    if (!acting.isEditor || found.occurrence.state.status === 'cancelled') requireUpcoming(found.occurrence);
    return answered(found, told, actionContext);
  });
}
