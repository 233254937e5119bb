import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import { AppError, type ErrorCode } from '../src/platform/errors.js';
import type { Log } from '../src/platform/log.js';
import type { ShowNotice } from '../src/delivery/notices/deliveries.js';
import type { Pace } from '../src/delivery/pacing/pace.js';
import type { Transport } from '../src/delivery/fan-out/transport.js';
import { readActivity, tenantOf } from './channel/activity.js';
import { chat } from './proactive/chat.js';
import { chatTransport, renderFanOut } from './proactive/chat-transport.js';
import { conversation } from './conversation/conversation.js';
import { directConnector } from './channel/direct-connector.js';
import { newsNoticeViews } from './features/news/notice-view.js';
import { sessionFanOutViews } from './features/sessions/fan-out-views.js';
import { sessionNoticeViews } from './features/sessions/session-notice-view.js';
import { showNotices } from './proactive/notices.js';
import type { FanOutViews, NoticeViews } from './proactive/views.js';
import { TeamsChannel, type BotSettings } from './channel/teams-channel.js';
import { requireJson, assertNoForeignPage } from './channel/local-only-guard.js';
import type { BotDeps, BotServices } from './conversation/turn.js';

export type { BotSettings } from './channel/teams-channel.js';
export type { BotServices } from './conversation/turn.js';

/** A request as Node or restify gives it; `body` where somebody has read it already. */
type BotRequest = IncomingMessage & { readonly body?: unknown };

export interface Bot {
  /** Takes an activity from Teams and answers the request; never throws. For `POST /api/messages`. */
  handle(request: BotRequest, response: ServerResponse): Promise<void>;
  /** Shows people what the outbox has for them. */
  readonly showNotice: ShowNotice;
  /** Carries fan-outs into chats and channels; `pace` is for opening conversations. */
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

/** The cards of messages that modules beside the features of Big Room register. */
export interface MoreViews {
  readonly notices?: NoticeViews;
  readonly fanOuts?: FanOutViews;
}

/** The bot over the services of Big Room. */
export function createBot(services: BotServices, settings: BotSettings, log: Log, more: MoreViews = {}): Bot {
  const channel = new TeamsChannel(settings);
  const deps: BotDeps = { ...services, log };
  const app = conversation(channel, deps);
  const toChat = chat({
    connector: directConnector(),
    people: services.people,
    mayReach: (serviceUrl) => channel.mayReach(serviceUrl),
    log,
  });
  channel.onTurnError = (_context, error) => {
    log.error('bot.turnFailed', { error });
    return Promise.resolve();
  };
  return {
    showNotice: showNotices({
      chat: toChat,
      views: { ...newsNoticeViews(services), ...sessionNoticeViews(services), ...more.notices },
      people: services.people,
      pace: services.words,
    }),
    transport: (pace) =>
      chatTransport({
        chat: toChat,
        render: renderFanOut({ ...sessionFanOutViews(services), ...more.fanOuts }, () =>
          services.people.programme(),
        ),
        pace,
      }),
    handle: async (request, response) => {
      try {
        requireJson(request);
        if (!channel.signsIn) assertNoForeignPage(request);
        const activity = await readActivity(request);
        const isForeign = settings.tenantId !== undefined && tenantOf(activity) !== settings.tenantId;
        if (isForeign || !channel.mayReach(activity.serviceUrl)) throw new AppError('permission.denied');
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
