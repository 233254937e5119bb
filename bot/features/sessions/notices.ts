import { greetingName } from '../../../src/shared/greeting.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import {
  changeMessageOf,
  chosenPerson,
  seriesAndDateOf,
  type Occurrence,
} from '../../../src/sessions/occurrences/occurrence.js';
import {
  isStillTrue,
  type NoticeFacts,
  type SessionNotice,
  sessionNotices,
} from '../../../src/sessions/notices.js';
import { quote } from '../../cards/detail-card.js';
import { button, common, projectName, shownIn } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { render, type Card } from '../../cards/render.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { momentText } from '../../../src/shared/dates.js';
import type { SessionServices } from './services.js';
import { leadsSessions } from '../../../src/sessions/policy.js';
import type { Turn } from '../../conversation/turn.js';
import { type NoticeViews, superseded } from '../../proactive/views.js';
import { presenterView, talkTyped } from './presenting.js';
import { swapAskedView } from './swaps.js';
import { questionAnsweredView, questionAskedView, questionOf } from './questions.js';
import { listButton, occurrenceOf, recordLinks } from './session.js';
import { nameIn, renderPlainSession, sessionSnapshot } from './session-card.js';

type SwapNotice = Extract<SessionNotice, { withId: OccurrenceId }>;
type TurnNotice = About<'turnGiven' | 'turnTaken'>;
type About<Name extends SessionNotice['about']> = Extract<SessionNotice, { about: Name }>;

const open = ({ language }: Turn, { id }: Occurrence, style: 'default' | 'positive' = 'default') =>
  button(t(language, 'chat.session.show'), 'session.open', { id }, style);

/** Asks for topic, presenter and material. */
function presenterAsk(turn: Turn, { occurrence }: NoticeFacts, notice: About<'presenterAsk'>): Card {
  const { language, person } = turn;
  const key = notice.round === 1 ? 'chat.presenter.ask' : 'chat.presenter.askAgain';
  return presenterView(turn, occurrence, {
    headline: t(language, key),
    intro: t(language, `${key}.text`, { name: greetingName(person) }),
    typed: talkTyped(turn, undefined),
  });
}

/** What a change means to those who present: when they do so now, or that they don't. */
function slotChanged(turn: Turn, { occurrence }: NoticeFacts, notice: About<'slotChanged'>): Card {
  const { language, programme } = turn;
  const { change } = notice;
  const values = {
    project: projectName(programme, notice.projectId, language),
    name: occurrence.names[language],
    was: momentText(language, notice.was),
    now: momentText(language, notice.start),
  };
  const { state } = occurrence;
  const reason = state.status === 'cancelled' ? (translatedTo(language, state).reason ?? '') : '';
  const said = changeMessageOf(occurrence);
  const quotes = said
    ? [quote(t(language, 'chat.change.message'), translatedTo(language, said).message)]
    : [];
  const ours = button(t(language, 'chat.session.ours'), 'presenter.open', { id: occurrence.id }, 'positive');
  return renderPlainSession(turn, occurrence, t(language, `chat.notice.slotChanged.${change}`, values), {
    paragraphs: [
      { text: t(language, `chat.notice.slotChanged.${change}.text`, values) },
      ...(reason === '' ? [] : [{ text: t(language, 'chat.notice.slotChanged.reason', { reason }) }]),
    ],
    quotes,
    actions:
      change === 'cancelled'
        ? [open(turn, occurrence), listButton(turn)]
        : [ours, open(turn, occurrence), listButton(turn)],
  });
}

function turnChanged(turn: Turn, { occurrence }: NoticeFacts, notice: TurnNotice): Card {
  const { language, programme } = turn;
  const isGiven = notice.about === 'turnGiven';
  const project = projectName(programme, notice.projectId, language);
  const chosen = isGiven ? chosenPerson(occurrence) : undefined;
  const whose = chosen === undefined ? '' : chosen.id === turn.person.id ? '.you' : '.colleague';
  const key = isGiven ? (`chat.notice.turnGiven${whose}` as const) : 'chat.notice.turnTaken';
  const text = t(language, `${key}.text`, { project, name: chosen?.name ?? '' });
  const swapped =
    notice.about === 'turnGiven' && notice.swapped !== undefined
      ? t(language, 'chat.notice.turnGiven.swapped', { when: momentText(language, notice.swapped) })
      : undefined;
  const giveTopic = button(
    t(language, 'chat.presenter.tell'),
    'presenter.open',
    { id: occurrence.id },
    'positive',
  );
  return renderPlainSession(turn, occurrence, t(language, key), {
    paragraphs: [{ text }, ...(swapped === undefined ? [] : [{ text: swapped }])],
    actions: isGiven ? [giveTopic, open(turn, occurrence)] : [open(turn, occurrence), listButton(turn)],
  });
}

