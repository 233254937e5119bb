import type { Tokens } from '../../src/platform/bot-sign-in.js';
import { UnwrittenRequest } from '../../src/platform/unwritten.js';

/**
 * Sends something with a token. Where the other side refuses the token it did nothing, so that it is sent again with a new
 * one, once.
 * @throws UnwrittenRequest where there is no token.
 */
export async function withToken<Answer extends { readonly status: number }>(
  tokens: Tokens,
  send: (token: string) => Promise<Answer>,
): Promise<Answer> {
  const get = () =>
    tokens.get().catch((error: unknown) => {
      throw new UnwrittenRequest(error);
    });
  const token = await get();
  const answer = await send(token);
  if (answer.status !== 401) return answer;
  tokens.refused(token);
  const renewed = await get().catch(() => token);
  return renewed === token ? answer : send(renewed);
}
