import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import type { OpenCall, Reply } from '../../../src/http/route.js';
import { intranetRoutes } from '../../../src/adapters/local-intranet/routes.js';
import type { ReleaseId } from '../../../src/platform/ids.js';
import { permanentId } from '../../../src/adapters/local-intranet/feeds.js';
import { pathOf, releaseIdIn } from '../../../src/adapters/local-intranet/html.js';
import { coordinator, programme } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';

const hostile = {
  title: '<script>alert(1)</script> "A" & \'B\' ${title} {0} ]]> 👩🏽‍⚕️',
  lead: '<img src=x onerror=alert(1)> & ]]>',
  body: '<b>bold</b> [press](javascript:alert(1)) [ok](https://example.org/?a=1&b=2) ${body} ]]>\n\n# Otsikko\n\n- yksi',
};

interface AtomEntry {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly published: string;
  readonly summary: string;
  readonly content: { readonly '#text': string; readonly type: string };
  readonly link: { readonly rel: string; readonly href: string };
  readonly category: { readonly term: string; readonly label: string };
}
interface Atom {
  readonly feed: {
    readonly id: string;
    readonly title: string;
    readonly updated: string;
    readonly author: { readonly name: string };
    readonly link: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
    readonly entry?: readonly AtomEntry[];
    readonly 'xml:lang': string;
  };
}

