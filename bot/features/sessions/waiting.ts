import { Temporal } from 'temporal-polyfill';
import { t } from '../../../src/i18n/messages.js';
import { takesPart } from '../../../src/sessions/policy.js';
import { dayText } from '../../../src/shared/dates.js';
import type { OwnSlot } from '../../../src/sessions/topics/own-slots.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import type { Turn } from '../../conversation/turn.js';
import type { WaitingThing } from '../../feature.js';
import { type LinkData, button } from '../../cards/parts.js';
import type { SessionServices } from './services.js';
import { askButton, answerButtons, factsOf } from './session.js';
import {
  nameIn,
  presenterPhrase,
  safeLink,
  sessionSnapshot,
  shownText,
  topicIn,
  whenOf,
} from './session-card.js';
import { needsOf } from './own-slots.js';

const maxAhead = 24;
/** A slot this near is what one thinks of first, in days. */
const nearDays = 14;
/** So long before it begins one may join, in minutes. */
const joinMinutes = 60;

/** The link of a session that one may join now. */
function joinLinks({ language }: Turn, line: OccurrenceLine, { clock }: SessionServices): LinkData[] {
  const isNear = clock.now().until(Temporal.Instant.from(line.start)).total('minutes') <= joinMinutes;
  const title = t(language, 'chat.session.joinOne', { name: nameIn(line.names, language) });
  return isNear ? safeLink(title, line.joinUrl, { style: 'positive' }) : [];
}

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
  return {
    rank: 3,
    about: whenOf(occurrence, language),
    title: topic === undefined ? name : `${name}: ${shownText(topic)}`,
    text: presenterPhrase(occurrence, programme, language) ?? '',
    links: joinLinks(turn, occurrence, services),
    actions: takesPart(person)
      ? [...answerButtons(facts, turn), askButton(occurrence, turn)]
      : [askButton(occurrence, turn)],
  };
}

/** A slot of the person's project: what is missing, and the questions that wait. */
function ownSlot(turn: Turn, slot: OwnSlot, isNear: boolean, services: SessionServices): WaitingThing {
  const { language } = turn;
  const { occurrence: line } = slot;
  const topic = topicIn(line, language);
  const needs = needsOf(slot, turn);
  const links = joinLinks(turn, line, services);
  return {
    rank: isNear ? 1 : 2,
    about: `${nameIn(line.names, language)} · ${whenOf(line, language)}`,
    title: t(language, 'chat.slot.yours', { when: dayText(language, line.start) }),
    text:
      topic === undefined
        ? needs
        : `${t(language, 'chat.start.topic', { topic: shownText(topic) })} · ${needs}`,
    links,
    actions: [
      button(
        t(language, topic === undefined ? 'chat.presenter.tell' : 'chat.session.ours'),
        'presenter.open',
        { id: line.id, seen: sessionSnapshot(line) },
        topic === undefined && links.length === 0 ? 'positive' : 'default',
      ),
    ],
  };
}

/** What of the sessions waits for somebody: their slot, an ask that nobody has answered, and the session that comes next. */
export async function sessionsWaiting(
  turn: Turn,
  services: SessionServices,
): Promise<readonly WaitingThing[]> {
  const { person } = turn;
  const [upcoming, slots] = await Promise.all([
    services.series.upcoming(person, maxAhead),
    takesPart(person) ? services.topics.ownSlots(person) : [],
  ]);
  const own = slots.filter(({ occurrence }) => occurrence.slot?.how !== 'proposed');
  const until = services.clock.now().add({ hours: nearDays * 24 });
  const near = own.find(({ occurrence }) => Temporal.Instant.compare(occurrence.start, until) <= 0);
  const unanswered = own.find((slot) => slot !== near && slot.missing.includes('topic'));
  const shown = [near, unanswered].map((slot) => slot?.occurrence.id);
  const next = upcoming.find((line) => isUpcoming(line) && !shown.includes(line.id));
  return [
    ...(near === undefined ? [] : [ownSlot(turn, near, true, services)]),
    ...(unanswered === undefined ? [] : [ownSlot(turn, unanswered, false, services)]),
    ...(next === undefined ? [] : [await nextSession(turn, next, services)]),
  ];
}
