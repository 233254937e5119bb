import { t } from '../../../src/i18n/messages.js';
import { dayText } from '../../../src/shared/dates.js';
import { textToRead } from '../../../src/shared/translated.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { action, forEveryone } from '../../conversation/actions.js';
import { type Answer, type Problem, type Turn, shown } from '../../conversation/turn.js';
import { quote } from '../../cards/detail-card.js';
import { type Notice, button } from '../../cards/parts.js';
import {
  type Asked,
  askedSchema,
  clearlyMeant,
  emptyDayNotices,
  meantAhead,
  meantBack,
  whichView,
} from './meant.js';
import { questionActions } from './questions.js';
import type { SessionActions, SessionServices } from './services.js';
import { factsOf, listButton, sessionView } from './session.js';
import { nameIn, presenterPhrase, renderSession, safeLink } from './session-card.js';
import { type Answering, answerAbout, answered, sessionsView } from './sessions.js';

const maxLines = 6;

async function join(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language } = turn;
  return answerAbout(turn, asked, await meantAhead(turn, asked, services), services, ({ occurrence }) => {
    const hasLink = safeLink('', occurrence.joinUrl).length > 0;
    if (!isUpcoming(occurrence)) return {};
    return hasLink
      ? { headline: t(language, 'chat.asked.join') }
      : { notices: [{ style: 'warning', text: t(language, 'chat.asked.noLink') }] };
  });
}

async function presenter(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { language, programme } = turn;
  return answerAbout(turn, asked, await meantAhead(turn, asked, services), services, ({ occurrence }) => {
    const who = presenterPhrase(occurrence, programme, language);
    if (who === undefined) return { headline: t(language, 'chat.asked.noPresenter') };
    const isOpen = occurrence.slot?.how === 'nobody' && occurrence.talk === undefined;
    return { headline: isOpen ? who : t(language, 'chat.asked.presents', { who }) };
  });
}

const maxEarlier = 2;
const maxNotes = 600;

/** What was said last time: recording, materials and notes of the last session that is meant, and the way to those before. */
export async function past(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { person, language } = turn;
  const meant = await meantBack(turn, asked, services);
  const notices = emptyDayNotices(turn, meant);
  const [last, ...earlier] = meant.sessions;
  if (last === undefined) {
    const lines = await services.series.upcoming(person, maxLines);
    const none: Notice = { style: 'emphasis', text: t(language, 'chat.asked.nonePast') };
    return shown(turn, sessionsView(turn, lines, [...notices, none]));
  }
  const facts = await factsOf(person, last.id, language, services);
  const { record } = facts.occurrence;
  const notes = textToRead(language, record?.notes)?.text ?? '';
  const hasRecording = safeLink('', record?.recordingUrl).length > 0;
  const missing: Notice[] =
    facts.occurrence.state.status === 'held' && !hasRecording
      ? [{ style: 'emphasis', text: t(language, 'chat.asked.noRecording') }]
      : [];
  return shown(
    turn,
    sessionView(turn, facts, {
      notices: [...notices, ...missing],
      quotes: notes === '' ? [] : [quote(t(language, 'chat.asked.notes'), plainNotes(notes))],
      actions: [
        ...earlier.slice(0, maxEarlier).map((line) => pastButton(turn, line)),
        button(t(language, 'chat.recordings.all'), 'session.recordings'),
        listButton(turn),
      ],
    }),
  );
}

const pastButton = ({ language }: Turn, line: OccurrenceLine) => {
  const values = { name: nameIn(line.names, language), day: dayText(language, line.start) };
  return button(t(language, 'chat.asked.choice', values), 'session.past', { id: line.id });
};

