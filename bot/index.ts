import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import { AppError, type ErrorCode } from '../src/platform/errors.js';
import type { Log } from '../src/platform/log.js';
import type { ShowNotice } from '../src/delivery/notices.js';
import type { Pace } from '../src/delivery/pacing/pace.js';
import type { Transport } from '../src/delivery/fan-out/kind.js';
import { readActivity } from './channel/activity.js';
import { chat, chatTransport, privately, renderFanOut } from './proactive/chat.js';
import { askerAlone } from './proactive/asker-alone.js';
import { conversation } from './conversation/conversation.js';
import { directConnector } from './channel/direct-connector.js';
import { approvalsFeature } from './features/approvals/index.js';
import { newsletterFeature } from './features/newsletter/index.js';
import { newsFeature } from './features/news/index.js';
import { languageFeature } from './features/language/index.js';
import { digestFeature } from './features/digest/index.js';
import { sessionsFeature } from './features/sessions/index.js';
import type { BotFeature } from './feature.js';
import type { PersonId } from '../src/platform/ids.js';
import type { Clock } from '../src/platform/clock.js';
import type { PeopleService } from '../src/people/service.js';
import { fanOutNoticeView, showNotices } from './proactive/notices.js';
import { type BotSettings, TeamsChannel } from './channel/teams-channel.js';
import { assertNoForeignPage, requireJson } from './channel/local-only-guard.js';

/** A request as Node or restify gives it; `body` where somebody has read it already. */
type BotRequest = IncomingMessage & { readonly body?: unknown };

export interface Bot {
  /** Takes an activity from Teams and answers the request; never throws. For `POST /api/messages`. */
  handle(request: BotRequest, response: ServerResponse): Promise<void>;
  /** Shows people what the outbox has for them. */
  readonly showNotice: ShowNotice;
  /** Delivers fan-outs to chats and channels; `pace` is for opening conversations. */
  readonly transport: (pace: Pace) => Transport;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  'input.malformed': 400,
  'input.tooLarge': 413,
  'signIn.needed': 401,
  'permission.denied': 403,
};

function send(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent || response.writableEnded) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

function sendFault(response: ServerResponse, error: unknown, log: Log): void {
  const code: ErrorCode = error instanceof AppError ? error.code : 'internal';
  const status = statuses[code] ?? 500;
  if (status === 500) log.error('bot.failed', { error });
  if (status === 401) log.warn('bot.refused', { error });
  send(response, status, { code });
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
  Parameters<typeof languageFeature>[0];

/** The features of Big Room, in the order of the menu. */
export function botFeatures(services: FeatureServices): BotFeature[] {
  return [
    newsletterFeature(services),
    approvalsFeature(services),
    newsFeature(services),
    sessionsFeature(services),
    digestFeature(services),
    languageFeature(services),
  ];
}

/** What a bot takes of Big Room, whose services go to its features. */
type BotServices = Omit<FeatureServices, 'clock' | 'publicUrl'> &
  Pick<BotDeps, 'people' | 'deliverWaiting' | 'noticePace'>;

/** The bot of Big Room, with all its features and those given beside them. */
export function botOf(
  bigRoom: BotServices,
  {
    publicUrl,
    features = [],
    ...deps
  }: Pick<BotDeps, 'clock' | 'settings' | 'log'> &
    Pick<FeatureServices, 'publicUrl'> & { readonly features?: readonly BotFeature[] },
): Bot {
  const { people, deliverWaiting, noticePace } = bigRoom;
  const own = botFeatures({ ...bigRoom, clock: deps.clock, publicUrl });
  return createBot({ features: [...own, ...features], people, deliverWaiting, noticePace, ...deps });
}

interface BotDeps {
  readonly features: readonly BotFeature[];
  readonly people: PeopleService;
  /** Lets what waited for a person leave, when they are met. */
  readonly deliverWaiting: (personId: PersonId) => Promise<unknown>;
  readonly clock: Clock;
  /** The pace of notices to single people, below Teams' limits together with all that leaves. */
  readonly noticePace: Pace;
  readonly settings: BotSettings;
  readonly log: Log;
}

/** The bot, made of its features. */
function createBot(deps: BotDeps): Bot {
  const { features, people, deliverWaiting, clock, noticePace, settings, log } = deps;
  const channel = new TeamsChannel(settings);
  const render = renderFanOut(mergedViews(features.map(({ fanOuts }) => fanOuts)), () => people.programme());
  const connector = directConnector();
  const toChat = chat({
    connector,
    people,
    mayReach: (serviceUrl) => channel.mayReach(serviceUrl),
    log,
  });
  const app = conversation(channel, {
    features,
    people,
    tenantId: settings.tenantId,
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
  return {
    showNotice: showNotices({
      chat: toChat,
      views: mergedViews([...features.map(({ notices }) => notices), fanOutNoticeView(render)]),
      menu: features.flatMap(({ menu = [] }) => menu),
      people,
      pace: noticePace,
    }),
    transport: (pace) =>
      chatTransport({
        chat: toChat,
        render,
        pace,
      }),
    handle: async (request, response) => {
      try {
        requireJson(request);
        if (!channel.signsIn) assertNoForeignPage(request);
        const activity = await readActivity(request);
        if (!channel.mayReach(activity.serviceUrl)) throw new AppError('permission.denied');
        const authorization = request.headers.authorization ?? '';
        const answer = await channel.receive(
          authorization,
          activity as unknown as Activity,
          async (context) => {
            await app.run(context);
          },
        );
        send(response, answer?.status ?? 200, answer?.body);
      } catch (error) {
        sendFault(response, error, log);
      }
    },
  };
}
