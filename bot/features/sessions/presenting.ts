import { AppError, type FieldFault, isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import type { Occurrence, OccurrenceLine, Talk } from '../../../src/sessions/occurrences/occurrence.js';
import { type ButtonData, type Notice, button, firstName, projectName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import {
  type SessionCardData,
  drawn,
  isToCome,
  kindIcon,
  nameIn,
  quoted,
  seenSession,
  sessionChanges,
  turnProject,
  whenOf,
} from './session-card.js';
import { weekdayPhrase, whenPhrase } from '../../cards/when.js';
import { type Answer, type Turn, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { formField } from '../../cards/fields.js';
import { z } from 'zod';
import { isOurTurn, isSuperseded, occurrenceOf } from './session.js';
import { type Action, action } from '../../conversation/actions.js';
import { sessionSchema, standingSession } from './sessions.js';
import { faultsIn, formAnswer, typedIn } from '../../conversation/form-answers.js';

/** What a presenter has typed, as the card sends it. */
export interface TalkTyped {
  readonly topic: string;
  readonly speaker: string;
  readonly material: string;
  readonly talkLanguage: string;
}

/** The answer that stands, or an empty form: by oneself, in one's own language. */
export function talkTyped({ person, language }: Turn, talk: Talk | undefined): TalkTyped {
  return {
    topic: talk?.topic ?? '',
    speaker: talk?.presenter ?? person.name,
    material: talk?.material ?? '',
    talkLanguage: talk?.language ?? language,
  };
}

export interface PresenterSays {
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
      label: say(language, 'chat.presenter.topic'),
      example: say(language, 'chat.presenter.topic.example'),
      wants: say(language, 'chat.presenter.topic.wants'),
      value: typed.topic,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'speaker',
      kind: 'text',
      label: say(language, 'chat.presenter.speaker'),
      example: say(language, 'chat.presenter.speaker.example'),
      wants: say(language, 'chat.presenter.speaker.wants'),
      value: typed.speaker,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'material',
      kind: 'link',
      label: say(language, 'chat.presenter.material'),
      example: say(language, 'chat.presenter.material.example'),
      wants: say(language, 'field.notALink'),
      value: typed.material,
    }),
    formField(language, faults, {
      id: 'talkLanguage',
      kind: 'choice',
      label: say(language, 'chat.presenter.language'),
      wants: say(language, 'chat.form.wants.language'),
      value: typed.talkLanguage,
      isRequired: true,
      choices: languages.map((value) => ({ title: say(language, `language.own.${value}`), value })),
    }),
  ];
}

/** What of the answer an old card has seen: whoever answers over a newer one is told first. */
const answeredAt = ({ talk }: Occurrence): string => talk?.at ?? '';

/** The presenter's form: topic, speaker, material; or "we can't", or another turn. */
export function presenterView(turn: Turn, occurrence: Occurrence, says: PresenterSays): Card {
  const { language, programme } = turn;
  const name = nameIn(occurrence.names, language);
  const project = projectName(programme, turnProject(occurrence) ?? '', language);
  const when = whenOf(occurrence, language);
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const send = say(language, occurrence.talk === undefined ? 'chat.presenter.send' : 'chat.form.save');
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: say(language, 'chat.kicker.presenter', { name, project }),
    speak: [says.headline, when, ...(says.notices ?? []).map(({ text }) => text)],
    headlines: [{ text: says.headline }],
    notices: says.notices ?? [],
    whens: [{ text: when }],
    paragraphs: says.intro === undefined ? [] : [{ text: says.intro }],
    quotes: says.quotes ?? [],
    fields: fields(language, says.typed, says.faults ?? []),
    actions: [
      button(send, 'presenter.send', { ...data, answered: answeredAt(occurrence) }, 'positive', 'auto'),
      button(say(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(say(language, 'chat.presenter.giveUp'), 'presenter.askGiveUp', data),
    ],
  });
}

/** An answer of somebody else, to read beside one's own. */
export function talkQuotes(
  language: Language,
  { topic, presenter, material, by }: Talk,
): SessionCardData['quotes'] {
  const label = say(language, 'chat.presenter.theirs', { name: by.name });
  const parts = [topic, presenter, ...(material === undefined ? [] : [material])];
  return [quoted(label, parts.join(' · '))];
}

/** Asks before a turn is given up. */
export function giveUpView(turn: Turn, occurrence: Occurrence, notices: readonly Notice[]): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const ask = say(language, 'chat.presenter.askGiveUp');
  return plainSession(turn, occurrence, ask, {
    notices: [...notices, { style: 'warning', text: say(language, 'chat.presenter.giveUpMeans') }],
    actions: [
      button(say(language, 'chat.presenter.giveUpYes'), 'presenter.giveUp', data, 'destructive'),
      button(say(language, 'chat.presenter.swap'), 'presenter.askSwap', data),
      button(say(language, 'chat.presenter.keep'), 'presenter.open', data),
    ],
  });
}

