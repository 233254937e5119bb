import assert from 'node:assert/strict';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { graphSite } from '../../../../src/adapters/graph/graph-site.js';
import { previewOf } from '../../../../src/adapters/local-intranet/preview.js';
import type { ReleaseId } from '../../../../src/platform/ids.js';
import { coordinator, programme, swedishText } from '../../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../../make-releases.js';
import type { GraphFailure } from '../../../world/graph/graph.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const finnishTitle = 'Elma neuvoo elintavoissa';

const readsPage = (page: string | undefined, text: string): void => {
  assert.ok(page?.includes(text), `${page ?? 'no page'} has no ${text}`);
};

describe('releases on SharePoint', () => {
  let at: GraphWorld;
  let world: ReleaseWorld;
  let siteId: string;
  beforeEach(async () => {
    at = await graphWorld();
    siteId = site().id;
    world = newWorld(new MemoryRows());
  });
  afterEach(() => at.close());

  function newWorld(rows: MemoryRows, placeName = ''): ReleaseWorld {
    return releaseWorld(rows, [], ({ clock, partition }) => {
      const common = { clock, programme: () => Promise.resolve(programme) };
      const preview = previewOf(common);
      return graphSite({ ...common, client: at.client, siteId, partition, placeName, preview });
    });
  }

  const site = () => at.graph.site;
  const pageOf = (name: string) => site().read.find((page) => page.name.startsWith(name));
  const htmlOf = (name: string) => pageOf(name)?.html;
  const statusOf = async (id: ReleaseId) => (await world.stateOf(id)).status;

  /** A release that somebody has let go out now. */
  async function leaving(name = 'elma'): Promise<ReleaseId> {
    const id = await world.approved(name);
    await world.releases.publishNow(coordinator, id);
    return id;
  }

  async function published(name = 'elma'): Promise<ReleaseId> {
    const id = await leaving(name);
    await world.pass({ seconds: 11 });
    assert.equal(await statusOf(id), 'published');
    return id;
  }

  async function rewrite(id: ReleaseId, title: string): Promise<void> {
    const { newsId } = (await world.releases.get(coordinator, id)).release;
    const item = await world.news.get(coordinator, newsId);
    const { fi } = item.texts;
    assert.ok(fi);
    const { lead, body } = fi;
    await world.news.edit(coordinator, newsId, 'fi', { title, lead, body }, fi.revision);
    await world.news.ready(coordinator, newsId, 'fi');
    await world.news.ready(coordinator, newsId, 'sv');
  }

  /** Lets time pass until everything that is retried has been. */
  async function wait(): Promise<void> {
    for (let count = 0; count < 6; count += 1) await world.pass({ minutes: 30 });
  }

  it('publishes a news page in each language, each with a link to the other, and says published once Graph does', async () => {
    const id = await published();
    assert.deepEqual(site().pages, [
      `meddelande-${id}.aspx 1.0 published`,
      `tiedote-${id}.aspx 1.0 published`,
    ]);
    const [swedish, finnish] = [pageOf('meddelande'), pageOf('tiedote')];
    assert.ok(swedish !== undefined && finnish !== undefined);
    assert.equal(swedish.title, swedishText.title);
    assert.equal(finnish.title, finnishTitle);
    const state = await world.stateOf(id);
    assert.ok(state.status === 'published');
    assert.deepEqual(state.urls, { fi: finnish.url, sv: swedish.url });
    readsPage(finnish.html, `<a href="${swedish.url}">`);
    readsPage(swedish.html, `<a href="${finnish.url}">`);
  });

  it('leaves the pages of another programme alone that has a release of the same id', async () => {
    const id = await published();
    const own = site().read;
    world = newWorld(new MemoryRows(), 'lansi');
    assert.equal(await published(), id);
    assert.deepEqual(
      site().read.filter(({ name }) => !name.includes('-lansi-')),
      own,
    );
    await world.releases.takeDown(coordinator, id);
    await world.pass({ seconds: 11 });
    assert.deepEqual(site().read, own);
  });

  it('puts nothing on a page that people wrote as markup', async () => {
    const id = await published();
    await rewrite(id, '<script>alert(1)</script> & "quoted"');
    await world.releases.correct(coordinator, id, { note: { fi: '<b>Oikaisu</b>', sv: 'Rättelse' } });
    await world.pass({ seconds: 11 });
    assert.equal(await statusOf(id), 'published');
    const html = site()
      .read.map((page) => page.html)
      .join('');
    assert.doesNotMatch(html, /<script|<b>/);
    readsPage(html, '&lt;b&gt;Oikaisu&lt;/b&gt;');
  });

  it('corrects on the same pages, and writes no page that is as it should be', async () => {
    const id = await published();
    const before = site().read.map(({ url }) => url);
    await rewrite(id, 'Korjattu otsikko');
    at.graph.asked.length = 0;
    await world.releases.correct(coordinator, id, {
      note: { fi: 'Otsikko korjattu', sv: 'Rubriken rättad' },
    });
    await world.pass({ seconds: 11 });
    assert.deepEqual(
      site().read.map(({ url }) => url),
      before,
    );
    assert.equal(site().read[1]?.title, 'Korjattu otsikko');
    readsPage(site().read[1]?.html, 'Otsikko korjattu');
    assert.equal(at.graph.writings.filter(({ method }) => method === 'POST').length, 2);
    at.graph.asked.length = 0;
    await world.releases.correct(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.equal(await statusOf(id), 'published');
    assert.deepEqual(at.graph.writings, []);
  });

  it('takes down: nothing is left for readers; putting back makes the pages again at their addresses', async () => {
    const id = await published();
    const before = site().read.map(({ url }) => url);
    await world.releases.takeDown(coordinator, id);
    await world.pass({ seconds: 1 });
    assert.equal(await statusOf(id), 'takenDown');
    assert.deepEqual(site().pages, []);
    await world.releases.putBack(coordinator, id);
    await world.pass({ seconds: 11 });
    assert.equal(await statusOf(id), 'published');
    assert.deepEqual(
      site().read.map(({ url }) => url),
      before,
    );
  });

  it('finds a page that somebody renamed, and makes one again that somebody deleted', async () => {
    const id = await published();
    site().renames(`tiedote-${id}.aspx`, 'oma-nimi.aspx');
    await rewrite(id, 'Korjattu');
    await world.releases.correct(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.deepEqual(
      site().read.map(({ name, title }) => [name, title]),
      [
        [`meddelande-${id}.aspx`, swedishText.title],
        ['oma-nimi.aspx', 'Korjattu'],
      ],
    );
  });

  it('writes over what somebody changed there, when the release is corrected', async () => {
    const id = await published();
    site().edits(`tiedote-${id}.aspx`, 'Muutettu intranetissä');
    await world.releases.correct(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.equal(site().read[1]?.title, finnishTitle);
  });

  it('takes away the page of a language that does not go out any more', async () => {
    const id = await published();
    const { newsId } = (await world.releases.get(coordinator, id)).release;
    await world.news.edit(coordinator, newsId, 'sv', { ...swedishText, body: 'Under arbete' }, 1);
    await world.releases.correct(coordinator, id, {}, { waiver: 'Korjaus ensin suomeksi' });
    await world.pass({ seconds: 11 });
    assert.deepEqual(
      site().read.map(({ name }) => name),
      [`tiedote-${id}.aspx`],
    );
    assert.doesNotMatch(htmlOf(`tiedote-${id}.aspx`) ?? '', /href/);
  });

  describe('a fault', () => {
    const faults: readonly (readonly [string, GraphFailure])[] = [
      ['429 with Retry-After', { status: 429, headers: { 'Retry-After': '120' } }],
      ['503', { status: 503 }],
      ['500 before it acted', { status: 500 }],
      ['500 after it acted', { status: 500, afterActing: true }],
      ['504 after it acted', { status: 504, afterActing: true }],
      ['an answer lost before it acted', { drops: 'before' }],
      ['an answer lost after it acted', { drops: 'after' }],
      ['423', { status: 423, code: 'accessDenied' }],
      ['409', { status: 409, code: 'resourceModified' }],
      ['401', { status: 401 }],
    ];
    /** Requests of a first publication: two looks, two creations, two changes, two publications, two looks. */
    const requests = 10;
    for (const [name, failure] of faults)
      it(`leaves one page in each language wherever it comes: ${name}`, async () => {
        for (let index = 0; index < requests; index += 1) {
          const id = await leaving(`release-${String(index)}`);
          at.graph.fails({ ...failure, at: index });
          await world.pass({ seconds: 11 });
          await wait();
          assert.equal(await statusOf(id), 'published', `request ${String(index)}`);
          assert.deepEqual(
            site().pages.filter((page) => page.includes(id)),
            [`meddelande-${id}.aspx 1.0 published`, `tiedote-${id}.aspx 1.0 published`],
            `request ${String(index)}`,
          );
        }
      });

    for (const [name, failure] of faults)
      it(`leaves nothing behind when it is taken down: ${name}`, async () => {
        for (let index = 0; index < 4; index += 1) {
          const id = await published(`release-${String(index)}`);
          at.graph.fails({ ...failure, at: index });
          await world.releases.takeDown(coordinator, id);
          await world.pass({ seconds: 1 });
          await wait();
          assert.equal(await statusOf(id), 'takenDown', `request ${String(index)}`);
          assert.deepEqual(site().pages, []);
        }
      });

    it('leaves one page where nothing is remembered of the first attempt', async () => {
      const id = await leaving();
      at.graph.fails({ at: 1, drops: 'after' });
      await world.pass({ seconds: 11 });
      assert.equal(site().pages.length, 1);
      const rows = await world.rows.range('test', { from: 'site-page|', to: 'site-page|~', limit: 10 });
      await world.rows.commit(
        'test',
        rows.rows.map(({ key }) => ({ op: 'delete', key })),
      );
      await wait();
      assert.equal(await statusOf(id), 'published');
      assert.equal(site().pages.length, 2);
    });

    it('leaves one page where SharePoint gives a second one another name', async () => {
      site().behaviour.sameName = 'renames';
      const id = await leaving();
      at.graph.fails({ at: 1, drops: 'after' });
      await world.pass({ seconds: 11 });
      await wait();
      assert.equal(await statusOf(id), 'published');
      assert.equal(site().pages.length, 2);
    });

    const lasting: readonly (readonly [string, string, (id: ReleaseId) => void, () => void])[] = [
      ['notAllowed', 'the site is not granted', () => (site().grants = false), () => (site().grants = true)],
      ['siteGone', 'the site is not there', () => (site().exists = false), () => (site().exists = true)],
      [
        'notSignedIn',
        'the secret is not good any more',
        () => {
          at.graph.expireTokens();
          at.graph.signInFails({ status: 401, code: 'invalid_client' });
        },
        () => at.graph.signInFails(undefined),
      ],
    ];
    for (const [reason, name, breaks, mends] of lasting)
      it(`names its reason where ${name}, and trying again afterwards publishes`, async () => {
        const id = await leaving();
        breaks(id);
        await world.pass({ seconds: 11 });
        await wait();
        const state = await world.stateOf(id);
        assert.deepEqual(state.status === 'failed' && state.reason, reason);
        assert.deepEqual(site().read, []);
        mends();
        await world.releases.retry(coordinator, id);
        await world.pass({ seconds: 1 });
        assert.equal(await statusOf(id), 'published');
        assert.equal(site().pages.length, 2);
      });

    it('says that the page is being edited, and that one language alone is done', async () => {
      const id = await published();
      await rewrite(id, 'Korjattu');
      site().opens(`tiedote-${id}.aspx`);
      await world.releases.correct(coordinator, id, {});
      await world.pass({ seconds: 11 });
      await wait();
      const locked = await world.stateOf(id);
      assert.deepEqual(locked.status === 'failed' && locked.reason, 'locked');
      site().closes(`tiedote-${id}.aspx`);
      site().opens(`meddelande-${id}.aspx`);
      await rewrite(id, 'Korjattu vielä');
      await world.releases.correct(coordinator, id, { note: { fi: 'Otsikko', sv: 'Rubriken' } });
      await world.pass({ seconds: 11 });
      await wait();
      const partly = await world.stateOf(id);
      assert.deepEqual(partly.status === 'uncertain' && partly.reason, 'partly');
      site().closes(`meddelande-${id}.aspx`);
      await world.releases.retry(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal(await statusOf(id), 'published');
      readsPage(htmlOf(`meddelande-${id}.aspx`), 'Rubriken');
    });

    it('calls nothing undone that may have been done before Graph went silent', async () => {
      const id = await leaving();
      at.graph.fails({ at: 5, drops: 'after' });
      await world.pass({ seconds: 11 });
      for (let count = 0; count < 20; count += 1) at.graph.fails({ status: 503 });
      await wait();
      assert.equal(site().read.length, 1);
      const state = await world.stateOf(id);
      assert.deepEqual(state.status === 'uncertain' && state.reason, 'unavailable');
    });
  });

  describe('with page approval', () => {
    beforeEach(() => {
      site().behaviour.approves = true;
    });

    async function awaiting(): Promise<ReleaseId> {
      const id = await leaving();
      await world.pass({ seconds: 11 });
      const state = await world.stateOf(id);
      assert.ok(state.status === 'publishing' && state.awaitsApproval !== undefined);
      return id;
    }

    it('waits as long as it takes, hands nothing in twice, and is published once somebody has approved it', async () => {
      const id = await awaiting();
      const asked = at.graph.writings.length;
      assert.deepEqual(site().read, []);
      const notified = world.notices.length;
      for (let count = 0; count < 40; count += 1) await world.pass({ minutes: 11 });
      assert.equal(at.graph.writings.length, asked);
      assert.equal(await statusOf(id), 'publishing');
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'published');
      assert.deepEqual(
        world.notices.slice(notified).map(({ about }) => about),
        ['newsPublished'],
      );
    });

    it('shows its author and the lists that it waits', async () => {
      const id = await awaiting();
      const { release } = await world.releases.get(coordinator, id);
      const use = async () => (await world.news.get(coordinator, release.newsId)).uses[0];
      assert.ok('awaitsApproval' in ((await use()) ?? {}));
      const { lines } = await world.releases.queue(coordinator);
      assert.deepEqual(
        lines.map(({ status, awaitsApproval }) => [status, awaitsApproval]),
        [['publishing', true]],
      );
      site().approve();
      await world.pass({ minutes: 11 });
      assert.ok(!('awaitsApproval' in ((await use()) ?? {})));
    });

    it('does not fail because looks at it do', async () => {
      const id = await awaiting();
      for (let count = 0; count < 12; count += 1) {
        at.graph.fails({ status: 503 });
        await world.pass({ minutes: 11 });
      }
      assert.equal(await statusOf(id), 'publishing');
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'published');
    });

    it('hands in again what was rejected, when a person tries again', async () => {
      const id = await awaiting();
      site().reject();
      await world.pass({ minutes: 11 });
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'publishing');
      await world.releases.retry(coordinator, id);
      await world.pass({ seconds: 1 });
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'published');
      assert.equal(site().read.length, 2);
    });

    it('is not made again where somebody deleted it there, unless a person tries again', async () => {
      const id = await awaiting();
      site().removes(`tiedote-${id}.aspx`);
      await world.pass({ minutes: 11 });
      const state = await world.stateOf(id);
      assert.deepEqual(state.status === 'failed' && state.reason, 'removedThere');
      assert.equal(site().pages.length, 1);
      await world.releases.retry(coordinator, id);
      await world.pass({ seconds: 1 });
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'published');
      assert.equal(site().read.length, 2);
    });

    it('can be withdrawn: no page is left to approve, and it can be published again', async () => {
      const id = await awaiting();
      await world.releases.withdraw(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.deepEqual(site().pages, []);
      assert.equal(await statusOf(id), 'approved');
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      site().approve();
      await world.pass({ minutes: 11 });
      assert.equal(await statusOf(id), 'published');
    });

    it('leaves what is out until a correction is approved, and takes it down meanwhile if asked', async () => {
      site().behaviour.approves = false;
      const id = await published();
      site().behaviour.approves = true;
      await rewrite(id, 'Korjattu');
      await world.releases.correct(coordinator, id, {});
      await world.pass({ seconds: 11 });
      assert.equal(await statusOf(id), 'publishing');
      assert.notEqual(site().read[1]?.title, 'Korjattu');
      await world.releases.takeDown(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal(await statusOf(id), 'takenDown');
      assert.deepEqual(site().pages, []);
    });
  });

  it('takes a site by its path, too', async () => {
    siteId = site().path;
    world = newWorld(new MemoryRows());
    await published();
    assert.equal(site().read.length, 2);
  });
});
