import { isAppError } from '../../../src/platform/errors.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Question } from '../../../src/sessions/topics/topic.js';
import { sessionNotices, type SessionNotice } from '../../../src/sessions/notices.js';
import { button, firstName } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { momentText } from '../../../src/shared/dates.js';
import type { BotServices, Turn } from '../../conversation/turn.js';
import { superseded, type NoticeViews } from '../../proactive/views.js';
import { plainSession, presenterView, swapAskedView, talkTyped } from './presenter-view.js';
import { questionAnsweredView, questionAskedView } from './question-view.js';
import { questionOf } from './question-actions.js';
import { occurrenceOf } from './session-facts.js';
import { projectName } from '../news/receipt-view.js';
import { isToCome, isSlotOf, nameAndDay, turnProject } from './session-parts.js';
import { listButton, recordLinks } from './session-view.js';

/** What a notice is about, as it stands when it is to be told. */
export interface NoticeFacts {
  readonly occurrence: Occurrence;
  /** The other slot of a swap. */
  readonly other?: Occurrence;
  readonly question?: Question;
}

type SwapNotice = Extract<SessionNotice, { withId: OccurrenceId }>;
type TurnNotice = About<'turnGiven' | 'turnTaken'>;
type About<Name extends SessionNotice['about']> = Extract<SessionNotice, { about: Name }>;

const open = ({ language }: Turn, { id }: Occurrence, style: 'default' | 'positive' = 'default') =>
  button(say(language, 'chat.session.show'), 'session.open', { id }, style);

/** Asks for topic, speaker and material; nobody is asked whose project has answered or presents no more. */
function presenterAsk(
  turn: Turn,
  { occurrence }: NoticeFacts,
  notice: About<'presenterAsk'>,
): Card | undefined {
  const { language, person } = turn;
  const isTheirs = turnProject(occurrence) === notice.projectId && isToCome(occurrence);
  if (!isTheirs || occurrence.talk !== undefined) return undefined;
  const key = notice.round === 1 ? 'chat.presenter.ask' : 'chat.presenter.askAgain';
  return presenterView(turn, occurrence, {
    headline: say(language, key, { session: nameAndDay(occurrence, language) }),
    intro: say(language, `${key}.text`, { name: firstName(person.name) }),
    typed: talkTyped(turn, undefined),
  });
}

function turnChanged(turn: Turn, { occurrence }: NoticeFacts, notice: TurnNotice) {
  const { language, programme } = turn;
  const isGiven = notice.about === 'turnGiven';
  if (!isToCome(occurrence) || isSlotOf(occurrence, notice.projectId) !== isGiven) return undefined;
  const project = projectName(programme, notice.projectId, language);
  const text = say(language, `chat.notice.${notice.about}.text`, { project });
  const tell = button(
    say(language, 'chat.presenter.tell'),
    'presenter.open',
    { id: occurrence.id },
    'positive',
  );
  return plainSession(turn, occurrence, say(language, `chat.notice.${notice.about}`), {
    paragraphs: [{ text }],
    actions: isGiven ? [tell, open(turn, occurrence)] : [open(turn, occurrence), listButton(turn)],
  });
}

function givenUp(turn: Turn, { occurrence }: NoticeFacts, notice: About<'turnGivenUp'>): Card | undefined {
  const { language, programme } = turn;
  const { how } = occurrence.slot ?? {};
  const isStillOpen = how === 'nobody' || how === 'proposed';
  if (!isToCome(occurrence) || !isStillOpen) return undefined;
  const project = projectName(programme, notice.projectId, language);
  const text = say(language, 'chat.notice.turnGivenUp.text', { project, by: notice.by });
  return plainSession(turn, occurrence, say(language, 'chat.notice.turnGivenUp'), {
    paragraphs: [{ text }],
    actions: [open(turn, occurrence, 'positive'), listButton(turn)],
  });
}

function swapAnswered(turn: Turn, { occurrence, other }: NoticeFacts, notice: SwapNotice): Card | undefined {
  const { language } = turn;
  if (other === undefined || !isToCome(occurrence)) return undefined;
  const isAccepted = notice.about === 'swapAccepted';
  // Swapped, the slot that one has is the other one.
  const own = isAccepted ? other : occurrence;
  const isOwn = turn.person.projects.some((project) => isSlotOf(own, project));
  if (!isOwn || !isToCome(own)) return undefined;
  const key = isAccepted ? 'chat.notice.swapAccepted' : 'chat.notice.swapDeclined';
  const values = { by: notice.by, when: momentText(language, own.start) };
  const text = say(language, `${key}.text`, values);
  return plainSession(turn, own, say(language, key), {
    paragraphs: [{ text }],
    actions: [
      button(say(language, 'chat.session.ours'), 'presenter.open', { id: own.id }, 'positive'),
      open(turn, own),
    ],
  });
}

function swapAsked(turn: Turn, facts: NoticeFacts, notice: SwapNotice): Card | undefined {
  const { occurrence, other } = facts;
  const isAsked = occurrence.record?.swap?.with === notice.withId;
  if (!isAsked || other === undefined || !isToCome(occurrence) || !isToCome(other)) return undefined;
  return swapAskedView(turn, { occurrence, other, by: notice.by });
}

function questioned(turn: Turn, { occurrence, question }: NoticeFacts, isAsked: boolean): Card | undefined {
  if (question === undefined) return undefined;
  if (isAsked) {
    return question.state.status === 'open'
      ? questionAskedView(turn, occurrence, question, { typed: '' })
      : undefined;
  }
  return question.state.status === 'answered' ? questionAnsweredView(turn, occurrence, question) : undefined;
}

/** What the bot tells a person unasked about a session; `undefined` where it is not so any more. */
export function sessionNoticeView(turn: Turn, facts: NoticeFacts, notice: SessionNotice): Card | undefined {
  switch (notice.about) {
    case 'presenterAsk':
      return presenterAsk(turn, facts, notice);
    case 'turnGiven':
    case 'turnTaken':
      return turnChanged(turn, facts, notice);
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
    case 'presenterThanks':
      return presenterThanks(turn, facts);
  }
}

/** Thanks to those who presented, and the offer to make news of it. */
function presenterThanks(turn: Turn, { occurrence }: NoticeFacts): Card | undefined {
  const { language, person } = turn;
  if (occurrence.state.status !== 'held') return undefined;
  const text = say(language, 'chat.notice.presenterThanks.text', { name: firstName(person.name) });
  const make = button(
    say(language, 'chat.session.makeNews'),
    'session.makeNews',
    { id: occurrence.id },
    'positive',
  );
  return plainSession(turn, occurrence, say(language, 'chat.notice.presenterThanks'), {
    paragraphs: [{ text }],
    links: recordLinks(occurrence, turn).map((link) => ({ ...link, style: 'default' })),
    actions: [make, open(turn, occurrence)],
  });
}

async function factsFor(turn: Turn, notice: SessionNotice, services: BotServices): Promise<NoticeFacts> {
  const id = notice.occurrenceId;
  if ('questionId' in notice) return questionOf(turn, id, notice.questionId, services);
  if (!('withId' in notice)) return { occurrence: await occurrenceOf(turn.person, id, services) };
  const [occurrence, other] = await Promise.all([
    occurrenceOf(turn.person, id, services),
    occurrenceOf(turn.person, notice.withId, services),
  ]);
  return { occurrence, other };
}

/** The cards about sessions as they stand; what is not so any more is left unsaid. */
export function sessionNoticeViews(services: BotServices): NoticeViews {
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
