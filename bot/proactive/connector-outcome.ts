import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import { isUnwritten } from '../../src/platform/unwritten.js';

/**
 * What the connector's answers mean for a message
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit and
 * .../bots/how-to/conversations/send-proactive-messages).
 */
const retried: readonly number[] = [412, 429, 502, 503, 504];
const neverReached: readonly string[] = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'BotDisabledByAdmin',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
  'ConversationNotFound',
];
const errorBody = z
  .object({
    error: z
      .object({
        code: z.string().optional(),
        innerHttpError: z.unknown().optional(),
      })
      .loose()
      .optional(),
    code: z.string().optional(),
  })
  .loose();

const faultSchema = z.looseObject({
  code: z.string().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  response: z
    .looseObject({
      bodyAsText: z.string().nullish(),
      headers: z.unknown(),
    })
    .optional()
    .catch(undefined),
});

/** A request that took too long: nobody knows whether it arrived. */
export class SendTimeout extends Error {
  override readonly name = 'SendTimeout';
}

function bodyCodes(text: string | null | undefined): string[] {
  try {
    const parsed = errorBody.parse(JSON.parse(text ?? ''));
    const { error } = parsed;
    const sub = [error?.subCode, error?.subcode, parsed.subcode].filter((code) => typeof code === 'string');
    return [...sub, error?.code, parsed.code].filter((code) => code !== undefined);
  } catch {
    return [];
  }
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const get = (headers as { get?: unknown }).get;
  const value: unknown = typeof get === 'function' ? get.call(headers, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

interface SendFault {
  readonly status: number | undefined;
  readonly reason: string;
  readonly isUndeliverable: boolean;
  readonly isUnsent: boolean;
  readonly afterSeconds: number | undefined;
}

/** Seconds that a Retry-After names, as a number or as a date. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return seconds > 0 ? seconds : undefined;
}

/** A refusal as a client of the connector met it. */
interface Refusal {
  readonly status: number | undefined;
  /** What the fault is called, the most specific first. */
  readonly codes: readonly string[];
  /** Its name where there is no code. */
  readonly name: string;
  readonly retryAfter: string | undefined;
  /** Nothing of the request can have arrived. */
  readonly isUnsent: boolean;
}

function faultIn({ status, codes, name, retryAfter, isUnsent }: Refusal): SendFault {
  const named = codes[0] ?? name;
  return {
    status,
    reason: status === undefined ? named : `${String(status)} ${named}`,
    isUndeliverable: (status === 403 || status === 404) && codes.some((code) => neverReached.includes(code)),
    isUnsent: status === undefined && isUnsent,
    afterSeconds: secondsOf(retryAfter),
  };
}

function refusalOf(error: unknown): Refusal {
  const fault = faultSchema.safeParse(error).data;
  const codes = bodyCodes(fault?.response?.bodyAsText);
  return {
    status: fault?.statusCode,
    codes: fault?.code === undefined ? codes : [...codes, fault.code],
    name: error instanceof Error ? error.name : 'unknown',
    retryAfter: headerOf(fault?.response?.headers, 'retry-after'),
    isUnsent: isUnwritten(error),
  };
}

function judge({ status, reason, isUndeliverable, isUnsent, afterSeconds }: SendFault): Outcome {
  if (isUndeliverable) return { result: 'undeliverable', reason };
  if (isUnsent || (status !== undefined && retried.includes(status))) {
    return { result: 'retry', reason, ...(afterSeconds !== undefined && { afterSeconds }) };
  }
  // A timeout, a broken connection, or a server that stumbled: it may have arrived.
  if (status === undefined || status >= 500) return { result: 'uncertain', reason };
  return { result: 'failed', reason };
}

/** Whether the other side does not know the conversation (any more), so that one is to be opened anew. */
export function isConversationMissing(outcome: Outcome): boolean {
  const isRefused = outcome.result === 'undeliverable' || outcome.result === 'failed';
  return isRefused && outcome.reason.startsWith('404 ');
}

/** The outcome of a request that failed. */
export function outcomeOf(error: unknown): Outcome {
  return judge(faultIn(refusalOf(error)));
}

/** What an answer of the connector other than success means. @param body as it came */
export function outcomeOfAnswer(status: number, body: string, retryAfter: string | undefined): Outcome {
  return judge(faultIn({ status, codes: bodyCodes(body), name: 'Error', retryAfter, isUnsent: false }));
}

/** No message had left yet where a conversation was to be opened, and opening twice is opening once. */
export function beforeSending(outcome: Outcome): Outcome {
  return outcome.result === 'uncertain' ? { ...outcome, result: 'retry' } : outcome;
}

/** @throws SendTimeout when the work has not come to an end by then; it may go on. */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const late = wait(milliseconds, undefined, { signal: stop.signal }).then(() => {
    throw new SendTimeout(`no answer in ${String(milliseconds)} ms`);
  });
  // Whichever loses may still fail; that fault has no one left to hear it.
  work.catch(() => undefined);
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
}

const attempts = 3;
const maxWaitMs = 1500;

/** Sends an answer, again where the connector asks for it, within the seconds that a turn may take. */
export async function sendPatiently<Value>(send: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.result !== 'retry' || attempt === attempts) throw error;
      const asked = outcome.afterSeconds === undefined ? 100 * 2 ** attempt : outcome.afterSeconds * 1000;
      if (asked > maxWaitMs) throw error;
      await wait(asked * (1 + Math.random() / 4));
    }
  }
}
