import { greetingName } from '../../../src/shared/greeting.js';
import { isSlotOf } from '../../../src/sessions/notices.js';
import { AppError, type FieldFault, isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import { type Occurrence, type Talk, projectOf } from '../../../src/sessions/occurrences/occurrence.js';
import { type Notice, button, projectName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { quote } from '../../cards/detail-card.js';
import {
  kindIcon,
  nameIn,
  renderPlainSession,
  renderSession,
  type SessionCardData,
  sessionSnapshot,
  whenOf,
} from './session-card.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { agreedProject } from '../../../src/sessions/occurrences/reading.js';
import { momentText } from '../../../src/shared/dates.js';
import { type Answer, type Turn, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { formField } from '../../cards/fields.js';
import { z } from 'zod';
import {
  type Pressed,
  currentSession,
  isProposedTo,
  isSuperseded,
  mayVolunteer,
  occurrenceOf,
  ourSession,
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

/** The current answer as the form shows it; without one, an empty form with the person as the presenter. */
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

/** The version of the answer that a card shows: whoever would overwrite a newer one sees that first. */
const answeredAt = ({ talk }: Occurrence): string => talk?.at ?? '';

/** The presenter's form: topic, presenter and material, or giving the slot up, or swapping it. */
export function presenterView(turn: Turn, occurrence: Occurrence, options: PresenterOptions): Card {
  const { language, programme } = turn;
  const name = nameIn(occurrence.names, language);
  const project = projectName(programme, projectOf(occurrence) ?? '', language);
  const when = whenOf(occurrence, language);
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const send = t(language, occurrence.talk === undefined ? 'chat.presenter.send' : 'chat.form.save');
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [options.headline, name, when, project, ...(options.notices ?? []).map(({ text }) => text)],
    headlines: [{ text: options.headline }],
    notices: options.notices ?? [],
    whens: [{ text: when }, ...(project === '' ? [] : [{ text: project }])],
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

/** Somebody else's answer, shown beside one's own. */
export function talkQuotes(
  language: Language,
  { topic, presenter, material, by }: Talk,
): SessionCardData['quotes'] {
  const label = t(language, 'chat.presenter.theirs', { name: by.name });
  const parts = [topic, presenter, ...(material === undefined ? [] : [material])];
  return [quote(label, parts.join(' · '))];
}

/** Asks for confirmation before a slot is given up. */
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

/** A person who works in several projects chooses the one that takes the slot. */
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

/** Somebody else of the project has answered since the card was made: both answers on one card. */
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

async function confirmed(turn: Turn, id: OccurrenceId, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const closing = t(language, 'chat.presenter.thanks', { name: greetingName(person) });
  return currentSession(turn, { id, seen: undefined }, services, {
    headline: t(language, 'chat.presenter.confirmed'),
    closing,
  });
}

const nameKey = (name: string): string => name.trim().toLocaleLowerCase('fi');

/** Whether the person is among those who present: by their whole name, or by their first name alone. */
function isSpeaker({ person }: Turn, speaker: string): boolean {
  const whole = nameKey(person.name);
  if (nameKey(speaker).includes(whole)) return true;
  const [first] = whole.split(/\s+/);
  return speaker.split(/[,;&/]|\s(?:ja|och|and|sekä|samt)\s/u).some((name) => nameKey(name) === first);
}

/** Whoever takes a slot for their project comes, where they had said that they don't. */
async function comesAfterAll(turn: Turn, id: OccurrenceId, { coming }: SessionServices): Promise<void> {
  if ((await coming.mine(turn.person, id)) === 'notComing')
    await coming.answer(turn.person, id, 'coming', 'chat');
}

async function send(turn: Turn, data: Data, services: SessionServices): Promise<Answer> {
  const read = sendSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  const typed = typedIn(data, typedNames);
  const found = await ourSession(turn, read.data, services);
  if ('answer' in found) return withTyped(found.answer, typed, turn, read.data, services);
  const { id, talk } = found.occurrence;
  // The same press delivered again: it is stored already.
  if (talk !== undefined && isSame(talk, typed)) return confirmed(turn, id, services);
  const isNewer = talk !== undefined && talk.at !== read.data.answered && talk.by.id !== turn.person.id;
  if (isNewer) return answeredMeanwhile(turn, found.occurrence, talk, typed);
  const { talkLanguage: language, material, ...fields } = typed;
  const basedOn = read.data.answered;
  const input = {
    ...fields,
    language,
    basedOn,
    ...(material.trim() !== '' && { material: material.trim() }),
  };
  try {
    await services.rotation.answer(turn.person, id, input);
  } catch (error) {
    if (!isAppError(error, 'text.conflict')) throw error;
    const now = await occurrenceOf(turn.person, id, services);
    // A colleague has answered since the session was read.
    if (now.talk === undefined) throw error;
    return answeredMeanwhile(turn, now, now.talk, typed);
  }
  // Whoever presents comes, whatever they had answered.
  if (isSpeaker(turn, input.speaker)) await services.coming.answer(turn.person, id, 'coming', 'chat');
  return confirmed(turn, id, services);
}

/** The current session with what was typed below it, so that it can be copied. */
async function withTyped(
  answer: Answer,
  typed: TalkTyped,
  turn: Turn,
  data: SessionData,
  services: SessionServices,
): Promise<Answer> {
  const text = [typed.topic, typed.speaker, typed.material].filter((part) => part.trim() !== '').join('\n');
  if (text === '') return answer;
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  return currentSession(turn, { id: occurrence.id, seen: data.seen }, services, {
    ...(isUpcoming(occurrence) && { fault: new AppError('presenter.notYours') }),
    closing: t(turn.language, 'chat.presenter.kept', { words: text }),
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
    // The same press delivered again: the slot has been given up already.
    const isDone = isUpcoming(occurrence) && projectOf(occurrence) === undefined;
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

/** Who has the slot that somebody wanted to take; of a session that does not take place, that. */
function taken(
  turn: Turn,
  occurrence: Occurrence,
  pressed: Pressed,
  services: SessionServices,
  fault: unknown = new AppError('presenter.taken'),
): Promise<Answer> {
  const { language, programme } = turn;
  const holder = agreedProject(occurrence);
  if (holder === undefined || !isUpcoming(occurrence))
    return currentSession(turn, pressed, services, { fault });
  const text = t(language, 'chat.presenter.takenBy', { project: projectName(programme, holder, language) });
  return currentSession(turn, pressed, services, { notices: [{ style: 'accent', text }] });
}

async function volunteer(
  turn: Turn,
  pressed: Pressed,
  wanted: ProjectId | undefined,
  services: SessionServices,
): Promise<Answer> {
  const { person, language, programme } = turn;
  const own = programme.projects.map(({ id }) => id).filter((id) => person.projects.includes(id));
  const occurrence = await occurrenceOf(person, pressed.id, services);
  const isProposed = isUpcoming(occurrence) && isProposedTo(person, occurrence);
  const proposed = isProposed ? projectOf(occurrence) : undefined;
  const projectId = wanted ?? proposed ?? (own.length === 1 ? own[0] : undefined);
  // The same press delivered again: the slot is theirs already.
  const isMine = projectId !== undefined && isSlotOf(occurrence, projectId);
  if (!isMine && projectId !== proposed && !mayVolunteer(turn, occurrence))
    return taken(turn, occurrence, pressed, services);
  if (projectId === undefined) return shown(turn, volunteerView(turn, occurrence, own.slice(0, 5)));
  try {
    const moved = isMine
      ? occurrence
      : (await services.rotation.volunteer(person, pressed.id, projectId)).occurrence;
    await comesAfterAll(turn, pressed.id, services);
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
    return taken(turn, await occurrenceOf(person, pressed.id, services), pressed, services, fault);
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
