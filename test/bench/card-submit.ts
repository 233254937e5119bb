import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createServer } from 'restify';
import { botOf } from '../../bot/index.js';
import { makeBigRoom, programmePartition } from '../../src/compose.js';
import { botSignIn } from '../../src/adapters/entra/bot-sign-in.js';
import type { BotIdentity } from '../../src/platform/bot-sign-in.js';
import { systemClock } from '../../src/platform/clock.js';
import { httpServer } from '../../src/http/server.js';
import { freshId } from '../../src/platform/ids.js';
import { jsonLog } from '../../src/platform/log.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { programme } from '../make.js';
import { azurite, freshName } from '../world/azurite.js';
import { Entra } from '../world/entra.js';
import { inTurn, median, ms, p95, times, type Finding } from './measure.js';
import { testAdapters } from '../world/adapters.js';

const submits = 200;

type SdkRequest = Parameters<CloudAdapter['process']>[0];

interface Sent {
  readonly attachments?: readonly { readonly content: unknown }[];
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A connector that takes everything, and shows the last activity that it took. */
async function connector(): Promise<{ url: string; last: () => Sent }> {
  let last: Sent = {};
  const take: RequestListener = (request, response) => {
    void textOf(request).then((text) => {
      if (text !== '') last = JSON.parse(text) as Sent;
      // Not chained: restify replaces writeHead of every response by one that gives nothing back.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"1"}');
    });
  };
  const port = await portOf(createHttpServer(take));
  return { url: `http://127.0.0.1:${String(port)}`, last: () => last };
}

function activity(serviceUrl: string, more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    id: freshId(),
    channelId: 'msteams',
    serviceUrl,
    locale: 'fi-FI',
    from: { id: '29:bench', name: 'Bench', aadObjectId: 'be000000-0000-4000-8000-000000000001' },
    recipient: { id: '28:bot', name: 'Big Room' },
    conversation: { id: 'a:bench', conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
    ...more,
  });
}

async function postTo(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  if (!answer.ok) throw new Error(`the bot answered ${String(answer.status)}`);
  return answer.text();
}

/** The smallest bot that the SDK makes: answers with the text that it gets. */
async function echoBot(): Promise<string> {
  const settings = { MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings));
  const server = createServer();
  server.post('/api/messages', (request, response, next) => {
    void textOf(request)
      .then((text) => {
        Object.assign(request, { body: JSON.parse(text) as unknown });
        return adapter.process(request as SdkRequest, response, async (context) => {
          await context.sendActivity(context.activity.text);
        });
      })
      .then(() => {
        next(false);
      });
  });
  return `http://127.0.0.1:${String(await portOf(server.server))}/api/messages`;
}

/** @param settings how the bot signs in; in trial mode it does not. */
async function bigRoomBot(settings: BotIdentity = {}) {
  const { connectionString } = await azurite();
  let trips = 0;
  const rows = new AzureRows({ connectionString, table: freshName(), onTrip: () => trips++ });
  const azureQueue = new AzureQueue({ connectionString, queue: freshName() });
  await Promise.all([rows.prepare(), azureQueue.prepare()]);
  const queue: Pick<AzureQueue, 'send' | 'receive'> = {
    send: (text, after) => {
      trips++;
      return azureQueue.send(text, after);
    },
    receive: (most, hidden) => azureQueue.receive(most, hidden),
  };
  const log = jsonLog(() => undefined);
  const common = { clock: systemClock, publicUrl: 'http://localhost' };
  const bigRoom = makeBigRoom(testAdapters({ rows, queue, fanOutQueue: queue, log, ...common }));
  await bigRoom.people.add(programme, []);
  const bot = botOf(bigRoom, { ...common, settings, log });
  const server = httpServer({
    routes: [],
    signIn: bigRoom.signIn,
    log,
    loopbackOnly: true,
    bot: (request, response) => bot.handle(request, response),
  });
  const port = await portOf(server.server);
  return { url: `http://127.0.0.1:${String(port)}/api/messages`, rows, queue, trips: () => trips };
}

