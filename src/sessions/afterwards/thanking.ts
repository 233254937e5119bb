import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { OccurrenceId } from '../../ids.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { sendMessage } from '../../sending/message.js';
import { parse } from '../../validation.js';
import { occasionOf, recordOf } from '../changing.js';
import { agreedProject } from '../fair-order.js';
import { peopleOf, wordsTo } from '../rotation/notices.js';
import { changeAndTell } from '../rotation/parts.js';
import { nextAct } from '../rotation/turns.js';
import type { OccurrenceMoved } from '../service.js';
import type { AfterwardsParts } from './parts.js';

const roundSchema = z.strictObject({
  round: z.number().int({ error: 'wrongType' }).min(1, { error: 'wrongType' }),
});

/**
 * Thanks everybody, and asks the presenters to make a news item of it. The next round is a new press of the button; an
 * earlier one that arrives again changes nothing.
 */
export async function thank(
  parts: AfterwardsParts,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  demand(actor, 'session:edit');
  const { round } = parse(roundSchema, input);
  const people = await parts.people.all();
  const occasion = occasionOf(parts, actor);
  return changeAndTell(parts, id, occasion, (found) => {
    const { id: occurrenceId, is } = found.occurrence;
    if (is.state !== 'held') throw new AppError('occurrence.moveNotAllowed', { id, state: is.state });
    const record = recordOf(found);
    const thanked = record.thanked ?? 0;
    if (round <= thanked) return undefined;
    if (round > thanked + 1) throw new AppError('occurrence.moveNotAllowed', { id, thanked });
    // Thanks that were taken back and are sent after all are another send.
    const act = nextAct(found);
    const content = { kind: 'thanks', occurrenceId, round } as const;
    const notice = { about: 'presenterThanks', occurrenceId } as const;
    return {
      record: { ...record, thanked: round },
      did: { action: 'thanks' },
      canUndo: true,
      messages: [
        sendMessage(content, occasion.dueAt, act),
        ...wordsTo(peopleOf(people, agreedProject(found.occurrence)), notice, { ...occasion, act }),
      ],
    };
  });
}
