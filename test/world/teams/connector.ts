import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What the bot put into a conversation, in the order in which it came. */
export interface Sent {
  readonly how: 'sent' | 'updated';
  readonly conversationId: string;
  /** The id that Teams gave to a new activity, or that of the updated one. */
  readonly activityId: string;
  readonly activity: Record<string, unknown>;
}

/** A conversation that the bot asked for. */
export interface Opened {
  readonly conversationId: string;
  readonly asked: Record<string, unknown>;
}

/** An answer of Teams other than success. */
export interface TeamsFault {
  readonly status: number;
  readonly code?: string;
  readonly subCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection after taking the message, instead of answering. */
  readonly hangsUp?: boolean;
}

const opening = '/v3/conversations';
const path = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

/** Teams' connector on loopback: keeps what was sent and updated, and fails as it is told to. */
export class Connector {
  readonly sent: Sent[] = [];
  readonly opened: Opened[] = [];
  /** Happens while a conversation is being opened. */
  afterOpening?: () => void;
  readonly #faults: TeamsFault[] = [];
  readonly #server = createServer((request, response) => {
    this.#take(request, response).catch(() => response.destroy());
  });
  #ids = 0;

  /** The answers to the next requests, in order; after them each one succeeds. */
  failsWith(...faults: readonly TeamsFault[]): void {
    this.#faults.push(...faults);
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const activity = await bodyOf(request);
    const found = path.exec(request.url ?? '');
    const isOpening = request.url === opening;
    const isKnown = isOpening || found !== null;
    const fault = isKnown ? this.#faults.shift() : { status: 404, code: 'NoSuchPath' };
    if (fault !== undefined) {
      answerFault(response, fault);
      return;
    }
    if (isOpening) {
      this.#open(activity, response);
      return;
    }
    const conversationId = decodeURIComponent(found?.[1] ?? '');
    const isUpdate = request.method === 'PUT';
    const activityId = isUpdate ? decodeURIComponent(found?.[2] ?? '') : `activity-${String(++this.#ids)}`;
    this.sent.push({ how: isUpdate ? 'updated' : 'sent', conversationId, activityId, activity });
    answer(response, isUpdate ? 200 : 201, { id: activityId });
  }

  /** As in Teams: the conversation of two is always the same one, however often it is asked for. */
  #open(asked: Record<string, unknown>, response: ServerResponse): void {
    const [member] = asked.members as { id: string }[];
    const conversationId = `a:opened-${String(member?.id)}`;
    this.afterOpening?.();
    this.opened.push({ conversationId, asked });
    answer(response, 201, { id: conversationId });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function answerFault(
  response: ServerResponse,
  { status, code, subCode, headers, hangsUp }: TeamsFault,
): void {
  if (hangsUp === true) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(
    JSON.stringify({ error: { code: code ?? 'Error', message: 'refused', ...(subCode && { subCode }) } }),
  );
}
