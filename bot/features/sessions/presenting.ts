import { isSlotOf } from '../../../src/sessions/notices.js';
import { AppError, type FieldFault, isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import type { Occurrence, OccurrenceLine, Talk } from '../../../src/sessions/occurrences/occurrence.js';
import { type ButtonData, type Notice, button, firstName, projectName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import {
  kindIcon,
  nameIn,
  quote,
  renderSession,
  type SessionCardData,
  sessionChanges,
  sessionSnapshot,
  slotProject,
  whenOf,
} from './session-card.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { type Answer, type Turn, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { formField } from '../../cards/fields.js';
import { z } from 'zod';
import {
  type Pressed,
  currentSession,
  isOurSlot,
  isSuperseded,
  mayVolunteer,
  occurrenceOf,
  sessionSchema,
} from './session.js';
import { type Action, action } from '../../conversation/actions.js';
import { faultsIn, formAnswer, typedIn } from '../../conversation/form-answers.js';

/** What a presenter has typed, as the card sends it. */
interface TalkTyped {
  readonly topic: string;
  readonly speaker: string;
  readonly material: string;
  readonly talkLanguage: string;
}

/** The answer given, or an empty form: by the person, in their own language. */
export function talkTyped({ person, language }: Turn, talk: Talk | undefined): TalkTyped {
  return {
    topic: talk?.topic ?? '',
    speaker: talk?.presenter ?? person.name,
    material: talk?.material ?? '',
    talkLanguage: talk?.language ?? language,
  };
}

interface PresenterOptions {
  readonly headline: string;
  readonly typed: TalkTyped;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
  readonly quotes?: SessionCardData['quotes'];
  readonly intro?: string;
}

function fields(language: Language, typed: TalkTyped, faults: readonly FieldFault[]) {
  return [
    formField(language, faults, {
      id: 'topic',
      kind: 'text',
      label: t(language, 'chat.presenter.topic'),
      example: t(language, 'chat.presenter.topic.example'),
      wants: t(language, 'chat.presenter.topic.wants'),
      value: typed.topic,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'speaker',
      kind: 'text',
      label: t(language, 'chat.presenter.speaker'),
      example: t(language, 'chat.presenter.speaker.example'),
      wants: t(language, 'chat.presenter.speaker.wants'),
      value: typed.speaker,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'material',
      kind: 'link',
      label: t(language, 'chat.presenter.material'),
      example: t(language, 'chat.presenter.material.example'),
      wants: t(language, 'field.notALink'),
      value: typed.material,
    }),
    formField(language, faults, {
      id: 'talkLanguage',
      kind: 'choice',
      label: t(language, 'chat.presenter.language'),
      wants: t(language, 'chat.form.wants.language'),
      value: typed.talkLanguage,
      isRequired: true,
      choices: languages.map((value) => ({ title: t(language, `language.own.${value}`), value })),
    }),
  ];
}

/** What of the answer an old card has seen: who answers over a newer one sees that first. */
const answeredAt = ({ talk }: Occurrence): string => talk?.at ?? '';

/** The presenter's form: topic, presenter, material; or "we can't", or another slot. */
export function presenterView(turn: Turn, occurrence: Occurrence, options: PresenterOptions): Card {
  const { language, programme } = turn;
  const name = nameIn(occurrence.names, language);
  const project = projectName(programme, slotProject(occurrence) ?? '', language);
  const when = whenOf(occurrence, language);
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const send = t(language, occurrence.talk === undefined ? 'chat.presenter.send' : 'chat.form.save');
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: t(language, 'chat.kicker.presenter', { name, project }),
    speak: [options.headline, when, ...(options.notices ?? []).map(({ text }) => text)],
    headlines: [{ text: options.headline }],
    notices: options.notices ?? [],
    whens: [{ text: when }],
    paragraphs: options.intro === undefined ? [] : [{ text: options.intro }],
    quotes: options.quotes ?? [],
    fields: fields(language, options.typed, options.faults ?? []),
    actions: [
      button(send, 'presenter.send', { ...data, answered: answeredAt(occurrence) }, 'positive', 'auto'),
      button(t(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(t(language, 'chat.presenter.giveUp'), 'presenter.askGiveUp', data),
    ],
  });
}

/** An answer of somebody else, to read beside one's own. */
export function talkQuotes(
  language: Language,
  { topic, presenter, material, by }: Talk,
): SessionCardData['quotes'] {
  const label = t(language, 'chat.presenter.theirs', { name: by.name });
  const parts = [topic, presenter, ...(material === undefined ? [] : [material])];
  return [quote(label, parts.join(' · '))];
}

/** Asks before a slot is given up. */
export function giveUpView(turn: Turn, occurrence: Occurrence, notices: readonly Notice[]): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const ask = t(language, 'chat.presenter.askGiveUp');
  return renderPlainSession(turn, occurrence, ask, {
    notices: [...notices, { style: 'warning', text: t(language, 'chat.presenter.giveUpMeans') }],
    actions: [
      button(t(language, 'chat.presenter.giveUpYes'), 'presenter.giveUp', data, 'destructive'),
      button(t(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(t(language, 'chat.presenter.keep'), 'presenter.open', data),
    ],
  });
}

/** A slot of another project, as a choice: "ke 6.1. · Digihoitopolut". */
function slotTitle({ language, programme }: Turn, slot: OccurrenceLine): string {
  const projectId = slotProject(slot);
  const project =
    projectId === undefined
      ? t(language, 'chat.session.nobody')
      : projectName(programme, projectId, language);
  return t(language, 'chat.presenter.slot', { day: dayText(language, slot.start), project });
}

export interface SwapOptions {
  readonly slots: readonly OccurrenceLine[];
  readonly chosen: string;
  readonly faults: readonly FieldFault[];
  readonly notices: readonly Notice[];
}

/** The other slots with which this one could be swapped. */
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

/** The projects of a person who works in several, to choose for which a slot is taken. */
export function volunteerView(turn: Turn, occurrence: Occurrence, projects: readonly ProjectId[]): Card {
  const { language, programme } = turn;
  return renderPlainSession(turn, occurrence, t(language, 'chat.presenter.whichProject'), {
    actions: projects.map((projectId, index) =>
      button(
        projectName(programme, projectId, language),
        'session.volunteer',
        { id: occurrence.id, seen: sessionSnapshot(occurrence), projectId },
        index === 0 ? 'positive' : 'default',
      ),
    ),
  });
}

/** Another project asks for one's own slot; once it is answered, the result. */
export function swapAskedView(
  turn: Turn,
  { occurrence, other, by }: { occurrence: Occurrence; other: Occurrence; by: string },
): Card {
  const { language, programme } = turn;
  const project = projectName(programme, slotProject(occurrence) ?? '', language);
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

type PlainContent = Partial<
  Pick<SessionCardData, 'notices' | 'paragraphs' | 'quotes' | 'fields' | 'closings' | 'links'>
> & { readonly actions: readonly ButtonData[] };

/** A session in few words under what is asked or has happened. */
export function renderPlainSession(
  turn: Turn,
  occurrence: Occurrence,
  headline: string,
  parts: PlainContent,
): Card {
  const { language } = turn;
  const name = nameIn(occurrence.names, language);
  const when = whenOf(occurrence, language);
  const said = [...(parts.notices ?? []), ...(parts.paragraphs ?? []), ...(parts.closings ?? [])];
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, name, when, ...said.map(({ text }) => text)],
    headlines: [{ text: headline }],
    whens: isUpcoming(occurrence) || occurrence.state.status === 'held' ? [{ text: when }] : [],
    ...parts,
  });
}

type Data = Readonly<Record<string, unknown>>;
type SessionData = z.infer<typeof sessionSchema>;

const sendSchema = sessionSchema.extend({ answered: z.string().max(40).default('') });
const typedNames = ['topic', 'speaker', 'material', 'talkLanguage'] as const;

const idOf = ({ id }: { id: string }): OccurrenceId => id as OccurrenceId;

/** The headline of a form without an answer, or with one. */
function headlineOf({ language }: Turn, { talk }: Occurrence): string {
  return t(language, talk === undefined ? 'chat.presenter.heading' : 'chat.presenter.yours');
}

export function presenterForm(
  turn: Turn,
  occurrence: Occurrence,
  options: Partial<PresenterOptions> = {},
): ReturnType<typeof presenterView> {
  return presenterView(turn, occurrence, {
    headline: headlineOf(turn, occurrence),
    typed: talkTyped(turn, occurrence.talk),
    ...options,
  });
}

/** The session of a card as it is now, where the slot is still that of the person's project; otherwise a card of what it is now. */
export async function ourSession(
  turn: Turn,
  data: SessionData,
  services: SessionServices,
): Promise<{ occurrence: Occurrence; changes: readonly Notice[] } | { answer: Answer }> {
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  const changes = sessionChanges(data.seen, occurrence, turn.language);
  if (isOurSlot(turn, occurrence)) return { occurrence, changes };
  const pressed = { id: occurrence.id, seen: data.seen };
  const fault = new AppError('presenter.notYours');
  return { answer: await currentSession(turn, pressed, services, isUpcoming(occurrence) ? { fault } : {}) };
}

async function openForm(turn: Turn, data: SessionData, services: SessionServices): Promise<Answer> {
  const found = await ourSession(turn, data, services);
  if ('answer' in found) return found.answer;
  return shown(turn, presenterForm(turn, found.occurrence, { notices: found.changes }));
}

const isSame = (talk: Talk, typed: TalkTyped): boolean =>
  talk.topic === typed.topic.trim() &&
  talk.presenter === typed.speaker.trim() &&
  (talk.material ?? '') === typed.material.trim() &&
  talk.language === typed.talkLanguage;

/** Somebody else of the project has answered since the card was drawn: both answers on one card. */
function answeredMeanwhile(turn: Turn, occurrence: Occurrence, talk: Talk, typed: TalkTyped): Answer {
  const { language } = turn;
  const when = momentText(language, talk.at);
  const text = t(language, 'chat.presenter.meanwhile', { name: talk.by.name, when });
  const card = presenterForm(turn, occurrence, {
    typed,
    notices: [{ style: 'warning', text }],
    quotes: talkQuotes(language, talk),
  });
  return formAnswer(card, language);
}

async function thanked(turn: Turn, id: OccurrenceId, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const closing = t(language, 'chat.presenter.thanks', { name: firstName(person.name) });
  return currentSession(turn, { id, seen: undefined }, services, {
    headline: t(language, 'chat.presenter.confirmed'),
    closing,
  });
}

async function send(turn: Turn, data: Data, services: SessionServices): Promise<Answer> {
  const read = sendSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  const typed = typedIn(data, typedNames);
  const found = await ourSession(turn, read.data, services);
  if ('answer' in found) return withTyped(found.answer, typed, turn, read.data, services);
  const { id, talk } = found.occurrence;
  // The same press delivered again: it is stored already.
  if (talk !== undefined && isSame(talk, typed)) return thanked(turn, id, services);
  const isForeign = talk !== undefined && talk.at !== read.data.answered && talk.by.id !== turn.person.id;
  if (isForeign) return answeredMeanwhile(turn, found.occurrence, talk, typed);
  const { talkLanguage: language, material, ...words } = typed;
  const basedOn = read.data.answered;
  const input = { ...words, language, basedOn, ...(material.trim() !== '' && { material: material.trim() }) };
  try {
    await services.rotation.answer(turn.person, id, input);
  } catch (error) {
    if (!isAppError(error, 'text.conflict')) throw error;
    const now = await occurrenceOf(turn.person, id, services);
    // A colleague answered in the same instant.
    if (now.talk === undefined) throw error;
    return answeredMeanwhile(turn, now, now.talk, typed);
  }
  return thanked(turn, id, services);
}

/** The session as it is now, with what was typed below it, so that it can be copied. */
async function withTyped(
  answer: Answer,
  typed: TalkTyped,
  turn: Turn,
  data: SessionData,
  services: SessionServices,
): Promise<Answer> {
  const words = [typed.topic, typed.speaker, typed.material].filter((text) => text.trim() !== '').join('\n');
  if (words === '') return answer;
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  return currentSession(turn, { id: occurrence.id, seen: data.seen }, services, {
    ...(isUpcoming(occurrence) && { fault: new AppError('presenter.notYours') }),
    closing: t(turn.language, 'chat.presenter.kept', { words }),
  });
}

const sendAction: Action<SessionServices> = {
  permission: 'session:take',
  run: send,
  recover: async (turn, data, error, services) => {
    const read = sendSchema.safeParse(data);
    if (!read.success) throw new AppError('input.malformed');
    const typed = typedIn(data, typedNames);
    const occurrence = await occurrenceOf(turn.person, idOf(read.data), services);
    const { faults, notices } = faultsIn(error, turn.language, { language: 'talkLanguage' });
    return formAnswer(presenterForm(turn, occurrence, { typed, faults, notices }), turn.language);
  },
};

async function giveUp(turn: Turn, data: SessionData, services: SessionServices): Promise<Answer> {
  const { language } = turn;
  const pressed = { id: idOf(data), seen: data.seen };
  const given: Notice = { style: 'good', text: t(language, 'chat.presenter.givenUp') };
  const found = await ourSession(turn, data, services);
  if ('answer' in found) {
    const occurrence = await occurrenceOf(turn.person, pressed.id, services);
    // The same press delivered again: the slot is open already.
    const isDone = isUpcoming(occurrence) && slotProject(occurrence) === undefined;
    return isDone ? currentSession(turn, pressed, services, { notices: [given] }) : found.answer;
  }
  try {
    await services.rotation.giveUp(turn.person, pressed.id);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return currentSession(turn, pressed, services, { fault });
  }
  return currentSession(turn, pressed, services, { notices: [given] });
}

async function askGiveUp(turn: Turn, data: SessionData, services: SessionServices): Promise<Answer> {
  const found = await ourSession(turn, data, services);
  if ('answer' in found) return found.answer;
  return shown(turn, giveUpView(turn, found.occurrence, found.changes));
}

async function volunteer(
  turn: Turn,
  pressed: Pressed,
  wanted: ProjectId | undefined,
  services: SessionServices,
): Promise<Answer> {
  const { person, language, programme } = turn;
  const own = programme.projects.map(({ id }) => id).filter((id) => person.projects.includes(id));
  const projectId = wanted ?? (own.length === 1 ? own[0] : undefined);
  const occurrence = await occurrenceOf(person, pressed.id, services);
  // The same press delivered again: the slot is theirs already.
  const isMine = projectId !== undefined && isSlotOf(occurrence, projectId);
  if (!isMine && !mayVolunteer(turn, occurrence)) {
    const fault = new AppError('presenter.taken');
    return currentSession(turn, pressed, services, { fault });
  }
  if (projectId === undefined) return shown(turn, volunteerView(turn, occurrence, own.slice(0, 5)));
  try {
    const moved = isMine
      ? occurrence
      : (await services.rotation.volunteer(person, pressed.id, projectId)).occurrence;
    return shown(
      turn,
      presenterView(turn, moved, {
        headline: t(language, 'chat.presenter.volunteered'),
        intro: t(language, 'chat.presenter.volunteered.text'),
        typed: talkTyped(turn, moved.talk),
      }),
    );
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return currentSession(turn, pressed, services, { fault });
  }
}

export const presentingActions = {
  'session.volunteer': action(
    'session:take',
    sessionSchema.extend({ projectId: z.string().max(64).optional() }),
    (turn, { id, seen, projectId }, services) =>
      volunteer(turn, { id: id as OccurrenceId, seen }, projectId as ProjectId | undefined, services),
  ),
  'presenter.open': action('session:take', sessionSchema, openForm),
  'presenter.send': sendAction,
  'presenter.askGiveUp': action('session:take', sessionSchema, askGiveUp),
  'presenter.giveUp': action('session:take', sessionSchema, giveUp),
} satisfies SessionActions;
