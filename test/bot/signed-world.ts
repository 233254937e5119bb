import { botSignIn } from '../../src/adapters/entra/bot-sign-in.js';
import { Entra } from '../world/entra.js';
import { type BotWorld, botWorld } from './bot-world.js';

/** For whom the connector's tokens have to be. */
export const connectorAudience = 'https://api.botframework.com';

export interface SignedWorld extends BotWorld {
  readonly entra: Entra;
}

/** The bot where it and Teams sign in, as in a tenant: what is sent to it is signed, and so must be what it sends. */
export async function signedWorld(): Promise<SignedWorld> {
  const entra = await new Entra('tenant').start();
  const { botId, tenantId, botIssuer: issuer, botMetadataUrl: metadataUrl, loginUrl } = entra;
  const world = await botWorld({
    tenantId,
    signIn: (clock) => {
      entra.now = () => clock.now().epochMilliseconds;
      const credential = { secret: 'bot-secret' };
      return botSignIn({ botId, tenantId, credential, metadataUrl, issuer, loginUrl }, clock);
    },
    authorize: async (teams) => `Bearer ${await entra.signBot({ serviceurl: teams.url })}`,
  });
  world.teams.demands = (authorization) => entra.accepts(authorization, connectorAudience);
  return {
    ...world,
    entra,
    stop: async () => {
      await world.stop();
      await entra.stop();
    },
  };
}
