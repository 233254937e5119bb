import { z } from 'zod';
import { maskedPersonalIds } from '../../../src/content/personal-data.js';
import { t } from '../../../src/i18n/messages.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
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
  dayNotices,
  meantAhead,
  meantBack,
  whichView,
} from './meant.js';
import { openQuestion } from './questions.js';
import type { SessionActions, SessionServices } from './services.js';
import { factsOf, isProposedTo, listButton, sessionView } from './session.js';
import { nameIn, presenterPhrase, renderSession, safeLink } from './session-card.js';
import { type Answering, answerAbout, answered, overNotices, sessionsView } from './sessions.js';

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

async function presenter(turn: Turn, asked: PastAsked, services: SessionServices): Promise<Answer> {
  const { language, programme } = turn;
  const isPast = asked.isPast === true;
  const meant = await (isPast ? meantBack : meantAhead)(turn, asked, services);
  return answerAbout(turn, asked, meant, services, ({ occurrence }) => {
    const who = presenterPhrase(occurrence, programme, language);
    if (who === undefined) return { headline: t(language, 'chat.asked.noPresenter') };
    const isUnknown = occurrence.slot?.how === 'nobody' && occurrence.talk === undefined;
    if (isPast && isUnknown) return { headline: t(language, 'chat.asked.presenterUnknown') };
    return {
      headline: isUnknown
        ? who
        : t(language, isPast ? 'chat.asked.presented' : 'chat.asked.presents', { who }),
    };
  });
}

const pastSchema = askedSchema.extend({
  /** Whether the last time is meant, and not the next. */
  isPast: z.boolean().optional(),
  /** Whether a recording is asked for, of whichever session. */
  isRecording: z.boolean().optional(),
});
type PastAsked = z.infer<typeof pastSchema>;

const maxEarlier = 2;
const maxRecent = 24;

/** The last session of the kind that has a recording. */
async function lastRecorded(
  { person }: Turn,
  { kind }: Asked,
  { series }: SessionServices,
): Promise<string | undefined> {
  const held = await series.recent(person, maxRecent);
  return held.find((line) => line.hasRecording && (kind === undefined || line.kind === kind))?.id;
}
const maxNotes = 600;

