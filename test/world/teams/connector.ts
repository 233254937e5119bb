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

/** An answer of Teams other than success. */
export interface TeamsFault {
  readonly status: number;
  readonly code?: string;
  readonly subCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection after taking the message, instead of answering. */
  readonly hangsUp?: boolean;
}

const path = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

/** Teams' connector on loopback: keeps what was sent and updated, and fails as it is told to. */
export class Connector {
  readonly sent: Sent[] = [];
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
    const fault = found === null ? { status: 404, code: 'NoSuchPath' } : this.#faults.shift();
    if (fault !== undefined) {
      answerFault(response, fault);
      return;
    }
    const conversationId = decodeURIComponent(found?.[1] ?? '');
    const isUpdate = request.method === 'PUT';
    const activityId = isUpdate ? decodeURIComponent(found?.[2] ?? '') : `activity-${String(++this.#ids)}`;
    this.sent.push({ how: isUpdate ? 'updated' : 'sent', conversationId, activityId, activity });
    response.writeHead(isUpdate ? 200 : 201, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ id: activityId }));
  }
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
