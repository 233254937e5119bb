import type { Actor } from '../../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import { fanOutMessage } from '../../delivery/fan-out/message.js';
import { parse } from '../../platform/validation.js';
import { changeOccurrence, nextAct, recordOf, type OccurrenceMoved } from '../occurrences/change.js';
import { agreedProject } from '../occurrences/fair-order.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { groupNotice } from '../occurrences/notices.js';

import type { AfterwardsDeps } from './deps.js';
import { thanksUntil } from './thanks-time.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';

const roundSchema = z.strictObject({
  round: z.number().int({ error: 'wrongType' }).min(1, { error: 'wrongType' }),
});

interface Thanks {
  readonly occurrence: Pick<Occurrence, 'id' | 'slot'>;
  readonly round: number;
  /** Number of the audit entry: thanks that were taken back and are sent after all are others. */
  readonly act: string;
}

/** What leaves with thanks: a send to everybody, and a word to those who presented. */
function messagesOf({ occurrence, round, act }: Thanks, actionContext: PersonActionContext): NewMessage[] {
  const { id: occurrenceId } = occurrence;
  const notice = { about: 'presenterThanks', occurrenceId } as const;
  const projectId = agreedProject(occurrence);
  return [
    fanOutMessage({ kind: 'thanks', occurrenceId, round }, actionContext.dueAt, act),
    ...(projectId === undefined ? [] : [groupNotice(notice, { projectId }, { ...actionContext, act })]),
  ];
}

/**
 * Thanks everybody, and asks the presenters to make a news item of it. The next round is a new press of the button; an
 * earlier one that arrives again changes nothing.
 */
export async function thank(
  deps: AfterwardsDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const { round } = parse(roundSchema, input);
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => {
    const { occurrence } = found;
    if (occurrence.state.status !== 'held')
      throw new AppError('occurrence.moveNotAllowed', { id, state: occurrence.state.status });
    if (Temporal.Instant.compare(actionContext.dueAt, thanksUntil(occurrence.end)) >= 0)
      throw new AppError('thanks.tooLate', { id });
    const record = recordOf(found);
    const thanked = record.thanked ?? 0;
    if (round <= thanked) return undefined;
    if (round > thanked + 1) throw new AppError('occurrence.moveNotAllowed', { id, thanked });
    const messages = messagesOf({ occurrence, round, act: nextAct(found) }, actionContext);
    return { record: { ...record, thanked: round }, event: { action: 'thanks' }, canUndo: true, messages };
  });
}
