import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { may } from '../../../src/people/permissions.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { icons } from '../../cards/icons.js';
import { linesCard, type Line } from '../../cards/lines-card.js';
import { button, common, type ButtonData, type Notice } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import { dayText } from '../../../src/shared/dates.js';
import { seenSession } from './session-snapshot.js';
import type { Turn } from '../../conversation/turn.js';
import {
  chipsOf,
  isToCome,
  kindIcon,
  nameIn,
  presenterPhrase,
  safeLink,
  shownText,
  whenOf,
} from './session-parts.js';
import { mayVolunteer } from './session-view.js';

const maxChannelLines = 8;

function sessionLine(occurrence: OccurrenceLine, { language, programme }: Turn): Line {
  const name = nameIn(occurrence.names, language);
  const topic = occurrence.talk?.topic;
  const presenter = presenterPhrase(occurrence, programme, language);
  const when = whenOf(occurrence, language);
  return {
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
  };
}

function actionsOf(turn: Turn, lines: readonly OccurrenceLine[]): ButtonData[] {
  const { language, scope, person } = turn;
  const open = lines.find((line) => mayVolunteer(turn, line));
  const volunteer = open && {
    title: say(language, 'chat.session.volunteerFor', { day: dayText(language, open.start) }),
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
  return render(linesCard, {
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
  const lines = all.slice(0, maxChannelLines).map((series): Line => {
    const name = nameIn(series.names, language);
    const isOn = isRemindedIn(series, place?.chat.conversationId);
    return {
      icons: [{ url: icons[kindIcon(series.kind)] }],
      overs: [],
      title: name,
      notes: [{ text: say(language, isOn ? 'chat.channel.isOn' : 'chat.channel.isOff') }],
      chips: [],
      mark: isOn ? '✓' : mayEdit ? '+' : '',
      action: mayEdit
        ? channelButton(language, series, isOn)
        : button(say(language, 'chat.session.all'), 'sessions.open'),
    };
  });
  return render(linesCard, {
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
