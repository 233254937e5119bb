import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { may } from '../../../src/people/permissions.js';
import type { Occurrence, OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import { type Series, type SeriesKind, seriesKinds } from '../../../src/sessions/series/series.js';
import { icons } from '../../cards/icons.js';
import { type ListLine, listCard, listLine } from '../../cards/list-card.js';
import { type ButtonData, type Notice, button, common } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { weekdayPhrase } from '../../cards/when.js';
import {
  type SeenSession,
  chipsOf,
  isSlotOf,
  isToCome,
  kindIcon,
  nameIn,
  presenterPhrase,
  safeLink,
  seenSession,
  seenSessionSchema,
  sessionChanges,
  shownText,
  whenOf,
} from './session-card.js';
import { type Answer, type Problem, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import {
  type SessionSays,
  factsOf,
  isSuperseded,
  mayVolunteer,
  occurrenceOf,
  sessionView,
} from './session.js';
import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../../src/platform/ids.js';
import { presenterView, talkTyped, volunteerView } from './presenting.js';
import { action, faultText } from '../../conversation/actions.js';

const maxChannelLines = 8;

function sessionLine(occurrence: OccurrenceLine, { language, programme }: Turn): ListLine {
  const name = nameIn(occurrence.names, language);
  const topic = occurrence.talk?.topic;
  const presenter = presenterPhrase(occurrence, programme, language);
  const when = whenOf(occurrence, language);
  return listLine({
    icons: [{ url: icons[kindIcon(occurrence.kind)] }],
    overs: [{ text: when }],
    title: topic === undefined ? name : `${name}: ${shownText(topic)}`,
    notes: presenter === undefined ? [] : [{ text: presenter }],
    chips: chipsOf(occurrence, language),
    mark: '›',
    action: button(say(language, 'chat.session.openOne', { name, when }), 'session.open', {
      id: occurrence.id,
      seen: seenSession(occurrence),
    }),
  });
}

function actionsOf(turn: Turn, lines: readonly OccurrenceLine[]): ButtonData[] {
  const { language, scope, person } = turn;
  const open = lines.find((line) => mayVolunteer(turn, line));
  const volunteer = open && {
    title: say(language, 'chat.session.volunteerFor', { day: weekdayPhrase(language, open.start) }),
    data: { id: open.id, seen: seenSession(open) },
  };
  return [
    ...(volunteer ? [button(volunteer.title, 'session.volunteer', volunteer.data)] : []),
    button(say(language, 'chat.topic.suggest'), 'topic.form'),
    button(say(language, 'chat.topic.list'), 'topics.open'),
    button(say(language, 'chat.reminder.mine'), 'reminders.open'),
    ...(scope !== 'personal' && may(person.role, 'session:edit')
      ? [button(say(language, 'chat.channel.open'), 'channel.open')]
      : []),
  ];
}

/** What comes next, each line opening its session. */
export function sessionsView(
  turn: Turn,
  lines: readonly OccurrenceLine[],
  notices: readonly Notice[] = [],
): Card {
  const { language } = turn;
  const heading = say(language, 'chat.session.heading');
  const next = lines.find(isToCome);
  const isEmpty = lines.length === 0;
  const hint = say(language, isEmpty ? 'chat.session.none' : 'chat.session.hint');
  const said = lines.map(
    (line) =>
      `${nameIn(line.names, language)}, ${whenOf(line, language)}, ${say(language, `session.state.${line.state.status}`)}.`,
  );
  return render(listCard, {
    ...common(language, 'session', say(language, 'chat.kicker.sessions'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...(isEmpty ? [hint] : said),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines: lines.map((line) => sessionLine(line, turn)),
    links: next === undefined ? [] : safeLink(joinTitle(next, language), next.joinUrl, 'positive'),
    actions: actionsOf(turn, lines),
  });
}

function joinTitle(next: OccurrenceLine, language: Language): string {
  return say(language, 'chat.session.joinOne', { name: nameIn(next.names, language) });
}

function channelButton(language: Language, { id, names }: Series, isOn: boolean): ButtonData {
  const key = isOn ? 'chat.channel.turnOff' : 'chat.channel.turnOn';
  const title = say(language, key, { name: nameIn(names, language) });
  return button(title, 'channel.set', { seriesId: id, isOn: !isOn });
}

/** Which series this conversation is reminded of; for those who may, a tap changes it. */
export function channelView(turn: Turn, all: readonly Series[], notices: readonly Notice[] = []): Card {
  const { language, place, person } = turn;
  const mayEdit = may(person.role, 'session:edit');
  const heading = say(language, 'chat.channel.heading');
  const hint = say(language, mayEdit ? 'chat.channel.hint' : 'chat.channel.hintSee');
  const lines = all.slice(0, maxChannelLines).map((series): ListLine => {
    const name = nameIn(series.names, language);
    const isOn = isRemindedIn(series, place?.chat.conversationId);
    return listLine({
      icons: [{ url: icons[kindIcon(series.kind)] }],
      title: name,
      notes: [{ text: say(language, isOn ? 'chat.channel.isOn' : 'chat.channel.isOff') }],
      mark: isOn ? '✓' : mayEdit ? '+' : '',
      action: mayEdit
        ? channelButton(language, series, isOn)
        : button(say(language, 'chat.session.all'), 'sessions.open'),
    });
  });
  return render(listCard, {
    ...common(language, 'reminder', say(language, 'chat.kicker.reminders'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      ...lines.map(({ title, notes }) => `${title}: ${notes[0]?.text ?? ''}.`),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines,
    links: [],
    actions: [button(say(language, 'chat.session.all'), 'sessions.open')],
  });
}

export function isRemindedIn({ reminders }: Series, conversationId: string | undefined): boolean {
  return reminders.channels.some(({ chat }) => chat.conversationId === conversationId);
}

const maxLines = 6;

export const sessionSchema = z.object({ id: occurrenceIdSchema, seen: seenSessionSchema.optional() });

interface Pressed {
  readonly id: OccurrenceId;
  readonly seen: SeenSession | undefined;
}

/** The session as it stands, with what has changed since the card was drawn, and why nothing was done where that is so. */
export async function standingSession(
  turn: Turn,
  { id, seen }: Pressed,
  services: SessionServices,
  { fault, ...says }: SessionSays & { readonly fault?: unknown } = {},
): Promise<Answer> {
  const { language, person } = turn;
  const facts = await factsOf(person, id, language, services);
  const changes = sessionChanges(seen, facts.occurrence, language);
  // That the session has changed says it already, where it has.
  const because: Notice[] =
    fault === undefined || changes.length > 0 ? [] : [{ style: 'warning', text: faultText(fault, language) }];
  const notices = [...because, ...changes, ...(says.notices ?? [])];
  return shown(turn, sessionView(turn, facts, { ...says, notices }));
}

async function list(turn: Turn, services: SessionServices, notices: readonly Notice[] = []): Promise<Answer> {
  const lines = await services.series.upcoming(turn.person, maxLines);
  return shown(turn, sessionsView(turn, lines, notices));
}

/** The next session of a kind; where there is none, what else comes. */
async function next(turn: Turn, kind: SeriesKind, services: SessionServices): Promise<Answer> {
  const { person, language } = turn;
  const all = await services.series.upcoming(person, 24);
  const found = all.filter((line) => line.kind === kind);
  const first = found.find(isToCome) ?? found[0];
  if (first !== undefined) {
    const facts = await factsOf(person, first.id, language, services);
    return shown(turn, sessionView(turn, facts));
  }
  const name = say(language, `session.kind.${kind}`);
  const none: Notice = { style: 'emphasis', text: say(language, 'chat.session.noneOfKind', { name }) };
  return shown(turn, sessionsView(turn, all.slice(0, maxLines), [none]));
}

/** Whether a card showed the session at another time, or before it was over or off. */
const isOutdated = (changes: readonly Notice[]): boolean => changes.length > 0;

async function cannot(
  turn: Turn,
  pressed: Pressed,
  isAbsent: boolean,
  services: SessionServices,
): Promise<Answer> {
  const { person, language } = turn;
  const occurrence = await occurrenceOf(person, pressed.id, services);
  // The words were about another time: they are asked for again rather than taken for this one.
  if (isOutdated(sessionChanges(pressed.seen, occurrence, language))) {
    return standingSession(turn, pressed, services);
  }
  try {
    await services.preferences.cannotCome(person, pressed.id, isAbsent);
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return standingSession(turn, pressed, services, { fault });
  }
  const key = isAbsent ? 'chat.session.noted' : await welcomeKey(turn, occurrence, services);
  return standingSession(turn, pressed, services, { notices: [{ style: 'good', text: say(language, key) }] });
}

/** Who has turned the series' reminders off is not promised any. */
async function welcomeKey({ person }: Turn, { seriesId }: Occurrence, { preferences }: SessionServices) {
  const choice = (await preferences.choices(person))[seriesId];
  return choice?.isOff === true ? 'chat.session.welcome' : 'chat.session.welcomeBack';
}

async function volunteer(
  turn: Turn,
  pressed: Pressed,
  wanted: ProjectId | undefined,
  services: SessionServices,
): Promise<Answer> {
  const { person, language, programme } = turn;
  const own = programme.projects.map(({ id }) => id).filter((id) => person.projects.includes(id));
  const projectId = wanted ?? (own.length === 1 ? own[0] : undefined);
  const occurrence = await occurrenceOf(person, pressed.id, services);
  // The same press delivered again: the slot is theirs already.
  const isMine = projectId !== undefined && isSlotOf(occurrence, projectId);
  if (!isMine && !mayVolunteer(turn, occurrence)) {
    const fault = new AppError('presenter.taken');
    return standingSession(turn, pressed, services, { fault });
  }
  if (projectId === undefined) return shown(turn, volunteerView(turn, occurrence, own.slice(0, 5)));
  try {
    const moved = isMine
      ? occurrence
      : (await services.rotation.volunteer(person, pressed.id, projectId)).occurrence;
    return shown(
      turn,
      presenterView(turn, moved, {
        headline: say(language, 'chat.presenter.volunteered'),
        intro: say(language, 'chat.presenter.volunteered.text'),
        typed: talkTyped(turn, moved.talk),
      }),
    );
  } catch (fault) {
    if (!isSuperseded(fault)) throw fault;
    return standingSession(turn, pressed, services, { fault });
  }
}

/** Of what the conversation of several is reminded. */
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
  const { language, place, person } = turn;
  if (place === undefined) {
    return { as: 'problem', text: say(language, 'chat.channel.onlyThere') };
  }
  const { series } = services;
  const found = (await series.get(person, id)).series;
  // The same press again, or somebody else's: it is so already.
  const isDone = isRemindedIn(found, place.chat.conversationId) === isOn;
  if (!isDone) await series.remindChannel(person, id, { ...place, language }, isOn);
  const name = nameIn(found.names, language);
  const text = say(language, isOn ? 'chat.channel.nowOn' : 'chat.channel.nowOff', { name });
  return channelReminders(turn, services, [{ style: 'good', text }]);
}

const seriesIdSchema = z.string().regex(/^[0-9a-f]{26}$/);

export const sessionActions = {
  'sessions.open': action('session:see', z.object({}), (turn, _data, services) => list(turn, services)),
  'session.next': action('session:see', z.object({ kind: z.enum(seriesKinds) }), (turn, { kind }, services) =>
    next(turn, kind, services),
  ),
  'session.open': action('session:see', sessionSchema, (turn, { id, seen }, services) =>
    standingSession(turn, { id: id as OccurrenceId, seen }, services),
  ),
  'session.cannot': action(
    'session:take',
    sessionSchema.extend({ cannot: z.boolean() }),
    (turn, { id, seen, ...data }, services) =>
      cannot(turn, { id: id as OccurrenceId, seen }, data.cannot, services),
  ),
  'session.volunteer': action(
    'session:take',
    sessionSchema.extend({ projectId: z.string().max(64).optional() }),
    (turn, { id, seen, projectId }, services) =>
      volunteer(turn, { id: id as OccurrenceId, seen }, projectId as ProjectId | undefined, services),
  ),
  'channel.open': action('session:edit', z.object({}), (turn, _data, services) => channelReminders(turn, services)),
  'channel.set': action(
    'session:edit',
    z.object({ seriesId: seriesIdSchema, isOn: z.boolean() }),
    (turn, { seriesId, isOn }, services) => remindHere(turn, seriesId as SeriesId, isOn, services),
  ),
} satisfies SessionActions;
