import { Temporal } from 'temporal-polyfill';
import type { Card } from '../../bot/cards/render.js';
import type { Turn } from '../../bot/conversation/turn.js';
import {
  giveUpView,
  presenterForm,
  talkQuotes,
  volunteerView,
} from '../../bot/features/sessions/presenting.js';
import { swapAskedView, swapView } from '../../bot/features/sessions/swaps.js';
import {
  questionAnsweredView,
  questionAskedView,
  questionForm,
  questionReceipt,
} from '../../bot/features/sessions/questions.js';
import { changeView, endedView, reminderView, thanksView } from '../../bot/features/sessions/fan-outs.js';
import { holdsNow, reminderForm, remindersView } from '../../bot/features/sessions/reminders.js';
import { droppedView, sessionNoticeView } from '../../bot/features/sessions/notices.js';
import { type SessionFacts, sessionView } from '../../bot/features/sessions/session.js';
import { presenterReminderView } from '../../bot/features/sessions/presenter-reminder.js';
import { recordingsView } from '../../bot/features/sessions/recordings.js';
import { channelView, sessionsView } from '../../bot/features/sessions/sessions.js';
import { ownSlotsView } from '../../bot/features/sessions/own-slots.js';
import { topicForm, topicReceipt, topicsView } from '../../bot/features/sessions/topics.js';
import { t } from '../../src/i18n/messages.js';
import type {
  OccurrenceId,
  PersonId,
  ProjectId,
  QuestionId,
  SeriesId,
  TopicId,
} from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import type { ArchiveLine } from '../../src/sessions/follow-up/archive.js';
import type { SessionNotice } from '../../src/sessions/notices.js';
import type { Occurrence, OccurrenceRecord, Talk } from '../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem, Series } from '../../src/sessions/series/series.js';
import type { Question, Topic } from '../../src/sessions/topics/topic.js';

const clock = { now: () => Temporal.Instant.from('2026-11-30T07:00:00Z') };
const at = '2026-11-23T12:05:00Z';
const radioId = 'a'.repeat(26) as SeriesId;
const roomId = 'b'.repeat(26) as SeriesId;
const id = `${radioId}-20261201` as OccurrenceId;
const otherId = `${radioId}-20270202` as OccurrenceId;
const kaisa = { id: 'kaisa' as PersonId, name: 'Kaisa Koordinaattori' };
const kalle = { id: 'kalle' as PersonId, name: 'Kalle Kehittäjä' };
const digi = 'digi' as ProjectId;
const elma = 'elma' as ProjectId;

const words = {
  fi: {
    topic: 'Mitä digihoitopolku muutti vastaanotolla',
    why: 'Samaa kysytään joka palaverissa.',
    question: 'Miten polku löytyy, jos asiakas ei käytä sähköpostia?',
    answer: 'Ajanvarauksesta annetaan paperinen ohje, ja neuvonta auttaa puhelimessa.',
    reason: 'Esittäjä on sairastunut.',
    agenda: ['Tilannekuva', 'Viestintäsuunnitelma', 'Ideat ja kysymykset'],
  },
  sv: {
    topic: 'Vad den digitala vårdstigen förändrade på mottagningen',
    why: 'Samma fråga kommer på varje möte.',
    question: 'Hur hittar man stigen om man inte använder e-post?',
    answer: 'Vid tidsbokningen får man en anvisning på papper, och rådgivningen hjälper per telefon.',
    reason: 'Presentatören har blivit sjuk.',
    agenda: ['Lägesbild', 'Kommunikationsplan', 'Idéer och frågor'],
  },
  en: {
    topic: 'What the digital care pathway changed at the clinic',
    why: 'The same is asked in every meeting.',
    question: 'How does one find the pathway without using email?',
    answer: 'Appointments come with a guide on paper, and the help line assists by phone.',
    reason: 'The presenter has fallen ill.',
    agenda: ['Where we are', 'Communications plan', 'Ideas and questions'],
  },
} as const;

