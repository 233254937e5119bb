import { authoredIn } from '../../../src/sessions/outsider.js';
import { Temporal } from 'temporal-polyfill';
import { type Clock, homeDate, today } from '../../../src/platform/clock.js';
import { isAppError } from '../../../src/platform/errors.js';
import { t } from '../../../src/i18n/messages.js';
import { timeText } from '../../../src/shared/dates.js';
import { type Notice as AnyNotice } from '../../../src/delivery/notices.js';
import { coordinatorsOf } from '../../../src/people/policy.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { LaterReminder, PresenterReminder } from '../../../src/sessions/reminders/notices.js';
import type { Question } from '../../../src/sessions/topics/topic.js';
import { quote } from '../../cards/detail-card.js';
import { type Notice, button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import { type NoticeView, type NoticeViews, superseded } from '../../proactive/views.js';
import {
  kindIcon,
  nameIn,
  renderSession,
  safeLink,
  sessionSnapshot,
  shownText,
  talkFacts,
  whenOf,
} from './session-card.js';
import { type SessionFacts, answerButtons, factsOf, sessionLinks, sessionView } from './session.js';
import type { SessionServices } from './services.js';

const soonMinutes = 90;
/** Those who present join so long before the others. */
const earlyMinutes = 10;
const shownQuestions = 2;

/** How soon those of the project present. */
function headlineOf({ language }: Turn, { start }: Occurrence, clock: Clock): string {
  const minutes = clock.now().until(Temporal.Instant.from(start)).total('minutes');
  if (minutes < soonMinutes) return t(language, 'chat.reminder.presenting.soon');
  const { days } = today(clock).until(homeDate(start), { largestUnit: 'days' });
  if (days === 0) return t(language, 'chat.reminder.presenting.today');
  return t(language, days === 1 ? 'chat.reminder.presenting.tomorrow' : 'chat.reminder.presenting.later');
}

export interface PresenterFacts extends SessionFacts {
  readonly questions: readonly Question[];
  /** The names of the coordinators. */
  readonly contacts: readonly string[];
}

/** What those who present have to know before they do so: their topic, materials, the questions that wait, and when to join. */
export function presenterReminderView(turn: Turn, facts: PresenterFacts, clock: Clock): Card {
  const { language, programme } = turn;
  const { occurrence, questions, contacts } = facts;
  const { talk, start } = occurrence;
  const headline = headlineOf(turn, occurrence, clock);
  const when = whenOf(occurrence, language);
  const materials = safeLink(t(language, 'chat.session.openMaterial'), talk?.material);
  const open = questions.filter(({ state }) => state.status === 'open');
  const left = open.length - shownQuestions;
  const early = Temporal.Instant.from(start).subtract({ minutes: earlyMinutes }).toString();
  const notices: Notice[] = [
    ...(talk === undefined ? [{ style: 'warning' as const, text: t(language, 'chat.slot.noTopic') }] : []),
    ...(materials.length === 0
      ? [{ style: 'warning' as const, text: t(language, 'chat.reminder.material.missing') }]
      : []),
  ];
  const isSoon = clock.now().until(Temporal.Instant.from(start)).total('minutes') < soonMinutes;
  const [contact] = contacts;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const key =
    talk === undefined
      ? 'chat.presenter.tell'
      : materials.length === 0
        ? 'chat.reminder.addMaterial'
        : 'chat.session.ours';
  return renderSession(language, {
    icon: kindIcon(occurrence.kind),
    kicker: nameIn(occurrence.names, language),
    speak: [headline, when, ...notices.map(({ text }) => text)],
    headlines: [{ text: headline }],
    notices,
    whens: [{ text: when }],
    facts: [
      ...talkFacts(occurrence, programme, language),
      {
        label: t(language, 'chat.reminder.joinAt'),
        text: t(language, 'chat.reminder.joinAt.text', { time: timeText(language, early) }),
      },
      ...(contact === undefined ? [] : [{ label: t(language, 'chat.reminder.contact'), text: contact }]),
    ],
    linkFacts: materials.map(({ title: text, url }) => ({
      label: t(language, 'chat.session.material'),
      text,
      url,
    })),
    quotes: open
      .slice(0, shownQuestions)
      .map((question) => authoredIn(language, question))
      .map(({ by, text }) => quote(t(language, 'chat.question.from', { name: by.name }), shownText(text))),
    closings: left > 0 ? [{ text: t(language, 'chat.reminder.moreQuestions', { count: left }) }] : [],
    // What is missing comes first; the link is of use when the session is near.
    links: isSoon || notices.length === 0 ? sessionLinks(facts, turn) : [],
    actions: [
      button(
        t(language, key),
        'presenter.open',
        data,
        notices.length > 0 && !isSoon ? 'positive' : 'default',
      ),
      ...answerButtons(facts, turn),
      button(t(language, 'chat.session.show'), 'session.open', data),
    ],
  });
}

async function presenterFactsOf(
  turn: Turn,
  { occurrenceId }: PresenterReminder,
  services: SessionServices,
): Promise<PresenterFacts> {
  const { person, language } = turn;
  const [facts, questions, all] = await Promise.all([
    factsOf(person, occurrenceId, language, services),
    services.topics.questions(person, occurrenceId),
    services.people.all(),
  ]);
  return { ...facts, questions, contacts: coordinatorsOf(all).map(({ name }) => name) };
}

/** The cards of reminders that single people get. */
export function reminderNoticeViews(services: SessionServices): NoticeViews {
  const unlessGone =
    (view: (turn: Turn, notice: AnyNotice) => Promise<Card>): NoticeView =>
    async (turn, notice) => {
      try {
        return await view(turn, notice);
      } catch (error) {
        if (isAppError(error, 'occurrence.notFound')) return superseded;
        throw error;
      }
    };
  return {
    presenterReminder: unlessGone(async (turn, notice) =>
      presenterReminderView(
        turn,
        await presenterFactsOf(turn, notice as PresenterReminder, services),
        services.clock,
      ),
    ),
    remindLater: unlessGone(async (turn, notice) => {
      const { occurrenceId } = notice as LaterReminder;
      const facts = await factsOf(turn.person, occurrenceId, turn.language, services);
      return sessionView(turn, facts, { headline: t(turn.language, 'chat.reminder.onRequest') });
    }),
  };
}
