import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AppError } from '../../src/platform/errors.js';
import { leadsToLoopback } from '../../src/platform/loopback.js';

/** What the bot knows of itself. An empty app id: nobody signs in, which is for loopback alone. */
export interface BotSettings {
  readonly appId: string;
  /** Where set, only its members are served. */
  readonly tenantId?: string;
}

/** The connector's client as far as its retries go; the SDK's types leave its pipeline out. */
interface Repeating {
  readonly client: { readonly pipeline: { removePolicy(which: { phase: 'Retry' }): unknown } };
}

/** Our sends are repeated by us alone: the SDK would repeat a 500 too, after which a message may have arrived. */
function withoutRepeating<Client>(client: Client): Client {
  (client as Repeating).client.pipeline.removePolicy({ phase: 'Retry' });
  return client;
}

/** The SDK's adapter, without its own reading and writing of HTTP: that shows strangers what went wrong inside. */
export class TeamsChannel extends TeamsAdapter {
  readonly #appId: string;

  constructor({ appId }: BotSettings) {
    super({ MicrosoftAppId: appId, MicrosoftAppType: 'MultiTenant' });
    this.#appId = appId;
    this.use(async (context, next) => {
      withoutRepeating<unknown>(context.turnState.get(this.ConnectorClientKey));
      await next();
    });
  }

  /** Whether somebody vouches for who sends an activity; if not, this machine alone may be spoken with. */
  get signsIn(): boolean {
    return this.#appId !== '';
  }

  /** Whether this service may know what is said: an activity names it, and only a signed one can be believed. */
  mayReach(serviceUrl: string): boolean {
    return this.signsIn || leadsToLoopback(serviceUrl);
  }

  /**
   * Checks who sends an activity and carries it out.
   * @throws AppError `signIn.needed` when the sender is not who they must be.
   */
  async receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const admitted = await this.botFrameworkAuthentication
      .authenticateRequest(activity, authorization)
      .catch((error: unknown) => {
        throw new AppError('signIn.needed', {}, { cause: error });
      });
    return this.processActivity(admitted, activity, logic);
  }
}
