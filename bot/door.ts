import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { BotIdentity } from '../src/platform/bot-sign-in.js';
import { AppError, type ErrorCode } from '../src/platform/errors.js';
import type { Log } from '../src/platform/log.js';
import { type CheckedActivity, readActivity } from './channel/activity.js';
import { assertCovered } from './channel/admission.js';
import { assertNoForeignPage, requireJson } from './channel/local-only-guard.js';
import { mayReach } from './channel/teams-channel.js';
import { programmeKey } from './cards/programme.js';

/** A request as Node or restify gives it; `body` where somebody has read it already. */
export type BotRequest = IncomingMessage & { readonly body?: unknown };

/** Carries out an activity whose sender has been checked. */
export interface Taker {
  /**
   * @param fault what kept us from finding out for whom it is: then only that is answered, and nothing is carried out.
   * @returns what an invoke is answered.
   */
  take(
    activity: CheckedActivity,
    fault?: unknown,
  ): Promise<{ readonly status: number; readonly body?: unknown } | undefined>;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  'input.malformed': 400,
  'input.tooLarge': 413,
  'signIn.needed': 401,
  'signIn.unavailable': 503,
  // Nobody can know now for whom it is: Teams sends it again.
  'storage.unavailable': 503,
  'permission.denied': 403,
};

function send(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent || response.writableEnded) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    // RFC 9110, 11.6.1.
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  });
  response.end(text);
}

/** Why somebody was refused, in a line: whoever knocks often would fill the log with more. */
function reasonOf(error: unknown): string | undefined {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error ? cause.message : undefined;
}

function sendFault(response: ServerResponse, error: unknown, log: Log): void {
  const code: ErrorCode = error instanceof AppError ? error.code : 'internal';
  const status = statuses[code] ?? 500;
  if (status >= 500) log.error('bot.failed', { error });
  if (status === 401 || status === 403) log.warn('bot.refused', { code, reason: reasonOf(error) });
  send(response, status, { code });
}

const pressSchema = z.looseObject({
  action: z
    .looseObject({ data: z.looseObject({ [programmeKey]: z.string().optional() }).optional() })
    .optional(),
  [programmeKey]: z.string().optional(),
});

const pressed = z.union([
  z.looseObject({ type: z.literal('invoke'), name: z.literal('adaptiveCard/action') }),
  z.looseObject({ type: z.literal('message'), value: z.looseObject({}) }),
]);

/** The programme to whose card a pressed button belongs, empty for the first one; `undefined` for what is no press. */
export function programmeNamedIn(activity: CheckedActivity): string | undefined {
  if (!pressed.safeParse(activity).success) return undefined;
  const press = pressSchema.safeParse(activity.value).data;
  return press?.action?.data?.[programmeKey] ?? press?.[programmeKey] ?? '';
}

interface DoorDeps {
  readonly settings: BotIdentity;
  readonly log: Log;
  /** Who carries an activity out, and the fault where that could not be found out. */
  readonly takerOf: (
    activity: CheckedActivity,
  ) => Promise<{ readonly taker: Taker; readonly fault?: unknown }>;
}

/** The bot's door, for `POST /api/messages`: finds out who sends an activity, and answers the request; never throws. */
export function botDoor({ settings, log, takerOf }: DoorDeps) {
  const { signIn, tenantId } = settings;
  return async (request: BotRequest, response: ServerResponse): Promise<void> => {
    try {
      requireJson(request);
      const sender = await signIn?.senderOf(request.headers.authorization);
      if (sender === undefined) assertNoForeignPage(request);
      const activity = await readActivity(request);
      if (sender !== undefined) assertCovered(activity, sender, tenantId);
      if (!mayReach(activity.serviceUrl, signIn !== undefined)) throw new AppError('permission.denied');
      const { taker, fault } = await takerOf(activity);
      const answer = await taker.take(activity, fault);
      send(response, answer?.status ?? 200, answer?.body);
    } catch (error) {
      sendFault(response, error, log);
    }
  };
}