/** A slot of another project, as a choice: "ke 6.1. · Digihoitopolut". */
function slotTitle({ language, programme }: Turn, slot: OccurrenceLine): string {
  const projectId = turnProject(slot);
  const project =
    projectId === undefined
      ? say(language, 'chat.session.nobody')
      : projectName(programme, projectId, language);
  return say(language, 'chat.presenter.slot', { day: weekdayPhrase(language, slot.start), project });
}

export interface SwapSays {
  readonly slots: readonly OccurrenceLine[];
  readonly chosen: string;
  readonly faults: readonly FieldFault[];
  readonly notices: readonly Notice[];
}

/** The other turns with which this one could be swapped. */
export function swapView(turn: Turn, occurrence: Occurrence, says: SwapSays): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const isPossible = says.slots.length > 0;
  const back = button(say(language, 'chat.form.cancel'), 'presenter.open', data);
  const swap = button(say(language, 'chat.presenter.swapAsk'), 'presenter.swap', data, 'positive', 'auto');
  const none: Notice = { style: 'emphasis', text: say(language, 'chat.presenter.noSwap') };
  const choice = formField(language, says.faults, {
    id: 'withId',
    kind: 'choice',
    label: say(language, 'chat.presenter.swapWith'),
    example: say(language, 'chat.presenter.swapWith.example'),
    wants: say(language, 'field.unknownChoice'),
    value: says.chosen,
    isRequired: true,
    choices: says.slots.map((slot) => ({ title: slotTitle(turn, slot), value: slot.id })),
  });
  return plainSession(turn, occurrence, say(language, 'chat.presenter.swapHeading'), {
    notices: isPossible ? says.notices : [...says.notices, none],
    fields: isPossible ? [choice] : [],
    actions: isPossible ? [swap, back] : [back],
  });
}

/** The projects of a person who works in several, to choose for which a slot is taken. */
export function volunteerView(turn: Turn, occurrence: Occurrence, projects: readonly ProjectId[]): Card {
  const { language, programme } = turn;
  return plainSession(turn, occurrence, say(language, 'chat.presenter.whichProject'), {
    actions: projects.map((projectId, index) =>
      button(
        projectName(programme, projectId, language),
        'session.volunteer',
        { id: occurrence.id, seen: seenSession(occurrence), projectId },
        index === 0 ? 'positive' : 'default',
      ),
    ),
  });
}

/** Another project asks for one's turn; or, once it is answered, how that came out. */
export function swapAskedView(
  turn: Turn,
  { occurrence, other, by }: { occurrence: Occurrence; other: Occurrence; by: string },
): Card {
  const { language, programme } = turn;
  const project = projectName(programme, turnProject(occurrence) ?? '', language);
  const id: OccurrenceId = occurrence.id;
  const days = {
    project,
    by,
    theirs: whenPhrase(language, occurrence.start),
    ours: whenPhrase(language, other.start),
  };
  return plainSession(turn, other, say(language, 'chat.swap.asked'), {
    paragraphs: [{ text: say(language, 'chat.swap.asked.text', days) }],
    actions: [
      button(
        say(language, 'chat.swap.accept'),
        'swap.answer',
        { id, withId: other.id, accept: true },
        'positive',
      ),
      button(say(language, 'chat.swap.decline'), 'swap.answer', { id, withId: other.id, accept: false }),
    ],
  });
}

type PlainParts = Partial<
  Pick<SessionCardData, 'notices' | 'paragraphs' | 'quotes' | 'fields' | 'closings' | 'links'>
> & { readonly actions: readonly ButtonData[] };

/** A session in few words under what is asked or has happened. */
export function plainSession(turn: Turn, occurrence: Occurrence, headline: string, parts: PlainParts): Card {
  const { language } = turn;
  const name = nameIn(occurrence.names, language);
  const when = whenOf(occurrence, language);
  const said = [...(parts.notices ?? []), ...(parts.paragraphs ?? []), ...(parts.closings ?? [])];
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: name,
    speak: [headline, name, when, ...said.map(({ text }) => text)],
    headlines: [{ text: headline }],
    whens: isToCome(occurrence) || occurrence.state.status === 'held' ? [{ text: when }] : [],
    ...parts,
  });
}

type Data = Readonly<Record<string, unknown>>;
type SessionData = z.infer<typeof sessionSchema>;

