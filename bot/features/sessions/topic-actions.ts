import { z } from 'zod';
import { freshId, type TopicId } from '../../../src/platform/ids.js';
import { say } from '../../../src/i18n/messages.js';
import type { Series } from '../../../src/sessions/series/series.js';
import type { Notice } from '../../cards/parts.js';
import { replaceWith, shown, type Answer, type BotServices, type Turn } from '../../conversation/turn.js';
import { topicForm, topicReceipt, topicsView, type TopicFormSays } from './topics-view.js';
import { action, faultText, type Action } from '../../conversation/action.js';
import { faultsIn, formAnswer, formIdSchema, typedIn } from '../../conversation/form-answers.js';
import { isAppError } from '../../../src/platform/errors.js';

type Data = Readonly<Record<string, unknown>>;

const maxPages = 100;
const typedNames = ['seriesId', 'text', 'why'] as const;

async function activeSeries({ person }: Turn, { sessions }: BotServices): Promise<readonly Series[]> {
  return (await sessions.series.list(person)).filter(({ state }) => state.status === 'active');
}

async function form(turn: Turn, services: BotServices, says: TopicFormSays): Promise<Answer> {
  const all = await activeSeries(turn, services);
  const typed = { ...says.typed, seriesId: says.typed.seriesId || (all[0]?.id ?? '') };
  return formAnswer(topicForm(turn, all, { ...says, typed }), turn.language);
}

/** The form's own id: what came from a client and is no id of ours gets a new one. */
function formIdOf(data: Data): string {
  const read = formIdSchema.safeParse(data.formId);
  return read.success ? read.data : freshId();
}

const sendTopic: Action = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { why, ...typed } = typedIn(data, typedNames);
    const input = {
      ...typed,
      ...(why.trim() !== '' && { why }),
      language: turn.language,
      formId: formIdOf(data),
    };
    const topic = await services.sessions.topics.propose(turn.person, input);
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
  services: BotServices,
  notices: readonly Notice[] = [],
): Promise<Answer> {
  const [topics, all] = await Promise.all([
    services.sessions.topics.topics(turn.person),
    services.sessions.series.list(turn.person),
  ]);
  return shown(turn, topicsView(turn, topics, all, { page, notices }));
}

const voteSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  isFor: z.boolean(),
  page: z.number().int().min(0).max(maxPages),
});

/** A vote, or its taking back: it stands in the list at once. */
async function vote(
  turn: Turn,
  { id, isFor, page }: z.infer<typeof voteSchema>,
  services: BotServices,
): Promise<Answer> {
  const { language, person } = turn;
  try {
    await services.sessions.topics.vote(person, id as TopicId, isFor);
  } catch (error) {
    if (!isAppError(error, 'topic.notFound')) throw error;
    return list(turn, page, services, [{ style: 'warning', text: faultText(error, language) }]);
  }
  const text = say(language, isFor ? 'chat.topic.voted' : 'chat.topic.unvoted');
  return list(turn, page, services, [{ style: 'good', text }]);
}

export const topicActions = {
  'topic.form': action('session:take', z.object({}), (turn, _data, services) =>
    form(turn, services, { formId: freshId(), typed: { seriesId: '', text: '', why: '' } }),
  ),
  'topic.send': sendTopic,
  'topics.open': action(
    'session:see',
    z.object({ page: z.number().int().min(0).max(maxPages).default(0) }),
    (turn, { page }, services) => list(turn, page, services),
  ),
  'topic.vote': action('session:take', voteSchema, vote),
} satisfies Record<string, Action>;
