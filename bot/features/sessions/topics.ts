import { authoredIn } from '../../../src/sessions/outsider.js';
import { greetingName } from '../../../src/shared/greeting.js';
import { type FieldFault, isAppError } from '../../../src/platform/errors.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { Topic } from '../../../src/sessions/topics/topic.js';
import { type Field, formField } from '../../cards/fields.js';
import { type ListLine, listCard, listLine } from '../../cards/list-card.js';
import { type ButtonData, type Notice, button, common } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { dateWithYearText } from '../../../src/shared/dates.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { type Answer, type Turn, replaceWith, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { quote } from '../../cards/detail-card.js';
import { nameIn, renderSession, shownText } from './session-card.js';
import { z } from 'zod';
import { type TopicId, freshId } from '../../../src/platform/ids.js';
import { type Action, action, forEveryone, faultText } from '../../conversation/actions.js';
import { faultsIn, formAnswer, formIdSchema, typedIn } from '../../conversation/form-answers.js';

const pageSize = 5;

interface TopicTyped {
  readonly seriesId: string;
  readonly text: string;
  readonly why: string;
}

interface TopicFormOptions {
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
      label: t(language, 'chat.topic.text'),
      example: t(language, 'chat.topic.text.example'),
      wants: t(language, 'chat.topic.text.wants'),
      value: typed.text,
      isRequired: true,
    }),
    formField(language, faults, {
      id: 'seriesId',
      kind: 'choice',
      label: t(language, 'chat.topic.series'),
      wants: t(language, 'field.unknownChoice'),
      value: typed.seriesId,
      isRequired: true,
      choices: all.map(({ id, names }) => ({ title: nameIn(names, language), value: id })),
    }),
    formField(language, faults, {
      id: 'why',
      kind: 'lines',
      label: t(language, 'chat.topic.why'),
      example: t(language, 'chat.topic.why.example'),
      value: typed.why,
    }),
  ];
}

/** The form of a topic: for which series, what, and why. */
export function topicForm(turn: Turn, all: readonly Series[], options: TopicFormOptions): Card {
  const { language } = turn;
  const { typed, faults = [], notices = [], formId } = options;
  const heading = t(language, 'chat.topic.heading');
  return renderSession(language, {
    icon: 'topic',
    kicker: t(language, 'chat.kicker.topics'),
    speak: [heading, ...notices.map(({ text }) => text)],
    headlines: [{ text: heading }],
    notices,
    paragraphs: [{ text: t(language, 'chat.topic.intro') }],
    fields: topicFields(language, all, typed, faults),
    actions: [button(t(language, 'chat.form.send'), 'topic.send', { formId }, 'positive', 'auto')],
  });
}

/** The receipt of a proposal. */
export function topicReceipt(turn: Turn, topic: Topic, series: Series | undefined): Card {
  const { language, person } = turn;
  const headline = t(language, 'chat.topic.sent');
  const name = series === undefined ? '' : nameIn(series.names, language);
  const text = t(language, 'chat.topic.sent.text', { name: greetingName(person) });
  const why = topic.why ?? '';
  return renderSession(language, {
    icon: 'topic',
    kicker: t(language, 'chat.kicker.topics'),
    speak: [headline, topic.text, text],
    headlines: [{ text: headline }],
    quotes: [quote(name, topic.text), ...(why === '' ? [] : [quote(t(language, 'chat.topic.why'), why)])],
    closings: [{ text }],
    actions: [
      button(t(language, 'chat.topic.list'), 'topics.open'),
      button(t(language, 'chat.topic.another'), 'topic.form'),
    ],
  });
}

interface TopicsOptions {
  readonly page: number;
  readonly notices?: readonly Notice[];
}

function topicLine(topic: Topic, page: number, all: readonly Series[], turn: Turn): ListLine {
  const { language, scope } = turn;
  const { votes } = topic;
  // A person's votes are private: in a shared conversation the line only shows the count.
  const isVoted = scope === 'personal' && topic.isVoted;
  const series = all.find(({ id }) => id === topic.seriesId);
  const note = t(language, 'chat.topic.line', {
    series: series === undefined ? '' : nameIn(series.names, language),
    name: authoredIn(language, topic).by.name,
    day: dateWithYearText(language, topic.at),
  });
  const isPlanned = topic.state.status === 'planned';
  const text = shownText(topic.text);
  return listLine({
    overs: [{ text: note }],
    title: text,
    notes: topic.why === undefined || topic.why === '' ? [] : [{ text: shownText(topic.why) }],
    chips: [
      {
        chipColor: isVoted ? 'Accent' : 'Default',
        chipText: `${isVoted ? '★' : '☆'} ${t(language, 'chat.topic.votes', { votes })}`,
        note: isPlanned ? t(language, 'chat.topic.planned') : '',
      },
    ],
    mark: isVoted ? '✓' : '+',
    action: button(t(language, isVoted ? 'chat.topic.unvote' : 'chat.topic.vote', { text }), 'topic.vote', {
      id: topic.id,
      isFor: !isVoted,
      page,
    }),
  });
}

