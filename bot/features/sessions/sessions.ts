import type { MessageKey } from '../../../src/i18n/keys.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { leadsSessions } from '../../../src/sessions/policy.js';
import type { Occurrence, OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { icons } from '../../cards/icons.js';
import { type ListLine, listCard, listLine } from '../../cards/list-card.js';
import { type ButtonData, type Notice, button, common } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { dayText } from '../../../src/shared/dates.js';
import {
  chipsOf,
  kindIcon,
  nameIn,
  presenterPhrase,
  safeLink,
  sessionChanges,
  sessionSnapshot,
  shownText,
  whenOf,
  topicIn,
} from './session-card.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { type Answer, type Problem, type Turn, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import {
  type Pressed,
  currentSession,
  factsOf,
  isProposedTo,
  isSuperseded,
  mayVolunteer,
  occurrenceOf,
  type SessionFacts,
  sessionSchema,
  sessionView,
} from './session.js';
import { type Asked, type Meant, askedSchema, dayNotices, meantAhead } from './meant.js';
import { z } from 'zod';
import type { OccurrenceId, SeriesId } from '../../../src/platform/ids.js';
import { action, forEveryone } from '../../conversation/actions.js';

const maxChannelLines = 8;

function sessionLine(occurrence: OccurrenceLine, { language, programme }: Turn): ListLine {
  const name = nameIn(occurrence.names, language);
  const topic = topicIn(occurrence, language);
  const presenter = presenterPhrase(occurrence, programme, language);
  const when = whenOf(occurrence, language);
  return listLine({
    icons: [{ url: icons[kindIcon(occurrence.kind)] }],
    overs: [{ text: when }],
    title: topic === undefined ? name : `${name}: ${shownText(topic)}`,
    notes: presenter === undefined ? [] : [{ text: presenter }],
    chips: chipsOf(occurrence, language),
    mark: '›',
    action: button(t(language, 'chat.session.openOne', { name, when }), 'session.open', {
      id: occurrence.id,
      seen: sessionSnapshot(occurrence),
    }),
  });
}

function actionsOf(turn: Turn, lines: readonly OccurrenceLine[]): ButtonData[] {
  const { language, scope, person } = turn;
  const open = lines.find((line) => mayVolunteer(turn, line));
  const volunteer = open && {
    title: t(language, 'chat.session.volunteerFor', { day: dayText(language, open.start) }),
    data: { id: open.id, seen: sessionSnapshot(open) },
  };
  return [
    ...(volunteer ? [button(volunteer.title, 'session.volunteer', volunteer.data)] : []),
    button(t(language, 'chat.topic.suggest'), 'topic.form'),
    button(t(language, 'chat.topic.list'), 'topics.open'),
    button(t(language, 'chat.reminder.mine'), 'reminders.open'),
    ...(scope !== 'personal' && leadsSessions(person)
      ? [button(t(language, 'chat.channel.open'), 'channel.open')]
      : []),
  ];
}

