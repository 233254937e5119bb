import { z } from 'zod';
import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import {
  type Occurrence,
  type OccurrenceLine,
  projectOf,
} from '../../../src/sessions/occurrences/occurrence.js';
import { formField } from '../../cards/fields.js';
import { type Notice, button, projectName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import {
  currentSession,
  isSuperseded,
  listButton,
  occurrenceOf,
  ourSession,
  sessionSchema,
} from './session.js';
import { askedSchema, whichView } from './meant.js';
import { ownSlotsView } from './own-slots.js';
import { homeDate } from '../../../src/platform/clock.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { type Answer, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { isSlotOf } from '../../../src/sessions/notices.js';
import { renderPlainSession, sessionSnapshot } from './session-card.js';
import { type Action, action } from '../../conversation/actions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;
type SessionData = z.infer<typeof sessionSchema>;

/** A slot of another project, as a choice: "ke 6.1. · Digihoitopolut". */
function slotTitle({ language, programme }: Turn, slot: OccurrenceLine): string {
  const projectId = projectOf(slot);
  const project =
    projectId === undefined
      ? t(language, 'chat.session.nobody')
      : projectName(programme, projectId, language);
  return t(language, 'chat.presenter.slot', { day: dayText(language, slot.start), project });
}

interface SwapOptions {
  readonly slots: readonly OccurrenceLine[];
  readonly chosen: string;
  readonly faults: readonly FieldFault[];
  readonly notices: readonly Notice[];
}

/** The choice of the slot with which this one is swapped. */
export function swapView(turn: Turn, occurrence: Occurrence, options: SwapOptions): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const isPossible = options.slots.length > 0;
  const back = button(t(language, 'chat.form.cancel'), 'presenter.open', data);
  const swap = button(t(language, 'chat.presenter.swapAsk'), 'presenter.swap', data, 'positive', 'auto');
  const none: Notice = { style: 'emphasis', text: t(language, 'chat.presenter.noSwap') };
  const choice = formField(language, options.faults, {
    id: 'withId',
    kind: 'choice',
    label: t(language, 'chat.presenter.swapWith'),
    example: t(language, 'chat.presenter.swapWith.example'),
    wants: t(language, 'field.unknownChoice'),
    value: options.chosen,
    isRequired: true,
    choices: options.slots.map((slot) => ({ title: slotTitle(turn, slot), value: slot.id })),
  });
  return renderPlainSession(turn, occurrence, t(language, 'chat.presenter.swapHeading'), {
    notices: isPossible ? options.notices : [...options.notices, none],
    fields: isPossible ? [choice] : [],
    actions: isPossible ? [swap, back] : [back],
  });
}

/** Another project asks to swap its slot for that of the person's project. */
export function swapAskedView(
  turn: Turn,
  { occurrence, other, by }: { occurrence: Occurrence; other: Occurrence; by: string },
): Card {
  const { language, programme } = turn;
  const project = projectName(programme, projectOf(occurrence) ?? '', language);
  const id: OccurrenceId = occurrence.id;
  const days = {
    project,
    by,
    theirs: momentText(language, occurrence.start),
    ours: momentText(language, other.start),
  };
  return renderPlainSession(turn, other, t(language, 'chat.swap.asked'), {
    paragraphs: [{ text: t(language, 'chat.swap.asked.text', days) }],
    actions: [
      button(
        t(language, 'chat.swap.accept'),
        'swap.answer',
        { id, withId: other.id, accept: true },
        'positive',
      ),
      button(t(language, 'chat.swap.decline'), 'swap.answer', { id, withId: other.id, accept: false }),
    ],
  });
}

/** The slots with which this one can be swapped now. */
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