const sendSchema = sessionSchema.extend({ answered: z.string().max(40).default('') });
const typedNames = ['topic', 'speaker', 'material', 'talkLanguage'] as const;

const idOf = ({ id }: { id: string }): OccurrenceId => id as OccurrenceId;

/** The headline and the words that go with asking or with an answer that stands. */
function headlineOf({ language }: Turn, { talk }: Occurrence): string {
  return say(language, talk === undefined ? 'chat.presenter.heading' : 'chat.presenter.yours');
}

export function presenterForm(
  turn: Turn,
  occurrence: Occurrence,
  says: Partial<PresenterSays> = {},
): ReturnType<typeof presenterView> {
  return presenterView(turn, occurrence, {
    headline: headlineOf(turn, occurrence),
    typed: talkTyped(turn, occurrence.talk),
    ...says,
  });
}

/** The session of a card as it stands, where the turn is still the person's; otherwise how it stands instead. */
export async function ours(
  turn: Turn,
  data: SessionData,
  services: SessionServices,
): Promise<{ occurrence: Occurrence; changes: readonly Notice[] } | { answer: Answer }> {
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  const changes = sessionChanges(data.seen, occurrence, turn.language);
  if (isOurTurn(turn, occurrence)) return { occurrence, changes };
  const pressed = { id: occurrence.id, seen: data.seen };
  const fault = new AppError('presenter.notYours');
  return { answer: await standingSession(turn, pressed, services, isToCome(occurrence) ? { fault } : {}) };
}

async function openForm(turn: Turn, data: SessionData, services: SessionServices): Promise<Answer> {
  const found = await ours(turn, data, services);
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
  const when = whenPhrase(language, talk.at);
  const text = say(language, 'chat.presenter.meanwhile', { name: talk.by.name, when });
  const card = presenterForm(turn, occurrence, {
    typed,
    notices: [{ style: 'warning', text }],
    quotes: talkQuotes(language, talk),
  });
  return formAnswer(card, language);
}

async function thanked(turn: Turn, id: OccurrenceId, services: SessionServices): Promise<Answer> {
  const { language, person } = turn;
  const closing = say(language, 'chat.presenter.thanks', { name: firstName(person.name) });
  return standingSession(turn, { id, seen: undefined }, services, {
    headline: say(language, 'chat.presenter.confirmed'),
    closing,
  });
}

async function send(turn: Turn, data: Data, services: SessionServices): Promise<Answer> {
  const read = sendSchema.safeParse(data);
  if (!read.success) throw new AppError('input.malformed');
  const typed = typedIn(data, typedNames);
  const found = await ours(turn, read.data, services);
  if ('answer' in found) return withWords(found.answer, typed, turn, read.data, services);
  const { id, talk } = found.occurrence;
  // The same press delivered again: it stands already.
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

/** How the session stands instead, with what was typed below it, so that it can be copied. */
async function withWords(
  answer: Answer,
  typed: TalkTyped,
  turn: Turn,
  data: SessionData,
  services: SessionServices,
): Promise<Answer> {
  const words = [typed.topic, typed.speaker, typed.material].filter((text) => text.trim() !== '').join('\n');
  if (words === '') return answer;
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  return standingSession(turn, { id: occurrence.id, seen: data.seen }, services, {
    ...(isToCome(occurrence) && { fault: new AppError('presenter.notYours') }),
    closing: say(turn.language, 'chat.presenter.kept', { words }),
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
  const given: Notice = { style: 'good', text: say(language, 'chat.presenter.givenUp') };
  const found = await ours(turn, data, services);
  if ('answer' in found) {
    const occurrence = await occurrenceOf(turn.person, pressed.id, services);
    // The same press delivered again: the slot is open already.
    const isDone = isToCome(occurrence) && turnProject(occurrence) === undefined;
    return isDone ? standingSession(turn, pressed, services, { notices: [given] }) : found.answer;
  }
  try {
    await services.rotation.giveUp(turn.person, pressed.id);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return standingSession(turn, pressed, services, { fault });
  }
  return standingSession(turn, pressed, services, { notices: [given] });
}

async function askGiveUp(turn: Turn, data: SessionData, services: SessionServices): Promise<Answer> {
  const found = await ours(turn, data, services);
  if ('answer' in found) return found.answer;
  return shown(turn, giveUpView(turn, found.occurrence, found.changes));
}

export const presentingActions = {
  'presenter.open': action('session:take', sessionSchema, openForm),
  'presenter.send': sendAction,
  'presenter.askGiveUp': action('session:take', sessionSchema, askGiveUp),
  'presenter.giveUp': action('session:take', sessionSchema, giveUp),
} satisfies SessionActions;
