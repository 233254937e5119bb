import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import type { Occurrence, OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import { type Notice, projectName } from '../../cards/parts.js';
import { dayText } from '../../../src/shared/dates.js';
import { currentSession, isSuperseded, occurrenceOf, sessionSchema } from './session.js';
import { type Answer, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { type SwapOptions, ourSession, swapView } from './presenting.js';
import { isSlotOf } from '../../../src/sessions/notices.js';
import { slotProject } from './session-card.js';
import { type Action, action } from '../../conversation/actions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;
type SessionData = z.infer<typeof sessionSchema>;

/** The slots with which this one could be swapped, as they stand. */
async function swappable(
  turn: Turn,
  { id, seriesId }: Occurrence,
  { rotation }: SessionServices,
): Promise<readonly OccurrenceLine[]> {
  const { slots } = await rotation.rotation(turn.person, seriesId);
  const own = slots.find(({ occurrence }) => occurrence.id === id);
  return slots
    .map(({ occurrence }) => occurrence)
    .filter((slot) => own?.swappable.includes(slot.id) ?? false);
}

async function choice(
  turn: Turn,
  data: SessionData,
  services: SessionServices,
  options: Partial<SwapOptions> = {},
): Promise<Answer> {
  const found = await ourSession(turn, data, services);
  if ('answer' in found) return found.answer;
  const slots = await swappable(turn, found.occurrence, services);
  const notices = [...found.changes, ...(options.notices ?? [])];
  const content = { slots, chosen: '', faults: [], ...options, notices };
  return shown(turn, swapView(turn, found.occurrence, content));
}

/** Whether the slot is asked to be swapped with the other, or has been. */
function isAskedFor({ record }: Occurrence, withId: string): boolean {
  return record?.swap?.with === withId;
}

async function swap(turn: Turn, data: Data, services: SessionServices): Promise<Answer> {
  const { language, person, programme } = turn;
  const read = sessionSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  const pressed = read.data;
  const { withId } = typedIn(data, ['withId']);
  const found = await ourSession(turn, pressed, services);
  if ('answer' in found) return found.answer;
  const { occurrence } = found;
  const other = (await swappable(turn, occurrence, services)).find(({ id }) => id === withId);
  if (other === undefined && !isAskedFor(occurrence, withId)) {
    const code = withId === '' ? 'required' : 'unknownChoice';
    throw new AppError('input.invalid', { fields: [{ field: 'withId', code }] });
  }
  const seen = slotProject(occurrence) as ProjectId | undefined;
  const isDone = isAskedFor(occurrence, withId);
  const id = occurrence.id;
  const isAsked = isDone || (await services.rotation.swap(person, id, withId as OccurrenceId, seen)).isAsked;
  const project = other && slotProject(other);
  const values = {
    day: other === undefined ? '' : dayText(language, other.start),
    project: project === undefined ? '' : projectName(programme, project, language),
  };
  const key = isDone
    ? 'chat.swap.waits'
    : isAsked && project !== undefined
      ? 'chat.swap.sent'
      : 'chat.swap.done';
  const text = t(language, key, values);
  return currentSession(turn, { id, seen: undefined }, services, { notices: [{ style: 'good', text }] });
}

const swapAction: Action<SessionServices> = {
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
  services: SessionServices,
): Promise<Answer> {
  const { language, person } = turn;
  const own = { id: withId as OccurrenceId, seen: undefined };
  const current = (id: OccurrenceId, notice: Notice) =>
    currentSession(turn, { id, seen: undefined }, services, { notices: [notice] });
  const good = (key: 'chat.swap.accepted' | 'chat.swap.declined'): Notice => ({
    style: 'good',
    text: t(language, key),
  });
  try {
    await services.rotation.answerSwap(person, id as OccurrenceId, own.id, accept);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    const asked = await occurrenceOf(person, id as OccurrenceId, services);
    const isSwapped = person.projects.some((project) => isSlotOf(asked, project));
    const isDone = accept ? isSwapped : !isSwapped && asked.record?.swap === undefined;
    // The same press delivered again, or somebody else of the project: it is so already.
    if (!isDone) return currentSession(turn, own, services, { fault });
  }
  return accept
    ? current(id as OccurrenceId, good('chat.swap.accepted'))
    : current(own.id, good('chat.swap.declined'));
}

export const swapActions = {
  'presenter.askSwap': action('session:take', sessionSchema, (turn, data, services) =>
    choice(turn, data, services),
  ),
  'presenter.swap': swapAction,
  'swap.answer': action('session:take', answerSchema, answerSwap),
} satisfies SessionActions;