const radioNames = { fi: 'Hankeradio', sv: 'Hankeradio (Projektradion)', en: 'Hankeradio' };
const roomNames = { fi: 'Big Room', sv: 'Big Room', en: 'Big Room' };

function seriesOf(seriesId: SeriesId, kind: Series['kind'], names: Series['names']): Series {
  return {
    id: seriesId,
    kind,
    names,
    descriptions: {},
    state: { status: 'active' },
    segments: [],
    pausedMonths: [7],
    people: { of: 'programme' },
    isOpenToContacts: true,
    groups: [],
    agenda: [],
    reminders: { offsets: [10_080, 1440, 15], ways: ['person'], channels: [] },
    feedKey: 'feed',
    sequence: 0,
    changedAt: at,
    createdAt: at,
    auditCount: 1,
  };
}

const all = [
  seriesOf(radioId, 'hankeradio', radioNames),
  seriesOf(roomId, 'bigRoom', roomNames),
  seriesOf('c'.repeat(26) as SeriesId, 'training', {
    fi: 'Videokoulutus',
    sv: 'Videoutbildning',
    en: 'Video training',
  }),
];

function talkOf(language: Language): Talk {
  return {
    topic: words[language].topic,
    presenter: 'Vilma Virtanen',
    material: 'https://example.org/dia',
    language,
    by: kalle,
    at,
  };
}

function occurrenceOf(more: Partial<Occurrence> = {}): Occurrence {
  return {
    id,
    seriesId: radioId,
    kind: 'hankeradio',
    date: '2026-12-01',
    segment: 1,
    state: { status: 'planned' },
    start: '2026-12-01T07:00:00Z',
    end: '2026-12-01T07:30:00Z',
    names: radioNames,
    joinUrl: 'https://example.org/join',
    slot: { projectId: digi, how: 'turn', at },
    ...more,
  };
}

const confirmed = (language: Language): Occurrence =>
  occurrenceOf({ state: { status: 'confirmed', at, by: kaisa }, talk: talkOf(language) });

const record = (more: Partial<OccurrenceRecord>): OccurrenceRecord => ({
  id,
  seriesId: radioId,
  date: '2026-12-01',
  state: { status: 'planned' },
  auditCount: 1,
  ...more,
});

const held = (language: Language): Occurrence =>
  occurrenceOf({
    state: { status: 'held' },
    talk: talkOf(language),
    record: record({
      recordingUrl: 'https://example.org/tallenne',
      materials: [
        { id: 'slides', title: t(language, 'chat.presenter.material'), url: 'https://example.org/dia' },
      ],
      attendance: { from: 'hand', count: 64, by: kaisa, at },
    }),
  });

const cancelled = (language: Language): Occurrence =>
  occurrenceOf({
    state: { status: 'cancelled', at, by: kaisa, reason: words[language].reason, was: 'planned' },
  });

const later = occurrenceOf({
  id: otherId,
  start: '2027-02-02T07:00:00Z',
  end: '2027-02-02T07:30:00Z',
  slot: { projectId: elma, how: 'proposed' },
});

const open = occurrenceOf({
  id: `${radioId}-20270105` as OccurrenceId,
  start: '2027-01-05T07:00:00Z',
  end: '2027-01-05T07:30:00Z',
  slot: { how: 'nobody' },
});

const room = (language: Language): Occurrence => {
  const { slot: _turn, ...rest } = confirmed(language);
  const { talk: _talk, ...bare } = rest;
  return {
    ...bare,
    id: `${roomId}-20261210` as OccurrenceId,
    kind: 'bigRoom',
    names: roomNames,
    start: '2026-12-10T11:00:00Z',
    end: '2026-12-10T12:30:00Z',
    movedFrom: '2026-12-08T11:00:00Z',
  };
};

