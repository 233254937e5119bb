import type { Dispatcher, Pool } from 'undici';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import { UnwrittenRequest } from '../../src/platform/unwritten.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { Card } from '../cards/render.js';
import { beforeSending, outcomeOf, outcomeOfAnswer } from '../proactive/connector-outcome.js';
import type { Tokens } from '../../src/platform/bot-sign-in.js';
import { withToken } from './with-token.js';

interface Deps {
  /** For the connector; absent where the bot does not sign in. */
  readonly tokens?: Tokens;
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

type Sent = Extract<Outcome, { result: 'sent' }>;

export type OpenAddress = ChatAddress & { readonly conversationId: string };

/** Speaks to Teams' connector itself: the SDK's way costs several times as much for each message. */
export interface DirectConnector {
  /** `place` is among the outcome where `wantsPlace` asks for it: to read the answer costs as much as the request. */
  send(message: WrittenMessage, to: OpenAddress, wantsPlace?: boolean): Promise<Outcome>;
  /**
   * Shows a message among others to its recipient alone, in a group chat or a channel; Teams removes it after 24 hours
   * (https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages).
   * @param answers the id of a message that the recipient wrote to the bot alone: it is shown above.
   */
  sendTargeted(message: WrittenMessage, to: OpenAddress, answers?: string): Promise<Outcome>;
  /** The message there becomes this one, which nobody is notified of. */
  update(message: WrittenMessage, to: OpenAddress, activityId: string): Promise<Outcome>;
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

/** A sentence as a message. */
export function writtenText(text: string): WrittenMessage {
  const activity = { type: 'message', text, textFormat: 'plain', inputHint: 'acceptingInput' };
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

/** What the other side answered. */
interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

/** A header of an answer, as undici gives them: names and values in turn. */
function headerIn(headers: readonly Buffer[], name: string): string | undefined {
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (headers[at]?.length === name.length && headers[at]?.toString('latin1').toLowerCase() === name)
      return headers[at + 1]?.toString('latin1');
  return undefined;
}

/** Reads an answer without a stream around its body, which would cost more than the request. */
class ResponseReader implements Dispatcher.DispatchHandlers {
  readonly #wantsText: boolean;
  readonly #onAnswer: (answer: Answer) => void;
  readonly #failed: (error: Error) => void;
  #status = 0;
  #retryAfter: string | undefined;
  #chunks: Buffer[] = [];
  #isBegun = false;

  constructor(wantsText: boolean, onAnswer: (answer: Answer) => void, failed: (error: Error) => void) {
    this.#wantsText = wantsText;
    this.#onAnswer = onAnswer;
    this.#failed = failed;
  }

  /** Called when the connection stands and the request is about to be written. */
  onConnect(): void {
    this.#isBegun = true;
    this.#chunks = [];
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.#status = status;
    if (!isGood(status)) this.#retryAfter = headerIn(headers, 'retry-after');
    return true;
  }

  onData(part: Buffer): boolean {
    if (this.#wantsText || !isGood(this.#status)) this.#chunks.push(part);
    return true;
  }

  onComplete(): void {
    this.#report();
  }

  onError(error: Error): void {
    // What was refused stays refused, even where its explanation breaks off.
    if (this.#status >= 300) this.#report();
    else this.#failed(this.#isBegun ? error : new UnwrittenRequest(error));
  }

  #report(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8');
    this.#onAnswer({ status: this.#status, retryAfter: this.#retryAfter, text });
  }
}

const json = ['content-type', 'application/json; charset=utf-8'];

export function directConnector(deps: Deps = {}): DirectConnector {
  const { tokens, timeoutMs = 15_000, connections = 128 } = deps;
  const times = { connectTimeout: timeoutMs, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const pools = new Map<string, Promise<Pool>>();

  function poolOf(origin: string): Promise<Pool> {
    const pool = pools.get(origin) ?? openPool(origin);
    pools.set(origin, pool);
    return pool;
  }

  /** The client is loaded with the first message of a fan-out, not with the process. */
  async function openPool(origin: string): Promise<Pool> {
    const undici = await import('undici');
    return new undici.Pool(origin, { connections, pipelining: 1, ...times });
  }

  /** The answer's text, or the outcome of a refusal. */
  async function request(
    method: 'POST' | 'PUT',
    url: string,
    body: string,
    wantsText: boolean,
  ): Promise<string | Outcome> {
    const { origin, pathname, search } = new URL(url);
    const path = pathname + search;
    const pool = await poolOf(origin);
    const sendWith = (headers: string[]) =>
      new Promise<Answer>((onAnswer, failed) => {
        const reader = new ResponseReader(wantsText, onAnswer, failed);
        pool.dispatch({ path, method, headers, body }, reader);
      });
    const { status, text, retryAfter } = await (tokens === undefined
      ? sendWith(json)
      : withToken(tokens, (token) => sendWith([...json, 'authorization', `Bearer ${token}`])));
    return isGood(status) ? text : outcomeOfAnswer(status, text, retryAfter);
  }

  return {
    send: async (message, to, wantsPlace = false) => {
      try {
        const answer = await request('POST', activitiesOf(to), bodyOf(message, to), wantsPlace);
        return typeof answer === 'string' ? { result: 'sent', ...placeIn(answer, to) } : answer;
      } catch (error) {
        return outcomeOf(error);
      }
    },
    sendTargeted: async ({ head }, to, answers) => {
      const url = `${activitiesOf(to)}?isTargetedActivity=true`;
      const entities = [{ type: 'targetedMessageInfo', messageId: answers }];
      const written = answers === undefined ? head : `${head},"entities":${JSON.stringify(entities)}`;
      try {
        const answer = await request('POST', url, bodyOf({ head: written }, to), false);
        return typeof answer === 'string' ? { result: 'sent' } : answer;
      } catch (error) {
        return outcomeOf(error);
      }
    },
    update: async (message, to, activityId) => {
      const url = `${activitiesOf(to)}/${encodeURIComponent(activityId)}`;
      const head = `${message.head},"id":${JSON.stringify(activityId)}`;
      try {
        const answer = await request('PUT', url, bodyOf({ head }, to), false);
        return typeof answer === 'string' ? { result: 'sent' } : answer;
      } catch (error) {
        return outcomeOf(error);
      }
    },
    open: async (to) => {
      try {
        const answer = await request('POST', baseOf(to), openingOf(to), true);
        return typeof answer === 'string' ? openedIn(answer) : beforeSending(answer);
      } catch (error) {
        return beforeSending(outcomeOf(error));
      }
    },
    close: async () => {
      await Promise.all([...pools.values()].map(async (pool) => (await pool).destroy()));
    },
  };
}

const baseOf = ({ serviceUrl }: ChatAddress): string => `${serviceUrl.replace(/\/+$/, '')}/v3/conversations`;

const activitiesOf = (to: OpenAddress): string =>
  `${baseOf(to)}/${encodeURIComponent(to.conversationId)}/activities`;

/** The id in an answer of the connector, where it has one. */
function idIn(answer: string): string | undefined {
  try {
    const { id } = JSON.parse(answer) as { readonly id?: unknown };
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}

function placeIn(answer: string, { conversationId }: OpenAddress): Pick<Sent, 'place'> {
  const activityId = idIn(answer);
  return activityId === undefined ? {} : { place: { conversationId, activityId } };
}

function openedIn(answer: string): { readonly conversationId: string } | Outcome {
  const conversationId = idIn(answer);
  return conversationId === undefined ? { result: 'retry', reason: 'noConversation' } : { conversationId };
}
