import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import type { AppRegistration } from '../../../src/adapters/entra/app-tokens.js';
import { sharedContract } from './contract.js';
import { Inbox } from './inbox.js';
import { checkJsonMail, readMail, type JsonMail, type MailedMessage } from './mail.js';
import { Mailbox, type Behaviour, type EventBody } from './mailbox.js';
import { Meetings, type MeetingOptions } from './meetings.js';
import { Refusal } from './refusal.js';
import { Site, type PageBody } from './site.js';
import { Users } from './users.js';
import { TeamsApps } from './teams-apps.js';

/** What goes wrong with a request. */
export interface GraphFailure {
  /** Which request from now on, 0 for the next one; without it the next one that nothing else goes wrong with. */
  readonly at?: number;
  readonly status?: number;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection instead of answering: before it acts, or after. */
  readonly drops?: 'before' | 'after';
  /** Answers this instead, although it acted. */
  readonly afterActing?: boolean;
}

export interface Asked {
  readonly method: string;
  /** Below `/v1.0/users/{id}` or `/v1.0/sites/{id}`, decoded, without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly isHome: boolean;
  /** The header `Prefer`. */
  readonly prefer: string;
  /** The header `ConsistencyLevel`. */
  readonly level: string;
  /** Whose it is, where it is a user's. */
  readonly user: string;
}

interface Forwarded {
  readonly toRecipients: readonly { readonly emailAddress: { readonly address: string } }[];
}

type Route = readonly [
  method: string,
  path: RegExp,
  key: string,
  act: (call: Call, ids: string[]) => Reply | Promise<Reply>,
];
interface Reply {
  readonly status: number;
  readonly body?: object;
  /** What is no JSON. */
  readonly bytes?: Uint8Array;
}

const mailboxConcurrency = 4;
/** Whose request it is: a mailbox, or a site by its ids or by its path between colons. */
const ownerPath = /^\/v1\.0\/(?:users\/[^/]+|sites\/(?<siteId>[^/:]+(?::\/[^:]+:)?))/;
/** It takes no body, so that the contract has none of it. */
const publishKey = 'POST /sites/{site-id}/pages/{baseSitePage-id}/microsoft.graph.sitePage/publish';
/** The key of an operation that the contract does not list; who answers it checks what is in it. */
const unlisted = '';

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Microsoft Graph and its sign-in on loopback: one organiser's calendar, meetings and mail, and one SharePoint site. It checks each body by the
 * published contract, keeps what it holds for tests to ask, and fails as a test sets.
 */
export class Graph {
  readonly organiser = 'organiser@hyvinvointialue.example';
  readonly app = { tenantId: 'tenant-1', clientId: 'client-1', clientSecret: 'very-secret' };
  readonly behaviour: Behaviour = { listsForwarded: true, keepsIds: true, knownTransaction: 'sameEvent' };
  readonly mailbox = new Mailbox(this.organiser, this.behaviour);
  readonly meetings = new Meetings();
  /** What arrived in the organiser's mailbox. */
  readonly inbox = new Inbox();
  readonly site = new Site();
  /** Who is in the directory; without its right nobody may look (`User.Read.All`). */
  readonly directory = new Users();
  /** The app with people, and their activity feeds. */
  readonly apps = new TeamsApps();
  /** What was sent with sendMail, in order. */
  readonly mailed: MailedMessage[] = [];
  readonly asked: Asked[] = [];
  /** Bodies, ours and its own, that the contract does not allow. A test ends with none. */
  readonly faulty: string[] = [];
  /** Other mailboxes: those that the application may not use, and those that it may although it should not. */
  readonly others = new Map<string, 'shut' | 'open'>();
  /** When the secrets of applications end, by application; without any nobody may look. */
  secretsEnd: ReadonlyMap<string, string> | undefined;
  /** Items on a page of a list. */
  pageSize = 10;
  /** Whether a request may come in with this header; without it those may that bring a token of Graph's own sign-in. */
  demands?: (authorization: string | undefined) => boolean;
  /** For how many seconds a token is good. */
  tokenSeconds = 3600;
  tokensGiven = 0;
  /** The most requests that were open at once. */
  maxAtOnce = 0;

