import { Application } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnContext } from 'botbuilder';
import { languageOf } from '../../src/shared/languages.js';
import { type PeopleService, personIdOf } from '../../src/people/service.js';
import { hasPersonalId } from '../../src/content/personal-data.js';
import { type ActionAnswer, cardActor } from './actions.js';
import { type Membership, membership } from './membership.js';
import type { Card } from '../cards/render.js';
import { t } from '../../src/i18n/messages.js';
import type { Person } from '../../src/people/person.js';
import type { BotFeature } from '../feature.js';
import type { Log } from '../../src/platform/log.js';
import type { Press } from './understanding/intent.js';
import type { CheckedActivity } from '../channel/activity.js';
import { answerExecute, answerSubmit, reply } from '../channel/replies.js';
import type { TeamsChannel } from '../channel/teams-channel.js';
import { type Answer, type Turn, replaceWith } from './turn.js';
import { understanding } from './understanding/understand.js';
import { helpFeature, helpView, outsiderView, personalDataView, welcomeView } from './help.js';
import { conversationContext, scopeOf, userOf } from './conversation-context.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Clock } from '../../src/platform/clock.js';

type App = Application;

/** Every activity came through the check of `readActivity`. */
const checked = (context: TurnContext): CheckedActivity => context.activity as unknown as CheckedActivity;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** What was pressed on an Execute card. */
function executed({ activity }: TurnContext): Press {
  const action = recordOf(recordOf(activity.value).action);
  return { verb: typeof action.verb === 'string' ? action.verb : '', data: recordOf(action.data) };
}

/** What was pressed where the client knows Submit only: the verb stands among the data. */
function submitted({ activity }: TurnContext): Press {
  const data = recordOf(activity.value);
  return { verb: typeof data.verb === 'string' ? data.verb : '', data };
}

/** Where the answer to a press will stand, alone with the person: in the message that was pressed. */
function pressedAt({ activity }: TurnContext, { scope }: Turn): Pick<Turn, 'pressedAt'> {
  const { replyToId: activityId, conversation } = activity;
  if (scope !== 'personal' || activityId === undefined || activityId === '') return {};
  return { pressedAt: { conversationId: conversation.id, activityId } };
}

function isExecute({ activity }: TurnContext): Promise<boolean> {
  const action = recordOf(recordOf(activity.value).action);
  const isCard = activity.type === 'invoke' && activity.name === 'adaptiveCard/action';
  return Promise.resolve(isCard && action.type === 'Action.Execute');
}

function isInvokeOfCard({ activity }: TurnContext): Promise<boolean> {
  return Promise.resolve(activity.type === 'invoke' && activity.name === 'adaptiveCard/action');
}

/** An invoke that no feature answers; the SDK would call that a fault of the server. */
function isOtherInvoke({ activity }: TurnContext): Promise<boolean> {
  return Promise.resolve(activity.type === 'invoke' && activity.name !== 'adaptiveCard/action');
}

/** Somebody put the bot into a conversation: Teams reports it twice, in one order or the other. */
function isArrival({ activity }: TurnContext): Promise<boolean> {
  const { type, membersAdded, recipient } = activity as unknown as CheckedActivity;
  const isAdded = type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id);
  const isInstalled = type === 'installationUpdate' && activity.action === 'add';
  return Promise.resolve(isAdded || isInstalled);
}