/** A page of the topics, those with the most votes first; a tap votes or withdraws the vote. */
export function topicsView(
  turn: Turn,
  topics: readonly Topic[],
  all: readonly Series[],
  { page, notices = [] }: TopicsOptions,
): Card {
  const { language } = turn;
  const pages = Math.max(1, Math.ceil(topics.length / pageSize));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const onPage = topics
    .slice(at * pageSize, (at + 1) * pageSize)
    .map((topic) => translatedTo(language, topic));
  const heading = t(language, 'chat.topic.listHeading');
  const isEmpty = topics.length === 0;
  const hint = t(language, isEmpty ? 'chat.topic.none' : 'chat.topic.hint');
  const turnTo = (page: number, title: string): ButtonData => button(title, 'topics.open', { page });
  return render(listCard, {
    ...common(language, 'topic', t(language, 'chat.kicker.topics'), [
      `${heading}.`,
      ...notices.map(({ text }) => text),
      hint,
      ...onPage.map(
        ({ text, votes }) => `${shownText(text)}: ${t(language, 'chat.topic.votes', { votes })}.`,
      ),
    ]),
    heading,
    notices,
    hints: [{ text: hint }],
    lines: onPage.map((topic) => topicLine(topic, at, all, turn)),
    links: [],
    actions: [
      button(t(language, 'chat.topic.suggest'), 'topic.form', {}, isEmpty ? 'positive' : 'default'),
      ...(at > 0 ? [turnTo(at - 1, t(language, 'chat.topic.earlier'))] : []),
      ...(at < pages - 1 ? [turnTo(at + 1, t(language, 'chat.topic.more'))] : []),
      button(t(language, 'chat.session.all'), 'sessions.open'),
    ],
  });
}

type Data = Readonly<Record<string, unknown>>;

const maxPages = 100;
const typedNames = ['seriesId', 'text', 'why'] as const;

async function activeSeries({ person }: Turn, { series }: SessionServices): Promise<readonly Series[]> {
  return (await series.list(person)).filter(({ state }) => state.status === 'active');
}

async function form(turn: Turn, services: SessionServices, options: TopicFormOptions): Promise<Answer> {
  const all = await activeSeries(turn, services);
  const typed = { ...options.typed, seriesId: options.typed.seriesId || (all[0]?.id ?? '') };
  return formAnswer(topicForm(turn, all, { ...options, typed }), turn.language);
}

/** The id of the form; one that a client has made up is replaced. */
function formIdOf(data: Data): string {
  const read = formIdSchema.safeParse(data.formId);
  return read.success ? read.data : freshId();
}

const sendTopic: Action<SessionServices> = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { why, ...typed } = typedIn(data, typedNames);
    const input = {
      ...typed,
      ...(why.trim() !== '' && { why }),
      language: turn.language,
      formId: formIdOf(data),
    };
    const topic = await services.topics.propose(turn.person, input);
    const all = await activeSeries(turn, services);
    return replaceWith(
      topicReceipt(
        turn,
        topic,
        all.find(({ id }) => id === topic.seriesId),
      ),
    );
  },
  recover: (turn, data, error, services) => {
    const typed = typedIn(data, typedNames);
    return form(turn, services, { formId: formIdOf(data), typed, ...faultsIn(error, turn.language) });
  },
};

async function list(
  turn: Turn,
  page: number,
  services: SessionServices,
  notices: readonly Notice[] = [],
): Promise<Answer> {
  const [topics, all] = await Promise.all([
    services.topics.topics(turn.person),
    services.series.list(turn.person),
  ]);
  return shown(turn, topicsView(turn, topics, all, { page, notices }));
}

const voteSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  isFor: z.boolean(),
  page: z.number().int().min(0).max(maxPages),
});

/** Votes or withdraws a vote, and shows the list with it. */
async function vote(
  turn: Turn,
  { id, isFor, page }: z.infer<typeof voteSchema>,
  services: SessionServices,
): Promise<Answer> {
  const { language, person } = turn;
  try {
    await services.topics.vote(person, id as TopicId, isFor);
  } catch (error) {
    if (!isAppError(error, 'topic.notFound')) throw error;
    return list(turn, page, services, [{ style: 'warning', text: faultText(error, language) }]);
  }
  const text = t(language, isFor ? 'chat.topic.voted' : 'chat.topic.unvoted');
  return list(turn, page, services, [{ style: 'good', text }]);
}

/** The form of a proposal, with a topic that somebody has written already. */
export const proposing = (turn: Turn, text: string, services: SessionServices): Promise<Answer> =>
  form(turn, services, { formId: freshId(), typed: { seriesId: '', text, why: '' } });

export const topicActions = {
  'topic.form': forEveryone(
    action('session:take', z.object({}), (turn, _data, services) => proposing(turn, '', services)),
  ),
  'topic.send': sendTopic,
  'topics.open': forEveryone(
    action(
      'session:see',
      z.object({ page: z.number().int().min(0).max(maxPages).default(0) }),
      (turn, { page }, services) => list(turn, page, services),
    ),
  ),
  'topic.vote': action('session:take', voteSchema, vote),
} satisfies SessionActions;
