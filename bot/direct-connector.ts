import { Agent, request } from 'undici';
import type { Outcome } from '../src/outbox/message.js';
import type { ChatAddress } from '../src/people/person.js';
import type { Card } from './cards/render.js';
import { beforeSaying, outcomeOf, outcomeOfAnswer } from './delivery.js';

interface Parts {
  /** The bearer token for the connector; absent where the bot does not sign in. */
  readonly token?: () => Promise<string>;
  /** How long an answer may take, in milliseconds; 15,000. */
  readonly timeoutMs?: number;
  /** Connections to a service at once; 128. */
  readonly connections?: number;
}

/** A message written once, for everybody who gets it. */
export interface WrittenMessage {
  /** The beginning of the activity's JSON: all but who says it to whom, where. */
  readonly head: string;
}

export type OpenAddress = ChatAddress & { readonly conversationId: string };

/** Speaks to Teams' connector itself: the SDK's way costs several times as much for each message. */
export interface DirectConnector {
  send(message: WrittenMessage, to: OpenAddress): Promise<Outcome>;
  /** The id of the conversation of the bot and one person, or why there is none; asking again gives the same one. */
  open(to: ChatAddress): Promise<{ readonly conversationId: string } | Outcome>;
  /** Ends connections that are open still. */
  close(): Promise<void>;
}

/** A card as a message. The summary is what a notification shows. */
export function writtenCard(card: Card): WrittenMessage {
  const activity = {
    type: 'message',
    ...(typeof card.speak === 'string' && { summary: card.speak.slice(0, 200) }),
    attachmentLayout: 'list',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    inputHint: 'acceptingInput',
  };
  return { head: JSON.stringify(activity).slice(0, -1) };
}

/** The activity of one recipient, around what is the same for all. */
function bodyOf({ head }: WrittenMessage, to: OpenAddress): string {
  const bot = `{"id":${JSON.stringify(to.botId)},"name":"Big Room"}`;
  const recipient = to.userId === '' ? '' : `,"recipient":{"id":${JSON.stringify(to.userId)}}`;
  return `${head},"from":${bot}${recipient},"conversation":{"id":${JSON.stringify(to.conversationId)}}}`;
}

function openingOf({ botId, userId, tenantId }: ChatAddress): string {
  return JSON.stringify({
    isGroup: false,
    bot: { id: botId, name: 'Big Room' },
    members: [{ id: userId, name: '' }],
    ...(tenantId !== '' && { tenantId }),
    channelData: tenantId === '' ? {} : { tenant: { id: tenantId } },
  });
}

const retryAfterOf = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined => {
  const value = headers['retry-after'];
  return typeof value === 'string' ? value : value?.[0];
};

export function directConnector({
  token,
  timeoutMs = 15_000,
  connections = 128,
}: Parts = {}): DirectConnector {
  const agent = new Agent({
    connections,
    pipelining: 1,
    connectTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });

  /** The answer's text where it is wanted, or the outcome of a refusal. */
  async function post(url: string, body: string, wantsAnswer: boolean): Promise<string | Outcome> {
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
    if (token) headers.authorization = `Bearer ${await token()}`;
    const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent });
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      if (wantsAnswer) return answer.body.text();
      await answer.body.dump();
      return '';
    }
    // What was refused stays refused, even where its explanation breaks off.
    const text = await answer.body.text().catch(() => '');
    return outcomeOfAnswer(answer.statusCode, text, retryAfterOf(answer.headers));
  }

  return {
    send: async (message, to) => {
      const url = `${baseOf(to)}/${encodeURIComponent(to.conversationId)}/activities`;
      try {
        const refused = await post(url, bodyOf(message, to), false);
        return typeof refused === 'string' ? { result: 'sent' } : refused;
      } catch (error) {
        return outcomeOf(error);
      }
    },
    open: async (to) => {
      try {
        const answer = await post(baseOf(to), openingOf(to), true);
        return typeof answer === 'string' ? openedIn(answer) : beforeSaying(answer);
      } catch (error) {
        return beforeSaying(outcomeOf(error));
      }
    },
    close: () => agent.destroy(),
  };
}

const baseOf = ({ serviceUrl }: ChatAddress): string => `${serviceUrl.replace(/\/+$/, '')}/v3/conversations`;

function openedIn(answer: string): { readonly conversationId: string } | Outcome {
  try {
    const { id } = JSON.parse(answer) as { readonly id?: unknown };
    if (typeof id === 'string' && id !== '') return { conversationId: id };
  } catch {
    // Said below.
  }
  return { result: 'retry', reason: 'noConversation' };
}
