import type { BotSignIn } from '../../platform/bot-sign-in.js';
import type { Clock } from '../../platform/clock.js';
import { appTokens } from './app-tokens.js';
import type { BotSettings } from './bot-settings.js';
import { botTokens } from './bot-token.js';
import { signingKeys } from './keys.js';

/** What the connector accepts tokens for; the same in all of Microsoft's public cloud. */
const scope = 'https://api.botframework.com/.default';

/** How the bot and Teams' connector show each other who they are. */
export function botSignIn(settings: BotSettings, clock: Clock): BotSignIn {
  const { botId, credential, tenantId, loginUrl, metadataUrl, issuer } = settings;
  return {
    senderOf: botTokens({
      keys: signingKeys(metadataUrl),
      botId,
      issuer,
      now: () => new Date(clock.now().epochMilliseconds),
    }),
    tokens: appTokens({ tenantId, clientId: botId, credential, loginUrl }, scope, { clock }),
  };
}
