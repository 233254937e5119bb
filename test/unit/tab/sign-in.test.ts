import assert from 'node:assert/strict';
import { createApi } from '../../../tab/api.js';
import { entraFacts } from '../../../tab/sign-in/facts.js';
import { SignInFault } from '../../../tab/sign-in/faults.js';
import { entraIdentity, type TokenSource } from '../../../tab/sign-in/identity.js';

const start = Date.parse('2026-11-30T08:00:00Z');
const minute = 60_000;

/** A token as the tab reads it: its signature is for the server to look at. */
function token(name: string, { minutes = 60, oid = 'eeva' } = {}): string {
  const claims = { exp: (start + minutes * minute) / 1000, oid, name: `Yö ${name}` };
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${name}`;
}

/**
 * Somebody whom a host of ours signs in. `answers` are what it gives, one after the other; a fault is thrown.
 * The server answers with `statuses`, and then with 200.
 */
function world(answers: (string | SignInFault)[], statuses: number[] = []) {
  let now = start;
  const wishes: boolean[] = [];
  const asked: { readonly authorization: string; readonly body: unknown }[] = [];
  const others: string[] = [];
  let loads = 0;
  const source: TokenSource = {
    token: (isNew) => {
      wishes.push(isNew);
      const next = answers.shift();
      if (typeof next === 'string') return Promise.resolve(next);
      return Promise.reject(next ?? new Error('asked too often'));
    },
  };
  const identity = entraIdentity({
    source: () => {
      loads += 1;
      return Promise.resolve(source);
    },
    canSignOut: false,
    now: () => now,
    onOther: () => others.push('other'),
  });
  const fetch: typeof globalThis.fetch = (_, init) => {
    const headers = init!.headers as Record<string, string>;
    asked.push({ authorization: headers['Authorization'] ?? '', body: init!.body });
    return Promise.resolve(Response.json({ ok: true }, { status: statuses.shift() ?? 200 }));
  };
  return {
    identity,
    api: createApi({ fetch }, identity),
    asked,
    wishes,
    others,
    loads: () => loads,
    pass: (minutes: number) => (now += minutes * minute),
  };
}

/** Settles after everything that was under way. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('signing the tab in with Entra', () => {
  it('asks for a token once, however many requests want it, and gives it at once from then on', async () => {
    const { api, asked, wishes, loads, identity } = world([token('one')]);
    await Promise.all([api.get('/api/session'), api.get('/api/news'), api.get('/api/inbox/views')]);
    await api.post('/api/news', {});
    assert.deepEqual([wishes, loads()], [[false], 1]);
    assert.deepEqual([...new Set(asked.map((each) => each.authorization))], [`Bearer ${token('one')}`]);
    assert.equal(identity.header(), `Bearer ${token('one')}`);
  });

  it('asks for another shortly before the token expires', async () => {
    const first = token('one', { minutes: 60 });
    const { api, asked, pass } = world([first, token('two', { minutes: 120 })]);
    await api.get('/api/session');
    pass(58);
    await api.get('/api/session');
    pass(1.5);
    await api.get('/api/session');
    assert.deepEqual(
      asked.map((each) => each.authorization.at(-1)),
      ['e', 'e', 'o'],
    );
  });

  it('sends a request that was answered with 401 once more, with a new token and the same body', async () => {
    const { api, asked, wishes } = world([token('one'), token('two')], [401]);
    assert.deepEqual(await api.post('/api/news', { title: 'Yö' }), { ok: true });
    assert.deepEqual(wishes, [false, true]);
    assert.deepEqual(asked, [
      { authorization: `Bearer ${token('one')}`, body: '{"title":"Yö"}' },
      { authorization: `Bearer ${token('two')}`, body: '{"title":"Yö"}' },
    ]);
  });

  it('sends it no third time, and not again where there is no other token', async () => {
    const twice = world([token('one'), token('two')], [401, 401]);
    await assert.rejects(twice.api.post('/api/news', {}), { status: 401 });
    assert.equal(twice.asked.length, 2);
    const same = world([token('one'), token('one')], [401]);
    await assert.rejects(same.api.post('/api/news', {}), { status: 401 });
    assert.equal(same.asked.length, 1);
  });

  it('never sends again what may have been done', async () => {
    for (const status of [403, 409, 500, 503]) {
      const { api, asked } = world([token('one'), token('two')], [status]);
      await assert.rejects(api.post('/api/news', {}), { status });
      assert.equal(asked.length, 1);
    }
  });

  it('asks for one new token when several requests were refused at the same time', async () => {
    const { api, wishes, asked } = world([token('one'), token('two')], [401, 401]);
    await Promise.all([api.get('/api/session'), api.get('/api/news')]);
    assert.deepEqual([wishes.length, asked.length], [2, 4]);
  });

  it('says why nobody is signed in, and signs in when asked again', async () => {
    const { api, asked } = world([new SignInFault('consent'), token('one')]);
    await assert.rejects(api.get('/api/session'), { name: 'SignInFault', reason: 'consent' });
    assert.equal(asked.length, 0);
    assert.deepEqual(await api.get('/api/session'), { ok: true });
  });

  it('lets what was typed wait until one has signed in again, and then sends it', async () => {
    const { api, asked, pass, identity } = world([
      token('one'),
      new SignInFault('ended'),
      new SignInFault('interrupted'),
      token('two', { minutes: 200 }),
    ]);
    await api.get('/api/session');
    let changes = 0;
    identity.account.subscribe(() => (changes += 1));
    pass(60);
    const stored = api.put('/api/news/1/texts/fi', { title: 'Yö' });
    await settled();
    assert.deepEqual([identity.account.ended(), asked.length], ['ended', 1]);
    identity.account.again();
    await settled();
    assert.deepEqual([identity.account.ended(), asked.length], ['interrupted', 1]);
    identity.account.again();
    assert.deepEqual(await stored, { ok: true });
    assert.deepEqual([identity.account.ended(), changes], [undefined, 4]);
    assert.equal(asked[1]?.body, '{"title":"Yö"}');
  });

  it('fails as any request would where the connection is gone, and waits for nobody', async () => {
    const { api, pass, identity } = world([token('one'), new SignInFault('network')]);
    await api.get('/api/session');
    pass(60);
    await assert.rejects(api.put('/api/news/1/texts/fi', {}), { code: 'network', status: 0 });
    assert.equal(identity.account.ended(), undefined);
  });

  it('sends nothing of one person in the name of another', async () => {
    const { api, asked, others, pass } = world([token('one'), token('two', { oid: 'bertil', minutes: 200 })]);
    await api.get('/api/session');
    pass(60);
    void api.put('/api/news/1/texts/fi', { title: 'Yö' });
    await settled();
    assert.deepEqual([others, asked.length], [['other'], 1]);
  });

  it('uses a token that it can’t read for the request that waits for it', async () => {
    const { api, asked, wishes } = world(['opaque', 'opaque']);
    await api.get('/api/session');
    await api.get('/api/news');
    assert.deepEqual(
      [asked.map((each) => each.authorization), wishes.length],
      [['Bearer opaque', 'Bearer opaque'], 2],
    );
  });

  it('is what the page says, and trial mode where the page says nothing', () => {
    const said = { signIn: 'entra', loginUrl: 'https://login.example', tenantId: 't', clientId: 'c' };
    assert.deepEqual(entraFacts(said), { loginUrl: 'https://login.example', tenantId: 't', clientId: 'c' });
    assert.equal(entraFacts({ theme: 'dark' }), undefined);
    assert.equal(entraFacts({ ...said, tenantId: undefined }), undefined);
  });
});
