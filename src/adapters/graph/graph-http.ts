import { z } from 'zod';
import { request, type Dispatcher } from 'undici';
import { AppError } from '../../platform/errors.js';
import { isUnwritten, reportingUnwritten } from '../../platform/unwritten.js';

/**
 * What a fault of Graph leaves behind:
 * `refused`: it refused, and did nothing; `throttled`: nothing was done, later it will be (429, 503, no connection);
 * `unknown`: the answer was lost or is a 5xx, so that it can't be known whether it acted.
 */
export type FaultKind = 'refused' | 'throttled' | 'unknown';

interface FaultFacts {
  /** HTTP status; absent where there was no answer. */
  readonly status?: number;
  /** Graph's own code, such as `ErrorItemNotFound`, or that of the connection. */
  readonly code: string;
  readonly afterSeconds?: number;
  /** It was no answer of Graph's: there was no token to ask with. */
  readonly atSignIn?: true;
}

/** A request to Graph that did not succeed; holds no addresses, no texts and no secrets. */
export class GraphFault extends Error {
  override readonly name = 'GraphFault';
  readonly status: number | undefined;
  readonly code: string;
  readonly afterSeconds: number | undefined;
  readonly atSignIn: boolean;

  constructor(
    readonly kind: FaultKind,
    facts: FaultFacts,
  ) {
    super(`${kind}: ${facts.code}${facts.status === undefined ? '' : ` (${facts.status})`}`);
    this.status = facts.status;
    this.code = facts.code;
    this.afterSeconds = facts.afterSeconds;
    this.atSignIn = facts.atSignIn === true;
  }
}

/**
 * Codes with which Graph reports that a user or the user's mailbox does not exist (any more)
 * (https://learn.microsoft.com/graph/resolve-auth-errors, https://learn.microsoft.com/exchange/troubleshoot/user-and-shared-mailboxes/rest-api-is-not-yet-supported-for-this-mailbox-error).
 */
const missingMailboxCodes = new Set([
  'ErrorInvalidUser',
  'ErrorNonExistentMailbox',
  'MailboxNotEnabledForRESTAPI',
  'MailboxNotSupportedForRESTAPI',
  'MailboxNotHostedInExchangeOnline',
  'ResourceNotFound',
  'Request_ResourceNotFound',
]);

export const isOrganiserMissing = (fault: unknown): boolean =>
  fault instanceof GraphFault && fault.status === 404 && missingMailboxCodes.has(fault.code);

export function isFault(error: unknown, status: number, code?: string): error is GraphFault {
  return (
    error instanceof GraphFault && error.status === status && (code === undefined || error.code === code)
  );
}

/** The thing that was asked for is not there, although its mailbox is. */
export const isItemMissing = (error: unknown): boolean => isFault(error, 404) && !isOrganiserMissing(error);

/** The same fault as the calendar's port knows it; anything else as it is. */
export function toCalendarError(error: unknown): unknown {
  if (error instanceof z.ZodError)
    return new AppError('calendar.unavailable', { reason: 'unreadableAnswer' }, { cause: error });
  if (!(error instanceof GraphFault)) return error;
  const { status, code, afterSeconds } = error;
  if (isOrganiserMissing(error)) return new AppError('calendar.organiserGone', { reason: code });
  const facts = {
    reason: code,
    ...(status !== undefined && { status }),
    ...(afterSeconds !== undefined && { afterSeconds }),
  };
  return new AppError('calendar.unavailable', facts, { cause: error });
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Exchange {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** The largest answer that is read; without it any. */
  readonly maxBytes?: number;
}

export interface Answer {
  readonly status: number;
  /** Seconds of the `Retry-After` header. */
  readonly afterSeconds: number | undefined;
  readonly bytes: Buffer;
  /** The same as text. */
  readonly text: string;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  return (error as NodeJS.ErrnoException).code ?? error.name;
}

function secondsOf(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** Stops reading, and with it the connection, where there is more than is wanted. */
async function bytesOf(body: AsyncIterable<Buffer>, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > max) throw new GraphFault('refused', { code: 'tooLarge' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * One request and its answer, whatever its status.
 * @throws GraphFault `throttled` where no connection came about, `unknown` where the answer was lost, `refused` `tooLarge`
 *   where it is larger than `maxBytes`.
 */
export async function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body, timeoutMs, maxBytes = Infinity }: Exchange,
): Promise<Answer> {
  try {
    const answer = await request(url, {
      dispatcher: dispatcher.compose(
        (dispatch) => (options, handler) => dispatch(options, reportingUnwritten(handler)),
      ),
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = await bytesOf(answer.body, maxBytes);
    const afterSeconds = secondsOf(answer.headers['retry-after']);
    return { status: answer.statusCode, afterSeconds, bytes, text: bytes.toString('utf8') };
  } catch (error) {
    if (error instanceof GraphFault) throw error;
    const code = codeOf(error);
    throw new GraphFault(isUnwritten(error) ? 'throttled' : 'unknown', { code });
  }
}