interface ConversationDeps {
  readonly features: readonly BotFeature[];
  readonly people: PeopleService;
  /** Whose people are members; absent where nobody signs in. */
  readonly tenantId: string | undefined;
  readonly deliverWaiting: (personId: PersonId) => Promise<unknown>;
  /** Shows a card in the person's own chat; whether it arrived. */
  readonly sendPrivately: (person: Person, card: Card) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The conversation, as the routes of a teams-ai application. What is understood and what buttons do is the features',
 * but for the help. It keeps no state between turns.
 */
export function conversation(
  adapter: TeamsChannel,
  { features, people, tenantId, deliverWaiting, sendPrivately, clock, log }: ConversationDeps,
): App {
  const menu = features.flatMap(({ menu: own = [] }) => own);
  const all = [...features, helpFeature(menu)];
  const understand = understanding(all);
  const act = cardActor(
    all.flatMap(({ cardActions = [] }) => cardActions),
    menu,
    log,
  );
  const { turnOf, strangerTurn, remember } = conversationContext({ people, deliverWaiting, log });
  const membershipOf = membership({ tenantId, people });
  const isFirst = oncePerConversation(clock);

  /**
   * Answers what somebody said or pressed. An outsider learns whom to ask, and nothing is carried out; where it can't be found
   * out now who they are, `act` gets the fault with a turn of a stranger.
   */
  async function answered(
    context: TurnContext,
    act: (turn: Turn, fault: unknown) => Promise<ActionAnswer>,
  ): Promise<ActionAnswer & { readonly turn: Turn }> {
    const activity = checked(context);
    const stranger = strangerTurn(activity);
    try {
      const sender = await membershipOf(context);
      if (sender.status === 'outsider') {
        const answer: Answer = { as: 'aside', card: outsiderView(stranger.language) };
        return { answer, isForEveryone: true, turn: stranger };
      }
      const { turn, fault } = await turnOf(activity, sender.givenName);
      return { ...(await act(turn, fault)), turn };
    } catch (error) {
      log.error('bot.senderUnknown', { error });
      return { ...(await act(stranger, error)), turn: stranger };
    }
  }

  const written = (context: TurnContext) =>
    answered(context, async (turn, fault) => {
      const text = typeof context.activity.text === 'string' ? context.activity.text : '';
      if (hasPersonalId(text))
        return { answer: replaceWith(personalDataView(turn, menu)), isForEveryone: true };
      const press = understand(text);
      if (press === undefined)
        return { answer: replaceWith(helpView(turn, 'unknown', menu)), isForEveryone: true };
      return act(turn, press, fault);
    });

  const pressed = (context: TurnContext, press: Press) =>
    answered(context, (turn, fault) => act({ ...turn, ...pressedAt(context, turn) }, press, fault));

  /** Says in the person's own chat what others must not read, and to the others only that. */
  async function answerApart(
    context: TurnContext,
    answer: Answer,
    { person, language }: Turn,
  ): Promise<void> {
    const isSaid = answer.as !== 'keep' && (await sendPrivately(person, answer.card));
    const text =
      answer.as === 'keep' ? answer.text : t(language, `chat.private.${isSaid ? 'sent' : 'write'}`);
    await reply(context, { as: 'keep', text });
  }

  /** Greets a conversation that the bot has come to, and keeps where its person can be reached. */
  async function arrive(context: TurnContext): Promise<void> {
    const activity = checked(context);
    const user = userOf(activity);
    const scope = scopeOf(activity);
    const sender = await membershipOf(context).catch((): Membership => ({ status: 'outsider' }));
    const isOutsider = sender.status === 'outsider';
    const person = isOutsider ? undefined : await people.find(personIdOf(user)).catch(() => undefined);
    if (person !== undefined) await remember(person, activity);
    const language = person?.language ?? languageOf(user.locale);
    const isRefused = isOutsider && scope === 'personal';
    await reply(
      context,
      replaceWith(isRefused ? outsiderView(language) : welcomeView(language, scope, menu)),
    );
  }

  const app = new Application({ adapter, startTypingTimer: false, removeRecipientMention: false });
  app.adaptiveCards.actionExecute(isExecute, async (context) => {
    const { answer, turn } = await pressed(context, executed(context));
    return answerExecute(context, answer, turn.scope, log);
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
  app.addRoute(
    isOtherInvoke,
    async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 400 } });
    },
    true,
  );
  app.activity('message', async (context) => {
    const isPress = isRecord(context.activity.value);
    const { answer, isForEveryone, turn } = await (isPress
      ? pressed(context, submitted(context))
      : written(context));
    if (turn.scope === 'personal') await (isPress ? answerSubmit : reply)(context, answer);
    // A message of a group stays as it is for everybody, and what is not for everybody is not said there.
    else if (isForEveryone) await reply(context, answer);
    else await answerApart(context, answer, turn);
  });
  app.addRoute(isArrival, async (context) => {
    if (isFirst(context.activity.conversation.id)) await arrive(context);
  });
  return app;
}

const memoryMs = 10 * 60 * 1000;
const maxConversations = 1000;

/**
 * Whether the bot has just come to a conversation for the first time. Teams reports one arrival twice within
 * seconds (`conversationUpdate` and `installationUpdate`), so a short memory of this instance is enough; where two
 * instances get one report each, a second welcome does no harm.
 */
function oncePerConversation(clock: Clock): (conversationId: string) => boolean {
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
