import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { occurrenceOf } from './session-facts.js';
import { occurrenceIdSchema, shown, type BotServices, type Turn } from '../../conversation/turn.js';
import { thanksView } from './reminder-view.js';
import type { Action } from '../../conversation/action.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;

const pulseSchema = z.object({ id: occurrenceIdSchema });
const typedNames = ['useful', 'better'] as const;

/** @throws AppError `occurrence.notFound`, and `input.malformed` when the card does not say which session. */
async function sessionOf(turn: Turn, data: Data, services: BotServices) {
  const read = pulseSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  return occurrenceOf(turn.person, read.data.id as OccurrenceId, services);
}

const pulse: Action = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const occurrence = await sessionOf(turn, data, services);
    const { useful, better } = typedIn(data, typedNames);
    if (useful === '') {
      throw new AppError('input.invalid', { fields: [{ field: 'useful', code: 'required' }] });
    }
    const input = { useful: Number(useful), ...(better.trim() !== '' && { better }) };
    await services.sessions.followUp.pulse(turn.person, occurrence.id, input);
    return shown(turn, thanksView(turn, occurrence, { isAnswered: true }));
  },
  recover: async (turn, data, error, services) => {
    const occurrence = await sessionOf(turn, data, services);
    const typed = typedIn(data, typedNames);
    return shown(turn, thanksView(turn, occurrence, { typed, ...faultsIn(error, turn.language) }));
  },
};

export const followUpActions = { 'pulse.send': pulse } satisfies Record<string, Action>;
