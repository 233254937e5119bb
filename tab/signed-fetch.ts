import type { Identity } from './identity.js';
import { underPage } from './shared/route.js';

/**
 * A request to the server in somebody's name. One whose token is not believed is sent once more with another: it was refused
 * before anything was done.
 * @param path as the routes name it
 */
export async function signedFetch(
  host: Pick<Window, 'fetch'>,
  identity: Identity,
  path: string,
  {
    headers,
    ...request
  }: Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const send = (authorization: string | undefined): Promise<Response> =>
    host.fetch(underPage(path), {
      ...request,
      headers: { ...headers, ...(authorization !== undefined && { Authorization: authorization }) },
    });
  const given = identity.header();
  // Awaited only where it is on its way: what is sent while the page closes leaves at once.
  const header = given instanceof Promise ? await given : given;
  const response = await send(header);
  if (response.status !== 401 || header === undefined || identity.instead === undefined) return response;
  const other = await identity.instead(header);
  return other === undefined ? response : send(other);
}