/** Notes without their marks, cut between words: a card shows no Markdown of what people wrote. */
function plainNotes(text: string): string {
  const plain = text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#+\s*|[*_>`]/gm, '')
    .trim();
  if (plain.length <= maxNotes) return plain;
  const cut = plain.slice(0, maxNotes);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxNotes / 2))}…`;
}

/** The form for a question to whoever presents next, or on the day that is named. */
async function question(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer | Problem> {
  const meant = await meantAhead(turn, asked, services, isUpcoming);
  const [first, second] = meant.sessions;
  if (first === undefined) return answerAbout(turn, asked, meant, services);
  const isOneOfSeveral = asked.days.length > 0 && meant.isNamed && second !== undefined;
  if (isOneOfSeveral || meant.emptyDay !== undefined)
    return whichView(turn, 'session.question', meant, t(turn.language, 'chat.asked.whichQuestion'));
  return questionActions['session.ask'].run(turn, { id: first.id }, services);
}

/** Whether somebody comes: noted where it is clear to which session, else asked. */
async function comes(
  turn: Turn,
  asked: Asked,
  isAbsent: boolean,
  services: SessionServices,
): Promise<Answer> {
  const meant = await meantAhead(turn, asked, services);
  const [first] = meant.sessions;
  if (first === undefined) return answerAbout(turn, asked, meant, services);
  const clear = clearlyMeant(meant, asked, services);
  if (clear !== undefined) {
    if (!isUpcoming(clear))
      return answerAbout(turn, asked, { sessions: [clear], isNamed: true }, services, overNotices(turn));
    const given = isAbsent
      ? ({ answer: 'notComing', key: 'chat.session.noted' } as const)
      : ({ answer: 'coming', key: 'chat.session.comeNoted' } as const);
    return answered(turn, { id: clear.id, seen: undefined }, given, services);
  }
  const verb = isAbsent ? 'session.absent' : 'session.attend';
  const key = isAbsent ? 'chat.asked.whichAbsent' : 'chat.asked.whichAttend';
  return whichView(turn, verb, meant, t(turn.language, key));
}

/** That a session is over or called off, which the person speaks of as if it were to come. */
const overNotices =
  ({ language }: Turn): Answering =>
  ({ occurrence: { state } }) => {
    if (state.status === 'held')
      return { notices: [{ style: 'accent', text: t(language, 'chat.session.isHeld') }] };
    return state.status === 'cancelled'
      ? {
          notices: [
            { style: 'warning', text: t(language, 'chat.session.isCancelled', { name: state.by.name }) },
          ],
        }
      : {};
  };

const maxFeeds = 3;

/** The session for the calendar, and the calendars to subscribe to. */
async function calendar(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  const { person, language } = turn;
  const { series, publicUrl } = services;
  const [meant, all] = await Promise.all([
    meantAhead(turn, asked, services, isUpcoming),
    series.list(person),
  ]);
  const [first] = meant.sessions;
  const facts = first && (await factsOf(person, first.id, language, services));
  const active = all.filter(
    ({ state, kind }) => state.status === 'active' && (asked.kind === undefined || kind === asked.kind),
  );
  const headline = t(language, 'chat.asked.calendar');
  const text = t(language, 'chat.asked.calendar.text');
  const one =
    facts === undefined
      ? []
      : safeLink(
          t(language, 'chat.asked.calendar.one', {
            name: nameIn(facts.occurrence.names, language),
            day: dayText(language, facts.occurrence.start),
          }),
          facts.calendarUrl,
          { style: 'positive' },
        );
  const card = renderSession(language, {
    icon: 'session',
    kicker: t(language, 'chat.kicker.sessions'),
    speak: [headline, text],
    headlines: [{ text: headline }],
    notices: emptyDayNotices(turn, meant),
    paragraphs: [{ text }],
    linkFacts: active.slice(0, maxFeeds).flatMap(({ names, feedKey }) => {
      const url = `${publicUrl}/calendar/${feedKey}/${language}.ics`;
      const label = nameIn(names, language);
      return safeLink(t(language, 'chat.asked.calendar.subscribe'), url).map((link) => ({
        label,
        text: link.title,
        url: link.url,
      }));
    }),
    links: one,
    actions: [listButton(turn)],
  });
  return shown(turn, card);
}

/** What people ask in words about sessions, answered from the one that is meant. */
export const askedActions = {
  'session.join': forEveryone(action('session:see', askedSchema, join)),
  'session.presenter': forEveryone(action('session:see', askedSchema, presenter)),
  'session.past': forEveryone(action('session:see', askedSchema, past)),
  'session.calendar': forEveryone(action('session:see', askedSchema, calendar)),
  'session.question': action('session:take', askedSchema, question),
  'session.absent': action('session:take', askedSchema, (turn, asked, services) =>
    comes(turn, asked, true, services),
  ),
  'session.attend': action('session:take', askedSchema, (turn, asked, services) =>
    comes(turn, asked, false, services),
  ),
} satisfies SessionActions;
