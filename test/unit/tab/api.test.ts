import assert from 'node:assert/strict';
import { askingAhead, aheadOf, type AheadWindow } from '../../../tab/ahead.js';
import { address, ApiError, createApi, type Getter } from '../../../tab/api.js';
import { trialIdentity, type Identity } from '../../../tab/identity.js';

/** A browser's storage in memory. */
function storage(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  } as Storage;
}

/** The tab's api over a server that answers with `answer` and keeps what it was asked. */
function over(answer: () => Response | Promise<Response>, identity: Identity = { header: () => undefined }) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    asked.push({ url: url as string, init });
    return Promise.resolve().then(answer);
  };
  const authorizations = () =>
    asked.map(({ init }) => (init!.headers as Record<string, string>)['Authorization']);
  const host: AheadWindow = { fetch };
  const ahead = askingAhead(host, identity);
  return { api: createApi(host, identity, aheadOf(host)), ahead, asked, authorizations };
}

describe('the tab asks the server', () => {
  it('leaves empty values out of the address', () => {
    assert.equal(
      address('/api/news', { state: 'accepted', text: '', missing: undefined }),
      '/api/news?state=accepted',
    );
    assert.equal(address('/api/news'), '/api/news');
  });

  it('says who asks, once somebody is chosen', async () => {
    const identity = trialIdentity({ localStorage: storage(), sessionStorage: storage() });
    const { api, asked, authorizations } = over(() => Response.json({}), identity);
    await api.get('/api/people');
    identity.choice.choose('anna');
    await api.put('/api/session/language', { language: 'sv' });
    assert.deepEqual(authorizations(), [undefined, 'Trial anna']);
    assert.equal(asked[1]?.init?.body, '{"language":"sv"}');
  });

  it('believes the person of this browser tab before the one chosen last on the device', () => {
    const localStorage = storage();
    const anna = trialIdentity({ localStorage, sessionStorage: storage() });
    anna.choice.choose('anna');
    const other = trialIdentity({ localStorage, sessionStorage: storage() });
    assert.equal(other.header(), 'Trial anna');
    other.choice.choose('bertil');
    assert.deepEqual([anna.header(), other.header()], ['Trial anna', 'Trial bertil']);
  });

  it('waits for a proof of identity that comes later', async () => {
    let give: (header: string) => void = () => undefined;
    const header = () => new Promise<string>((resolve) => (give = resolve));
    const { api, asked, authorizations } = over(() => Response.json({ ok: true }), { header });
    const answer = api.get('/api/session');
    assert.equal(asked.length, 0);
    give('Bearer token');
    assert.deepEqual(await answer, { ok: true });
    assert.deepEqual(authorizations(), ['Bearer token']);
  });

  it('asks nothing for somebody who cannot be proven, and says so like a request without an answer', async () => {
    const refusals = [() => Promise.reject(new Error('popup closed')), () => assert.fail('no host')];
    for (const header of refusals) {
      const { api, ahead, asked } = over(() => Response.json({}), { header });
      void ahead.get('/api/session');
      await assert.rejects(api.get('/api/session'), { code: 'network', status: 0 });
      await assert.rejects(api.get('/api/news'), { code: 'network', status: 0 });
      api.putLast('/api/news/1/texts/fi', {});
      assert.equal(asked.length, 0);
    }
    const known = over(() => Response.json({}), {
      header: () => Promise.reject(new ApiError('signIn.needed', 401)),
    });
    await assert.rejects(known.api.get('/api/news'), { code: 'signIn.needed', status: 401 });
  });

  it('sends what is left of a closing page at once where the identity is at hand', () => {
    const { api, asked } = over(() => Response.json({}), { header: () => 'Trial anna' });
    api.putLast('/api/news/1/texts/fi', { title: 'x' });
    assert.equal(asked[0]?.init?.keepalive, true);
  });

  it('fetches its own files without an identity', async () => {
    const { api, asked } = over(() => new Response('{}'), { header: () => assert.fail('not needed') });
    assert.equal(await api.file('fi.json'), '{}');
    assert.deepEqual(asked, [{ url: 'fi.json', init: undefined }]);
  });

  it('throws away what was asked for ahead for somebody else', async () => {
    const { api, ahead, asked } = over(() => Response.json({}));
    void ahead.get('/api/session');
    api.dropAhead();
    await api.get('/api/session');
    assert.equal(asked.length, 2);
  });

  it('takes an answer that was asked for ahead, and only once', async () => {
    let count = 0;
    const { api, ahead, asked } = over(() => Response.json({ count: ++count }));
    void ahead.get('/api/news', { state: 'accepted' });
    assert.deepEqual(await api.get('/api/news', { state: 'accepted' }), { count: 1 });
    assert.deepEqual(await api.get('/api/news', { state: 'accepted' }), { count: 2 });
    assert.equal(asked.length, 2);
  });

  it('has at hand what was asked for ahead and has come, and asks nothing for it', async () => {
    const { api, ahead, asked } = over(() => Response.json({ lines: [] }));
    const list = (getter: Getter) => getter.get('/api/news', { view: 'new' });
    void list(ahead);
    assert.equal(api.atHand(list), undefined);
    await api.arrived();
    const answer = api.atHand(list);
    assert.deepEqual(answer, { lines: [] });
    // Whoever asks for it takes it: the same one, so that nothing is drawn anew.
    assert.equal(await list(api), answer);
    assert.equal(asked.length, 1);
    assert.equal(api.atHand(list), undefined);
  });

  it('leaves what failed ahead to whoever asks for it', async () => {
    const { api, ahead } = over(() => Response.json({ code: 'permission.denied' }, { status: 403 }));
    const list = (getter: Getter) => getter.get('/api/news');
    void list(ahead);
    await api.arrived();
    assert.equal(api.atHand(list), undefined);
    await assert.rejects(list(api), { status: 403 });
  });

  it('takes a file of its own that was fetched ahead', async () => {
    const { api, ahead, asked } = over(() => new Response('{}'));
    ahead.file('http://here/fi.json');
    assert.equal(await api.file('http://here/fi.json'), '{}');
    assert.equal(asked.length, 1);
  });

  it('makes a problem an error with its code, fields and facts', async () => {
    const { api } = over(() =>
      Response.json(
        { status: 409, code: 'text.conflict', title: 'x', details: { parked: 7 } },
        { status: 409 },
      ),
    );
    await assert.rejects(api.put('/api/news/1/texts/fi', {}), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.code, error.status, error.facts], ['text.conflict', 409, { parked: 7 }]);
      return true;
    });
  });

  it('distinguishes a server that does not answer from one that refuses', async () => {
    const silent = over(() => Promise.reject(new TypeError('fetch failed')));
    await assert.rejects(silent.api.get('/api/news'), { code: 'network', status: 0 });
    const garbled = over(() => new Response('<html>', { status: 502 }));
    await assert.rejects(garbled.api.get('/api/news'), { code: 'internal', status: 502 });
  });
});
