import type { FieldFault } from '../../../src/platform/errors.js';
import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { Topic } from '../../../src/sessions/topics/topic.js';
import type { Field } from '../../cards/fields.js';
import { linesCard, type Line } from '../../cards/lines-card.js';
import { button, common, firstName, type ButtonData, type Notice } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import { dateWithYearText } from '../../../src/shared/dates.js';
import type { Turn } from '../../conversation/turn.js';
import { formField } from '../../cards/form-field.js';
import { drawn, nameIn, quoted, shownText } from './session-parts.js';

const pageSize = 5;

export interface TopicTyped {
  readonly seriesId: string;
  readonly text: string;
  readonly why: string;
}

export interface TopicFormSays {
  readonly formId: string;
  readonly typed: TopicTyped;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

function topicFields(
  language: Language,
  all: readonly Series[],
  typed: TopicTyped,
  faults: readonly FieldFault[],
): Field[] {
  return [
    formField(language, faults, {
      id: 'text',
      kind: 'text',
      label: say(language, 'chat.topic.text'),
      example: say(language, 'chat.topic.text.example'),
      wants: say(language, 'chat.topic.text.wants'),
      value: typed.text,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'seriesId',
      kind: 'choice',
      label: say(language, 'chat.topic.series'),
      wants: say(language, 'field.unknownChoice'),
      value: typed.seriesId,
      isRequired: true,
      choices: all.map(({ id, names }) => ({ title: nameIn(names, language), value: id })),
    }),
    formField(language, faults, {
      id: 'why',
      kind: 'lines',
      label: say(language, 'chat.topic.why'),
      example: say(language, 'chat.topic.why.example'),
      value: typed.why,
    }),
  ];
}

/** The form of a topic: for which series, what, and why. */
export function topicForm(turn: Turn, all: readonly Series[], says: TopicFormSays): Card {
  const { language } = turn;
  const { typed, faults = [], notices = [], formId } = says;
  const heading = say(language, 'chat.topic.heading');
  return drawn(language, {
    icon: 'topic',
    kicker: say(language, 'chat.kicker.topics'),
    speak: [heading, ...notices.map(({ text }) => text)],
    headlines: [{ text: heading }],
    notices,
    paragraphs: [{ text: say(language, 'chat.topic.intro') }],
    fields: topicFields(language, all, typed, faults),
    actions: [button(say(language, 'chat.form.send'), 'topic.send', { formId }, 'positive', 'auto')],
  });
}

/** The receipt of a proposal. */
export function topicReceipt(turn: Turn, topic: Topic, series: Series | undefined): Card {
  const { language, person } = turn;
  const headline = say(language, 'chat.topic.sent');
  const name = series === undefined ? '' : nameIn(series.names, language);
  const text = say(language, 'chat.topic.sent.text', { name: firstName(person.name) });
  const why = topic.why ?? '';
  return drawn(language, {
    icon: 'topic',
    kicker: say(language, 'chat.kicker.topics'),
    speak: [headline, topic.text, text],
    headlines: [{ text: headline }],
    quotes: [quoted(name, topic.text), ...(why === '' ? [] : [quoted(say(language, 'chat.topic.why'), why)])],
    closings: [{ text }],
    actions: [
      button(say(language, 'chat.topic.list'), 'topics.open'),
      button(say(language, 'chat.topic.another'), 'topic.form'),
    ],
  });
}

export interface TopicsSays {
  readonly page: number;
  readonly notices?: readonly Notice[];
}

function topicLine(topic: Topic, page: number, all: readonly Series[], turn: Turn): Line {
  const { language, scope } = turn;
  const { votes } = topic;
  // What somebody has voted for is theirs to know: before others the line only counts.
  const isVoted = scope === 'personal' && topic.isVoted;
  const series = all.find(({ id }) => id === topic.seriesId);
  const note = say(language, 'chat.topic.line', {
    series: series === undefined ? '' : nameIn(series.names, language),
    name: topic.by.name,
    day: dateWithYearText(language, topic.at),
  });
  const isPlanned = topic.state.status === 'planned';
  const text = shownText(topic.text);
  return {
    icons: [],
    overs: [{ text: note }],
    title: text,
    notes: topic.why === undefined || topic.why === '' ? [] : [{ text: shownText(topic.why) }],
    chips: [
      {
        chipColor: isVoted ? 'Accent' : 'Default',
        chipText: `${isVoted ? '★' : '☆'} ${say(language, 'chat.topic.votes', { votes })}`,
        note: isPlanned ? say(language, 'chat.topic.planned') : '',
      },
    ],
    mark: isVoted ? '✓' : '+',
    action: button(say(language, isVoted ? 'chat.topic.unvote' : 'chat.topic.vote', { text }), 'topic.vote', {
      id: topic.id,
      isFor: !isVoted,
      page,
    }),
  };
}

/** A page of the topics, those with most votes first; a tap votes or takes the vote back. */
export function topicsView(
  turn: Turn,
  topics: readonly Topic[],
  all: readonly Series[],
  { page, notices = [] }: TopicsSays,
): Card {
  const { language } = turn;
  const pages = Math.max(1, Math.ceil(topics.length / pageSize));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const onPage = topics.slice(at * pageSize, (at + 1) * pageSize);
  const heading = say(language, 'chat.topic.listHeading');
  const isEmpty = topics.length === 0;
  const hint = say(language, isEmpty ? 'chat.topic.none' : 'chat.topic.hint');
  const turnTo = (page: number, title: string): ButtonData => button(title, 'topics.open', { page });
  return render(linesCard, {
    ...common(language, 'topic', say(language, 'chat.kicker.topics'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      hint,
      ...onPage.map(
        ({ text, votes }) => `${shownText(text)}: ${say(language, 'chat.topic.votes', { votes })}.`,
      ),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines: onPage.map((topic) => topicLine(topic, at, all, turn)),
    links: [],
    actions: [
      button(say(language, 'chat.topic.suggest'), 'topic.form', {}, isEmpty ? 'positive' : 'default'),
      ...(at > 0 ? [turnTo(at - 1, say(language, 'chat.topic.earlier'))] : []),
      ...(at < pages - 1 ? [turnTo(at + 1, say(language, 'chat.topic.more'))] : []),
      button(say(language, 'chat.session.all'), 'sessions.open'),
    ],
  });
}
