import { Application } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnContext } from 'botbuilder';
import { languageOf, languages } from '../../src/shared/languages.js';
import { type PeopleService, personIdOf } from '../../src/people/service.js';
import { hasPersonalId } from '../../src/content/personal-data.js';
import { type ActionAnswer, cardActor } from './actions.js';
import { membership } from './membership.js';
import { goingOnInItsLanguage, spokenKey } from '../cards/language.js';
import { programmeKey } from '../cards/programme.js';
import type { Card } from '../cards/render.js';
import { t } from '../../src/i18n/messages.js';
import type { Person } from '../../src/people/person.js';
import type { BotFeature, Said, WaitingThing } from '../feature.js';
import type { Log } from '../../src/platform/log.js';
import type { AskerAlone } from '../proactive/asker-alone.js';
import type { Press } from './understanding/intent.js';
import type { CheckedActivity } from '../channel/activity.js';
import { holdsFile, writtenText } from '../channel/written-text.js';
import { answerExecute, answerSubmit, reply } from '../channel/replies.js';
import type { TeamsChannel } from '../channel/teams-channel.js';
import { type Answer, type Turn, replaceWith } from './turn.js';
import { type Offer, understanding } from './understanding/understand.js';
import {
  helpFeature,
  helpView,
  offerView,
  outsiderText,
  outsiderView,
  personalDataView,
  welcomeView,
} from './help.js';
import { smallTalkFeature } from './small-talk.js';
import { draftOf } from './understanding/story.js';
import { conversationContext, placeOf, scopeOf, userOf } from './conversation-context.js';
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

/**
 * What an outsider learns who opens a dialog or searches where messages are written, in the shape that Teams shows for each
 * (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots and
 * .../messaging-extensions/how-to/search-commands/respond-to-search); nothing for an invoke that shows nothing.
 */
function outsiderInvoke(context: TurnContext): object | undefined {
  const activity = checked(context);
  const name = activity.name ?? '';
  const text = outsiderText(languageOf(userOf(activity).locale));
  if (/^(task|composeExtension)\/(fetch|fetchTask|submit|submitAction)$/.test(name))
    return { task: { type: 'message', value: text } };
  return name.startsWith('composeExtension/') ? { composeExtension: { type: 'message', text } } : undefined;
}

/** Somebody put the bot into a conversation: Teams reports it twice, in one order or the other. */
function isArrival({ activity }: TurnContext): Promise<boolean> {
  const { type, membersAdded, recipient } = activity as unknown as CheckedActivity;
  const isAdded = type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id);
  const isInstalled = type === 'installationUpdate' && activity.action === 'add';
  return Promise.resolve(isAdded || isInstalled);
}

/** An answer, and the turn in whose language it is. */
interface Answered extends ActionAnswer {
  readonly turn?: Turn;
  /** Said before the answer. */
  readonly first?: string;
}

