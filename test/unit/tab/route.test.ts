import assert from 'node:assert/strict';
import { href, linkedPlace, parseRoute, underPage } from '../../../tab/shared/route.js';

describe('the address of a place', () => {
  it('names the place and its filter, and reads back the same', () => {
    const address = href(['news', 'a b/ä'], { state: 'accepted', text: 'elma & chatti', missing: '' });
    assert.equal(address, '#/news/a%20b%2F%C3%A4?state=accepted&text=elma+%26+chatti');
    assert.deepEqual(parseRoute(address), {
      path: ['news', 'a b/ä'],
      query: { state: 'accepted', text: 'elma & chatti' },
    });
  });

  it('is the overview when it is empty', () => {
    for (const hash of ['', '#', '#/']) assert.deepEqual(parseRoute(hash), { path: [], query: {} });
    assert.equal(href([]), '#/');
  });

  it('takes a broken escape as it is typed', () => {
    assert.deepEqual(parseRoute('#/news/%E0%A4%A'), { path: ['news', '%E0%A4%A'], query: {} });
  });

  it('of the server lies under the page, which may be that of a further programme', () => {
    const asked = (page: string) => new URL(underPage('/api/news?state=new'), page).href;
    assert.equal(asked('https://bigroom.example/#/news'), 'https://bigroom.example/api/news?state=new');
    assert.equal(asked('https://bigroom.example/p/elo/'), 'https://bigroom.example/p/elo/api/news?state=new');
  });

  it('of a deep link may be in a further programme, which has a page of its own', () => {
    assert.deepEqual(linkedPlace('news/4f2a'), { place: 'news/4f2a' });
    assert.deepEqual(linkedPlace('p/lansi/news/4f2a'), { page: '/p/lansi/', place: 'news/4f2a' });
    assert.deepEqual(linkedPlace('p/lansi/'), { page: '/p/lansi/', place: '' });
    assert.deepEqual(linkedPlace('p/lansi'), { page: '/p/lansi/', place: '' });
    for (const odd of ['p/', 'p/../x', 'p//evil.example/x', 'p/LANSI/x', 'p/a%2Fb/x', 'plans/x'])
      assert.deepEqual(linkedPlace(odd), { place: odd }, odd);
  });
});
