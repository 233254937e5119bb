import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { signingKeys } from '../../src/adapters/entra/keys.js';
import { tabTokens } from '../../src/adapters/entra/tab-token.js';
import { entraSignIn } from '../../src/http/sign-in.js';
import { Entra } from '../world/entra.js';
import { homeZone } from '../../src/platform/clock.js';
import { demoApp } from '../world/demo-app.js';
import { giveBackBrowser, takeBrowser } from './browser.js';
import { patience } from './tab-world.js';

/** Where the browser signs in; MSAL goes to no address without TLS. */
export const loginOrigin = 'https://login.example.test';

/** Big Room in a tenant, whose people sign in with an Entra on loopback. */
export interface SignInWorld {
  readonly url: string;
  readonly entra: Entra;
  /** A window of somebody who reads Finnish in Helsinki; the browser reaches Entra in it. */
  readonly window: (look?: BrowserContextOptions) => Promise<BrowserContext>;
  readonly stop: () => Promise<void>;
}

export async function signInWorld(): Promise<SignInWorld> {
  const entra = await new Entra().start();
  const check = tabTokens({
    keys: signingKeys(`${entra.loginUrl}/${entra.tenantId}/v2.0/.well-known/openid-configuration`),
    tenantId: entra.tenantId,
    clientId: entra.clientId,
    publicUrl: 'https://bigroom.example.test',
  });
  const app = await demoApp({
    outside: {
      signIn: entraSignIn(check),
      loopbackOnly: false,
      pageFacts: {
        'sign-in': 'entra',
        'login-url': loginOrigin,
        'tenant-id': entra.tenantId,
        'client-id': entra.clientId,
      },
    },
  });
  entra.people.redirectUris.push(`${app.url}/`);
  const browser = await takeBrowser();
  return {
    url: app.url,
    entra,
    window: async (look = {}) => {
      const context = await browser.newContext({
        locale: 'fi-FI',
        timezoneId: homeZone,
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...look,
      });
      context.setDefaultTimeout(patience);
      await reachEntra(context, entra);
      return context;
    },
    stop: async () => {
      await giveBackBrowser();
      await app.stop();
      await entra.stop();
    },
  };
}

/** Brings what a browser asks of its address with TLS to Entra on loopback. */
async function reachEntra(context: BrowserContext, entra: Entra): Promise<void> {
  await context.route(`${loginOrigin}/**`, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const { origin, 'content-type': type } = await request.allHeaders();
    const answer = await fetch(`${entra.url}${pathname}${search}`, {
      method: request.method(),
      headers: { ...(origin && { origin }), ...(type && { 'content-type': type }) },
      ...(request.postData() !== null && { body: request.postData() }),
    }).catch(() => undefined);
    if (answer === undefined) return route.abort();
    const body = (await answer.text()).replaceAll(entra.url, loginOrigin);
    return route.fulfill({
      status: answer.status,
      body,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
        'access-control-allow-origin': '*',
      },
    });
  });
}