/** What was said last time: recording, materials and notes of the last session that is meant, and the way to those before. */
export async function past(turn: Turn, asked: PastAsked, services: SessionServices): Promise<Answer> {
  const { person, language } = turn;
  const isAnyTime = asked.isRecording === true && asked.id === undefined && asked.days.length === 0;
  const recorded = isAnyTime ? await lastRecorded(turn, asked, services) : undefined;
  if (recorded !== undefined) return past(turn, { ...asked, id: recorded }, services);
  const meant = await meantBack(turn, asked, services);
  const [toCome] = (meant.others ?? []).filter(isUpcoming);
  if (toCome !== undefined) return notYet(turn, toCome, services);
  const notices = dayNotices(turn, meant);
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

/** Of a session that is still to come: what was said there comes after it. */
async function notYet(turn: Turn, line: OccurrenceLine, services: SessionServices): Promise<Answer> {
  const { person, language } = turn;
  const facts = await factsOf(person, line.id, language, services);
  const text = t(language, 'chat.asked.notYet', { when: momentText(language, line.start) });
  return shown(turn, sessionView(turn, facts, { notices: [{ style: 'emphasis', text }] }));
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

const writtenSchema = askedSchema.extend({
  text: z.string().max(2000).transform(maskedPersonalIds).optional(),
});
type WrittenAsked = z.infer<typeof writtenSchema>;

/** The form for a question to whoever presents next, or on the day that is named. */
async function question(
  turn: Turn,
  asked: WrittenAsked,
  services: SessionServices,
): Promise<Answer | Problem> {
  const meant = await meantAhead(turn, asked, services, isUpcoming);
  const [first, second] = meant.sessions;
  if (first === undefined) return answerAbout(turn, asked, meant, services);
  const isOneOfSeveral = asked.days.length > 0 && meant.isNamed && second !== undefined;
  if (isOneOfSeveral || meant.emptyDay !== undefined || meant.isMoved === true) {
    const heading = t(turn.language, 'chat.asked.whichQuestion');
    return whichView(turn, 'session.question', meant, heading, { text: asked.text });
  }
  return openQuestion(turn, { id: first.id, text: asked.text }, services);
}

/** Whether somebody comes: noted where it is clear to which session, else asked. */
async function comes(
  turn: Turn,
  asked: PeriodAsked,
  isAbsent: boolean,
  services: SessionServices,
): Promise<Answer> {
  const meant = await meantAhead(turn, asked, services);
  const [first] = meant.sessions;
  // Whoever speaks of the old time has not said anything of the new one.
  if (first === undefined || meant.isMoved === true) return answerAbout(turn, asked, meant, services);
  if (isAbsent && asked.isAll === true && meant.isNamed) return absentFrom(turn, meant.sessions, services);
  const clear = clearlyMeant(meant, asked, services);
  if (clear !== undefined) {
    if (!isUpcoming(clear))
      return answerAbout(turn, asked, { sessions: [clear], isNamed: true }, services, whenOver(turn));
    const given = isAbsent
      ? ({ answer: 'notComing', key: 'chat.session.noted' } as const)
      : ({ answer: 'coming', key: 'chat.session.comeNoted' } as const);
    return answered(turn, { id: clear.id, seen: undefined }, given, services);
  }
  const verb = isAbsent ? 'session.absent' : 'session.attend';
  const key = isAbsent ? 'chat.asked.whichAbsent' : 'chat.asked.whichAttend';
  return whichView(turn, verb, meant, t(turn.language, key));
}

const periodSchema = askedSchema.extend({
  /** Whether all sessions of the days are meant: a holiday, or "the whole of December". */
  isAll: z.boolean().optional(),
});
type PeriodAsked = z.infer<typeof periodSchema>;

/** Somebody comes to none of these. What is proposed to their project they answer one by one: a colleague may present. */
async function absentFrom(
  turn: Turn,
  lines: readonly OccurrenceLine[],
  services: SessionServices,
): Promise<Answer> {
  const { person, language } = turn;
  const coming = lines.filter(isUpcoming);
  const own: OccurrenceLine[] = [];
  for (const line of coming) {
    const { isPresenter } = await services.coming.answer(person, line.id, 'notComing', 'chat');
    if (isPresenter || isProposedTo(person, line)) own.push(line);
  }
  const days = (some: readonly OccurrenceLine[]): string =>
    some.map(({ start }) => dayText(language, start)).join(', ');
  const noted: Notice = { style: 'good', text: t(language, 'chat.asked.absentAll', { days: days(coming) }) };
  const slots: Notice[] =
    own.length === 0
      ? []
      : [{ style: 'warning', text: t(language, 'chat.asked.absentOwn', { days: days(own) }) }];
  return shown(turn, sessionsView(turn, lines, coming.length === 0 ? [] : [noted, ...slots]));
}

const whenOver =
  (turn: Turn): Answering =>
  ({ occurrence }) => ({ notices: overNotices(turn, occurrence) });

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
    notices: dayNotices(turn, meant),
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
  'session.presenter': forEveryone(action('session:see', pastSchema, presenter)),
  'session.past': forEveryone(action('session:see', pastSchema, past)),
  'session.calendar': forEveryone(action('session:see', askedSchema, calendar)),
  'session.question': action('session:take', writtenSchema, question),
  'session.absent': action('session:take', periodSchema, (turn, asked, services) =>
    comes(turn, asked, true, services),
  ),
  'session.attend': action('session:take', askedSchema, (turn, asked, services) =>
    comes(turn, asked, false, services),
  ),
} satisfies SessionActions;
