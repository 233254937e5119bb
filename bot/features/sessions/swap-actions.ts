import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import type { Occurrence, OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { Notice } from '../../cards/parts.js';
import { dayText } from '../../../src/shared/dates.js';
import { occurrenceOf } from './session-facts.js';
import {
  occurrenceIdSchema,
  shown,
  type Answer,
  type BotServices,
  type Turn,
} from '../../conversation/turn.js';
import { swapView, type SwapSays } from './presenter-view.js';
import { projectName } from '../news/receipt-view.js';
import { isSlotOf, turnProject } from './session-parts.js';
import { action, type Action } from '../../conversation/action.js';
import { ours } from './presenter-actions.js';
import { sessionSchema, standingSession } from './session-actions.js';
import { faultsIn, isOvertaken, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;
type SessionData = z.infer<typeof sessionSchema>;

/** The slots with which this one could be swapped, as they stand. */
async function swappable(
  turn: Turn,
  { id, seriesId }: Occurrence,
  { sessions }: BotServices,
): Promise<readonly OccurrenceLine[]> {
  const { slots } = await sessions.rotation.rotation(turn.person, seriesId);
  const own = slots.find(({ occurrence }) => occurrence.id === id);
  return slots
    .map(({ occurrence }) => occurrence)
    .filter((slot) => own?.swappable.includes(slot.id) ?? false);
}

async function choice(
  turn: Turn,
  data: SessionData,
  services: BotServices,
  says: Partial<SwapSays> = {},
): Promise<Answer> {
  const found = await ours(turn, data, services);
  if ('answer' in found) return found.answer;
  const slots = await swappable(turn, found.occurrence, services);
  const notices = [...found.changes, ...(says.notices ?? [])];
  const drawn = { slots, chosen: '', faults: [], ...says, notices };
  return shown(turn, swapView(turn, found.occurrence, drawn));
}

/** Whether the slot is asked to be swapped with the other, or has been. */
function isAskedFor({ record }: Occurrence, withId: string): boolean {
  return record?.swap?.with === withId;
}

async function swap(turn: Turn, data: Data, services: BotServices): Promise<Answer> {
  const { language, person, programme } = turn;
  const read = sessionSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  const pressed = read.data;
  const { withId } = typedIn(data, ['withId']);
  const found = await ours(turn, pressed, services);
  if ('answer' in found) return found.answer;
  const { occurrence } = found;
  const other = (await swappable(turn, occurrence, services)).find(({ id }) => id === withId);
  if (other === undefined && !isAskedFor(occurrence, withId)) {
    const code = withId === '' ? 'required' : 'unknownChoice';
    throw new AppError('input.invalid', { fields: [{ field: 'withId', code }] });
  }
  const seen = turnProject(occurrence) as ProjectId | undefined;
  const isDone = isAskedFor(occurrence, withId);
  const id = occurrence.id;
  const isAsked =
    isDone || (await services.sessions.rotation.swap(person, id, withId as OccurrenceId, seen)).isAsked;
  const project = other && turnProject(other);
  const values = {
    day: other === undefined ? '' : dayText(language, other.start),
    project: project === undefined ? '' : projectName(programme, project, language),
  };
  const key = isDone
    ? 'chat.swap.waits'
    : isAsked && project !== undefined
      ? 'chat.swap.sent'
      : 'chat.swap.done';
  const text = say(language, key, values);
  return standingSession(turn, { id, seen: undefined }, services, { notices: [{ style: 'good', text }] });
}

const swapAction: Action = {
  permission: 'session:take',
  run: swap,
  recover: async (turn, data, error, services) => {
    const pressed = sessionSchema.safeParse(data);
    if (!pressed.success) throw new AppError('input.malformed');
    const { withId } = typedIn(data, ['withId']);
    return choice(turn, pressed.data, services, { ...faultsIn(error, turn.language), chosen: withId });
  },
};

const answerSchema = z.object({ id: occurrenceIdSchema, withId: occurrenceIdSchema, accept: z.boolean() });

/** How the asked project's own slot stands after the answer, or why there is nothing to answer any more. */
async function answerSwap(
  turn: Turn,
  { id, withId, accept }: z.infer<typeof answerSchema>,
  services: BotServices,
): Promise<Answer> {
  const { language, person } = turn;
  const own = { id: withId as OccurrenceId, seen: undefined };
  const told = (id: OccurrenceId, notice: Notice) =>
    standingSession(turn, { id, seen: undefined }, services, { notices: [notice] });
  const good = (key: 'chat.swap.accepted' | 'chat.swap.declined'): Notice => ({
    style: 'good',
    text: say(language, key),
  });
  try {
    await services.sessions.rotation.answerSwap(person, id as OccurrenceId, own.id, accept);
  } catch (fault) {
    if (!isOvertaken(fault)) throw fault;
    const asked = await occurrenceOf(person, id as OccurrenceId, services);
    const isSwapped = person.projects.some((project) => isSlotOf(asked, project));
    const isDone = accept ? isSwapped : !isSwapped && asked.record?.swap === undefined;
    // The same press delivered again, or somebody else of the project: it is so already.
    if (!isDone) return standingSession(turn, own, services, { fault });
  }
  return accept
    ? told(id as OccurrenceId, good('chat.swap.accepted'))
    : told(own.id, good('chat.swap.declined'));
}

export const swapActions = {
  'presenter.askSwap': action('session:take', sessionSchema, (turn, data, services) =>
    choice(turn, data, services),
  ),
  'presenter.swap': swapAction,
  'swap.answer': action('session:take', answerSchema, answerSwap),
} satisfies Record<string, Action>;