function missed(
  turn: Turn,
  { occurrence }: NoticeFacts,
  notice: About<'turnGivenUp' | 'presenterAway' | 'presenterComes'>,
): Card {
  const { language, programme } = turn;
  const project = projectName(programme, notice.projectId, language);
  const text = t(language, `chat.notice.${notice.about}.text`, { project, by: notice.by });
  return renderPlainSession(turn, occurrence, t(language, `chat.notice.${notice.about}`), {
    paragraphs: [{ text }],
    actions: [open(turn, occurrence, 'positive'), listButton(turn)],
  });
}

/** A project volunteered: its own people are asked for a topic, all others learn who presents. */
function volunteered(turn: Turn, { occurrence }: NoticeFacts, notice: About<'slotVolunteered'>): Card {
  const { language, programme, person } = turn;
  const project = projectName(programme, notice.projectId, language);
  const isOwn = !leadsSessions(person) && person.projects.includes(notice.projectId);
  const key = isOwn ? 'chat.notice.slotVolunteered.own' : 'chat.notice.slotVolunteered';
  const enter = button(
    t(language, 'chat.presenter.tell'),
    'presenter.open',
    { id: occurrence.id },
    'positive',
  );
  return renderPlainSession(turn, occurrence, t(language, key, { project }), {
    paragraphs: [{ text: t(language, `${key}.text`, { project, by: notice.by }) }],
    actions: isOwn ? [enter, open(turn, occurrence)] : [open(turn, occurrence), listButton(turn)],
  });
}

/** A slot is free: to the people of all projects, of which each may take it. */
function volunteerAsked(
  turn: Turn,
  { occurrence }: NoticeFacts,
  { projectId }: About<'volunteerAsked'>,
): Card {
  const { language, programme } = turn;
  const name = nameIn(occurrence.names, language);
  const text =
    projectId === undefined
      ? t(language, 'chat.notice.volunteerAsked.text', { name })
      : t(language, 'chat.notice.volunteerAsked.because', {
          name,
          project: projectName(programme, projectId, language),
        });
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  return renderPlainSession(turn, occurrence, t(language, 'chat.notice.volunteerAsked'), {
    paragraphs: [{ text }],
    actions: [
      button(t(language, 'chat.session.volunteer'), 'session.volunteer', data, 'positive'),
      open(turn, occurrence),
    ],
  });
}

function swapAnswered(turn: Turn, { occurrence, other }: NoticeFacts, notice: SwapNotice): Card | undefined {
  const { language } = turn;
  const isAccepted = notice.about === 'swapAccepted';
  // After the swap one has the other slot.
  const own = isAccepted ? other : occurrence;
  if (own === undefined) return undefined;
  const key = isAccepted ? 'chat.notice.swapAccepted' : 'chat.notice.swapDeclined';
  const values = { by: notice.by, when: momentText(language, own.start) };
  const text = t(language, `${key}.text`, values);
  return renderPlainSession(turn, own, t(language, key), {
    paragraphs: [{ text }],
    actions: [
      button(t(language, 'chat.session.ours'), 'presenter.open', { id: own.id }, 'positive'),
      open(turn, own),
    ],
  });
}

/** To whoever proposed a topic: when it is talked about. */
function topicPlanned(turn: Turn, { occurrence }: NoticeFacts, notice: About<'topicPlanned'>): Card {
  const { language } = turn;
  return renderPlainSession(turn, occurrence, t(language, 'chat.notice.topicPlanned'), {
    quotes: [quote(t(language, 'chat.notice.topicPlanned.yours'), notice.text)],
    actions: [open(turn, occurrence, 'positive')],
  });
}

function swapAsked(turn: Turn, facts: NoticeFacts, notice: SwapNotice): Card | undefined {
  const { occurrence, other } = facts;
  return other && swapAskedView(turn, { occurrence, other, by: notice.by });
}

function questioned(turn: Turn, { occurrence, question }: NoticeFacts, isAsked: boolean): Card | undefined {
  if (question === undefined) return undefined;
  return isAsked
    ? questionAskedView(turn, occurrence, question, { typed: '' })
    : questionAnsweredView(turn, occurrence, question);
}