interface ConversationDeps {
  readonly features: readonly BotFeature[];
  readonly people: PeopleService;
  /** Whose people are members; absent where nobody signs in. */
  readonly tenantId: string | undefined;
  readonly deliverWaiting: (personId: PersonId) => Promise<unknown>;
  /** Shows a card in the person's own chat; whether it arrived. */
  readonly sendPrivately: (person: Person, card: Card) => Promise<boolean>;
  /** Shows an answer among others to the one who asked alone. */
  readonly toAskerAlone: AskerAlone;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The conversation, as the routes of a teams-ai application. What is understood and what buttons do is the features',
 * but for the help. It keeps no state between turns.
 */
export function conversation(
  adapter: TeamsChannel,
  { features, people, tenantId, deliverWaiting, sendPrivately, toAskerAlone, clock, log }: ConversationDeps,
): App {
  const menu = features.flatMap(({ menu: own = [] }) => own);
  const all = [...features, helpFeature(menu, waitingFor), smallTalkFeature(menu)];
  const { asked, isCommand, isOutright, languageOf: languageOfText } = understanding(all);
  const misses = missesInARow(clock);
  const act = cardActor(
    all.flatMap(({ cardActions = [] }) => cardActions),
    menu,
    log,
  );
  const { turnOf, strangerTurn, remember } = conversationContext({ people, deliverWaiting, log });
  const membershipOf = membership({ tenantId, people });
  const arrivals = arrivalsLately(clock);

  /**
   * Answers what somebody said or pressed. An outsider learns whom to ask, and nothing is carried out; where it can't be found
   * out now who they are, `act` gets the fault with a turn of a stranger.
   */
  async function answered(
    context: TurnContext,
    act: (turn: Turn, fault: unknown) => Promise<Answered>,
  ): Promise<Answered & { readonly turn: Turn }> {
    const activity = checked(context);
    const known = await turnOfSender(activity, context);
    if (known === 'outsider') {
      const turn = strangerTurn(activity);
      const answer: Answer = { as: 'aside', card: outsiderView(turn.language) };
      return { answer, isForEveryone: true, isForAsker: true, turn };
    }
    const { turn, fault } = known;
    return { turn, ...(await act(turn, fault)) };
  }

  /** The turn of whoever speaks; that of a stranger, with the fault, where it can't be found out now who they are. */
  async function turnOfSender(
    activity: CheckedActivity,
    context: TurnContext,
  ): Promise<'outsider' | { turn: Turn; fault?: unknown }> {
    try {
      const sender = await membershipOf(context);
      return sender.status === 'outsider' ? 'outsider' : await turnOf(activity, sender.givenName);
    } catch (fault) {
      log.error('bot.senderUnknown', { error: fault });
      return { turn: strangerTurn(activity), fault };
    }
  }

  /** What waits for a person who is alone with the bot, the most pressing first; never throws, as it comes beside what was asked. */
  async function waitingFor(turn: Turn): Promise<readonly WaitingThing[]> {
    if (turn.scope !== 'personal') return [];
    const found = await Promise.allSettled(features.flatMap((feature) => feature.waiting?.(turn) ?? []));
    for (const each of found)
      if (each.status === 'rejected') log.warn('bot.waitingUnknown', { error: each.reason as unknown });
    return found
      .flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
      .sort((one, other) => one.rank - other.rank);
  }

  /**
   * What no feature understands: two guesses to choose from, else what waits and what can be done here; a second time in a row
   * one line.
   */
  async function notUnderstood(
    turn: Turn,
    offers: readonly Offer[],
    conversationId: string,
  ): Promise<ActionAnswer> {
    const { language } = turn;
    const forAsker = { isForEveryone: true, isForAsker: true } as const;
    if (offers.length > 0) return { answer: replaceWith(offerView(turn, offers)), ...forAsker };
    const answer: Answer = misses.isAnother(conversationId)
      ? { as: 'keep', text: t(language, 'chat.talk.again') }
      : replaceWith(helpView(turn, 'unknown', menu, await waitingFor(turn)));
    return { answer, ...forAsker };
  }

  /** What a text asks for, as the features know better what it is about. */
  async function narrowed(turn: Turn, said: Said, press: Press): Promise<Press> {
    for (const feature of all) {
      const other = await feature.narrowed?.(turn, said, press);
      if (other !== undefined) return other;
    }
    return press;
  }

  /** What the features make of a text that asks for nothing. */
  async function heard(turn: Turn, said: Said): Promise<Press | undefined> {
    for (const feature of all) {
      const press = await feature.heard?.(turn, said);
      if (press !== undefined) return press;
    }
    return undefined;
  }

  async function answerTo(
    turn: Turn,
    text: string,
    activity: CheckedActivity,
    fault: unknown,
  ): Promise<ActionAnswer> {
    const draft = draftOf(text, isCommand, isOutright);
    const understood = draft === undefined ? asked(text) : { is: 'unknown' as const };
    const said: Said = {
      text,
      key: activity.id ?? '',
      language: turn.language,
      ...(draft && { draft }),
      hasGuesses: understood.is === 'offer',
    };
    if (understood.is === 'press') {
      const { press: wanted } = understood;
      return act(turn, fault === undefined ? await narrowed(turn, said, wanted) : wanted, fault);
    }
    const press = fault === undefined ? await heard(turn, said) : undefined;
    if (press !== undefined) return act(turn, press);
    if (fault !== undefined) return act(turn, { verb: 'help.open', data: {} }, fault);
    const offers = understood.is === 'offer' ? understood.offers : [];
    const about = await Promise.all(
      offers.map(async (offer) => ({ ...offer, press: await narrowed(turn, said, offer.press) })),
    );
    return notUnderstood(turn, about, activity.conversation.id);
  }

  /** Answers in the language in which somebody writes, and theirs where that is not clear; what they chose stays as it is. */
  const written = (context: TurnContext) =>
    answered(context, async (own, fault) => {
      const activity = checked(context);
      const text = writtenText(activity);
      const turn = { ...own, language: languageOfText(text) ?? own.language };
      if (hasPersonalId(text) || hasPersonalId(activity.text ?? ''))
        return {
          answer: replaceWith(personalDataView(turn, menu)),
          isForEveryone: true,
          isForAsker: true,
          turn,
        };
      const hasFile = holdsFile(activity);
      if (hasFile && text === '')
        return {
          answer: { as: 'keep', text: t(turn.language, 'chat.file.alone') },
          isForEveryone: true,
          isForAsker: true,
          turn,
        };
      const before = misses.count(activity.conversation.id);
      const answer = await answerTo(turn, text, activity, fault).catch((error: unknown) =>
        act(turn, { verb: 'help.open', data: {} }, error),
      );
      if (misses.count(activity.conversation.id) === before) misses.forget(activity.conversation.id);
      // The text alone can be kept.
      return { ...answer, turn, ...(hasFile && { first: t(turn.language, 'chat.file.beside') }) };
    });

  /** A card that was made in another language than the person's own goes on in it. */
  const pressed = (
    context: TurnContext,
    { verb, data: { [spokenKey]: spoken, [programmeKey]: _programme, ...data } }: Press,
  ) =>
    answered(context, async (own, fault) => {
      const language = languages.find((each) => each === spoken) ?? own.language;
      const turn = { ...own, ...pressedAt(context, own), language };
      return { ...(await act(turn, { verb, data }, fault)), turn };
    });

  /** Shows it among others to the one who asked alone; whether it was. */
  const apart = (context: TurnContext, answer: Answer): Promise<boolean> => {
    const activity = checked(context);
    const isSaidApart = activity.recipient.isTargeted === true;
    return toAskerAlone(answer, placeOf(activity), isSaidApart ? (activity.id ?? undefined) : undefined);
  };

  /** Shows it to the one who asked, and aloud only where Teams shows nothing to one person. */
  async function apartOrAloud(context: TurnContext, answer: Answer): Promise<void> {
    if (!(await apart(context, answer))) await reply(context, answer);
  }

  /** What others must not read is said in the person's own chat, and if it can't be, before them to the person alone. */
  async function answerPrivately(
    context: TurnContext,
    answer: Answer,
    { person, language }: Turn,
  ): Promise<void> {
    const isSaid = answer.as !== 'keep' && (await sendPrivately(person, answer.card));
    if (answer.as !== 'keep' && !isSaid && (await apart(context, answer))) return;
    const text =
      answer.as === 'keep' ? answer.text : t(language, `chat.private.${isSaid ? 'sent' : 'write'}`);
    await apartOrAloud(context, { as: 'keep', text });
  }

  /** What somebody said to the bot alone before others is answered so, or in their own chat; the others never see anything of it. */
  async function answerWhisper(context: TurnContext, answer: Answer, { person }: Turn): Promise<void> {
    if (await apart(context, answer)) return;
    if (answer.as !== 'keep' && (await sendPrivately(person, answer.card))) return;
    log.error('bot.notAnswered', { conversation: 'targeted' });
  }

  /** Answers before others: a message of a group stays as it is for everybody. */
  function answerAmongOthers(
    context: TurnContext,
    { answer, isForEveryone, isForAsker }: ActionAnswer,
    turn: Turn,
  ): Promise<void> {
    if (checked(context).recipient.isTargeted === true) return answerWhisper(context, answer, turn);
    if (!isForEveryone) return answerPrivately(context, answer, turn);
    return isForAsker === true ? apartOrAloud(context, answer) : reply(context, answer);
  }

  /** Who is there; `unknown` where that can't be found out now. */
  async function whoIsThere(
    context: TurnContext,
  ): Promise<'outsider' | 'unknown' | { readonly person?: Person }> {
    try {
      if ((await membershipOf(context)).status === 'outsider') return 'outsider';
      const person = await people.find(personIdOf(userOf(checked(context))));
      return person === undefined ? {} : { person: await people.acting(person) };
    } catch (error) {
      log.error('bot.senderUnknown', { error });
      return 'unknown';
    }
  }

  /**
   * Greets a conversation that the bot has come to, and keeps where its person can be reached. Whom nobody knows now is greeted
   * as anybody, and looked up again when Teams reports the same once more.
   */
  async function arrive(context: TurnContext): Promise<void> {
    const activity = checked(context);
    const scope = scopeOf(activity);
    const there = await whoIsThere(context);
    const person = typeof there === 'string' ? undefined : there.person;
    if (there === 'unknown') arrivals.forget(activity.conversation.id);
    if (person !== undefined) await remember(person, activity);
    const language = person?.language ?? languageOf(userOf(activity).locale);
    const isRefused = there === 'outsider' && scope === 'personal';
    const waiting = person === undefined || isRefused ? [] : await waitingOf(person, language, scope);
    await reply(
      context,
      replaceWith(isRefused ? outsiderView(language) : welcomeView(language, scope, menu, waiting)),
    );
  }

  async function waitingOf(
    person: Person,
    language: Turn['language'],
    scope: Turn['scope'],
  ): Promise<readonly WaitingThing[]> {
    try {
      return await waitingFor({ person, language, scope, programme: await people.programme() });
    } catch (error) {
      log.warn('bot.waitingUnknown', { error });
      return [];
    }
  }

  const app = new Application({ adapter, startTypingTimer: false, removeRecipientMention: false });
  app.adaptiveCards.actionExecute(isExecute, async (context) => {
    const { answer, turn } = await pressed(context, executed(context));
    return answerExecute(context, inItsLanguage(answer, turn), turn.scope, log);
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
      const body = (await whoIsThere(context)) === 'outsider' ? outsiderInvoke(context) : undefined;
      const value = body === undefined ? { status: 400 } : { status: 200, body };
      await context.sendActivity({ type: 'invokeResponse', value });
    },
    true,
  );
  app.activity('message', async (context) => {
    const isPress = isRecord(context.activity.value);
    const { turn, first, ...answered } = await (isPress
      ? pressed(context, submitted(context))
      : written(context));
    const firstOfAll = first === undefined ? [] : [{ as: 'keep', text: first } as const];
    if (turn.scope !== 'personal') {
      for (const each of firstOfAll)
        await answerAmongOthers(context, { answer: each, isForEveryone: true, isForAsker: true }, turn);
      await answerAmongOthers(context, answered, turn);
      return;
    }
    for (const each of firstOfAll) await reply(context, each);
    await (isPress ? answerSubmit : reply)(context, inItsLanguage(answered.answer, turn));
  });
  app.addRoute(isArrival, async (context) => {
    if (arrivals.isFirst(context.activity.conversation.id)) await arrive(context);
  });
  return app;
}

/** The answer whose buttons go on in its own language, where it is not the one that the person chose. */
function inItsLanguage(answer: Answer, { person, scope }: Turn): Answer {
  if (answer.as === 'keep' || scope !== 'personal') return answer;
  return { ...answer, card: goingOnInItsLanguage(answer.card, person.language) };
}

const memoryMs = 10 * 60 * 1000;
const maxConversations = 1000;

/**
 * To which conversations the bot came lately. Teams reports one arrival twice within seconds (`conversationUpdate` and
 * `installationUpdate`), so a short memory of this instance is enough; where two instances get one report each, a second
 * welcome does no harm.
 */
function arrivalsLately(clock: Clock) {
  const seen = new Map<string, number>();
  return {
    /** Whether it has just come there for the first time. */
    isFirst: (conversationId: string): boolean => {
      const now = clock.now().epochMilliseconds;
      for (const [id, at] of seen) {
        if (now - at < memoryMs && seen.size <= maxConversations) break;
        seen.delete(id);
      }
      const isFirst = !seen.has(conversationId);
      if (isFirst) seen.set(conversationId, now);
      return isFirst;
    },
    forget: (conversationId: string): void => {
      seen.delete(conversationId);
    },
  };
}

/**
 * How often in a row nothing was understood in a conversation, as this instance knows: where another one was asked before,
 * the card comes a second time, which does no harm.
 */
function missesInARow(clock: Clock) {
  const missed = new Map<string, { readonly at: number; readonly times: number }>();
  const count = (conversationId: string): number => {
    const found = missed.get(conversationId);
    const isRecent = found !== undefined && clock.now().epochMilliseconds - found.at < memoryMs;
    return isRecent ? found.times : 0;
  };
  return {
    count,
    /** Counts a miss; whether it is another one in a row. */
    isAnother: (conversationId: string): boolean => {
      const times = count(conversationId) + 1;
      if (missed.size >= maxConversations) missed.clear();
      missed.set(conversationId, { at: clock.now().epochMilliseconds, times });
      return times > 1;
    },
    forget: (conversationId: string): void => {
      missed.delete(conversationId);
    },
  };
}