function factsOf(language: Language, occurrence: Occurrence, more: Partial<SessionFacts> = {}): SessionFacts {
  const minutes = [10, 30, undefined];
  const agenda = words[language].agenda.map((title, index): AgendaItem => {
    const length = minutes[index];
    return {
      id: String(index),
      title: { [language]: title },
      ...(length !== undefined && { minutes: length }),
    };
  });
  const calendarUrl = 'https://example.org/kalenteri.ics';
  return { occurrence, agenda, openQuestions: 2, calendarUrl, ...more };
}

function questionOf(language: Language, is: Question['state']): Question {
  const { question: text } = words[language];
  return { id: 'q1' as QuestionId, occurrenceId: id, text, by: kalle, at, state: is };
}

function topicsOf(language: Language): Topic[] {
  return [7, 4, 4, 1, 1, 0].map((votes, index) => ({
    id: `topic${String(index)}` as TopicId,
    seriesId: index % 2 === 0 ? radioId : roomId,
    text: words[language].topic,
    ...(index === 0 && { why: words[language].why }),
    language,
    by: kalle,
    at,
    votes,
    isVoted: index < 2,
    state: index === 1 ? { status: 'planned', occurrenceId: id } : { status: 'proposed' },
  }));
}

/** Held sessions: one with a recording, one with slides alone, and one of which nobody knows the topic. */
function archive(language: Language): ArchiveLine[] {
  const { names, seriesId, kind, talk } = held(language);
  const line = (start: string, more: Partial<ArchiveLine>): ArchiveLine => ({
    id,
    seriesId,
    kind,
    names,
    start,
    end: start,
    materials: [],
    ...more,
  });
  const url = 'https://example.org/rec';
  const slides = { id: 'a', title: { fi: 'Kalvot', sv: 'Bilderna', en: 'Slides' }[language], url, language };
  return [
    line('2026-11-03T07:00:00Z', { recordingUrl: url, ...(talk && { talk }) }),
    line('2026-10-06T06:00:00Z', { materials: [slides], ...(talk && { talk }) }),
    line('2026-09-01T06:00:00Z', { recordingUrl: url }),
  ];
}

function sessions(turn: Turn): [string, Card][] {
  const { language } = turn;
  const channel: Turn = { ...turn, scope: 'channel', person: { ...turn.person, role: 'coordinator' } };
  const lines = [confirmed(language), room(language), open, later, cancelled(language)];
  const saved = { style: 'good', text: t(language, 'chat.session.noted') } as const;
  return [
    ['sessions', sessionsView(turn, lines)],
    ['sessions-none', sessionsView(turn, [])],
    [
      'own-slots',
      ownSlotsView(turn, [
        { occurrence: occurrenceOf(), missing: ['topic'], openQuestions: 2 },
        { occurrence: later, missing: [], openQuestions: 0 },
      ]),
    ],
    ['own-slots-none', ownSlotsView(turn, [])],
    ['sessions-in-channel', sessionsView(channel, lines)],
    ['session', sessionView(turn, factsOf(language, confirmed(language)))],
    [
      'session-cannot',
      sessionView(turn, factsOf(language, confirmed(language), { answer: 'notComing' }), {
        notices: [saved],
      }),
    ],
    ['session-open-slot', sessionView(turn, factsOf(language, open, { openQuestions: 0 }))],
    ['session-moved', sessionView(turn, factsOf(language, room(language)))],
    ['session-held', sessionView(turn, factsOf(language, held(language)))],
    ['recordings', recordingsView(turn, archive(language))],
    ['session-cancelled', sessionView(turn, factsOf(language, cancelled(language)))],
    ['channel-reminders', channelView(channel, all)],
  ];
}

