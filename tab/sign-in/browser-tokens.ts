import {
  CacheLookupPolicy,
  InteractionRequiredAuthError,
  PublicClientApplication,
  type AccountInfo,
  type AuthenticationResult,
} from '@azure/msal-browser';
import type { SignInReason } from './faults.js';
import type { MakeTokenSource } from './identity.js';

// Imports nothing of the program that runs by itself: the page's first script loads this before the program has come.

/** What Entra and MSAL say when nobody was signed in (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const reasons: readonly (readonly [RegExp, SignInReason])[] = [
  [/consent|AADSTS(65001|65004|90094|90008)\b/i, 'consent'],
  [/no_network|network_error|post_request_failed|get_request_failed|failed_to_fetch/i, 'network'],
  [/access_denied|user_cancel|cancel/i, 'interrupted'],
];

function reasonOf(error: unknown): SignInReason {
  const said = error instanceof Error ? error.message : '';
  return reasons.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed';
}

/** Settles once the person comes back to this window. */
function cameBack(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('focus', () => resolve(), { once: true });
  });
}

/**
 * Tokens from the browser's own sign-in, by leaving the page for Entra's and coming back (authorization code with PKCE).
 * What MSAL keeps lies in the local storage, encrypted by it with a key of this run of the browser, so that all windows are
 * signed in at once and one can be signed in from another.
 */
export const tokenSource: MakeTokenSource = ({ facts, fault }) => {
  const { loginUrl, tenantId, clientId } = facts;
  const origin = `${window.location.origin}/`;
  const app = new PublicClientApplication({
    auth: {
      clientId,
      authority: `${loginUrl}/${tenantId}`,
      knownAuthorities: [new URL(loginUrl).host],
      // The same for all programmes, so that one address is registered; MSAL goes on to the page that was left.
      redirectUri: origin,
      postLogoutRedirectUri: origin,
    },
    cache: { cacheLocation: 'localStorage' },
  });
  // An application that asks for a token for itself names itself by its id alone (AADSTS90009).
  const request = { scopes: [`${clientId}/access_as_user`] };
  let ready: Promise<AuthenticationResult | null> | undefined;
  let hasGiven = false;

  const start = async (): Promise<AuthenticationResult | null> => {
    await app.initialize();
    return app.handleRedirectPromise({ navigateToLoginRequestUrl: true });
  };
  const begun = async (): Promise<AuthenticationResult | null> => {
    ready ??= start();
    try {
      return await ready;
    } catch (error) {
      // MSAL would give the same answer again: the next try leaves for Entra anew.
      ready = Promise.resolve(null);
      throw error;
    }
  };
  const known = (): AccountInfo | undefined => app.getActiveAccount() ?? app.getAllAccounts()[0];

  /** Leaves the page; nothing after it happens. */
  const leave = async (account?: AccountInfo): Promise<never> => {
    await (account === undefined
      ? app.loginRedirect(request)
      : app.acquireTokenRedirect({ ...request, account }));
    return new Promise(() => undefined);
  };

  const token = async (isNew: boolean): Promise<string> => {
    const result = await begun();
    if (result !== null) app.setActiveAccount(result.account);
    const account = known();
    if (account === undefined) {
      if (hasGiven) throw fault('ended', undefined);
      return leave();
    }
    try {
      const given = await app.acquireTokenSilent({
        ...request,
        account,
        forceRefresh: isNew,
        // A hidden frame would need a page of its own, and browsers keep its cookies from it.
        cacheLookupPolicy: isNew
          ? CacheLookupPolicy.RefreshToken
          : CacheLookupPolicy.AccessTokenAndRefreshToken,
      });
      return given.accessToken;
    } catch (error) {
      const isOver = error instanceof InteractionRequiredAuthError || reasonOf(error) === 'failed';
      if (!isOver) throw error;
      if (hasGiven) throw fault('ended', error);
      return leave(account);
    }
  };

  return {
    token: async (isNew) => {
      try {
        const given = await token(isNew);
        hasGiven = true;
        return given;
      } catch (error) {
        const isFault = error instanceof Error && error.name === 'SignInFault';
        throw isFault ? error : fault(navigator.onLine ? reasonOf(error) : 'network', error);
      }
    },
    signInElsewhere: () => {
      window.open(window.location.href, '_blank');
      return cameBack();
    },
    signOut: async () => {
      const account = known();
      await app.logoutRedirect({ ...(account !== undefined && { account }) });
    },
  };
};
