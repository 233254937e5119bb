import { request, type Dispatcher } from 'undici';
import { GraphFault } from './graph-fault.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Exchange {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

export interface Answer {
  readonly status: number;
  /** Seconds of the `Retry-After` header. */
  readonly afterSeconds: number | undefined;
  readonly text: string;
}

/** Faults of a connection that never came about, so that nothing can have been done. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

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

/**
 * One request and its answer, whatever its status.
 * @throws GraphFault `throttled` where no connection came about, `unknown` where the answer was lost.
 */
export async function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body, timeoutMs }: Exchange,
): Promise<Answer> {
  try {
    const answer = await request(url, {
      dispatcher,
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, afterSeconds: secondsOf(answer.headers['retry-after']), text };
  } catch (error) {
    const code = codeOf(error);
    throw new GraphFault(neverConnected.has(code) ? 'throttled' : 'unknown', { code });
  }
}
