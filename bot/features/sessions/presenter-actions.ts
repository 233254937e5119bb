import { z } from 'zod';
import { AppError, isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import type { Occurrence, Talk } from '../../../src/sessions/occurrences/occurrence.js';
import { firstName, type Notice } from '../../cards/parts.js';
import { momentText } from '../../../src/shared/dates.js';
import { sessionChanges } from './session-snapshot.js';
import { occurrenceOf } from './session-facts.js';
import { shown, type Answer, type BotServices, type Turn } from '../../conversation/turn.js';
import {
  giveUpView,
  presenterView,
  talkQuotes,
  talkTyped,
  type PresenterSays,
  type TalkTyped,
} from './presenter-view.js';
import { isToCome, turnProject } from './session-parts.js';
import { isOurTurn } from './session-view.js';
import { action, type Action } from '../../conversation/action.js';
import { sessionSchema, standingSession } from './session-actions.js';
import { faultsIn, formAnswer, isOvertaken, typedIn } from '../../conversation/form-answers.js';

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
  services: BotServices,
): Promise<{ occurrence: Occurrence; changes: readonly Notice[] } | { answer: Answer }> {
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  const changes = sessionChanges(data.seen, occurrence, turn.language);
  if (isOurTurn(turn, occurrence)) return { occurrence, changes };
  const pressed = { id: occurrence.id, seen: data.seen };
  const fault = new AppError('presenter.notYours');
  return { answer: await standingSession(turn, pressed, services, isToCome(occurrence) ? { fault } : {}) };
}

async function openForm(turn: Turn, data: SessionData, services: BotServices): Promise<Answer> {
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
  const when = momentText(language, talk.at);
  const text = say(language, 'chat.presenter.meanwhile', { name: talk.by.name, when });
  const card = presenterForm(turn, occurrence, {
    typed,
    notices: [{ style: 'warning', text }],
    quotes: talkQuotes(language, talk),
  });
  return formAnswer(card, language);
}

async function thanked(turn: Turn, id: OccurrenceId, services: BotServices): Promise<Answer> {
  const { language, person } = turn;
  const closing = say(language, 'chat.presenter.thanks', { name: firstName(person.name) });
  return standingSession(turn, { id, seen: undefined }, services, {
    headline: say(language, 'chat.presenter.confirmed'),
    closing,
  });
}

async function send(turn: Turn, data: Data, services: BotServices): Promise<Answer> {
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
    await services.sessions.rotation.answer(turn.person, id, input);
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
  services: BotServices,
): Promise<Answer> {
  const words = [typed.topic, typed.speaker, typed.material].filter((text) => text.trim() !== '').join('\n');
  if (words === '') return answer;
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  return standingSession(turn, { id: occurrence.id, seen: data.seen }, services, {
    ...(isToCome(occurrence) && { fault: new AppError('presenter.notYours') }),
    closing: say(turn.language, 'chat.presenter.kept', { words }),
  });
}

const sendAction: Action = {
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

async function giveUp(turn: Turn, data: SessionData, services: BotServices): Promise<Answer> {
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
    await services.sessions.rotation.giveUp(turn.person, pressed.id);
  } catch (fault) {
    if (!isOvertaken(fault)) throw fault;
    return standingSession(turn, pressed, services, { fault });
  }
  return standingSession(turn, pressed, services, { notices: [given] });
}

async function askGiveUp(turn: Turn, data: SessionData, services: BotServices): Promise<Answer> {
  const found = await ours(turn, data, services);
  if ('answer' in found) return found.answer;
  return shown(turn, giveUpView(turn, found.occurrence, found.changes));
}

export const presenterActions = {
  'presenter.open': action('session:take', sessionSchema, openForm),
  'presenter.send': sendAction,
  'presenter.askGiveUp': action('session:take', sessionSchema, askGiveUp),
  'presenter.giveUp': action('session:take', sessionSchema, giveUp),
} satisfies Record<string, Action>;
