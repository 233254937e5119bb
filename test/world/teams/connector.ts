import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { TeamsLimits } from './limits.js';

/** What the bot put into a conversation, in the order in which it came. */
export interface Sent {
  readonly how: 'sent' | 'updated';
  readonly conversationId: string;
  /** The id that Teams gave to a new activity, or that of the updated one. */
  readonly activityId: string;
  readonly activity: Record<string, unknown>;
  /** Who alone sees it, by the bot's id for them, where it is a targeted message. */
  readonly targetedTo?: string;
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
  /** Breaks the connection instead of answering. */
  readonly hangsUp?: boolean;
  /** The message arrives all the same. */
  readonly takes?: boolean;
  /** The answer comes so many milliseconds late. With the status 201 that is all that is wrong with it. */
  readonly afterMs?: number;
}

/** A share of all requests, and what is answered to them. */
export type Odds = readonly (readonly [share: number, fault: TeamsFault])[];

interface Options {
  /** Whether what arrives is read and kept; else it is only counted, which is quick. */
  readonly keeps?: boolean;
  /** Speaks TLS with this certificate. */
  readonly certificate?: { readonly key: string; readonly cert: string };
}

const opening = '/v3/conversations';
const memberPath = /^\/v3\/conversations\/[^/]+\/members\/([^/?]+)$/;
const path = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?(?:\?isTargetedActivity=(true))?$/;
/** Teams removes a targeted message from its clients after so long. */
const targetedHours = 24;

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
}

/** Teams' connector on loopback: keeps what was sent and updated, and fails as a test sets. */
export class Connector {
  readonly sent: Sent[] = [];
  readonly opened: Opened[] = [];
  /** How many messages arrived in each conversation. */
  readonly arrivals = new Map<string, number>();
  /** How many requests were refused because a limit of Teams was met. */
  readonly throttled = { tenant: 0, conversation: 0 };
  requests = 0;
  /** When each request came, in milliseconds; kept where nothing else is. */
  readonly times: number[] = [];
  /** Whom the rosters of all conversations know, by the bot's id for them. */
  readonly members = new Map<string, Record<string, unknown>>();
  /** Whether targeted messages are taken; a tenant may have none yet. */
  takesTargeted = true;
  /** What people wrote to the bot alone and Teams has no more: deleted, or older than 24 hours. */
  readonly expired = new Set<string>();
  /** Whether a request may come in with this header; where it is set, others are answered 401. */
  demands?: (authorization: string | undefined) => boolean;
  /** How many requests were answered so. */
  unauthorized = 0;
  /** Happens while a conversation is being opened. */
  afterOpening?: () => void;
  /** Sees each request as it comes. */
  onRequest?: (request: IncomingMessage) => void;
  readonly #keeps: boolean;
  readonly #faults: TeamsFault[] = [];
  #limits: TeamsLimits | undefined;
  #odds: { random: () => number; odds: Odds } | undefined;
  readonly #forgotten = new Set<string>();
  readonly #isTls: boolean;
  readonly #server;
  #ids = 0;