interface Execute {
  readonly type: string;
  readonly verb?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The button of a card that sends the form, at any depth. */
function submitIn(part: unknown): Execute | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const { type, verb } = part as Execute;
  if (type === 'Action.Execute' && verb === 'news.submit') return part as Execute;
  for (const inner of Object.values(part)) {
    const found = submitIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const typed = {
  title: 'Elma neuvoo elintavoissa',
  lead: 'Asiakas saa neuvon ilman jonoa.',
  body: 'Elma on nyt käytössä kolmessa kunnassa. '.repeat(20),
  projectId: 'elma',
  language: 'fi',
  audiences: 'residents',
  channels: 'newsletter,intranet',
};

/** The form sent by card, from the request to the receipt, against a bare echo bot and bare storage. */
export async function cardSubmit(): Promise<Finding[]> {
  const teams = await connector();
  const echo = await echoBot();
  const ours = await bigRoomBot();
  const entra = await new Entra('tenant').start();
  const { botId, tenantId, botIssuer: issuer, botMetadataUrl: metadataUrl, loginUrl } = entra;
  const credential = { secret: 'bot-secret' };
  const signedIn = await bigRoomBot({
    tenantId,
    signIn: botSignIn({ botId, tenantId, credential, metadataUrl, issuer, loginUrl }, systemClock),
  });
  const authorization = `Bearer ${await entra.signBot({ serviceurl: teams.url })}`;
  const message = (text: string): string => activity(teams.url, { type: 'message', text });
  await postTo(ours.url, message('uutinen'));
  const execute = submitIn(teams.last().attachments?.[0]?.content);
  if (execute?.data === undefined) throw new Error('the bot sent no form');
  const { data, verb } = execute;
  const submitTo = (url: string, headers = {}): Promise<string> => {
    const action = { type: 'Action.Execute', verb, data: { ...data, ...typed, formId: freshId() } };
    const value = { action, trigger: 'manual' };
    const body = activity(teams.url, { type: 'invoke', name: 'adaptiveCard/action', value });
    return postTo(url, body, headers);
  };
  const submit = () => submitTo(ours.url);
  const signed = () => submitTo(signedIn.url, { authorization });
  const storage = async (): Promise<void> => {
    await ours.rows.get(programmePartition, 'programme');
    const rows = Array.from({ length: 14 }, (_, number) => `bench|${freshId()}|${String(number)}`);
    const change = (key: string) => ({ op: 'put', key, value: typed }) as const;
    await ours.rows.commit(programmePartition, rows.map(change));
    await ours.queue.send(freshId());
  };
  if (!(await submit()).includes('news.edit')) console.error('  the first submit gave no receipt');
  if (!(await signed()).includes('news.edit')) console.error('  the first signed submit gave no receipt');
  const before = ours.trips();
  await submit();
  const trips = ours.trips() - before;
  const taken = await inTurn(submits, { echo: () => postTo(echo, message('hei')), submit, signed, storage });
  await entra.stop();
  const [own, bare, stored] = [p95(taken.submit), p95(taken.echo), p95(taken.storage)];
  const allowed = 2 * bare + stored;
  return [
    {
      what: 'card submit, p95',
      measured: `${ms(own)} (median ${ms(median(taken.submit))})`,
      against: `echo bot ${ms(bare)}, such storage trips alone ${ms(stored)}: ${times(own / allowed)} of what is allowed`,
      goal: '<= 2 x echo + storage',
      isMet: own <= allowed,
    },
    {
      what: 'card submit with sign-in on, p95',
      measured: `${ms(p95(taken.signed))} (median ${ms(median(taken.signed))})`,
      against: `without ${ms(own)}: ${times(p95(taken.signed) / own)}; ${times(p95(taken.signed) / allowed)} of what is allowed`,
      goal: '<= 2 x echo + storage',
      isMet: p95(taken.signed) <= allowed,
    },
    {
      what: 'card submit, storage round trips',
      measured: String(trips),
      against: '',
      goal: '<= 3',
      isMet: trips <= 3,
    },
  ];
}