/** The card of a notice about a session; `undefined` where it is no longer true. */
export function sessionNoticeView(turn: Turn, facts: NoticeFacts, notice: SessionNotice): Card | undefined {
  if (!isStillTrue(facts, notice, turn.person.projects)) return undefined;
  switch (notice.about) {
    case 'presenterAsk':
      return presenterAsk(turn, facts, notice);
    case 'turnGiven':
    case 'turnTaken':
      return turnChanged(turn, facts, notice);
    case 'slotChanged':
      return slotChanged(turn, facts, notice);
    case 'slotDropped':
      return undefined;
    case 'presenterAway':
    case 'presenterComes':
    case 'turnGivenUp':
      return missed(turn, facts, notice);
    case 'slotVolunteered':
      return volunteered(turn, facts, notice);
    case 'volunteerAsked':
      return volunteerAsked(turn, facts, notice);
    case 'swapAsked':
      return swapAsked(turn, facts, notice);
    case 'swapAccepted':
    case 'swapDeclined':
      return swapAnswered(turn, facts, notice);
    case 'questionAsked':
    case 'questionAnswered':
      return questioned(turn, facts, notice.about === 'questionAsked');
    case 'topicPlanned':
      return topicPlanned(turn, facts, notice);
    case 'presenterThanks':
      return presenterThanks(turn, facts, notice.message);
  }
}

/** Thanks to those who presented, and the offer to make news of it. */
function presenterThanks(
  turn: Turn,
  { occurrence }: NoticeFacts,
  message: Extract<SessionNotice, { about: 'presenterThanks' }>['message'],
): Card {
  const { language, person } = turn;
  const text = t(language, 'chat.notice.presenterThanks.text', { name: greetingName(person) });
  const own = message && shownIn(message, language);
  const make = button(
    t(language, 'chat.session.makeNews'),
    'session.makeNews',
    { id: occurrence.id },
    'positive',
  );
  return renderPlainSession(turn, occurrence, t(language, 'chat.notice.presenterThanks'), {
    paragraphs: [{ text }, ...(own === undefined ? [] : [{ text: own }])],
    links: recordLinks(occurrence, turn).map((link) => ({ ...link, style: 'default' })),
    actions: [make, open(turn, occurrence)],
  });
}

async function factsFor(turn: Turn, notice: SessionNotice, services: SessionServices): Promise<NoticeFacts> {
  const id = notice.occurrenceId;
  if ('questionId' in notice) return questionOf(turn, id, notice.questionId, services);
  if ('who' in notice) {
    const [occurrence, answer] = await Promise.all([
      occurrenceOf(turn.person, id, services),
      services.coming.answerBy(notice.who, id),
    ]);
    return { occurrence, answer };
  }
  if (!('withId' in notice)) return { occurrence: await occurrenceOf(turn.person, id, services) };
  const [occurrence, other] = await Promise.all([
    occurrenceOf(turn.person, id, services),
    occurrenceOf(turn.person, notice.withId, services),
  ]);
  return { occurrence, other };
}

/** That a session is no more which the project was to present: there is nothing of it left to show but this. */
export function droppedView(
  { language, programme }: Pick<Turn, 'language' | 'programme'>,
  names: Occurrence['names'],
  { projectId, start }: About<'slotDropped'>,
): Card {
  const name = names[language];
  const project = projectName(programme, projectId, language);
  const heading = t(language, 'chat.notice.slotDropped');
  const text = t(language, 'chat.notice.slotDropped.text', {
    name,
    project,
    when: momentText(language, start),
  });
  return render(plainCard, {
    ...common(language, 'session', name, [`${heading}.`, text]),
    heading,
    notices: [],
    paragraphs: [{ text }],
    hints: [],
    actions: [listButton({ language })],
  });
}

async function slotDropped(turn: Turn, notice: About<'slotDropped'>, { series }: SessionServices) {
  const seriesId = seriesAndDateOf(notice.occurrenceId)?.seriesId;
  if (seriesId === undefined) return superseded;
  try {
    return droppedView(turn, (await series.get(turn.person, seriesId)).series.names, notice);
  } catch (error) {
    if (isAppError(error, 'series.notFound')) return superseded;
    throw error;
  }
}

/** The cards of notices, of the sessions as they are now; a notice that is no longer true is superseded. */
export function sessionNoticeViews(services: SessionServices): NoticeViews {
  const view = async (turn: Turn, notice: SessionNotice) => {
    try {
      const facts = await factsFor(turn, notice, services);
      return sessionNoticeView(turn, facts, notice) ?? superseded;
    } catch (error) {
      const isOver = isAppError(error, 'occurrence.notFound') || isAppError(error, 'question.notFound');
      if (!isOver) throw error;
      return notice.about === 'slotDropped' ? slotDropped(turn, notice, services) : superseded;
    }
  };
  return Object.fromEntries(sessionNotices.map(({ kind }) => [kind, view]));
}
