import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { cleanLine, cleanText } from '../../content/input.js';
import { emptyAsNone, parse, webLinkSchema } from '../../platform/validation.js';
import {
  changeOccurrence,
  recordOf,
  type OccurrenceDecision,
  type OccurrenceMoved,
} from '../occurrences/change.js';
import { type Notes, type OccurrenceRecord, projectOf } from '../occurrences/occurrence.js';
import type { Found } from '../occurrences/reading.js';
import { actingOf, requireActing } from '../occurrences/acting.js';
import type { FollowUpService } from './service.js';
import type { AfterwardsDeps } from './deps.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';

const materialsSchema = z.strictObject({
  materials: z
    .array(z.strictObject({ title: cleanLine.pipe(z.string().min(1).max(120)), url: webLinkSchema }))
    .max(20, { error: 'tooMany' })
    .optional(),
  recordingUrl: z.preprocess((value) => emptyAsNone(value) ?? null, webLinkSchema.nullable()).optional(),
});

const notesSchema = z.strictObject({
  text: cleanText.pipe(z.string().max(20_000)),
  basedOn: z.number().int().min(0),
});

type Decide = (found: Found, actionContext: PersonActionContext) => OccurrenceDecision | undefined;

/** What the presenting project and the coordinator keep of a session that takes place. */
export async function keep(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  decide: Decide,
): Promise<OccurrenceMoved> {
  const acting = await actingOf(deps, actor);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    const { occurrence } = found;
    requireActing(acting, projectOf(occurrence));
    if (occurrence.state.status === 'cancelled')
      throw new AppError('occurrence.moveNotAllowed', { id, state: occurrence.state.status });
    return decide(found, actionContext);
  });
}

async function setMaterials(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:take');
  const { materials, recordingUrl } = parse(materialsSchema, input);
  const texts = (materials ?? []).flatMap(({ title, url }, index): [string, string][] => [
    [`materials.${index}.title`, title],
    [`materials.${index}.url`, url],
  ]);
  assertNoPersonalData({ ...Object.fromEntries(texts), recordingUrl: recordingUrl ?? '' });
  return keep(deps, actor, id, (found) => {
    const before = recordOf(found);
    const { materials: _materials, recordingUrl: _recording, ...rest } = before;
    const recording = recordingUrl === undefined ? before.recordingUrl : (recordingUrl ?? undefined);
    const shown = materials ?? before.materials;
    const isSame =
      JSON.stringify(shown ?? []) === JSON.stringify(before.materials ?? []) &&
      recording === before.recordingUrl;
    if (isSame) return undefined;
    const record: OccurrenceRecord = {
      ...rest,
      ...(shown && { materials: shown }),
      ...(recording !== undefined && { recordingUrl: recording }),
    };
    return { record, event: { action: 'materials' }, canUndo: true };
  });
}

async function setNotes(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:take');
  const { text, basedOn } = parse(notesSchema, input);
  assertNoPersonalData({ text });
  return keep(deps, actor, id, (found, { at, by }) => {
    const before = recordOf(found);
    const theirs = before.notes;
    if ((theirs?.text ?? '') === text) return undefined;
    if ((theirs?.revision ?? 0) !== basedOn) throw new AppError('text.conflict', { id, theirs });
    const notes: Notes = { text, revision: basedOn + 1, by, at };
    return { record: { ...before, notes }, event: { action: 'notes' }, canUndo: true };
  });
}

/** Materials, recording and notes: a record of what was shown and said. */
export function keeping(deps: AfterwardsDeps): Pick<FollowUpService, 'setMaterials' | 'setNotes'> {
  return {
    setMaterials: (actor, id, input) => setMaterials(deps, actor, id, input),
    setNotes: (actor, id, input) => setNotes(deps, actor, id, input),
  };
}
