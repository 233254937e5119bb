import { isInHost } from '../teams.js';

/** What the page says of the installation in which one signs in with Entra (src/runtime/cloud.ts). */
export interface EntraFacts {
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
}

/**
 * @param data the attributes `data-…` of the page's `html`
 * @returns undefined in trial mode, whose pages say nothing.
 */
export function entraFacts(data: Readonly<Record<string, string | undefined>>): EntraFacts | undefined {
  const { signIn, loginUrl, tenantId, clientId } = data;
  if (signIn !== 'entra' || loginUrl === undefined || tenantId === undefined || clientId === undefined)
    return undefined;
  return { loginUrl, tenantId, clientId };
}

/** The part of the program that gets the tokens, as a file without its ending: Teams gives them, or else the browser's sign-in. */
export const tokenPart = (window: Window): string =>
  isInHost(window) ? 'tab/teams-host' : 'tab/sign-in/browser-tokens';

export const tokenParts: readonly string[] = ['tab/teams-host', 'tab/sign-in/browser-tokens'];
