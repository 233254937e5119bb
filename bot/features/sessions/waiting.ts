import { Temporal } from 'temporal-polyfill';
import { t } from '../../../src/i18n/messages.js';
import { may } from '../../../src/people/permissions.js';
import { dayText } from '../../../src/shared/dates.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import type { Turn } from '../../conversation/turn.js';
import type { WaitingThing } from '../../feature.js';
import { button } from '../../cards/parts.js';
import type { SessionServices } from './services.js';
import { askButton, cannotButton, factsOf } from './session.js';
import {
  nameIn,
  presenterPhrase,
  safeLink,
  sessionSnapshot,
  shownText,
  topicIn,
  whenOf,
} from './session-card.js';
import { isOwnSlot } from './slots.js';

const maxAhead = 24;
/** A slot this near is what one thinks of first, in days. */
const nearDays = 14;
/** So long before it begins one may join, in minutes. */
const joinMinutes = 60;

const joinTitle = ({ language }: Turn, line: OccurrenceLine): string =>
  t(language, 'chat.session.joinOne', { name: nameIn(line.names, language) });

/** The next session: when it is, who presents what, the link when it is near, and what one answers. */
async function nextSession(
  turn: Turn,
  line: OccurrenceLine,
  services: SessionServices,
): Promise<WaitingThing> {
  const { language, programme, person } = turn;
  const facts = await factsOf(person, line.id, language, services);
  const { occurrence } = facts;
  const topic = topicIn(occurrence, language);
  const name = nameIn(occurrence.names, language);
  const isNear =
    services.clock.now().until(Temporal.Instant.from(occurrence.start)).total('minutes') <= joinMinutes;
  return {
    rank: 3,
    about: whenOf(occurrence, language),
    title: topic === undefined ? name : `${name}: ${shownText(topic)}`,
    text: presenterPhrase(occurrence, programme, language) ?? '',
    links: isNear ? safeLink(joinTitle(turn, occurrence), occurrence.joinUrl, { style: 'positive' }) : [],
    actions: may(person.role, 'session:take')
      ? [cannotButton(facts, turn), askButton(occurrence, turn)]
      : [askButton(occurrence, turn)],
  };
}

/** A slot of the person's project: what is missing, and the questions that wait. */
async function ownSlot(turn: Turn, line: OccurrenceLine, services: SessionServices): Promise<WaitingThing> {
  const { language, person } = turn;
  const questions = await services.topics.questions(person, line.id);
  const open = questions.filter(({ state }) => state.status === 'open').length;
  const topic = topicIn(line, language);
  const isNear =
    services.clock.now().until(Temporal.Instant.from(line.start)).total('minutes') <= joinMinutes;
  return {
    rank: 1,
    about: `${nameIn(line.names, language)} · ${whenOf(line, language)}`,
    title: t(language, 'chat.slot.yours', { when: dayText(language, line.start) }),
    text: [
      topic === undefined
        ? t(language, 'chat.slot.noTopic')
        : t(language, 'chat.start.topic', { topic: shownText(topic) }),
      ...(open > 0 ? [t(language, 'chat.session.questions', { count: open })] : []),
    ].join(' '),
    links: isNear ? safeLink(joinTitle(turn, line), line.joinUrl, { style: 'positive' }) : [],
    actions: [
      button(
        t(language, topic === undefined ? 'chat.presenter.tell' : 'chat.session.ours'),
        'presenter.open',
        { id: line.id, seen: sessionSnapshot(line) },
        isNear ? 'default' : 'positive',
      ),
    ],
  };
}

/** What of the sessions waits for somebody: their slot, an ask that nobody has answered, and the session that comes next. */
export async function sessionsWaiting(
  turn: Turn,
  services: SessionServices,
): Promise<readonly WaitingThing[]> {
  const upcoming = (await services.series.upcoming(turn.person, maxAhead)).filter(isUpcoming);
  const own = upcoming.filter((line) => isOwnSlot(turn, line));
  const until = services.clock.now().add({ hours: nearDays * 24 });
  const near = own.find(({ start }) => Temporal.Instant.compare(start, until) <= 0);
  const unanswered = own.find((line) => line !== near && line.talk === undefined);
  const next = upcoming.find((line) => line !== near && line !== unanswered);
  return Promise.all([
    ...(near === undefined ? [] : [ownSlot(turn, near, services)]),
    ...(unanswered === undefined
      ? []
      : [ownSlot(turn, unanswered, services).then((thing) => ({ ...thing, rank: 2 as const }))]),
    ...(next === undefined ? [] : [nextSession(turn, next, services)]),
  ]);
}