/** The next sessions, each line opening one. */
export function sessionsView(
  turn: Turn,
  lines: readonly OccurrenceLine[],
  notices: readonly Notice[] = [],
): Card {
  const { language } = turn;
  const heading = t(language, 'chat.session.heading');
  const next = lines.find(isUpcoming);
  const isEmpty = lines.length === 0;
  const hint = t(language, isEmpty ? 'chat.session.none' : 'chat.session.hint');
  const spokenLines = lines.map(
    (line) =>
      `${nameIn(line.names, language)}, ${whenOf(line, language)}, ${t(language, `session.state.${line.state.status}`)}.`,
  );
  return render(listCard, {
    ...common(language, 'session', t(language, 'chat.kicker.sessions'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...(isEmpty ? [hint] : spokenLines),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines: lines.map((line) => sessionLine(line, turn)),
    links: next === undefined ? [] : safeLink(joinTitle(next, language), next.joinUrl, { style: 'positive' }),
    actions: actionsOf(turn, lines),
  });
}

function joinTitle(next: OccurrenceLine, language: Language): string {
  return t(language, 'chat.session.joinOne', { name: nameIn(next.names, language) });
}

function channelButton(language: Language, { id, names }: Series, isOn: boolean): ButtonData {
  const key = isOn ? 'chat.channel.turnOff' : 'chat.channel.turnOn';
  const title = t(language, key, { name: nameIn(names, language) });
  return button(title, 'channel.set', { seriesId: id, isOn: !isOn });
}

/** The series of which this conversation is reminded; those who may edit series change it with a tap. */
export function channelView(turn: Turn, all: readonly Series[], notices: readonly Notice[] = []): Card {
  const { language, sharedConversation, person } = turn;
  const mayEdit = leadsSessions(person);
  const heading = t(language, 'chat.channel.heading');
  const hint = t(language, mayEdit ? 'chat.channel.hint' : 'chat.channel.hintSee');
  const lines = all.slice(0, maxChannelLines).map((series): ListLine => {
    const name = nameIn(series.names, language);
    const isOn = isRemindedIn(series, sharedConversation?.chat.conversationId);
    return listLine({
      icons: [{ url: icons[kindIcon(series.kind)] }],
      title: name,
      notes: [{ text: t(language, isOn ? 'chat.channel.isOn' : 'chat.channel.isOff') }],
      mark: isOn ? '✓' : mayEdit ? '+' : '',
      action: mayEdit
        ? channelButton(language, series, isOn)
        : button(t(language, 'chat.session.all'), 'sessions.open'),
    });
  });
  return render(listCard, {
    ...common(language, 'reminder', t(language, 'chat.kicker.reminders'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...lines.map(({ title, notes }) => `${title}: ${notes[0]?.text ?? ''}.`),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines,
    links: [],
    actions: [button(t(language, 'chat.session.all'), 'sessions.open')],
  });
}

function isRemindedIn({ reminders }: Series, conversationId: string | undefined): boolean {
  return reminders.channels.some(({ chat }) => chat.conversationId === conversationId);
}

const maxLines = 6;

/** That a session is over or called off, which the person speaks of as if it were to come. */
export function overNotices(
  { language }: Pick<Turn, 'language'>,
  { state }: Pick<Occurrence, 'state'>,
): Notice[] {
  if (state.status === 'held') return [{ style: 'accent', text: t(language, 'chat.session.isHeld') }];
  return state.status === 'cancelled'
    ? [{ style: 'warning', text: t(language, 'chat.session.isCancelled', { name: state.by.name }) }]
    : [];
}

/** What is answered of a session: its card, under what was asked for. */
export type Answering = (facts: SessionFacts) => {
  readonly headline?: string;
  readonly notices?: readonly Notice[];
};

/** The session that is meant, or the list where several are, or none is. */
export async function answerAbout(
  turn: Turn,
  asked: Asked,
  meant: Meant,
  services: SessionServices,
  answering: Answering = () => ({}),
): Promise<Answer> {
  const { person, language } = turn;
  // What there is on the day that was named says more than the next one, which nobody asked for.
  const [other] = meant.others ?? [];
  const [first, ...others] = other === undefined ? meant.sessions : [other];
  const notices = dayNotices(turn, meant);
  if (first === undefined) {
    const lines = await services.series.upcoming(person, maxLines);
    return shown(turn, sessionsView(turn, lines, [...notices, ...noneOfKind(turn, asked)]));
  }
  const areSeveral = meant.isNamed && asked.days.length > 0 && others.length > 0;
  if (areSeveral) return shown(turn, sessionsView(turn, meant.sessions.slice(0, maxLines), notices));
  const facts = await factsOf(person, first.id, language, services);
  // What is shown beside the day that was named is no answer to what was asked of that day.
  const said =
    meant.emptyDay === undefined ? answering(facts) : { notices: overNotices(turn, facts.occurrence) };
  return shown(turn, sessionView(turn, facts, { ...said, notices: [...notices, ...(said.notices ?? [])] }));
}

function noneOfKind({ language }: Turn, { kind }: Asked): Notice[] {
  if (kind === undefined) return [];
  const name = t(language, `session.kind.${kind}`);
  return [{ style: 'emphasis', text: t(language, 'chat.session.noneOfKind', { name }) }];
}

/** The next sessions; where a day is named, what is on it. */
async function list(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  if (asked.days.length > 0)
    return answerAbout(turn, asked, await meantAhead(turn, asked, services), services);
  const lines = await services.series.upcoming(turn.person, maxLines);
  return shown(turn, sessionsView(turn, lines));
}

/** The next session of a kind, or the one on the day that is named; if there is none, the next sessions of all kinds. */
async function next(turn: Turn, asked: Asked, services: SessionServices): Promise<Answer> {
  return answerAbout(turn, asked, await meantAhead(turn, asked, services), services);
}

/** What somebody answered to the question whether they come. */
export async function answered(
  turn: Turn,
  pressed: Pressed,
  {
    answer,
    key,
    isOnlyMe,
  }: {
    readonly answer: 'coming' | 'notComing';
    readonly key?: MessageKey;
    /** Whether their project is known to keep what is proposed to it. */
    readonly isOnlyMe?: boolean | undefined;
  },
  services: SessionServices,
): Promise<Answer> {
  const { person, language } = turn;
  const occurrence = await occurrenceOf(person, pressed.id, services);
  // The answer was about another time, so the person is asked again.
  if (sessionChanges(pressed.seen, occurrence, language).length > 0) {
    return currentSession(turn, pressed, services);
  }
  if (answer === 'notComing' && isOnlyMe !== true && turn.scope === 'personal')
    if (isUpcoming(occurrence) && isProposedTo(person, occurrence))
      return whoRefuses(turn, pressed, services);
  try {
    const { isPresenter } = await services.coming.answer(person, pressed.id, answer, 'chat');
    // In front of others nobody is asked who presents.
    if (answer === 'notComing' && isPresenter && turn.scope === 'personal')
      return await whoPresents(turn, pressed, services);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return currentSession(turn, pressed, services, { fault });
  }
  const text = t(language, key ?? (await welcomeKey(turn, occurrence, services)));
  return currentSession(turn, pressed, services, { notices: [{ style: 'good', text }] });
}

/** Whoever was to present can't come: whether a colleague does so, or nobody of the project. */
function whoPresents(turn: Turn, pressed: Pressed, services: SessionServices): Promise<Answer> {
  const { language } = turn;
  const { id } = pressed;
  return currentSession(turn, pressed, services, {
    notices: [{ style: 'warning', text: t(language, 'chat.presenter.away') }],
    actions: [
      button(t(language, 'chat.presenter.someoneElse'), 'presenter.open', { id }, 'positive'),
      button(t(language, 'chat.presenter.nobody'), 'presenter.askGiveUp', { id }),
      button(t(language, 'chat.presenter.swap'), 'presenter.askSwap', { id }),
    ],
  });
}

/** The slot is proposed to the project of somebody who can't come: whether the project refuses it, or they alone can't. */
function whoRefuses(turn: Turn, pressed: Pressed, services: SessionServices): Promise<Answer> {
  const { language } = turn;
  const data = { id: pressed.id };
  return currentSession(turn, pressed, services, {
    notices: [{ style: 'warning', text: t(language, 'chat.slot.whoCannot') }],
    actions: [
      button(t(language, 'chat.slot.refuse'), 'presenter.askGiveUp', data),
      button(t(language, 'chat.slot.onlyMe'), 'session.cannot', { ...data, cannot: true, onlyMe: true }),
      button(t(language, 'chat.session.volunteer'), 'session.volunteer', data),
    ],
  });
}

/** People who turned the reminders of the series off are not promised any. */
async function welcomeKey({ person }: Turn, { seriesId }: Occurrence, { preferences }: SessionServices) {
  const choice = (await preferences.choices(person))[seriesId];
  return choice?.isOff === true ? 'chat.session.welcome' : 'chat.session.welcomeBack';
}

/** The reminders of a shared conversation. */
export async function channelReminders(
  turn: Turn,
  services: SessionServices,
  notices: readonly Notice[] = [],
): Promise<Answer> {
  const all = await services.series.list(turn.person);
  const active = all.filter(({ state }) => state.status === 'active');
  return shown(turn, channelView(turn, active, notices));
}

async function remindHere(
  turn: Turn,
  id: SeriesId,
  isOn: boolean,
  services: SessionServices,
): Promise<Answer | Problem> {
  const { language, sharedConversation, person } = turn;
  if (sharedConversation === undefined) {
    return { as: 'problem', text: t(language, 'chat.channel.onlyThere') };
  }
  const { series } = services;
  const found = (await series.get(person, id)).series;
  // The same press again, or somebody else's: nothing is left to do.
  const isDone = isRemindedIn(found, sharedConversation.chat.conversationId) === isOn;
  if (!isDone) await series.remindChannel(person, id, { ...sharedConversation, language }, isOn);
  const name = nameIn(found.names, language);
  const text = t(language, isOn ? 'chat.channel.nowOn' : 'chat.channel.nowOff', { name });
  return channelReminders(turn, services, [{ style: 'good', text }]);
}

const seriesIdSchema = z.string().regex(/^[0-9a-f]{26}$/);

export const sessionActions = {
  'sessions.open': forEveryone(
    action('session:see', askedSchema, (turn, asked, services) => list(turn, asked, services)),
  ),
  'session.next': forEveryone(
    action('session:see', askedSchema, (turn, asked, services) => next(turn, asked, services)),
  ),
  'session.open': forEveryone(
    action('session:see', sessionSchema, (turn, { id, seen }, services) =>
      currentSession(turn, { id: id as OccurrenceId, seen }, services),
    ),
  ),
  'session.cannot': action(
    'session:take',
    sessionSchema.extend({ cannot: z.boolean(), onlyMe: z.boolean().optional() }),
    (turn, { id, seen, ...data }, services) =>
      answered(
        turn,
        { id: id as OccurrenceId, seen },
        data.cannot
          ? { answer: 'notComing', key: 'chat.session.noted', isOnlyMe: data.onlyMe }
          : { answer: 'coming' },
        services,
      ),
  ),
  'session.come': action('session:take', sessionSchema, (turn, { id, seen }, services) =>
    answered(
      turn,
      { id: id as OccurrenceId, seen },
      { answer: 'coming', key: 'chat.session.comeNoted' },
      services,
    ),
  ),
  'channel.open': forEveryone(
    action('session:edit', z.object({}), (turn, _data, services) => channelReminders(turn, services)),
  ),
  'channel.set': forEveryone(
    action(
      'session:edit',
      z.object({ seriesId: seriesIdSchema, isOn: z.boolean() }),
      (turn, { seriesId, isOn }, services) => remindHere(turn, seriesId as SeriesId, isOn, services),
    ),
  ),
} satisfies SessionActions;
