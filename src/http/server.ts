import { createHash } from 'node:crypto';
import {
  type Next,
  type Request,
  type Response,
  createServer,
  plugins,
  type RequestHandler,
  type Server,
} from 'restify';
import { AppError } from '../platform/errors.js';
import { t } from '../i18n/messages.js';
import { cardPage } from '../platform/card-page.js';
import { markup } from '../platform/html.js';
import { languageOf, type Language } from '../shared/languages.js';
import type { Log } from '../platform/log.js';
import { isLoopbackHost } from '../platform/loopback.js';
import { personPatienceMs, withPatience } from '../platform/patience.js';
import { requirePermission, signedFor } from '../people/permissions.js';
import { open, type Route, type Reply } from './route.js';
import { problemOf, type Problem } from './problem.js';
import { securityHeaders, strictTransport } from './security.js';
import type { SignIn } from './sign-in.js';
import type { TabFiles } from './tab-files.js';

/** `/healthz`: the process lives. `/readyz`: it can serve, that is, its storage answers. */
export function healthRoutes(isReady: () => Promise<boolean>): Route[] {
  return [
    open('get', '/healthz', () => Promise.resolve({ text: 'ok\n', type: 'text/plain; charset=utf-8' })),
    open('get', '/readyz', async () => {
      if (!(await isReady())) throw new AppError('storage.unavailable');
      return { text: 'ready\n', type: 'text/plain; charset=utf-8' };
    }),
  ];
}

/** Greatest body of a request, in bytes: a text in one language with room to spare. */
export const maxBodyBytes = 256 * 1024;

/** What is asked of one programme, and how people sign in to it. */
export interface Answering {
  readonly routes: readonly Route[];
  readonly signIn: SignIn;
}

export interface HttpDeps extends Answering {
  /** Further programmes by the name under which `/p/<name>/` leads to them; they have the same routes. */
  readonly others?: (name: string) => Promise<Answering | undefined>;
  readonly log: Log;
  /** Whether requests must name a loopback host: in trial mode, against DNS rebinding. */
  readonly loopbackOnly: boolean;
  /** Whether people reach it by https alone, as whatever stands in front of it sees to. */
  readonly isHttps?: boolean;
  /** Whether the programme is there to be asked; while it is not, everybody hears to come again. Always, unless given. */
  readonly isBegun?: () => boolean;
  /** Whether the storage answers; asked for each page that is opened. Always, unless given. */
  readonly isUp?: () => Promise<boolean>;
  /** Takes what the channel posts to `/api/messages`, and answers it whatever happens. */
  readonly bot?: (request: Request, response: Response) => Promise<void>;
  /** Answers requests for the tab's files; gives false where there is no such file. */
  readonly files?: TabFiles;
}

/** Sends through Restify what is written already, so that it knows that an answer was sent. */
function send(response: Response, status: number, type: string, text: string, headers = {}): void {
  if (response.headersSent) return;
  response.sendRaw(status, text, {
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
    ...headers,
  });
}

