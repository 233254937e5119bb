import type { ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import type { BotIdentity } from '../src/platform/bot-sign-in.js';
import type { Log } from '../src/platform/log.js';
import type { ShowNotice } from '../src/delivery/notices.js';
import type { Pace } from '../src/delivery/pacing/pace.js';
import type { Transport } from '../src/delivery/fan-out/kind.js';
import { speakingFor } from './cards/programme.js';
import { chat, chatTransport, privately, renderFanOut } from './proactive/chat.js';
import { askerAlone } from './proactive/asker-alone.js';
import { conversation } from './conversation/conversation.js';
import { conversationContext } from './conversation/conversation-context.js';
import { senderFault } from './conversation/membership.js';
import { directConnector } from './channel/direct-connector.js';
import { approvalsFeature } from './features/approvals/index.js';
import { newsletterFeature } from './features/newsletter/index.js';
import { newsFeature } from './features/news/index.js';
import { languageFeature } from './features/language/index.js';
import { notifyFeature } from './features/notify/index.js';
import { programmeFeature } from './features/programme/index.js';
import { digestFeature } from './features/digest/index.js';
import { settingsFeature } from './features/settings/index.js';
import { sessionsFeature } from './features/sessions/index.js';
import { substitutesFeature } from './features/substitutes/index.js';
import type { BotFeature } from './feature.js';
import type { Person } from '../src/people/person.js';
import type { CheckedActivity } from './channel/activity.js';
import type { PersonId } from '../src/platform/ids.js';
import type { Clock } from '../src/platform/clock.js';
import type { PeopleService } from '../src/people/service.js';
import type { Feed } from '../src/delivery/reach/feed.js';
import { activityOf } from './proactive/feed.js';
import { type CardFeed, fanOutNoticeView, showNotices } from './proactive/notices.js';
import { TeamsChannel } from './channel/teams-channel.js';
import { botDoor, programmeNamedIn, type BotRequest, type Taker } from './door.js';

export { namingProgramme } from './cards/programme.js';
export { botDoor, programmeNamedIn, type Taker } from './door.js';

export interface Bot extends Taker {
  /** Takes an activity from Teams and answers the request; never throws. For `POST /api/messages`. */
  handle(request: BotRequest, response: ServerResponse): Promise<void>;
  /**
   * Keeps where somebody of this programme can be reached who has just spoken to the bot of another one, and lets what waited
   * for them leave; never throws.
   */
  readonly meets: (person: Person, activity: CheckedActivity) => Promise<unknown>;
  /** Shows people what the outbox has for them. */
  readonly showNotice: ShowNotice;
  /** Delivers fan-outs to chats and channels; `pace` is for opening conversations. */
  readonly transport: (pace: Pace) => Transport;
}

/** The views of all features, by kind. */
function mergedViews<View>(
  views: readonly (Readonly<Record<string, View>> | undefined)[],
): Readonly<Record<string, View>> {
  const all = views.flatMap((each) => Object.entries(each ?? {}));
  const merged = Object.fromEntries(all);
  if (Object.keys(merged).length < all.length) throw new Error('two features have a view for the same kind');
  return merged;
}

/** The services that the features of Big Room use. */
type FeatureServices = Parameters<typeof newsFeature>[0] &
  Parameters<typeof newsletterFeature>[0] &
  Parameters<typeof approvalsFeature>[0] &
  Parameters<typeof sessionsFeature>[0] &
  Parameters<typeof digestFeature>[0] &
  Parameters<typeof substitutesFeature>[0] &
  Parameters<typeof languageFeature>[0] &
  Parameters<typeof notifyFeature>[0] &
  Parameters<typeof programmeFeature>[0];

/** The features of Big Room, in the order of the menu. */
export function botFeatures(services: FeatureServices): BotFeature[] {
  return [
    newsletterFeature(services),
    approvalsFeature(services),
    newsFeature(services),
    sessionsFeature(services),
    digestFeature(services),
    substitutesFeature(services),
    languageFeature(services),
    settingsFeature(services),
    notifyFeature(services),
    programmeFeature(services),
  ];
}

/** What a bot takes of Big Room, whose services go to its features. */
type BotServices = Omit<FeatureServices, 'clock' | 'publicUrl' | 'programmes'> &
  Pick<BotDeps, 'people' | 'deliverWaiting' | 'noticePace' | 'feed'>;

/** The bot of Big Room, with all its features and those given beside them. */
export function botOf(
  bigRoom: BotServices,
  {
    publicUrl,
    programmes,
    features = [],
    ...deps
  }: Pick<BotDeps, 'clock' | 'settings' | 'log' | 'programmeName'> &
    Pick<FeatureServices, 'publicUrl' | 'programmes'> & { readonly features?: readonly BotFeature[] },
): Bot {
  const { people, deliverWaiting, noticePace, feed } = bigRoom;
  const own = botFeatures({ ...bigRoom, clock: deps.clock, publicUrl, programmes });
  return createBot({ features: [...own, ...features], people, deliverWaiting, noticePace, feed, ...deps });
}

interface BotDeps {
  readonly features: readonly BotFeature[];
  readonly people: PeopleService;
  /** Lets what waited for a person leave, when they are met. */
  readonly deliverWaiting: (personId: PersonId) => Promise<unknown>;
  readonly clock: Clock;
  /** The pace of notices to single people, below Teams' limits together with all that leaves. */
  readonly noticePace: Pace;
  /** The activity feed of Teams; absent where it is not set up. */
  readonly feed?: Feed | undefined;
  readonly settings: BotIdentity;
  readonly log: Log;
  /** Of a further programme: its name in addresses, by which the buttons of its cards find back to it. */
  readonly programmeName?: string;
}

/** The bot, made of its features. */
function createBot(deps: BotDeps): Bot {
  const { features, people, deliverWaiting, clock, noticePace, settings, log, programmeName = '' } = deps;
  const { signIn, tenantId } = settings;
  const channel = new TeamsChannel(settings);
  const render = renderFanOut(mergedViews(features.map(({ fanOuts }) => fanOuts)), () => people.programme());
  const connector = directConnector(signIn);
  const toChat = chat({
    connector,
    people,
    mayReach: (serviceUrl) => channel.mayReach(serviceUrl),
    log,
  });
  const app = conversation(channel, {
    features,
    people,
    tenantId,
    deliverWaiting,
    sendPrivately: privately(toChat, log),
    toAskerAlone: askerAlone(connector, log),
    clock,
    log,
  });
  channel.onTurnError = (_context, error) => {
    log.error('bot.turnFailed', { error });
    return Promise.resolve();
  };
  const activities = mergedViews(features.map((feature) => feature.activities));
  const feed: CardFeed | undefined = deps.feed && {
    ...deps.feed,
    activityOf: (what, card, reader) => activityOf(what, card, reader, { views: activities, programmeName }),
  };
  const speaking = <Value>(work: () => Value): Value => speakingFor(programmeName, work);
  /** A form that is drawn again after a fault stays one of its programme, whoever draws it. */
  const nameFor = (activity: CheckedActivity, fault: unknown): string =>
    (fault === undefined ? undefined : programmeNamedIn(activity)) ?? programmeName;
  const take: Taker['take'] = (activity, fault) =>
    speakingFor(nameFor(activity, fault), () =>
      channel.receive(activity as unknown as Activity, async (context) => {
        if (fault !== undefined) context.turnState.set(senderFault, fault);
        await app.run(context);
      }),
    );
  const show = showNotices({
    chat: toChat,
    views: mergedViews([...features.map(({ notices }) => notices), fanOutNoticeView(render)]),
    menu: features.flatMap(({ menu = [] }) => menu),
    people,
    pace: noticePace,
    feed,
  });
  const takeAll = { take };
  const { remember } = conversationContext({ people, deliverWaiting, log });
  return {
    take,
    meets: remember,
    handle: botDoor({ settings, log, takerOf: () => Promise.resolve({ taker: takeAll }) }),
    showNotice: (...given) => speaking(() => show(...given)),
    transport: (pace) => {
      const transport = chatTransport({ chat: toChat, render, pace, feed });
      return { ...transport, prepare: (...given) => speaking(() => transport.prepare(...given)) };
    },
  };
}
