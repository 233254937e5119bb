import { z } from 'zod';

/** An answer over HTTP, or why there was none. */
export type WebAnswer =
  | { readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly silence: string };

const timeoutMs = 8_000;

/** What a connection that failed is called, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `no answer within ${String(timeoutMs / 1_000)} seconds`;
  const cause = error.cause instanceof Error ? error.cause : error;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}

/** One request; never throws. The body is read as JSON where it is some, else as text. */
export async function ask(url: string, options: RequestInit = {}): Promise<WebAnswer> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...options,
    });
    const text = await answer.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // A page, or nothing.
    }
    return { status: answer.status, headers: answer.headers, body };
  } catch (error) {
    return { silence: codeOf(error) };
  }
}

const graphError = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().optional() }),
});

/** What Graph calls a refusal; the status where it says nothing. */
export function graphCode(answer: Extract<WebAnswer, { status: number }>): string {
  return graphError.safeParse(answer.body).data?.error.code ?? `HTTP ${String(answer.status)}`;
}