/** The tag of a text: the same text has the same. */
const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** Whether the one who asks has it already (RFC 9110, 13.1.2; weakly, as proxies pack what passes). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/** What begins at the root in a page of a further programme begins at the programme. What people wrote is escaped, and has no such mark. */
function withinProgramme(reply: Reply, name: string): Reply {
  const base = `/p/${name}`;
  if ('seeOther' in reply) return { seeOther: base + reply.seeOther };
  if ('json' in reply || !reply.type.startsWith('text/html')) return reply;
  return { ...reply, text: reply.text.replace(/ (href|src|action)="\/(?!\/)/g, ` $1="${base}/`) };
}

function sendReply(request: Request, response: Response, given: Reply): void {
  const name = programmeOf.get(request);
  const reply = name === undefined ? given : withinProgramme(given, name);
  if ('seeOther' in reply) {
    send(response, 303, 'text/plain; charset=utf-8', '', { Location: reply.seeOther });
    return;
  }
  if ('json' in reply) {
    send(response, reply.status ?? 200, 'application/json; charset=utf-8', JSON.stringify(reply.json));
    return;
  }
  const download = reply.fileName && {
    'Content-Disposition': `attachment; filename="${reply.fileName.replace(/[^\w.-]/g, '_')}"`,
  };
  if (reply.isRevalidated !== true) {
    send(response, reply.status ?? 200, reply.type, reply.text, download ?? {});
    return;
  }
  const etag = etagOf(reply.text);
  const kept = {
    'Cache-Control': 'private, max-age=0, must-revalidate',
    ETag: etag,
    ...(reply.changedAt !== undefined && { 'Last-Modified': new Date(reply.changedAt).toUTCString() }),
  };
  if (isKnown(request.headers['if-none-match'], etag)) {
    if (!response.headersSent) response.sendRaw(304, '', kept);
    return;
  }
  send(response, reply.status ?? 200, reply.type, reply.text, { ...kept, ...download });
}

function browserLanguage(request: Request): Language {
  return languageOf(request.headers['accept-language']);
}

/** An error that cannot be made into an answer is a bug: it is logged, and never ends the process. */
function spokenProblem(error: unknown, language: Language, log: Log): Problem {
  try {
    return problemOf(error, language);
  } catch (fault) {
    log.error('http.errorNotAnswered', { error: fault });
    return problemOf(new AppError('internal', {}, { cause: error }), language);
  }
}

function sendProblem(
  response: Response,
  error: unknown,
  language: Language,
  { log, signIn }: Pick<HttpDeps, 'log' | 'signIn'>,
  more: Readonly<Record<string, string>> = {},
): void {
  const problem = spokenProblem(error, language, log);
  if (problem.status >= 500) log.error('http.failed', { code: problem.code, error });
  if (problem.status === 401 && error instanceof AppError && error.cause !== undefined)
    log.warn('signIn.refused', { error: error.cause });
  const headers = { ...more, ...(problem.status === 401 && { 'WWW-Authenticate': signIn.challenge }) };
  send(response, problem.status, 'application/problem+json; charset=utf-8', JSON.stringify(problem), headers);
}

/** The error of ours for one that restify raised before a route was reached. */
function ownError(error: unknown): AppError {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return new AppError('input.tooLarge');
  if (status === 404 || status === 405) return new AppError('route.notFound');
  return status < 500 ? new AppError('input.malformed') : new AppError('internal', {}, { cause: error });
}

/** Addresses of the machine itself and of private networks, where proxies are. */
const nearby = /^(::1$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd])/;

/** Whom a request comes from. A proxy beside us appends the address to what the other side sent, so that the last one is true. */
function senderOf(request: Request): string {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'];
  const last = (typeof forwarded === 'string' ? forwarded : '').split(',').at(-1)?.trim() ?? '';
  if (!nearby.test(peer) || last === '') return peer;
  // Azure's front end adds the port: 203.0.113.7:51234.
  return last.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').slice(0, 64);
}

/** The name of a further programme, and what is asked of it. */
const programmePath = /^\/p\/([\w-]{1,64})(\/[^?]*)?/;

/** Requests for further programmes, by the name of theirs. */
const programmeOf = new WeakMap<Request, string>();

/** Takes the programme's name off the address, so that files and routes are found as those of the first programme are. */
function programmeFirst(request: Request, response: Response, next: Next): void {
  const found = programmePath.exec(request.url ?? '');
  const [whole = '', name, path] = found ?? [];
  if (name === undefined) {
    next();
    return;
  }
  if (path === undefined) {
    // Without the slash at the end the page would look for its files one step too high.
    response.sendRaw(308, '', { Location: `${whole}/${(request.url ?? '').slice(whole.length)}` });
    next(false);
    return;
  }
  programmeOf.set(request, name);
  request.url = path + (request.url ?? '').slice(whole.length);
  next();
}

/** The same route of the programme that is asked. @throws AppError `route.notFound` where there is no such programme. */
async function askedOf(
  route: Route,
  request: Request,
  deps: HttpDeps,
): Promise<{ readonly route: Route; readonly signIn: SignIn }> {
  const name = programmeOf.get(request);
  if (name === undefined) return { route, signIn: deps.signIn };
  const programme = await deps.others?.(name);
  const own = programme?.routes.find(({ method, path }) => method === route.method && path === route.path);
  if (programme === undefined || own === undefined) throw new AppError('route.notFound');
  return { route: own, signIn: programme.signIn };
}

async function answer(asked: Route, request: Request, deps: HttpDeps): Promise<Reply> {
  const { route, signIn } = await askedOf(asked, request, deps);
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const params = request.params as Record<string, string>;
  const call = { params, query, body: request.body as unknown };
  if (route.permission === 'open')
    return route.handle({
      ...call,
      language: browserLanguage(request),
      sender: senderOf(request),
      browser: (request.headers['user-agent'] ?? '').slice(0, 400),
    });
  const { authorization } = request.headers;
  const person = await signIn.whoIs({ authorization, language: browserLanguage(request) });
  try {
    requirePermission(person, route.permission);
    return await route.handle({ ...call, person: signedFor(person, route.permission) });
  } catch (error) {
    throw new SpokenError(person.language, error);
  }
}

/** An error for somebody whose language is known. */
class SpokenError extends Error {
  constructor(
    readonly language: Language,
    override readonly cause: unknown,
  ) {
    super('spoken', { cause });
  }
}

/** Restify warns of handlers that give a value or a promise: this one gives neither. */
function handlerOf(route: Route, deps: HttpDeps): RequestHandler {
  return (request, response, next) => {
    withPatience(personPatienceMs, () => answer(route, request, deps))
      .then((reply) => {
        sendReply(request, response, reply);
      })
      .catch((error: unknown) => {
        const spoken = error instanceof SpokenError;
        const language = spoken ? error.language : browserLanguage(request);
        sendProblem(response, spoken ? error.cause : error, language, deps);
      })
      .finally(() => {
        next(false);
      });
  };
}

function botHandler(bot: NonNullable<HttpDeps['bot']>, deps: HttpDeps): RequestHandler {
  return (request, response, next) => {
    withPatience(personPatienceMs, () => bot(request, response))
      .catch((error: unknown) => {
        sendProblem(response, error, browserLanguage(request), deps);
      })
      .finally(() => {
        next(false);
      });
  };
}

function guard(deps: HttpDeps): RequestHandler {
  const { loopbackOnly } = deps;
  return (request, response, next) => {
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    if (deps.isHttps === true) response.setHeader(...strictTransport);
    const isStrange = loopbackOnly && !isLoopbackHost(request.headers.host);
    // A packed body could be far larger than it looks.
    const isPacked = request.headers['content-encoding'] !== undefined;
    if (isStrange || isPacked) {
      sendProblem(response, new AppError('input.malformed'), browserLanguage(request), deps);
      next(false);
      return;
    }
    next();
  };
}

/** Seconds after which whoever found the storage away may come again. */
const awaySeconds = '5';

/** The page in place of the tab while the storage is away. */
function awayPage(language: Language): string {
  return cardPage({
    language,
    name: 'Big Room',
    heading: t(language, 'away.title'),
    title: 'Big Room',
    body: markup`<p>${t(language, 'away.text')}</p>
<p><a class="button" href="">${t(language, 'away.again')}</a></p>`,
  });
}

const isPage = ({ method, url = '' }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && /^\/(index\.html)?(\?|$)/.test(url);

/** Nobody is let to a tab that could show nothing, and before the beginning nobody to anything. */
function whileUp(deps: HttpDeps): RequestHandler {
  const { isBegun = () => true, isUp = () => Promise.resolve(true), log } = deps;
  const turnAway = (request: Request, response: Response): void => {
    const language = browserLanguage(request);
    const headers = { 'Retry-After': awaySeconds };
    if (isPage(request)) send(response, 503, 'text/html; charset=utf-8', awayPage(language), headers);
    else sendProblem(response, new AppError('storage.unavailable'), language, deps, headers);
  };
  return (request, response, next) => {
    const isOpen = isBegun() || request.url === '/healthz';
    if (isOpen && !isPage(request)) {
      next();
      return;
    }
    (isOpen ? isUp() : Promise.resolve(false))
      .catch((error: unknown) => {
        log.error('http.notKnownWhetherUp', { error });
        return false;
      })
      .then((isAnswering) => {
        if (isAnswering) {
          next();
          return;
        }
        turnAway(request, response);
        next(false);
      })
      .catch((error: unknown) => {
        log.error('http.errorNotAnswered', { error });
        next(false);
      });
  };
}

/** The tab's files are asked before the routes: looking one up costs next to nothing. */
function filesFirst(files: TabFiles, deps: HttpDeps): RequestHandler {
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead) {
      next();
      return;
    }
    files(request, response)
      .then((isFound) => {
        next(isFound ? false : undefined);
      })
      .catch((error: unknown) => {
        sendProblem(response, error, browserLanguage(request), deps);
        next(false);
      });
  };
}

/** The web server with its routes, not yet listening. */
export function httpServer(deps: HttpDeps): Server {
  const server = createServer({ name: 'Big Room', maxParamLength: 200, handleUncaughtExceptions: false });
  server.pre(guard(deps));
  server.pre(programmeFirst);
  server.pre(whileUp(deps));
  if (deps.files !== undefined) server.pre(filesFirst(deps.files, deps));
  server.use(plugins.bodyReader({ maxBodySize: maxBodyBytes }));
  server.use(plugins.jsonBodyParser({ mapParams: false, bodyReader: true }));
  for (const route of deps.routes) {
    const handler = handlerOf(route, deps);
    server[route.method](route.path, handler);
    if (route.method === 'get') server.head(route.path, handler);
  }
  if (deps.bot !== undefined) server.post('/api/messages', botHandler(deps.bot, deps));
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    sendProblem(response, ownError(error), browserLanguage(request), deps);
    done();
  });
  return server;
}