describe('local intranet', () => {
  let world: ReleaseWorld;
  beforeEach(() => {
    world = releaseWorld();
  });

  async function ask(path: string, params = {}, query = {}): Promise<Extract<Reply, { text: string }>> {
    const routes = intranetRoutes({
      store: world.pages,
      programme: () => Promise.resolve(programme),
      publicUrl: 'https://bigroom.example',
    });
    const route = routes.find((candidate) => candidate.path === path);
    assert.ok(route?.permission === 'open');
    const call: OpenCall = {
      params,
      query,
      body: undefined,
      sender: '127.0.0.1',
      browser: '',
      language: 'sv',
    };
    const reply = await route.handle(call);
    assert.ok('text' in reply);
    return reply;
  }

  async function publish(formId: string, fi: object, sv?: object): Promise<ReleaseId> {
    const { id, newsId } = (await world.releases.create(coordinator, { formId, words: fi })).release;
    await world.news.ready(coordinator, newsId, 'fi');
    if (sv !== undefined) {
      await world.news.edit(coordinator, newsId, 'sv', sv, 0);
      // Some texts here are the same in both languages.
      await world.news.ready(coordinator, newsId, 'sv', { although: true });
    }
    await world.releases.publishNow(coordinator, id, sv === undefined ? { waiver: 'vain suomeksi' } : {});
    await world.pass({ seconds: 11 });
    return id;
  }

  async function atom(): Promise<Atom['feed']> {
    const { text, type } = await ask('/intranet/fi/feed.atom');
    assert.equal(type, 'application/atom+xml; charset=utf-8');
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      // The parser knows the five named entities, not numbered ones.
      tagValueProcessor: (_name, value) =>
        value.replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code))),
      isArray: (name) => name === 'entry',
    });
    return (parser.parse(text) as Atom).feed;
  }

  it('shows hostile text as text, on the page and in the index', async () => {
    const id = await publish('hostile', hostile, hostile);
    const page = await ask('/intranet/fi/:page', { page: `anything-${id}` });
    const index = await ask('/intranet/fi');
    for (const { text } of [page, index]) {
      assert.doesNotMatch(text, /<script|<img|onerror=[^&]*>|javascript:alert\(1\)"/u);
      assert.match(
        text,
        /&lt;script&gt;alert\(1\)&lt;\/script&gt; &quot;A&quot; &amp; &#39;B&#39; \$\{title\} \{0\}/u,
      );
      assert.match(text, /👩🏽‍⚕️/u);
    }
    assert.match(page.text, /<a href="https:\/\/example\.org\/\?a=1&amp;b=2">ok<\/a>/u);
    assert.match(page.text, /<h2>Otsikko<\/h2>/u);
  });

  it('has the page in each language with a link to the other', async () => {
    const id = await publish(
      'both',
      { title: 'Otsikko', lead: '', body: 'Teksti' },
      { title: 'Rubrik', lead: '', body: 'Text' },
    );
    const page = await ask('/intranet/sv/:page', { page: id });
    assert.match(page.text, /<html lang="sv">/u);
    assert.match(page.text, new RegExp(`href="/intranet/fi/otsikko-${id}" lang="fi"`, 'u'));
    assert.match(page.text, /23 november 2026 kl. 10.00/u);
  });

  it('says where a page that is missing in one language can be read', async () => {
    const id = await publish('one', { title: 'Vain suomeksi', lead: '', body: 'Teksti' });
    const missing = await ask('/intranet/sv/:page', { page: id });
    assert.equal(missing.status, 404);
    assert.match(missing.text, new RegExp(`/intranet/fi/vain-suomeksi-${id}`, 'u'));
    for (const page of ['nothing', '../x', '0'.repeat(26), '<script>']) {
      const none = await ask('/intranet/fi/:page', { page });
      assert.equal(none.status, 404);
      assert.doesNotMatch(none.text, /<script/u);
    }
  });

  it('pages the index by key, newest first', async () => {
    for (let number = 1; number <= 22; number += 1) {
      await publish(`release-${number}`, { title: `Tiedote ${number}`, lead: '', body: 'Teksti' });
    }
    const first = await ask('/intranet/fi');
    const titles = [...first.text.matchAll(/>Tiedote (\d+)</gu)].map((match) => Number(match[1]));
    assert.deepEqual(
      titles,
      Array.from({ length: 20 }, (_, index) => 22 - index),
    );
    const after = decodeURIComponent(/\?after=([^"]+)"/u.exec(first.text)?.[1] ?? '');
    const second = await ask('/intranet/fi', {}, { after });
    assert.deepEqual(
      [...second.text.matchAll(/>Tiedote (\d+)</gu)].map((match) => match[1]),
      ['2', '1'],
    );
    const foreign = await ask('/intranet/fi', {}, { after: 'release|x' });
    assert.match(foreign.text, />Tiedote 22</u);
  });

  it('keeps the address and the date when the text is published again', async () => {
    const id = await publish('again', { title: 'Otsikko', lead: '', body: 'Teksti' });
    const before = (await world.pages.pages(id)).fi;
    assert.ok(before);
    world.clock.forward({ hours: 1 });
    const [publication] = world.channel.publications;
    assert.ok(publication?.texts.fi);
    await world.channel.publish(publication);
    assert.deepEqual((await world.pages.pages(id)).fi, before);
    const fi = { ...publication.texts.fi, body: 'Uusi teksti' };
    await world.channel.publish({ ...publication, texts: { fi } });
    const after = (await world.pages.pages(id)).fi?.page;
    assert.deepEqual(
      [after?.publishedAt, after?.updatedAt, after?.body],
      [before.page.publishedAt, world.clock.iso(), 'Uusi teksti'],
    );
    assert.equal((await world.pages.list('fi', 10)).lines.length, 1);
  });

  it('writes an Atom feed that reads back as what was published', async () => {
    const id = await publish('hostile', hostile);
    const feed = await atom();
    assert.equal(feed['xml:lang'], 'fi');
    assert.match(feed.id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    assert.equal(feed.author.name, programme.names.fi);
    assert.equal(
      feed.link.find(({ rel }) => rel === 'self')?.href,
      'https://bigroom.example/intranet/fi/feed.atom',
    );
    const [entry] = feed.entry ?? [];
    assert.ok(entry);
    assert.equal(entry.id, permanentId(id, 'fi'));
    assert.deepEqual([entry.title, entry.summary], [hostile.title, hostile.lead]);
    assert.equal(entry.content.type, 'html');
    assert.match(entry.content['#text'], /&lt;b&gt;bold&lt;\/b&gt;/u);
    assert.equal(entry.published, '2026-11-23T08:00:11.000Z');
    assert.equal(feed.updated, entry.updated);
    assert.ok(entry.link.href.endsWith(id));
  });

  it('writes a JSON feed of version 1.1 that reads back as what was published', async () => {
    await publish('hostile', hostile);
    const { text, type } = await ask('/intranet/fi/feed.json');
    assert.equal(type, 'application/feed+json; charset=utf-8');
    const feed = JSON.parse(text) as Record<string, unknown> & { items: Record<string, string>[] };
    assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
    assert.equal(feed.feed_url, 'https://bigroom.example/intranet/fi/feed.json');
    assert.deepEqual(feed.authors, [{ name: programme.names.fi }]);
    const [item] = feed.items;
    assert.deepEqual([item?.title, item?.summary, item?.language], [hostile.title, hostile.lead, 'fi']);
    assert.equal(item?.date_published, '2026-11-23T08:00:11.000Z');
  });

  describe('of a release that was corrected', () => {
    const fi = { title: 'Otsikko', lead: 'Ingressi', body: 'Uusi teksti' };
    const note = { fi: 'Luku <b>korjattiin</b> & päivättiin.' };
    let id: ReleaseId;
    beforeEach(async () => {
      const sv = { title: 'Rubrik', lead: '', body: 'Text' };
      id = await publish('corrected', { ...fi, body: 'Teksti' }, sv);
      world.clock.forward({ hours: 48 });
      const { newsId } = (await world.releases.get(coordinator, id)).release;
      await world.news.edit(coordinator, newsId, 'fi', fi, 1);
      await world.news.ready(coordinator, newsId, 'fi');
      // Some texts here are the same in both languages.
      await world.news.ready(coordinator, newsId, 'sv', { although: true });
      await world.releases.correct(coordinator, id, { note });
      await world.pass({ seconds: 11 });
    });

    it('says when what was corrected, on the page of the language in which it was said', async () => {
      const { text } = await ask('/intranet/fi/:page', { page: id });
      assert.match(text, /Uusi teksti/u);
      assert.match(
        text,
        /25\. marraskuuta 2026[\s\S]*Luku &lt;b&gt;korjattiin&lt;\/b&gt; &amp; päivättiin\./u,
      );
      const swedish = await ask('/intranet/sv/:page', { page: id });
      // What was said in Finnish alone was said of the Finnish page.
      assert.doesNotMatch(swedish.text, /korjattiin/u);
      assert.match(text, /23\. marraskuuta 2026/u);
    });

    it('comes as changed in the feed of its language, with the note before the text and its first date', async () => {
      const [entry] = (await atom()).entry ?? [];
      assert.ok(entry);
      assert.equal(entry.published, '2026-11-23T08:00:11.000Z');
      assert.equal(entry.updated, '2026-11-25T08:00:22.000Z');
      assert.match(
        entry.content['#text'],
        /25\. marraskuuta 2026[\s\S]*&lt;b&gt;korjattiin[\s\S]*Uusi teksti/u,
      );
      const json = JSON.parse((await ask('/intranet/sv/feed.json')).text) as {
        items: Record<string, string>[];
      };
      const [item] = json.items;
      // Its text is as it was, and readers are told nothing.
      assert.deepEqual(
        [item?.date_published, item?.date_modified],
        ['2026-11-23T08:00:11.000Z', '2026-11-23T08:00:11.000Z'],
      );
      assert.doesNotMatch(item?.content_html ?? '', /korjattiin/u);
    });

    it('is not changed once more when just the contact is', async () => {
      const before = (await world.pages.pages(id)).fi?.page;
      world.clock.forward({ hours: 1 });
      await world.releases.setContact(coordinator, id, { contact: 'Kaisa' });
      await world.releases.correct(coordinator, id, {});
      await world.pass({ seconds: 11 });
      const after = (await world.pages.pages(id)).fi?.page;
      assert.deepEqual([after?.contact, after?.updatedAt], ['Kaisa', before?.updatedAt]);
    });
  });

  describe('of a release that was taken down', () => {
    let id: ReleaseId;
    const texts = [
      { title: 'Otsikko', lead: '', body: 'Salainen teksti' },
      { title: 'Rubrik', lead: '', body: 'Hemlig text' },
    ] as const;
    beforeEach(async () => {
      id = await publish('down', ...texts);
      await publish('stays', { title: 'Toinen', lead: '', body: 'Jää' });
      world.clock.forward({ hours: 24 });
      await world.releases.takeDown(coordinator, id);
      await world.pass({ seconds: 1 });
    });

    it('says at its addresses that it is gone, and nothing of what it said', async () => {
      for (const [path, when] of [
        ['/intranet/fi/:page', /24\. marraskuuta 2026/u],
        ['/intranet/sv/:page', /24 november 2026/u],
      ] as const) {
        const page = await ask(path, { page: `otsikko-${id}` });
        assert.equal(page.status, 410);
        assert.match(page.text, when);
        assert.doesNotMatch(page.text, /Salainen|Hemlig|Otsikko|Rubrik/u);
      }
    });

    it('is in no index and no feed', async () => {
      for (const path of ['/intranet/fi', '/intranet/sv', '/intranet/fi/feed.atom', '/intranet/fi/feed.json'])
        assert.doesNotMatch((await ask(path)).text, /Otsikko|Rubrik|Salainen|Hemlig/u);
      assert.deepEqual(
        (await atom()).entry?.map(({ title }) => title),
        ['Toinen'],
      );
    });

    it('is back in the feeds under the same id and address when it is put back, with its first date', async () => {
      await world.releases.putBack(coordinator, id);
      await world.pass({ seconds: 11 });
      const entries = (await atom()).entry ?? [];
      assert.deepEqual(
        entries.map(({ title }) => title),
        ['Toinen', 'Otsikko'],
      );
      const entry = entries[1];
      assert.deepEqual([entry?.id, entry?.published], [permanentId(id, 'fi'), '2026-11-23T08:00:11.000Z']);
      const page = await ask('/intranet/fi/:page', { page: id });
      assert.notEqual(page.status, 410);
      assert.match(page.text, /Salainen teksti/u);
    });

    it('has its page in one language gone where only the other one goes out again', async () => {
      const [, down] = world.channel.publications;
      assert.ok(down);
      const one = { ...down, releaseId: id, texts: { fi: texts[0] } };
      await world.channel.publish({ ...one, texts: { fi: texts[0], sv: texts[1] } });
      await world.channel.publish(one);
      assert.equal((await ask('/intranet/sv/:page', { page: id })).status, 410);
      const page = await ask('/intranet/fi/:page', { page: id });
      assert.match(page.text, /Salainen teksti/u);
      assert.doesNotMatch(page.text, new RegExp(`/intranet/sv/rubrik-${id}`, 'u'));
    });
  });

  describe('as a preview', () => {
    const words = { title: hostile.title, lead: hostile.lead, body: hostile.body };

    it('is a whole document in each language that loads nothing, and says what readers would get', async () => {
      const { id, newsId } = (await world.releases.create(coordinator, { formId: 'preview', words })).release;
      const html = await world.releases.preview(coordinator, id, 'fi');
      assert.match(html, /^<!doctype html>\n<html lang="fi">/u);
      assert.doesNotMatch(html, /<script|<link|<img|<[^>]+\ssrc=/u);
      assert.match(html, /default-src &#39;none&#39;/u);
      assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/u);
      await world.news.edit(coordinator, newsId, 'sv', { title: 'Rubrik', lead: '', body: 'Text' }, 0);
      assert.match(await world.releases.preview(coordinator, id, 'sv'), /<html lang="sv">[\s\S]*Rubrik/u);
    });
  });

  it('has feeds, and an index that says so, before anything is published', async () => {
    assert.equal((await atom()).entry, undefined);
    assert.match((await ask('/intranet')).text, /<html lang="sv">[\s\S]*inga meddelanden/u);
  });

  const slugs: readonly (readonly [string, string])[] = [
    ['Hyvinvointialueen ÄÄNI ja Åbo', 'hyvinvointialueen-aani-ja-abo-'],
    ['Café – 2,5 %', 'cafe-2-5-'],
    ['日本語 🙂', ''],
    ['../../etc/passwd?x#y', 'etc-passwd-x-y-'],
  ];
  for (const [title, slug] of slugs) {
    it(`makes an address of ${JSON.stringify(title)} that leads back`, () => {
      const releaseId = '0123456789abcdef0123456789' as ReleaseId;
      const path = pathOf({ language: 'fi', title, releaseId });
      assert.equal(path, `/intranet/fi/${slug}${releaseId}`);
      assert.equal(releaseIdIn(path.split('/').at(-1) ?? ''), releaseId);
    });
  }
});