  readonly #failures: { at: number | undefined; failure: GraphFailure }[] = [];
  #refusedUser: string | undefined;
  #signInFailure: GraphFailure | undefined;
  #validTokens = new Set<string>();
  #open = 0;
  #held: Promise<void> | undefined;
  readonly #server = createServer((request, response) => {
    this.#take(request, response).catch(() => response.destroy());
  });

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  get url(): string {
    return `${this.#origin}/v1.0`;
  }

  get loginUrl(): string {
    return this.#origin;
  }

  /** With what a client signs in here. */
  get registration(): AppRegistration {
    const { clientSecret: secret, ...app } = this.app;
    return { ...app, credential: { secret }, loginUrl: this.loginUrl };
  }

  /** The requests that wanted something done. */
  get writings(): readonly Asked[] {
    return this.asked.filter(({ method }) => method !== 'GET');
  }

  fails(...failures: readonly GraphFailure[]): void {
    this.#failures.push(...failures.map((failure) => ({ at: failure.at, failure })));
  }

  /** The answer of sign-in, until a test sets another. */
  signInFails(failure: GraphFailure | undefined): void {
    this.#signInFailure = failure;
  }

  /** No token that was given is good any more. */
  expireTokens(): void {
    this.#validTokens = new Set();
  }

  /** The organiser was deleted, or its mailbox was. */
  organiserLeaves(code = 'ErrorInvalidUser'): void {
    this.#refusedUser = code;
  }

  /** Answers nobody until the function that it returns is called. */
  holds(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = undefined;
      release();
    };
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const url = new URL(request.url ?? '', this.#origin);
    if (url.pathname.endsWith('/oauth2/v2.0/token')) {
      this.#signIn(url, new URLSearchParams(text), response);
      return;
    }
    this.#open += 1;
    this.maxAtOnce = Math.max(this.maxAtOnce, this.#open);
    try {
      await this.#answer(request, url, text, response);
    } finally {
      this.#open -= 1;
    }
  }

  #signIn(url: URL, form: URLSearchParams, response: ServerResponse): void {
    const failure = this.#signInFailure;
    if (failure?.drops !== undefined) {
      response.destroy();
      return;
    }
    if (failure !== undefined) {
      send(response, failure.status ?? 503, { error: failure.code ?? 'temporarily_unavailable' });
      return;
    }
    const { tenantId, clientId, clientSecret } = this.app;
    const isKnown =
      url.pathname === `/${tenantId}/oauth2/v2.0/token` &&
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret &&
      form.get('scope') === `${this.#origin}/.default`;
    if (!isKnown) {
      send(response, 401, { error: 'invalid_client', error_description: 'AADSTS7000215' });
      return;
    }
    const token = `token-${String(++this.tokensGiven)}`;
    this.#validTokens.add(token);
    send(response, 200, { token_type: 'Bearer', expires_in: this.tokenSeconds, access_token: token });
  }

  async #answer(request: IncomingMessage, url: URL, text: string, response: ServerResponse): Promise<void> {
    const index = this.#failures.findIndex(({ at }) => at === undefined || at === 0);
    const failure = index === -1 ? undefined : this.#failures.splice(index, 1)[0]?.failure;
    for (const waiting of this.#failures) if (waiting.at !== undefined) waiting.at -= 1;
    const method = request.method ?? 'GET';
    const path = decodeURIComponent(url.pathname).replace(ownerPath, '');
    const isText = request.headers['content-type'] === 'text/plain';
    const body = text === '' ? undefined : isText ? text : (JSON.parse(text) as unknown);
    const note = (status: number) => this.asked.push({ method, path, body, status });

    if (failure?.drops === 'before') {
      note(0);
      response.destroy();
      return;
    }
    if (failure?.status !== undefined && failure.afterActing !== true) {
      note(failure.status);
      refuse(response, failure);
      return;
    }
    const prefer = String(request.headers.prefer);
    const isHome = prefer.includes('outlook.timezone="FLE Standard Time"');
    const isCrowded = this.#open > mailboxConcurrency;
    await this.#held;
    const reply = isCrowded
      ? refused(new Refusal(429, 'ApplicationThrottled', 'over its MailboxConcurrency limit'))
      : await this.#act(request, url, {
          method,
          path,
          query: url.searchParams,
          body,
          isHome,
          prefer,
          level: String(request.headers.consistencylevel),
          user: userIn(url),
        });
    note(reply.status);
    if (failure?.drops === 'after') response.destroy();
    else if (failure?.afterActing === true) refuse(response, failure);
    else if (reply.bytes === undefined) send(response, reply.status, reply.body);
    else response.end(reply.bytes);
  }

  async #act(request: IncomingMessage, url: URL, call: Call): Promise<Reply> {
    try {
      this.#admit(request, url);
      for (const [method, path, key, act] of this.#routes) {
        const found = path.exec(call.path);
        if (method === call.method && found !== null)
          return await this.#checked(key, call, () => act(call, found.slice(1)));
      }
      throw new Refusal(404, 'UnknownPath');
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }

  #admit(request: IncomingMessage, url: URL): void {
    const token = /^Bearer (.+)$/.exec(String(request.headers.authorization))?.[1] ?? '';
    const isGood = this.demands?.(request.headers.authorization) ?? this.#validTokens.has(token);
    if (!isGood) throw new Refusal(401, 'InvalidAuthenticationToken');
    const { siteId } = ownerPath.exec(decodeURIComponent(url.pathname))?.groups ?? {};
    if (siteId !== undefined) {
      this.site.admit(siteId);
      return;
    }
    // What people have in Teams needs no mailbox.
    if (/^\/v1\.0\/users\/[^/]+\/teamwork\//.test(url.pathname)) return;
    const [, user = ''] = /^\/v1\.0\/users\/([^/]+)/.exec(url.pathname) ?? [];
    const other = this.others.get(decodeURIComponent(user));
    if (other === 'shut') throw new Refusal(403, 'ErrorAccessDenied');
    const isOfPerson = decodeURIComponent(user) === this.organiser || other === 'open';
    if (user !== '' && !isOfPerson) throw new Refusal(404, 'ErrorInvalidUser');
    if (this.#refusedUser !== undefined) throw new Refusal(404, this.#refusedUser);
  }

  async #checked(key: string, call: Call, act: () => Reply | Promise<Reply>): Promise<Reply> {
    const contract = sharedContract();
    // The contract has no form of a MIME message: what is in it is checked where it arrives.
    const isMime = typeof call.body === 'string';
    const hasBody = key !== unlisted && key !== publishKey;
    if (call.method !== 'GET' && call.method !== 'DELETE' && !isMime && hasBody) {
      const faults = contract.faultsOf(`request/${key}`, call.body);
      this.faulty.push(...faults);
      if (faults.length > 0) throw new Refusal(400, 'RequestBodyRead', faults.join('; '));
    }
    const reply = await act();
    if (reply.body !== undefined && key !== unlisted)
      this.faulty.push(...contract.faultsOf(`response/${key}`, reply.body));
    return reply;
  }

  #page(call: Call, all: readonly object[]): Reply {
    const skip = Number(call.query.get('$skip') ?? 0);
    const top = Math.min(Number(call.query.get('$top') ?? 10), this.pageSize);
    const value = all.slice(skip, skip + top).map((one) => selected(one, call.query));
    const query = new URLSearchParams(call.query);
    query.set('$skip', String(skip + top));
    const next = `${this.url}/users/${encodeURIComponent(this.organiser)}${encodeURI(call.path)}?${query.toString()}`;
    const hasMore = skip + top < all.length;
    return { status: 200, body: { value, ...(hasMore && { '@odata.nextLink': next }) } };
  }

  readonly #routes: readonly Route[] = [
    ['GET', /^\/calendar$/, unlisted, () => ({ status: 200, body: { id: 'calendar' } })],
    ['GET', /^$/, unlisted, () => ({ status: 200, body: this.site.about })],
    [
      'GET',
      /^\/v1\.0\/applications\(appId='([^']+)'\)$/,
      unlisted,
      (_call, [appId = '']) => {
        if (this.secretsEnd === undefined) throw new Refusal(403, 'Authorization_RequestDenied');
        const endDateTime = this.secretsEnd.get(appId);
        const passwordCredentials = endDateTime === undefined ? [] : [{ displayName: 'secret', endDateTime }];
        return { status: 200, body: { passwordCredentials, keyCredentials: [] } };
      },
    ],
    [
      'POST',
      /^\/teamwork\/installedApps$/,
      'POST /users/{user-id}/teamwork/installedApps',
      ({ user, body }) => {
        this.apps.install(user, body as object);
        return { status: 201 };
      },
    ],
    [
      'GET',
      /^\/teamwork\/installedApps$/,
      'GET /users/{user-id}/teamwork/installedApps',
      ({ user, query }) => ({ status: 200, body: { value: this.apps.list(user, query.get('$filter')) } }),
    ],
    [
      'GET',
      /^\/teamwork\/installedApps\/([^/]+)\/chat$/,
      'GET /users/{user-id}/teamwork/installedApps/{userScopeTeamsAppInstallation-id}/chat',
      ({ user }, [id = '']) => ({ status: 200, body: this.apps.chat(user, id) }),
    ],
    [
      'POST',
      /^\/teamwork\/sendActivityNotification$/,
      'POST /users/{user-id}/teamwork/sendActivityNotification',
      ({ user, body }) => {
        this.apps.notify(user, body as Parameters<TeamsApps['notify']>[1]);
        return { status: 204 };
      },
    ],
    [
      'POST',
      /^\/events$/,
      'POST /users/{user-id}/events',
      ({ body }) => {
        const event = this.mailbox.create(body as EventBody);
        const { onlineMeeting } = event as { onlineMeeting?: { joinUrl?: string } | null };
        if (onlineMeeting?.joinUrl !== undefined) this.meetings.made(onlineMeeting.joinUrl);
        return { status: 201, body: selected(event, undefined) };
      },
    ],
    [
      'GET',
      /^\/events$/,
      'GET /users/{user-id}/events',
      (call) => {
        const [, name] = /^Extensions\/any\(f:f\/id eq '(.+)'\)$/.exec(call.query.get('$filter') ?? '') ?? [];
        const found = name === undefined ? this.mailbox.events : this.mailbox.named(name);
        return this.#page(
          call,
          found.map(({ id }) => this.mailbox.json(id, call.isHome)),
        );
      },
    ],
    [
      'GET',
      /^\/events\/([^/]+)$/,
      'GET /users/{user-id}/events/{event-id}',
      ({ query, isHome }, [id = '']) => ({
        status: 200,
        body: selected(this.mailbox.json(id, isHome), query),
      }),
    ],
    [
      'PATCH',
      /^\/events\/([^/]+)$/,
      'PATCH /users/{user-id}/events/{event-id}',
      ({ body }, [id = '']) => ({
        status: 200,
        body: selected(this.mailbox.change(id, body as EventBody), undefined),
      }),
    ],
    [
      'DELETE',
      /^\/events\/([^/]+)$/,
      'DELETE /users/{user-id}/events/{event-id}',
      (_call, [id = '']) => {
        this.mailbox.delete(id);
        return { status: 204 };
      },
    ],
    [
      'GET',
      /^\/events\/([^/]+)\/instances$/,
      'GET /users/{user-id}/events/{event-id}/instances',
      (call, [id = '']) => {
        const instant = (name: string) => Temporal.Instant.from(call.query.get(name) ?? '');
        const found = this.mailbox.instances(
          id,
          instant('startDateTime'),
          instant('endDateTime'),
          call.isHome,
        );
        return this.#page(call, found);
      },
    ],
    [
      'POST',
      /^\/events\/([^/]+)\/cancel$/,
      'POST /users/{user-id}/events/{event-id}/cancel',
      (_call, [id = '']) => {
        this.mailbox.cancel(id);
        return { status: 202 };
      },
    ],
    [
      'POST',
      /^\/events\/([^/]+)\/forward$/,
      'POST /users/{user-id}/events/{event-id}/forward',
      ({ body }, [id = '']) => {
        const { toRecipients } = body as Forwarded;
        this.mailbox.forward(
          id,
          toRecipients.map(({ emailAddress }) => emailAddress.address),
        );
        return { status: 202 };
      },
    ],
    [
      'GET',
      /^\/onlineMeetings$/,
      'GET /users/{user-id}/onlineMeetings',
      (call) => this.#page(call, this.meetings.byJoinUrl(call.query.get('$filter') ?? '')),
    ],
    [
      'GET',
      /^\/onlineMeetings\/([^/]+)$/,
      'GET /users/{user-id}/onlineMeetings/{onlineMeeting-id}',
      (_call, [id = '']) => ({ status: 200, body: this.meetings.json(id) }),
    ],
    [
      'PATCH',
      /^\/onlineMeetings\/([^/]+)$/,
      'PATCH /users/{user-id}/onlineMeetings/{onlineMeeting-id}',
      ({ body }, [id = '']) => ({ status: 200, body: this.meetings.change(id, body as MeetingOptions) }),
    ],
    [
      'GET',
      /^\/onlineMeetings\/([^/]+)\/attendanceReports$/,
      'GET /users/{user-id}/onlineMeetings/{onlineMeeting-id}/attendanceReports',
      (call, [id = '']) => this.#page(call, this.meetings.reports(id)),
    ],
    [
      'GET',
      /^\/onlineMeetings\/([^/]+)\/attendanceReports\/([^/]+)$/,
      'GET /users/{user-id}/onlineMeetings/{onlineMeeting-id}/attendanceReports/{meetingAttendanceReport-id}',
      ({ path }, [id = '', reportId = '']) => {
        const link = `${this.url}/users/${encodeURIComponent(this.organiser)}${path}/attendanceRecords?$skip=${String(this.pageSize)}`;
        return { status: 200, body: this.meetings.report(id, reportId, this.pageSize, link) };
      },
    ],
    [
      'GET',
      /^\/onlineMeetings\/([^/]+)\/attendanceReports\/([^/]+)\/attendanceRecords$/,
      'GET /users/{user-id}/onlineMeetings/{onlineMeeting-id}/attendanceReports/{meetingAttendanceReport-id}/attendanceRecords',
      (call, [id = '', reportId = '']) => this.#page(call, this.meetings.records(id, reportId)),
    ],
    [
      'GET',
      /^\/mailFolders(?:\/inbox|\('inbox'\))\/messages\/delta$/,
      unlisted,
      (call) => {
        const path = `${this.url}/users/${encodeURIComponent(this.organiser)}/mailFolders('inbox')/messages/delta`;
        const body = this.inbox.delta(call.query, call.prefer, path);
        for (const mail of body.value)
          this.faulty.push(...sharedContract().faultsOf('r/microsoft.graph.message+', mail));
        return { status: 200, body };
      },
    ],
    [
      'GET',
      /^\/messages\/(.+)\/\$value$/,
      unlisted,
      (_call, [id = '']) => ({ status: 200, bytes: this.inbox.mime(id) }),
    ],
    [
      'POST',
      /^\/sendMail$/,
      'POST /users/{user-id}/sendMail',
      async ({ body }) => {
        if (typeof body === 'string') this.mailed.push(await readMail(body, this.organiser));
        else checkJsonMail((body as { message: JsonMail }).message);
        return { status: 202 };
      },
    ],
    [
      'GET',
      /^\/v1\.0\/users$/,
      unlisted,
      ({ query, level }) => {
        const body = this.directory.search(query, level, this.url);
        for (const user of body.value)
          this.faulty.push(...sharedContract().faultsOf('r/microsoft.graph.user', user));
        return { status: 200, body };
      },
    ],
    [
      'GET',
      /^\/pages\/microsoft\.graph\.sitePage$/,
      'GET /sites/{site-id}/pages/microsoft.graph.sitePage',
      ({ query }) => ({ status: 200, body: { value: this.site.list(query.get('$filter')) } }),
    ],
    [
      'POST',
      /^\/pages$/,
      'POST /sites/{site-id}/pages',
      ({ body }) => ({ status: 201, body: this.site.create(body as PageBody) }),
    ],
    [
      'GET',
      /^\/pages\/([^/]+)\/microsoft\.graph\.sitePage$/,
      'GET /sites/{site-id}/pages/{baseSitePage-id}/microsoft.graph.sitePage',
      (_call, [id = '']) => ({ status: 200, body: this.site.json(id) }),
    ],
    [
      'PATCH',
      /^\/pages\/([^/]+)\/microsoft\.graph\.sitePage$/,
      'PATCH /sites/{site-id}/pages/{baseSitePage-id}/microsoft.graph.sitePage',
      ({ body }, [id = '']) => ({ status: 200, body: this.site.change(id, body as PageBody) }),
    ],
    [
      'POST',
      /^\/pages\/([^/]+)\/microsoft\.graph\.sitePage\/publish$/,
      publishKey,
      (_call, [id = '']) => {
        this.site.publish(id);
        return { status: 204 };
      },
    ],
    [
      'DELETE',
      /^\/pages\/([^/]+)$/,
      'DELETE /sites/{site-id}/pages/{baseSitePage-id}',
      (_call, [id = '']) => {
        this.site.delete(id);
        return { status: 204 };
      },
    ],
  ];
}

const userIn = ({ pathname }: URL): string =>
  decodeURIComponent(/^\/v1\.0\/users\/([^/]+)/.exec(pathname)?.[1] ?? '');

/** Members that Graph returns only where they were asked for by name. */
const onlySelected = new Set(['cancelledOccurrences']);

function selected(whole: object, query: URLSearchParams | undefined): object {
  const names = query?.get('$select')?.split(',');
  const isGiven = (name: string) =>
    names === undefined
      ? !onlySelected.has(name)
      : names.includes(name) || name === 'id' || name.startsWith('@odata.');
  return Object.fromEntries(Object.entries(whole).filter(([name]) => isGiven(name)));
}

const refused = ({ status, code, message }: Refusal): Reply => ({
  status,
  body: { error: { code, message } },
});

function refuse(response: ServerResponse, { status = 500, code, headers }: GraphFailure): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { code: code ?? `Status${String(status)}`, message: 'refused' } }));
}

function send(response: ServerResponse, status: number, body: object | undefined): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
