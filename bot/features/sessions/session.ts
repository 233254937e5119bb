import { say } from '../../../src/i18n/messages.js';
import { may } from '../../../src/people/permissions.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem, Series } from '../../../src/sessions/series/series.js';
import { type ButtonData, type LinkData, type Notice, button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import {
  type SessionCardData,
  agendaOf,
  chipsOf,
  drawn,
  isOpenSlot,
  isToCome,
  kindIcon,
  nameIn,
  presenterFacts,
  presenterPhrase,
  safeLink,
  seenSession,
  shownText,
  turnProject,
  whenOf,
} from './session-card.js';
import type { SessionServices } from './services.js';
import type { Turn } from '../../conversation/turn.js';
import type { Actor } from '../../../src/platform/actor.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import type { Language } from '../../../src/shared/languages.js';
import { AppError } from '../../../src/platform/errors.js';

const maxMaterials = 3;
const maxActions = 6;

/** A session with all that its cards tell. */
export interface SessionFacts {
  readonly occurrence: Occurrence;
  readonly agenda: readonly AgendaItem[];
  readonly openQuestions: number;
  /** Whether the person has said that they can't come. */
  readonly isAbsent: boolean;
  readonly calendarUrl: string;
}

/** What a drawing of the card says beyond the session itself. */
export interface SessionSays {
  readonly headline?: string;
  readonly notices?: readonly Notice[];
  readonly closing?: string;
  readonly actions?: readonly ButtonData[];
}

/** Whether the person could take this slot for a project of theirs. */
export function mayVolunteer({ person }: Turn, occurrence: Pick<Occurrence, 'slot' | 'state'>): boolean {
  return person.projects.length > 0 && may(person.role, 'session:take') && isOpenSlot(occurrence);
}

/** Whether a project of theirs presents, or is proposed to: they answer for it, and an answer takes the turn. */
export function isOurTurn({ person }: Turn, occurrence: Occurrence): boolean {
  const project = turnProject(occurrence);
  return isToCome(occurrence) && person.projects.some((own) => own === project);
}

/** In which language a card speaks, and whether before others. */
export type Hearing = Pick<Turn, 'language' | 'scope'>;

export function sessionLinks(
  { occurrence, calendarUrl }: SessionFacts,
  turn: Pick<Turn, 'language'>,
): LinkData[] {
  const { language } = turn;
  if (isToCome(occurrence)) {
    return [
      ...safeLink(say(language, 'chat.session.join'), occurrence.joinUrl, 'positive'),
      ...safeLink(say(language, 'chat.session.addToCalendar'), calendarUrl),
    ];
  }
  return occurrence.state.status === 'held' ? recordLinks(occurrence, turn) : [];
}

/** The recording and the materials of a session. */
export function recordLinks({ record }: Occurrence, { language }: Pick<Turn, 'language'>): LinkData[] {
  return [
    ...safeLink(say(language, 'chat.session.recording'), record?.recordingUrl, 'positive'),
    ...(record?.materials ?? [])
      .slice(0, maxMaterials)
      .flatMap(({ title, url }) => safeLink(shownText(title), url)),
  ];
}

/** "I can't come", or "I can after all"; before others it is not told what the person has said. */
export function cannotButton(
  { occurrence, isAbsent }: SessionFacts,
  { language, scope }: Hearing,
): ButtonData {
  const cannot = scope !== 'personal' || !isAbsent;
  return button(
    say(language, cannot ? 'chat.session.cannot' : 'chat.session.canAfterAll'),
    'session.cannot',
    {
      id: occurrence.id,
      cannot,
      seen: seenSession(occurrence),
    },
  );
}

export function askButton(occurrence: Occurrence, { language }: Pick<Turn, 'language'>): ButtonData {
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  return button(say(language, 'chat.session.ask'), 'session.ask', data);
}

export const listButton = ({ language }: Pick<Turn, 'language'>): ButtonData =>
  button(say(language, 'chat.session.all'), 'sessions.open');

/** What can be done: to take an open slot and to answer for one's own turn come first. */
function actionsOf(facts: SessionFacts, turn: Turn): ButtonData[] {
  const { occurrence } = facts;
  const { language } = turn;
  if (!isToCome(occurrence)) return [listButton(turn)];
  const data = { id: occurrence.id, seen: seenSession(occurrence) };
  const taking = mayVolunteer(turn, occurrence)
    ? [button(say(language, 'chat.session.volunteer'), 'session.volunteer', data)]
    : [];
  const presenting =
    isOurTurn(turn, occurrence) && turn.scope === 'personal'
      ? [button(say(language, 'chat.session.ours'), 'presenter.open', data)]
      : [];
  return [...taking, ...presenting, askButton(occurrence, turn), cannotButton(facts, turn), listButton(turn)];
}

/** That the person can't come, where nothing newer says it; before others it is not told. */
function absence(
  { occurrence, isAbsent }: SessionFacts,
  { language, scope }: Turn,
  { notices }: SessionSays,
) {
  const isTold = isAbsent && scope === 'personal' && isToCome(occurrence) && (notices ?? []).length === 0;
  return isTold ? [{ text: say(language, 'chat.session.youCannot') }] : [];
}

function closingsOf({ occurrence, openQuestions: count }: SessionFacts, turn: Turn, says: SessionSays) {
  const isTold = count > 0 && occurrence.state.status !== 'cancelled';
  return [
    ...(isTold ? [{ text: say(turn.language, 'chat.session.questions', { count }) }] : []),
    ...(says.closing === undefined ? [] : [{ text: says.closing }]),
  ];
}

function materialOf({ talk }: Occurrence, { language }: Turn): SessionCardData['linkFacts'] {
  const label = say(language, 'chat.session.material');
  const text = say(language, 'chat.session.openMaterial');
  return safeLink(text, talk?.material).map(({ url }) => ({ label, text, url }));
}

function attendance({ state, record }: Occurrence, { language }: Turn): SessionCardData['facts'] {
  const count = record?.attendance?.count;
  if (state.status !== 'held' || count === undefined) return [];
  return [
    { label: say(language, 'chat.session.attended'), text: say(language, 'chat.session.people', { count }) },
  ];
}

/** One session with its presenter, agenda and questions, and what can be done with it. */
export function sessionView(turn: Turn, facts: SessionFacts, says: SessionSays = {}): Card {
  const { language, programme } = turn;
  const { occurrence, agenda } = facts;
  const name = nameIn(occurrence.names, language);
  const links = sessionLinks(facts, turn);
  const when = whenOf(occurrence, language);
  const topic = occurrence.talk?.topic;
  return drawn(language, {
    icon: kindIcon(occurrence.kind),
    kicker: topic === undefined ? say(language, 'chat.kicker.sessions') : name,
    speak: [
      says.headline,
      name,
      when,
      topic,
      presenterPhrase(occurrence, programme, language),
      say(language, `session.state.${occurrence.state.status}`),
      ...(says.notices ?? []).map(({ text }) => text),
      says.closing,
    ],
    headlines: says.headline === undefined ? [] : [{ text: says.headline }],
    notices: says.notices ?? [],
    titles: [{ text: topic === undefined ? name : shownText(topic) }],
    whens: [{ text: when }],
    chips: chipsOf(occurrence, language),
    paragraphs: absence(facts, turn, says),
    facts: [...presenterFacts(occurrence, programme, language), ...attendance(occurrence, turn)],
    linkFacts: materialOf(occurrence, turn),
    agendas: agendaOf(agenda, language),
    closings: closingsOf(facts, turn, says),
    links,
    actions: (says.actions ?? actionsOf(facts, turn)).slice(0, maxActions - links.length),
  });
}

/** Where a calendar file of one session is downloaded. */
function calendarUrl(publicUrl: string, { feedKey }: Series, id: OccurrenceId, language: Language): string {
  return `${publicUrl}/calendar/${feedKey}/${language}/${id}.ics`;
}

/** A session with all that its cards tell, read at once. @throws AppError `occurrence.notFound`. */
export async function factsOf(
  actor: Actor,
  id: OccurrenceId,
  language: Language,
  { series, topics, preferences, publicUrl }: SessionServices,
): Promise<SessionFacts> {
  const [{ occurrence }, agenda, questions, absences] = await Promise.all([
    series.occurrence(actor, id),
    topics.agenda(actor, id),
    topics.questions(actor, id),
    preferences.absences(actor, id),
  ]);
  const own = await series.get(actor, occurrence.seriesId);
  return {
    occurrence,
    agenda,
    openQuestions: questions.filter(({ state }) => state.status === 'open').length,
    isAbsent: absences.isMine,
    calendarUrl: calendarUrl(publicUrl, own.series, id, language),
  };
}

/** The session alone. @throws AppError `occurrence.notFound`. */
export async function occurrenceOf(
  actor: Actor,
  id: OccurrenceId,
  { series }: SessionServices,
): Promise<Occurrence> {
  return (await series.occurrence(actor, id)).occurrence;
}

/** Whether the services said that something has changed meanwhile, rather than that something failed. */
export function isSuperseded(error: unknown): boolean {
  const codes: readonly string[] = [
    'occurrence.moveNotAllowed',
    'occurrence.timePassed',
    'presenter.notYours',
    'presenter.taken',
    'swap.notPossible',
    'question.moveNotAllowed',
  ];
  return error instanceof AppError && codes.includes(error.code);
}
