import { greetingName } from '../../../src/shared/greeting.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import {
  isStillTrue,
  type NoticeFacts,
  type SessionNotice,
  sessionNotices,
} from '../../../src/sessions/notices.js';
import { quote } from '../../cards/detail-card.js';
import { button, projectName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { momentText } from '../../../src/shared/dates.js';
import type { SessionServices } from './services.js';
import type { Turn } from '../../conversation/turn.js';
import { type NoticeViews, superseded } from '../../proactive/views.js';
import { presenterView, talkTyped } from './presenting.js';
import { swapAskedView } from './swaps.js';
import { questionAnsweredView, questionAskedView, questionOf } from './questions.js';
import { listButton, occurrenceOf, recordLinks } from './session.js';
import { renderPlainSession } from './session-card.js';

type SwapNotice = Extract<SessionNotice, { withId: OccurrenceId }>;
type SlotNotice = About<'turnGiven' | 'turnTaken'>;
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

function slotChanged(turn: Turn, { occurrence }: NoticeFacts, notice: SlotNotice): Card {
  const { language, programme } = turn;
  const isGiven = notice.about === 'turnGiven';
  const project = projectName(programme, notice.projectId, language);
  const text = t(language, `chat.notice.${notice.about}.text`, { project });
  const giveTopic = button(
    t(language, 'chat.presenter.tell'),
    'presenter.open',
    { id: occurrence.id },
    'positive',
  );
  return renderPlainSession(turn, occurrence, t(language, `chat.notice.${notice.about}`), {
    paragraphs: [{ text }],
    actions: isGiven ? [giveTopic, open(turn, occurrence)] : [open(turn, occurrence), listButton(turn)],
  });
}

function givenUp(turn: Turn, { occurrence }: NoticeFacts, notice: About<'turnGivenUp'>): Card {
  const { language, programme } = turn;
  const project = projectName(programme, notice.projectId, language);
  const text = t(language, 'chat.notice.turnGivenUp.text', { project, by: notice.by });
  return renderPlainSession(turn, occurrence, t(language, 'chat.notice.turnGivenUp'), {
    paragraphs: [{ text }],
    actions: [open(turn, occurrence, 'positive'), listButton(turn)],
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
      return slotChanged(turn, facts, notice);
    case 'turnGivenUp':
      return givenUp(turn, facts, notice);
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
      return presenterThanks(turn, facts);
  }
}

/** Thanks to those who presented, and the offer to make news of it. */
function presenterThanks(turn: Turn, { occurrence }: NoticeFacts): Card {
  const { language, person } = turn;
  const text = t(language, 'chat.notice.presenterThanks.text', { name: greetingName(person) });
  const make = button(
    t(language, 'chat.session.makeNews'),
    'session.makeNews',
    { id: occurrence.id },
    'positive',
  );
  return renderPlainSession(turn, occurrence, t(language, 'chat.notice.presenterThanks'), {
    paragraphs: [{ text }],
    links: recordLinks(occurrence, turn).map((link) => ({ ...link, style: 'default' })),
    actions: [make, open(turn, occurrence)],
  });
}

async function factsFor(turn: Turn, notice: SessionNotice, services: SessionServices): Promise<NoticeFacts> {
  const id = notice.occurrenceId;
  if ('questionId' in notice) return questionOf(turn, id, notice.questionId, services);
  if (!('withId' in notice)) return { occurrence: await occurrenceOf(turn.person, id, services) };
  const [occurrence, other] = await Promise.all([
    occurrenceOf(turn.person, id, services),
    occurrenceOf(turn.person, notice.withId, services),
  ]);
  return { occurrence, other };
}

/** The cards of notices, of the sessions as they are now; a notice that is no longer true is superseded. */
export function sessionNoticeViews(services: SessionServices): NoticeViews {
  const view = async (turn: Turn, notice: SessionNotice) => {
    try {
      const facts = await factsFor(turn, notice, services);
      return sessionNoticeView(turn, facts, notice) ?? superseded;
    } catch (error) {
      const isOver = isAppError(error, 'occurrence.notFound') || isAppError(error, 'question.notFound');
      if (isOver) return superseded;
      throw error;
    }
  };
  return Object.fromEntries(sessionNotices.map(({ kind }) => [kind, view]));
}
