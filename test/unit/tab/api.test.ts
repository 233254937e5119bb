import assert from 'node:assert/strict';
import { address, ApiError, createApi } from '../../../tab/api.js';

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
function over(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const api = createApi({
    localStorage: storage(),
    sessionStorage: storage(),
    fetch: (url, init) => {
      asked.push({ url: url as string, init });
      return Promise.resolve().then(answer);
    },
  });
  return { api, asked };
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
    const { api, asked } = over(() => Response.json({}));
    await api.get('/api/people');
    api.signInAs('anna');
    await api.put('/api/session/language', { language: 'sv' });
    const headers = asked.map(({ init }) => (init!.headers as Record<string, string>)['Authorization']);
    assert.deepEqual(headers, [undefined, 'Trial anna']);
    assert.equal(asked[1]?.init?.body, '{"language":"sv"}');
  });

  it('takes an answer that was asked for ahead, and only once', async () => {
    let count = 0;
    const { api, asked } = over(() => Response.json({ count: ++count }));
    api.ahead('/api/news', { state: 'accepted' });
    assert.deepEqual(await api.get('/api/news', { state: 'accepted' }), { count: 1 });
    assert.deepEqual(await api.get('/api/news', { state: 'accepted' }), { count: 2 });
    assert.equal(asked.length, 2);
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

  it('tells a server that does not answer from one that refuses', async () => {
    const silent = over(() => Promise.reject(new TypeError('fetch failed')));
    await assert.rejects(silent.api.get('/api/news'), { code: 'network', status: 0 });
    const garbled = over(() => new Response('<html>', { status: 502 }));
    await assert.rejects(garbled.api.get('/api/news'), { code: 'internal', status: 502 });
  });
});
