import { Agent, request } from 'undici';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import type { Card } from '../../bot/cards/render.js';

/** What a loop is to send, and how. */
export interface LoopOrders {
  readonly how: 'bare' | 'sdk';
  readonly messages: number;
  readonly serviceUrl: string;
  readonly card: Card;
}

export interface LoopResult {
  /** Messages in a second. */
  readonly rate: number;
  /** Milliseconds of CPU a message. */
  readonly cpu: number;
}

const concurrency = 20;
const warmUp = 500;
const { how, messages, serviceUrl, card } = JSON.parse(process.argv[2] ?? '') as LoopOrders;

/** Nothing but the request: keep-alive, the body written once. */
function bare(): (number: number) => Promise<void> {
  const dispatcher = new Agent({ connections: concurrency, pipelining: 1 });
  const body = JSON.stringify(MessageFactory.attachment(CardFactory.adaptiveCard(card)));
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return async (number) => {
    const url = `${serviceUrl}/v3/conversations/a:l${String(number)}/activities`;
    const answer = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.body.dump();
  };
}

function sdk(): (number: number) => Promise<void> {
  const settings = { MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings));
  return async (number) => {
    const name = `l${String(number)}`;
    const reference = {
      channelId: 'msteams',
      serviceUrl,
      bot: { id: '28:bot', name: 'Big Room' },
      user: { id: `29:${name}`, name: '' },
      conversation: { id: `a:${name}`, conversationType: 'personal', isGroup: false, name: '' },
    };
    await adapter.continueConversationAsync('', reference, async (context) => {
      await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(card)));
    });
  };
}

async function run(send: (number: number) => Promise<void>, count: number): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const send = how === 'bare' ? bare() : sdk();
await run(send, warmUp);
const before = process.cpuUsage();
const start = performance.now();
await run(send, messages);
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(before);
const result: LoopResult = { rate: messages / seconds, cpu: (user + system) / 1_000 / messages };
process.send?.(result, () => process.exit(0));
