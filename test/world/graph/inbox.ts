import { Temporal } from 'temporal-polyfill';
import { Refusal } from './refusal.js';

interface InboxMail {
  readonly id: string;
  readonly mime: string | Uint8Array;
  readonly receivedAt: string;
  readonly type: string;
  readonly hasAttachments: boolean;
  isRead: boolean;
}

interface Arrival {
  readonly mime: string | Uint8Array;
  /** ISO instant. */
  readonly receivedAt: string;
  /** What Exchange takes it for: an answer to an invitation, unless given. */
  readonly type?: 'message' | 'eventMessage' | 'eventMessageRequest' | 'eventMessageResponse';
  readonly hasAttachments?: boolean;
}

/** How far somebody has read: what changed after `seen`, of mails from `since` on; within a round the ids still to come. */
interface Token {
  readonly kind: '$skiptoken' | '$deltatoken';
  readonly since: Temporal.Instant;
  readonly select: string;
  readonly seen: number;
  readonly rest: readonly string[];
}

interface DeltaAnswer {
  readonly value: readonly object[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/**
 * The inbox as delta queries see it (https://learn.microsoft.com/graph/delta-query-messages): in rounds of pages, each
 * with a link to the next; then a link to what changes from there on. Links are forgotten as a test wants it.
 */
export class Inbox {
  readonly #mails = new Map<string, InboxMail>();
  /** What happened, in order; a removed mail has no more than its id. */
  readonly #changes: string[] = [];
  #tokens = new Map<string, Token>();
  #tokenCount = 0;
  #idCount = 0;
  /** Mails with which reading fails, and how. */
  readonly failing = new Map<string, Refusal>();
  /** Ids of the mails that were read whole, in order. */
  readonly read: string[] = [];
  rounds = 0;

  arrives({ mime, receivedAt, type = 'eventMessageResponse', hasAttachments = false }: Arrival): string {
    this.#idCount += 1;
    const id = `AAkALg=${String(this.#idCount)}+/x==`;
    this.#mails.set(id, { id, mime, receivedAt, type, hasAttachments, isRead: false });
    this.#changes.push(id);
    return id;
  }

  /** Somebody opens it in the mailbox. */
  opened(id: string): void {
    const mail = this.#mails.get(id);
    if (mail !== undefined) mail.isRead = true;
    this.#changes.push(id);
  }

  /** Somebody deletes it, or moves it away. */
  removed(id: string): void {
    this.#mails.delete(id);
    this.#changes.push(id);
  }

  /** No link that was given out is known any more. */
  forgetsPlaces(): void {
    this.#tokens = new Map();
  }

  /** What is in it: ids, and whether they were opened. */
  get contents(): readonly (readonly [id: string, isRead: boolean])[] {
    return [...this.#mails.values()].map(({ id, isRead }) => [id, isRead]);
  }

  mime(id: string): Uint8Array {
    const failure = this.failing.get(id);
    if (failure !== undefined) throw failure;
    const mail = this.#mails.get(id);
    if (mail === undefined) throw new Refusal(404, 'ErrorItemNotFound');
    this.read.push(id);
    return Buffer.from(mail.mime);
  }

  /** @param path where the links lead, without a query. */
  delta(query: URLSearchParams, prefer: string, path: string): DeltaAnswer {
    if (!prefer.includes('IdType="ImmutableId"')) throw new Refusal(400, 'ErrorInvalidIdMalformed');
    const size = Number(/odata\.maxpagesize=(\d+)/.exec(prefer)?.[1] ?? 10);
    const token = this.#tokenOf(query);
    const page = token.rest.slice(0, size);
    const rest = token.rest.slice(size);
    const kind = rest.length > 0 ? '$skiptoken' : '$deltatoken';
    const link = this.#link({ ...token, kind, rest }, path);
    const value = page.map((id) => this.#json(id, token.select));
    return kind === '$skiptoken' ? { value, '@odata.nextLink': link } : { value, '@odata.deltaLink': link };
  }

  #tokenOf(query: URLSearchParams): Token {
    const name = query.get('$skiptoken') ?? query.get('$deltatoken');
    if (name === null) return this.#firstToken(query);
    const token = this.#tokens.get(name);
    if (token === undefined) throw new Refusal(410, 'SyncStateNotFound');
    if (token.kind === '$skiptoken') return token;
    this.rounds += 1;
    const changed = [...new Set(this.#changes.slice(token.seen))];
    return {
      ...token,
      seen: this.#changes.length,
      rest: changed.filter((id) => this.#isSince(id, token.since)),
    };
  }

  #firstToken(query: URLSearchParams): Token {
    this.rounds += 1;
    // The only filters that are documented: receivedDateTime, ge or gt.
    const [, since] = /^receivedDateTime ge (\S+)$/.exec(query.get('$filter') ?? '') ?? [];
    if (since === undefined) throw new Refusal(400, 'ErrorInvalidUrlQueryFilter');
    const from = Temporal.Instant.from(since);
    const rest = [...this.#mails.keys()].filter((id) => this.#isSince(id, from));
    const select = query.get('$select') ?? '';
    return { kind: '$skiptoken', since: from, select, seen: this.#changes.length, rest: rest.reverse() };
  }

  #isSince(id: string, since: Temporal.Instant): boolean {
    const mail = this.#mails.get(id);
    return mail === undefined || Temporal.Instant.compare(mail.receivedAt, since) >= 0;
  }

  #link(token: Token, path: string): string {
    this.#tokenCount += 1;
    const name = `token-${String(this.#tokenCount)}`;
    this.#tokens.set(name, token);
    return `${path}?${encodeURIComponent(token.kind)}=${name}`;
  }

  #json(id: string, select: string): object {
    const mail = this.#mails.get(id);
    if (mail === undefined) return { id, '@removed': { reason: 'deleted' } };
    const { type, receivedAt, hasAttachments, isRead } = mail;
    const all = { receivedDateTime: receivedAt, hasAttachments, isRead };
    const names = select.split(',');
    return {
      // A plain message has no type of its own: it is that of the collection.
      ...(type !== 'message' && { '@odata.type': `#microsoft.graph.${type}` }),
      '@odata.etag': 'W/"1"',
      id,
      ...Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))),
    };
  }
}