function sent(turn: Turn): [string, Card][] {
  const { language } = turn;
  const facts = factsOf(language, confirmed(language));
  const change = { kind: 'change', occurrenceId: id, start: facts.occurrence.start, was: at } as const;
  const off = factsOf(language, cancelled(language));
  return [
    ['reminder', reminderView(turn, facts, clock)],
    ['ended', endedView(turn, facts.occurrence.names, facts.occurrence.start)],
    [
      'presenter-reminder',
      presenterReminderView(
        turn,
        {
          ...facts,
          questions: [1, 2, 3].map(() => questionOf(language, { status: 'open' })),
          contacts: [kaisa.name],
        },
        clock,
      ),
    ],
    [
      'presenter-reminder-nothing-yet',
      presenterReminderView(
        turn,
        { ...factsOf(language, occurrenceOf()), questions: [], contacts: [kaisa.name] },
        clock,
      ),
    ],
    ['change-moved', changeView(turn, facts, { ...change, change: 'moved' })],
    ['change-cancelled', changeView(turn, off, { ...change, change: 'cancelled' })],
    ['change-restored', changeView(turn, facts, { ...change, change: 'restored' })],
    ['thanks', thanksView(turn, held(language))],
    ['thanks-answered', thanksView(turn, held(language), { isAnswered: true })],
  ];
}

function presenting(turn: Turn): [string, Card][] {
  const { language } = turn;
  const slot = occurrenceOf();
  const typed = { topic: '', speaker: 'Vilma Virtanen', material: 'ftp://x', talkLanguage: language };
  const name = kalle.name;
  const meanwhile = t(language, 'chat.presenter.meanwhile', { name, when: '12.00' });
  const swap = { slots: [later, open], chosen: '', faults: [], notices: [] };
  return [
    ['presenter', presenterForm(turn, slot)],
    [
      'presenter-faults',
      presenterForm(turn, slot, {
        typed,
        faults: [
          { field: 'topic', code: 'required' },
          { field: 'material', code: 'notALink' },
        ],
        notices: [{ style: 'attention', text: t(language, 'error.input.invalid') }],
      }),
    ],
    [
      'presenter-meanwhile',
      presenterForm(turn, confirmed(language), {
        typed: { ...typed, topic: words[language].why, material: '' },
        notices: [{ style: 'warning', text: meanwhile }],
        quotes: talkQuotes(language, talkOf(language)),
      }),
    ],
    ['presenter-give-up', giveUpView(turn, slot, [])],
    ['presenter-swap', swapView(turn, slot, swap)],
    ['presenter-no-swap', swapView(turn, slot, { ...swap, slots: [] })],
    ['presenter-which-project', volunteerView(turn, open, [digi, elma])],
    ['swap-asked', swapAskedView(turn, { occurrence: slot, other: later, by: kalle.name })],
  ];
}

