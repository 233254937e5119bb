import { Application } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { languageOf } from '../../src/shared/languages.js';
import { personIdOf } from '../../src/people/service.js';
import { hasPersonalId } from '../../src/content/personal-data.js';
import { type Press, type Verb, act } from './actions.js';
import type { CheckedActivity } from '../channel/activity.js';
import { answerExecute, answerSubmit, reply } from '../channel/replies.js';
import type { TeamsChannel } from '../channel/teams-channel.js';
import { type Answer, type BotDeps, replaceWith } from './turn.js';
import { understand } from './understanding/understand.js';
import { helpView, personalDataView, welcomeView } from './help.js';
import { type ConversationContext, conversationContext, scopeOf, userOf } from './conversation-context.js';
import type { Clock } from '../../src/platform/clock.js';

type App = Application;

/** Every activity came through the check of `readActivity`. */
const checked = (context: TurnContext): CheckedActivity => context.activity as unknown as CheckedActivity;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** What was pressed on an Execute card. */
function executed({ activity }: TurnContext): Omit<Press, 'fault'> {
  const action = recordOf(recordOf(activity.value).action);
  return { verb: typeof action.verb === 'string' ? action.verb : '', data: recordOf(action.data) };
}

/** What was pressed where the client knows Submit only: the verb stands among the data. */
function submitted({ activity }: TurnContext): Omit<Press, 'fault'> {
  const data = recordOf(activity.value);
  return { verb: typeof data.verb === 'string' ? data.verb : '', data };
}

const commandVerbs = {
  news: 'form.open',
  mine: 'news.mine',
  help: 'help.open',
  sessions: 'sessions.open',
  suggest: 'topic.form',
  topics: 'topics.open',
  reminders: 'reminders.open',
} as const;

/** The button that a written command stands for; nothing where the command is not understood. */
function pressOf(text: string): { verb: Verb; data: Press['data'] } | undefined {
  const command = understand(text);
  if (command.asks === 'unknown') return undefined;
  if (command.asks === 'next') return { verb: 'session.next', data: { kind: command.kind } };
  if (command.asks !== 'language') return { verb: commandVerbs[command.asks], data: {} };
  const { language } = command;
  if (language === undefined) return { verb: 'language.open', data: {} };
  return { verb: 'language.set', data: { language } };
}

function isExecute({ activity }: TurnContext): Promise<boolean> {
  const action = recordOf(recordOf(activity.value).action);
  const isCard = activity.type === 'invoke' && activity.name === 'adaptiveCard/action';
  return Promise.resolve(isCard && action.type === 'Action.Execute');
}

function isInvokeOfCard({ activity }: TurnContext): Promise<boolean> {
  return Promise.resolve(activity.type === 'invoke' && activity.name === 'adaptiveCard/action');
}

/** Somebody put the bot into a conversation: Teams tells it twice, in one order or the other. */
function isArrival({ activity }: TurnContext): Promise<boolean> {
  const { type, membersAdded, recipient } = activity as unknown as CheckedActivity;
  const isAdded = type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id);
  const isInstalled = type === 'installationUpdate' && activity.action === 'add';
  return Promise.resolve(isAdded || isInstalled);
}

async function written(context: TurnContext, where: ConversationContext, deps: BotDeps): Promise<Answer> {
  const { turn, fault } = await where.turnOf(checked(context));
  const text = typeof context.activity.text === 'string' ? context.activity.text : '';
  if (hasPersonalId(text)) return replaceWith(personalDataView(turn));
  const press = pressOf(text);
  if (press === undefined) return replaceWith(helpView(turn, 'unknown'));
  return act(turn, fault === undefined ? press : { ...press, fault }, deps, deps.log);
}

async function pressed(
  context: TurnContext,
  press: Omit<Press, 'fault'>,
  where: ConversationContext,
  deps: BotDeps,
): Promise<{ answer: Answer; scope: ReturnType<typeof scopeOf> }> {
  const { turn, fault } = await where.turnOf(checked(context));
  const answer = await act(turn, fault === undefined ? press : { ...press, fault }, deps, deps.log);
  return { answer, scope: turn.scope };
}

/** Greets a conversation that the bot has come to, and keeps where its person can be reached. */
async function arrive(context: TurnContext, where: ConversationContext, deps: BotDeps): Promise<void> {
  const activity = checked(context);
  const user = userOf(activity);
  const person = await deps.people.find(personIdOf(user)).catch(() => undefined);
  if (person !== undefined) await where.remember(person, activity);
  const language = person?.language ?? languageOf(user.locale);
  await reply(context, replaceWith(welcomeView(language, scopeOf(activity))));
}

function addRoutes(app: App, where: ConversationContext, deps: BotDeps): void {
  const isFirst = oncePerConversation(deps.clock);
  app.adaptiveCards.actionExecute(isExecute, async (context) => {
    const { answer, scope } = await pressed(context, executed(context), where, deps);
    return answerExecute(context, answer, scope, deps.log);
  });
  app.addRoute(
    isInvokeOfCard,
    async (context) => {
      const value = { code: 'BadRequest', message: 'input.malformed' };
      const body = { statusCode: 400, type: 'application/vnd.microsoft.error', value };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    },
    true,
  );
  app.activity('message', async (context) => {
    if (isRecord(context.activity.value)) {
      const { answer } = await pressed(context, submitted(context), where, deps);
      await answerSubmit(context, answer);
    } else {
      await reply(context, await written(context, where, deps));
    }
  });
  app.addRoute(isArrival, async (context) => {
    if (isFirst(context.activity.conversation.id)) await arrive(context, where, deps);
  });
}

/** The conversation, as the routes of a teams-ai application. It keeps no state between turns. */
export function conversation(adapter: TeamsChannel, deps: BotDeps): App {
  const app = new Application({ adapter, startTypingTimer: false, removeRecipientMention: false });
  addRoutes(app, conversationContext(deps.people, deps.log), deps);
  return app;
}

const memoryMs = 10 * 60 * 1000;
const maxConversations = 1000;

/**
 * Whether the bot has just come to a conversation for the first time. Teams reports one arrival twice within
 * seconds (`conversationUpdate` and `installationUpdate`), so a short memory of this instance is enough; where two
 * instances get one report each, a second welcome does no harm.
 */
export function oncePerConversation(clock: Clock): (conversationId: string) => boolean {
  const seen = new Map<string, number>();
  return (conversationId) => {
    const now = clock.now().epochMilliseconds;
    for (const [id, at] of seen) {
      if (now - at < memoryMs && seen.size <= maxConversations) break;
      seen.delete(id);
    }
    const isFirst = !seen.has(conversationId);
    if (isFirst) seen.set(conversationId, now);
    return isFirst;
  };
}
