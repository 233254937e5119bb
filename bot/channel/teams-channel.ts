import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import type { BotIdentity, Tokens } from '../../src/platform/bot-sign-in.js';
import { leadsToLoopback } from '../../src/platform/loopback.js';
import { withToken } from './with-token.js';

interface ConnectorRequest {
  readonly headers: { set(name: string, value: string): void };
}

interface ConnectorAnswer {
  readonly status: number;
}

interface Policy {
  readonly name: string;
  sendRequest(
    request: ConnectorRequest,
    next: (request: ConnectorRequest) => Promise<ConnectorAnswer>,
  ): Promise<ConnectorAnswer>;
}

/** The connector's client as far as its pipeline goes, which the SDK's types leave out. */
interface Piped {
  readonly client: {
    readonly pipeline: {
      removePolicy(which: { phase: 'Retry' }): unknown;
      addPolicy(policy: Policy, where: { phase: 'Sign' }): void;
    };
  };
}

/** Our sends are repeated by us alone: the SDK would repeat a 500 too, after which a message may have arrived. */
function withoutRepeating({ client }: Piped): void {
  client.pipeline.removePolicy({ phase: 'Retry' });
}

/** Each request brings a token of ours; one that is refused is renewed, once. */
function signing({ client }: Piped, tokens: Tokens): void {
  const sendRequest: Policy['sendRequest'] = (request, next) =>
    withToken(tokens, (token) => {
      request.headers.set('authorization', `Bearer ${token}`);
      return next(request);
    });
  client.pipeline.addPolicy({ name: 'ownTokens', sendRequest }, { phase: 'Sign' });
}

/** Whether a service may know what is said: an activity names it, and only a signed one can be believed. */
export function mayReach(serviceUrl: string, isSigned: boolean): boolean {
  return leadsToLoopback(serviceUrl) || (isSigned && serviceUrl.startsWith('https://'));
}

/**
 * The SDK's adapter, without its own reading and writing of HTTP (that shows strangers what went wrong inside), and without
 * its own signing in: who sends an activity is checked before it comes here, and the tokens for answers are ours.
 */
export class TeamsChannel extends TeamsAdapter {
  readonly #signsIn: boolean;

  constructor({ signIn }: BotIdentity) {
    super(
      {},
      {
        // The SDK lets nobody in by itself: no application is the bot for it.
        isValidAppId: () => Promise.resolve(false),
        isAuthenticationDisabled: () => Promise.resolve(false),
        createCredentials: () => Promise.resolve({ signRequest: (request) => Promise.resolve(request) }),
      },
    );
    this.#signsIn = signIn !== undefined;
    this.use(async (context, next) => {
      const client = context.turnState.get<Piped>(this.ConnectorClientKey);
      withoutRepeating(client);
      if (signIn !== undefined) signing(client, signIn.tokens);
      await next();
    });
  }

  /** See {@link mayReach}. */
  mayReach(serviceUrl: string): boolean {
    return mayReach(serviceUrl, this.#signsIn);
  }

  /** Carries out an activity whose sender has been checked. */
  receive(
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const claimsIdentity = this.createClaimsIdentity();
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity);
    return this.processActivity({ audience: '', claimsIdentity, connectorFactory }, activity, logic);
  }
}
