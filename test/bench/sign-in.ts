import { botTokens } from '../../src/adapters/entra/bot-token.js';
import { signingKeys } from '../../src/adapters/entra/keys.js';
import { tabTokens } from '../../src/adapters/entra/tab-token.js';
import { type BotWorld, botWorld } from '../bot/bot-world.js';
import { signedWorld } from '../bot/signed-world.js';
import { Entra } from '../world/entra.js';
import { inTurn, median, ms, p95, times, type Finding } from './measure.js';

const requests = 400;
/** A check that takes longer would show beside the storage trips of the same request. */
const goalMs = 1;
const goalTimes = 2;

/** A request that does nothing but come in: Teams reports that somebody else came. */
async function arrival(world: BotWorld, headers: Readonly<Record<string, string>>): Promise<void> {
  const more = { type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] };
  const answer = await fetch(`${world.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(world.talker('vilma').activity(more)),
  });
  if (answer.status !== 200) throw new Error(`the bot answered ${String(answer.status)}`);
  await answer.arrayBuffer();
}

/** The check alone, in the process. */
async function alone(): Promise<Finding[]> {
  const entra = await new Entra().start();
  const { botId, botIssuer: issuer, botMetadataUrl, clientId, tenantId } = entra;
  const forBot = botTokens({ keys: signingKeys(botMetadataUrl), botId, issuer });
  const forTab = tabTokens({
    keys: signingKeys(`${entra.issuer}/.well-known/openid-configuration`),
    tenantId,
    clientId,
    publicUrl: 'https://big-room.example.org',
  });
  const authorization = `Bearer ${await entra.signBot({ serviceurl: 'https://smba.trafficmanager.net/emea/' })}`;
  const token = await entra.signTab();
  const taken = await inTurn(requests, { bot: () => forBot(authorization), tab: () => forTab(token) });
  await entra.stop();
  return (['bot', 'tab'] as const).map((name) => ({
    what: `check of a token of the ${name}, alone`,
    measured: `${median(taken[name]).toFixed(2)} ms (p95 ${p95(taken[name]).toFixed(2)} ms)`,
    against: '',
    goal: `p95 <= ${ms(goalMs)}`,
    isMet: p95(taken[name]) <= goalMs,
  }));
}

/** The same request to the bot with and without signing in, and what the check of its token costs by itself. */
export async function signIn(): Promise<Finding[]> {
  const [signed, unsigned] = [await signedWorld(), await botWorld()];
  const authorization = `Bearer ${await signed.entra.signBot({ serviceurl: signed.teams.url })}`;
  const taken = await inTurn(requests, {
    signed: () => arrival(signed, { authorization }),
    unsigned: () => arrival(unsigned, {}),
  });
  await Promise.all([signed.stop(), unsigned.stop()]);
  const [own, bare] = [median(taken.signed), median(taken.unsigned)];
  return [
    {
      what: 'request to the bot with its token checked',
      measured: ms(own),
      against: `the same without signing in ${ms(bare)}: ${times(own / bare)}`,
      goal: `<= ${String(goalTimes)} x`,
      isMet: own <= goalTimes * bare,
    },
    ...(await alone()),
  ];
}