function noticed(turn: Turn): [string, Card][] {
  const { language } = turn;
  const slot = occurrenceOf();
  const free = occurrenceOf({ slot: { how: 'nobody' } });
  const other = { ...later, slot: { projectId: digi, how: 'swap', at } } as const;
  const swap = { occurrenceId: id, withId: otherId, by: kalle.name } as const;
  const moved = confirmed(language);
  const { start } = moved;
  const changed = {
    about: 'slotChanged',
    occurrenceId: id,
    projectId: digi,
    was: '2026-12-03T07:00:00Z',
    start,
  } as const;
  const reason = words[language].why;
  const off: Occurrence = {
    ...moved,
    state: { status: 'cancelled', at, by: kaisa, was: 'confirmed', reason },
  };
  const topic = topicsOf(language)[0]!;
  const withTopic = occurrenceOf({ record: record({ topics: [topic.id] }) });
  const notices: readonly [SessionNotice, Occurrence][] = [
    [{ about: 'presenterAsk', occurrenceId: id, projectId: digi, round: 1 }, slot],
    [{ about: 'presenterAsk', occurrenceId: id, projectId: digi, round: 2 }, slot],
    [{ about: 'turnGiven', occurrenceId: id, projectId: digi }, slot],
    [{ about: 'turnTaken', occurrenceId: id, projectId: elma }, slot],
    [{ about: 'turnGivenUp', occurrenceId: id, projectId: digi, by: kalle.name }, free],
    [{ about: 'volunteerAsked', occurrenceId: id, projectId: digi }, free],
    [{ about: 'slotVolunteered', occurrenceId: id, projectId: digi, by: kalle.name }, slot],
    [{ about: 'presenterAway', occurrenceId: id, projectId: digi, by: kalle.name }, moved],
    [{ about: 'presenterComes', occurrenceId: id, projectId: digi, by: kalle.name, who: kalle.id }, moved],
    [{ ...changed, change: 'moved' }, moved],
    [{ ...changed, change: 'cancelled' }, off],
    [{ ...changed, change: 'restored' }, moved],
    [{ about: 'swapAccepted', ...swap }, slot],
    [{ about: 'swapDeclined', ...swap }, slot],
    [{ about: 'topicPlanned', occurrenceId: id, topicId: topic.id, text: topic.text }, withTopic],
    [{ about: 'presenterThanks', occurrenceId: id }, held(language)],
  ];
  const dropped = { about: 'slotDropped', occurrenceId: id, projectId: digi, start } as const;
  const drawn = notices.map(([notice, occurrence]): [string, Card] => {
    const card = sessionNoticeView(turn, { occurrence, other }, notice);
    if (card === undefined) throw new Error(`${notice.about} is superseded`);
    const round = 'round' in notice && notice.round === 2 ? '-again' : '';
    const change = 'change' in notice ? `-${notice.change}` : '';
    return [`notice-${notice.about}${round}${change}`, card];
  });
  return [...drawn, ['notice-slotDropped', droppedView(turn, moved.names, dropped)]];
}

function talking(turn: Turn): [string, Card][] {
  const { language } = turn;
  const slot = confirmed(language);
  const asked = questionOf(language, { status: 'open' });
  const { answer } = words[language];
  const answered = questionOf(language, { status: 'answered', at, by: kaisa, answer });
  const mine = { ...answered, by: { id: turn.person.id, name: turn.person.name } };
  const topics = topicsOf(language);
  const typed = { seriesId: radioId, text: '', why: '' };
  const fault = { faults: [{ field: 'text', code: 'required' }] } as const;
  return [
    ['question', questionForm(turn, slot, 'form-0001', { typed: '' })],
    ['question-sent', questionReceipt(turn, slot, asked)],
    ['question-asked', questionAskedView(turn, slot, asked, { typed: '' })],
    ['question-answered', questionAnsweredView(turn, slot, mine)],
    ['topic', topicForm(turn, all, { formId: 'form-0001', typed })],
    ['topic-faults', topicForm(turn, all, { formId: 'form-0001', typed, ...fault })],
    ['topic-sent', topicReceipt(turn, topics[0]!, all[0])],
    ['topics', topicsView(turn, topics, all, { page: 0 })],
    ['topics-none', topicsView(turn, [], all, { page: 0 })],
  ];
}

function reminding(turn: Turn): [string, Card][] {
  const today = '2026-11-30';
  const choices = {
    [roomId]: { offsets: [1440], snoozedUntil: '2027-01-07' },
    ['c'.repeat(26)]: { isOff: true },
  } as const;
  const radio = all[0]!;
  const notices = [holdsNow(turn, radio, { offsets: [1440] }, today)];
  const typed = { offsets: '1440,15', snoozedUntil: '' };
  return [
    ['reminders', remindersView(turn, all, { choices, today })],
    ['reminders-saved', remindersView(turn, all, { choices, today, notices })],
    ['reminders-of-one', reminderForm(turn, radio, { typed, today })],
  ];
}

/** Every card about sessions, for one person. */
export function sessionSamples(turn: Turn): [string, Card][] {
  return [
    ...sessions(turn),
    ...sent(turn),
    ...presenting(turn),
    ...noticed(turn),
    ...talking(turn),
    ...reminding(turn),
  ];
}