  constructor({ keeps = true, certificate }: Options = {}) {
    this.#keeps = keeps;
    this.#isTls = certificate !== undefined;
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      this.#take(request, response).catch(() => response.destroy());
    };
    this.#server = certificate === undefined ? createServer(take) : createTlsServer(certificate, take);
  }

  /** From now on Teams knows no such conversation: as after the bot was removed from it. */
  forgets(conversationId: string): void {
    this.#forgotten.add(conversationId);
  }

  /** The answers to the next requests, in order; after them each one succeeds. */
  failsWith(...faults: readonly TeamsFault[]): void {
    this.#faults.push(...faults);
  }

  /** Answers so to these shares of the requests. @param random from 0 up to 1, seeded where a test is to be repeatable */
  failsAtRandom(random: () => number, odds: Odds): void {
    this.#odds = { random, odds };
  }

  /** From now on Teams' limits hold: those of a conversation, and the tenant's where it is given. */
  enforces(perSecond?: number): void {
    this.#limits = new TeamsLimits(perSecond);
  }

  get url(): string {
    return `http${this.#isTls ? 's' : ''}://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
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
    const activity = this.#keeps ? await bodyOf(request) : await drained(request);
    this.requests += 1;
    if (!this.#keeps) this.times.push(Date.now());
    this.onRequest?.(request);
    if (this.demands?.(request.headers.authorization) === false) {
      this.unauthorized += 1;
      answerFault(response, { status: 401, code: 'Unauthorized' });
      return;
    }
    const member = memberPath.exec(request.url ?? '');
    if (member !== null) {
      this.#answerMember(decodeURIComponent(member[1] ?? ''), response);
      return;
    }
    const isOpening = request.url === opening;
    const found = isOpening ? null : path.exec(request.url ?? '');
    const conversationId = found === null ? undefined : decodeURIComponent(found[1] ?? '');
    const isTargeted = found?.[3] === 'true';
    const fault = isOpening || found ? this.#faultFor(conversationId) : { status: 404, code: 'NoSuchPath' };
    const refusal =
      isTargeted && this.#keeps ? this.#targetedFault(request, conversationId, activity) : undefined;
    if (fault?.afterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.afterMs));
    if (fault !== undefined && fault.status !== 201) {
      if (fault.takes === true) this.#keep(request, conversationId, found?.[2], activity, isTargeted);
      answerFault(response, fault);
    } else if (refusal !== undefined) answerFault(response, refusal);
    else if (isOpening) this.#open(activity, response);
    else {
      const activityId = this.#keep(request, conversationId, found?.[2], activity, isTargeted);
      answer(response, request.method === 'PUT' ? 200 : 201, { id: activityId });
    }
  }

  /** What a person sees in a conversation, so many hours after all of it was said. */
  seenBy(userId: string, conversationId: string, hours = 0): Sent[] {
    return this.sent.filter(
      ({ conversationId: where, targetedTo }) =>
        where === conversationId &&
        (targetedTo === undefined || (targetedTo === userId && hours < targetedHours)),
    );
  }

  /** https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages, under Errors. */
  #targetedFault(
    { method }: IncomingMessage,
    conversationId = '',
    { recipient, entities }: Record<string, unknown>,
  ): TeamsFault | undefined {
    const to = (recipient as { id?: string } | undefined)?.id;
    const isUpdate = method === 'PUT';
    // Two are alone already; a new one needs somebody to see it, and an old one keeps whom it has.
    if (!this.takesTargeted || conversationId.startsWith('a:') || (to === undefined) !== isUpdate)
      return { status: 400, code: 'BadArgument' };
    const asked = ((entities ?? []) as { type: string; messageId?: string }[]).find(
      ({ type }) => type === 'targetedMessageInfo',
    );
    if (asked === undefined) return undefined;
    if (asked.messageId === undefined) return { status: 400, code: 'INVALID_TARGETED_MESSAGE_ID' };
    return this.expired.has(asked.messageId)
      ? { status: 404, code: 'TARGETED_MESSAGE_EXPIRED_OR_DELETED' }
      : undefined;
  }

  #answerMember(id: string, response: ServerResponse): void {
    const member = this.members.get(id);
    if (member === undefined) answerFault(response, { status: 404, code: 'MemberNotFoundInConversation' });
    else answer(response, 200, { id, ...member });
  }

  /** Keeps a message, and gives its id. */
  #keep(
    { method }: IncomingMessage,
    conversationId = '',
    updated: string | undefined,
    activity: Record<string, unknown>,
    isTargeted = false,
  ): string {
    const isUpdate = method === 'PUT';
    const activityId = isUpdate ? decodeURIComponent(updated ?? '') : `activity-${String(++this.#ids)}`;
    if (!isUpdate) this.arrivals.set(conversationId, (this.arrivals.get(conversationId) ?? 0) + 1);
    if (this.#keeps) {
      const { id: targetedTo } = (activity.recipient ?? {}) as { id?: string };
      const seen = isTargeted && targetedTo !== undefined ? { targetedTo } : {};
      this.sent.push({ how: isUpdate ? 'updated' : 'sent', conversationId, activityId, activity, ...seen });
    }
    return activityId;
  }

  #faultFor(conversationId: string | undefined): TeamsFault | undefined {
    const next = this.#faults.shift();
    if (next !== undefined) return next;
    if (this.#forgotten.has(conversationId ?? '')) return { status: 404, code: 'ConversationNotFound' };
    const limit = this.#limits?.take(conversationId, Date.now());
    if (limit !== undefined) {
      this.throttled[limit] += 1;
      return { status: 429, code: 'Throttled', headers: { 'retry-after': '1' } };
    }
    if (this.#odds === undefined) return undefined;
    let drawn = this.#odds.random();
    for (const [share, fault] of this.#odds.odds) {
      if (drawn < share) return fault;
      drawn -= share;
    }
    return undefined;
  }

  /** As in Teams: the conversation of two is always the same one, however often it is asked for. */
  #open(asked: Record<string, unknown>, response: ServerResponse): void {
    const [member] = (asked.members ?? []) as { id: string }[];
    const conversationId = `a:opened-${String(member?.id)}`;
    this.afterOpening?.();
    this.opened.push({ conversationId, asked });
    answer(response, 201, { id: conversationId });
  }
}

/** Waits for the end of a body that nobody reads. */
async function drained(request: IncomingMessage): Promise<Record<string, unknown>> {
  await new Promise((resolve, reject) => request.resume().once('end', resolve).once('error', reject));
  return {};
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
