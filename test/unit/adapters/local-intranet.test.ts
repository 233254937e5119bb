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
    const call: OpenCall = { params, query, body: undefined, language: 'sv' };
    const reply = await route.handle(call);
    assert.ok('text' in reply);
    return reply;
  }

  async function publish(formId: string, fi: object, sv?: object): Promise<ReleaseId> {
    const { id } = (await world.releases.create(coordinator, { formId })).release;
    await world.releases.edit(coordinator, id, 'fi', fi, 0);
    if (sv !== undefined) await world.releases.edit(coordinator, id, 'sv', sv, 0);
    await world.releases.approve(coordinator, id, sv === undefined ? 'vain suomeksi' : undefined);
    await world.releases.publishNow(coordinator, id);
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
    const release = (await world.releases.get(coordinator, id)).release;
    await world.channel.publish(release);
    assert.deepEqual((await world.pages.pages(id)).fi, before);
    const { fi } = release.texts;
    assert.ok(fi);
    await world.channel.publish({ ...release, texts: { fi: { ...fi, body: 'Uusi teksti' } } });
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