async function chooseSlot(
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

/** Whether a swap with the other slot has been asked for. */
function isRequested({ record }: Occurrence, withId: string): boolean {
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
  if (other === undefined && !isRequested(occurrence, withId)) {
    const code = withId === '' ? 'required' : 'unknownChoice';
    throw new AppError('input.invalid', { fields: [{ field: 'withId', code }] });
  }
  const seen = projectOf(occurrence);
  const isDone = isRequested(occurrence, withId);
  const id = occurrence.id;
  const isAsked = isDone || (await services.rotation.swap(person, id, withId as OccurrenceId, seen)).isAsked;
  const project = other && projectOf(other);
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
  const notices: Notice[] = [{ style: 'good', text }];
  const back = button(t(language, 'chat.swap.withdraw'), 'swap.withdraw', { id, withId });
  return currentSession(turn, { id, seen: undefined }, services, {
    notices,
    ...(isAsked && { actions: [back, listButton(turn)] }),
  });
}

const swapAction: Action<SessionServices> = {
  permission: 'session:take',
  run: swap,
  recover: async (turn, data, error, services) => {
    const pressed = sessionSchema.safeParse(data);
    if (!pressed.success) throw new AppError('input.malformed');
    const { withId } = typedIn(data, ['withId']);
    return chooseSlot(turn, pressed.data, services, { ...faultsIn(error, turn.language), chosen: withId });
  },
};

const answerSchema = z.object({ id: occurrenceIdSchema, withId: occurrenceIdSchema, accept: z.boolean() });

/** What became of a swap that can't be answered any more, with the session that it left to the person's project. */
function settledSwap(
  { language, person, programme }: Turn,
  { asked, own, accept }: { readonly asked: Occurrence; readonly own: Occurrence; readonly accept: boolean },
): { readonly id: OccurrenceId; readonly text: string } | undefined {
  const over = [asked, own].find((one) => !isUpcoming(one));
  if (over !== undefined) {
    const key = over.state.status === 'cancelled' ? 'chat.swap.isCancelled' : 'chat.swap.isHeld';
    const other = over === asked ? own : asked;
    const left = isUpcoming(other) && person.projects.some((id) => isSlotOf(other, id)) ? other : over;
    return { id: left.id, text: t(language, key, { when: momentText(language, over.start) }) };
  }
  const has = (one: Occurrence) => person.projects.find((id) => isSlotOf(one, id));
  const given = has(asked);
  if (given !== undefined) {
    const project = projectName(programme, given, language);
    const key = accept ? 'chat.swap.isAccepted' : 'chat.swap.isAcceptedAlready';
    return { id: asked.id, text: t(language, key, { project, when: momentText(language, asked.start) }) };
  }
  if (has(own) === undefined) return undefined;
  return { id: own.id, text: t(language, 'chat.swap.isOff', { when: momentText(language, own.start) }) };
}

/** The slot of the asked project after the answer, or what became of the swap where the answer came too late. */
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
    const [asked, other] = await Promise.all([
      occurrenceOf(person, id as OccurrenceId, services),
      occurrenceOf(person, own.id, services),
    ]);
    const isSwapped = person.projects.some((project) => isSlotOf(asked, project));
    // The same press delivered again, or somebody else of the project has declined too: nothing is left to do.
    const isDeclined = !accept && !isSwapped && asked.record?.swap === undefined && isUpcoming(asked);
    if (isDeclined) return current(own.id, good('chat.swap.declined'));
    const settled = settledSwap(turn, { asked, own: other, accept });
    if (settled === undefined) return currentSession(turn, own, services, { fault });
    return current(settled.id, { style: accept && isSwapped ? 'good' : 'warning', text: settled.text });
  }
  return accept
    ? current(id as OccurrenceId, good('chat.swap.accepted'))
    : current(own.id, good('chat.swap.declined'));
}

const withdrawSchema = askedSchema.extend({ withId: occurrenceIdSchema.optional() });

/** The slots of the person's projects for which a swap is asked, the next first. */
async function askedSwaps(
  { person }: Turn,
  { topics, ...services }: SessionServices,
): Promise<readonly Occurrence[]> {
  const own = (await topics.ownSlots(person)).filter(({ occurrence }) => occurrence.slot?.how !== 'proposed');
  const all = await Promise.all(
    own.map(({ occurrence }) => occurrenceOf(person, occurrence.id, { topics, ...services })),
  );
  return all.filter(({ record }) => {
    const asked = record?.swap;
    return asked !== undefined && person.projects.includes(asked.projectId);
  });
}

/** Takes back the swap that was asked for: the one that is named, or the only one; else one question of which. */
async function withdraw(
  turn: Turn,
  asked: z.infer<typeof withdrawSchema>,
  services: SessionServices,
): Promise<Answer> {
  const { language, person } = turn;
  const swaps = await askedSwaps(turn, services);
  const isNamed = ({ start }: Occurrence): boolean =>
    asked.days.some(({ first, last }) => {
      const date = homeDate(start).toString();
      return first <= date && date <= last;
    });
  const named = swaps.filter((each) => (asked.id === undefined ? isNamed(each) : each.id === asked.id));
  const meant = named.length > 0 || asked.id !== undefined ? named : swaps;
  const [only, another] = meant;
  if (only === undefined) {
    const notice: Notice = { style: 'emphasis', text: t(language, 'chat.swap.noneAsked') };
    if (asked.id === undefined)
      return shown(turn, ownSlotsView(turn, await services.topics.ownSlots(person), [notice]));
    const pressed = { id: asked.id as OccurrenceId, seen: undefined };
    return currentSession(turn, pressed, services, { notices: [notice] });
  }
  if (another !== undefined)
    return whichView(
      turn,
      'swap.withdraw',
      { sessions: meant, isNamed: true },
      t(language, 'chat.swap.which'),
    );
  const withId = asked.withId ?? only.record?.swap?.with ?? only.id;
  const text = t(language, 'chat.swap.withdrawn');
  const pressed = { id: only.id, seen: undefined };
  try {
    await services.rotation.answerSwap(person, only.id, withId as OccurrenceId, false);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return currentSession(turn, pressed, services, { fault });
  }
  return currentSession(turn, pressed, services, { notices: [{ style: 'good', text }] });
}

export const swapActions = {
  'swap.withdraw': action('session:take', withdrawSchema, withdraw),
  'presenter.askSwap': action('session:take', sessionSchema, (turn, data, services) =>
    chooseSlot(turn, data, services),
  ),
  'presenter.swap': swapAction,
  'swap.answer': action('session:take', answerSchema, answerSwap),
} satisfies SessionActions;
