import type { Role } from '../../src/platform/actor.js';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { AppError } from '../../src/platform/errors.js';
import { get, json, open, post, put, type Route } from '../../src/http/route.js';
import { httpServer, maxBodyBytes } from '../../src/http/server.js';
import type { Problem } from '../../src/http/problem.js';
import { trialSignIn } from '../../src/http/sign-in.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import { jsonLog } from '../../src/platform/log.js';
import type { Person } from '../../src/people/person.js';
import { listen, type Listening } from './listen.js';

function person(id: string, role: Role, language: Language): Person {
  return { id: id as PersonId, name: id, role, language, projects: [] };
}

const people = [person('vilma', 'worker', 'sv'), person('kaisa', 'coordinator', 'fi')];
const secret = 'a secret of the inside';

const routes: Route[] = [
  open('get', '/open', () => Promise.resolve(json({ open: true }))),
  get('/mine', 'news:seeOwn', ({ person: { id }, query }) => Promise.resolve(json({ id, query }))),
  get('/review', 'news:see', () => Promise.resolve(json({}))),
  post('/echo', 'news:seeOwn', ({ body }) => Promise.resolve(json({ body }))),
  put('/boom', 'news:seeOwn', () => Promise.reject(new Error(secret))),
  put('/throw', 'news:seeOwn', () => {
    throw new AppError('news.moveNotAllowed', { status: 'rejected' });
  }),
  put('/unspoken', 'news:seeOwn', () => {
    throw new AppError('input.invalid', { fields: [{ field: 'groups', code: 'tooMany' }] });
  }),
  get('/file', 'news:seeOwn', () =>
    Promise.resolve({ text: 'a', type: 'text/plain', fileName: 'kirje "1"\r\nX: y.txt' }),
  ),
];

describe('http server', () => {
  let server: Listening;
  const logged: string[] = [];

  before(async () => {
    const signIn = trialSignIn({
      find: (id) => Promise.resolve(people.find((one) => one.id === id)),
      acting: (person) => Promise.resolve(person),
    });
    const log = jsonLog((line) => logged.push(line));
    server = await listen(httpServer({ routes, signIn, log, loopbackOnly: true }));
  });

  after(() => server.stop());

  const ask = (path: string, who?: string, init: RequestInit = {}) =>
    fetch(server.url + path, {
      ...init,
      headers: {
        ...(who !== undefined && { authorization: `Trial ${who}` }),
        'content-type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
      },
    });

  async function problem(answer: Response, status: number): Promise<Problem> {
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    return (await answer.json()) as Problem;
  }

  it('serves an open route to anybody and a guarded one to those who may', async () => {
    assert.deepEqual(await (await ask('/open')).json(), { open: true });
    assert.deepEqual(await (await ask('/mine?after=x', 'vilma')).json(), {
      id: 'vilma',
      query: { after: 'x' },
    });
    assert.equal((await ask('/review', 'kaisa')).status, 200);
  });

  it('answers and goes on when a fault cannot be made into an answer', async () => {
    const answer = await problem(await ask('/unspoken', 'vilma', { method: 'PUT' }), 500);
    assert.equal(answer.code, 'internal');
    assert.match(logged.join(), /http\.errorNotAnswered/);
    assert.equal((await ask('/open')).status, 200);
  });

  it('answers HEAD as GET, without the body', async () => {
    const answer = await ask('/open', undefined, { method: 'HEAD' });
    assert.deepEqual([answer.status, await answer.text()], [200, '']);
  });

  it('says who is missing, unknown, or not allowed, in the language that is known', async () => {
    const missing = await problem(
      await ask('/mine', undefined, { headers: { 'accept-language': 'en' } }),
      401,
    );
    assert.deepEqual([missing.code, missing.title], ['signIn.needed', 'Sign in first.']);
    assert.equal((await problem(await ask('/mine', 'nobody'), 401)).code, 'signIn.unknownPerson');
    const denied = await problem(await ask('/review', 'vilma'), 403);
    assert.match(denied.title, /Du har inte rätt/);
  });

  it('gives the code and the facts of an error of ours', async () => {
    const answer = await problem(await ask('/throw', 'vilma', { method: 'PUT' }), 409);
    assert.deepEqual([answer.code, answer.details], ['news.moveNotAllowed', { status: 'rejected' }]);
  });

  it('keeps what went wrong inside', async () => {
    const answer = await ask('/boom', 'vilma', { method: 'PUT' });
    const text = await answer.text();
    assert.equal(answer.status, 500);
    assert.ok(!text.includes(secret));
    assert.ok(logged.some((line) => line.includes(secret)));
  });

  it('refuses malformed JSON, a body too large and a packed one, and lives on', async () => {
    const malformed = await ask('/echo', 'vilma', { method: 'POST', body: '{"a":' });
    assert.equal((await problem(malformed, 400)).code, 'input.malformed');
    const large = JSON.stringify({ text: 'x'.repeat(maxBodyBytes) });
    assert.equal(
      (await problem(await ask('/echo', 'vilma', { method: 'POST', body: large }), 413)).code,
      'input.tooLarge',
    );
    const packed = { method: 'POST', body: '{}', headers: { 'content-encoding': 'gzip' } };
    assert.equal((await problem(await ask('/echo', 'vilma', packed), 400)).code, 'input.malformed');
    assert.equal((await ask('/open')).status, 200);
  });

  it('knows no other path and no other method', async () => {
    assert.equal((await problem(await ask('/nothing', 'vilma'), 404)).code, 'route.notFound');
    assert.equal(
      (await problem(await ask('/echo', 'vilma', { method: 'DELETE' }), 404)).code,
      'route.notFound',
    );
  });

  it('answers only requests that name this machine', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${server.url}/open`, { headers: { host: 'evil.example:80' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end();
    });
    assert.equal(status, 400);
  });

  it('sends its security headers with every answer, errors too', async () => {
    for (const path of ['/open', '/nothing', '/mine']) {
      const { headers } = await ask(path);
      assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('gives a file a name that is safe in a header', async () => {
    const { headers } = await ask('/file', 'vilma');
    assert.equal(headers.get('content-disposition'), 'attachment; filename="kirje__1___X__y.txt"');
  });
});
