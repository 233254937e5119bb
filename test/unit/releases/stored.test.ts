import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { intranetStore } from '../../../src/adapters/local-intranet/store.js';
import { newestNumberFirst } from '../../../src/platform/audit-trail.js';
import { homeDate, newestFirst } from '../../../src/platform/clock.js';
import type { MessageId, NewsId, ReleaseId } from '../../../src/platform/ids.js';
import { newsStore } from '../../../src/news/store.js';
import type { NewsItem } from '../../../src/news/types.js';
import { releaseMessage } from '../../../src/releases/change.js';
import { coordinator, submission } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { readablePartition } from '../../world/partition.js';
import { partitionOf } from '../../../src/platform/partition.js';
import { releaseStore } from '../../../src/releases/store.js';
import { keptLog } from '../../world/outbox.js';

const id = '0123456789abcdef0123456789' as ReleaseId;
const at = '2026-11-23T08:00:00Z';
const due = '2026-11-24T07:00:00Z';
const by = { id: 'kaisa', name: 'Kaisa' };
const approval = { at, by, revisions: { fi: 1 }, waiver: { reason: 'vain suomeksi' } };
const text = { title: 'Otsikko', lead: '', body: 'Teksti', revision: 1, by, at };

/** What an item says in the public languages. */
const textsOf = ({ texts }: NewsItem) =>
  Object.fromEntries(
    Object.entries(texts).map(([language, { title, lead, body }]) => [language, { title, lead, body }]),
  );

/** Rows as the first version of the application wrote them. */
const oldRows = {
  [`release|${id}`]: {
    id,
    channel: 'intranet',
    source: { newsId: 'n1', revisions: { fi: 1 } },
    projectId: 'elma',
    createdAt: at,
    texts: { fi: { ...text, checked: {} } },
    is: { state: 'scheduled', at, by, approval, due, message: 'm1' },
    plans: 1,
    auditCount: 3,
  },
  [`release-audit|${id}|999996`]: {
    number: 3,
    at,
    by,
    did: { action: 'schedule', due },
    before: { state: 'approved', approval },
  },
  [`release-queue|1|2026-11-24T07:00:00.000Z|${id}`]: {
    id,
    channel: 'intranet',
    state: 'scheduled',
    titles: { fi: 'Otsikko' },
    notReady: ['sv'],
    at,
    due,
    projectId: 'elma',
    fromNews: true,
  },
  [`release-text|${id}|fi|999998`]: { ...text, language: 'fi' },
  [`intranet-page|${id}|fi`]: {
    releaseId: id,
    language: 'fi',
    title: 'Otsikko',
    lead: '',
    body: 'Teksti',
    projectId: 'elma',
    publishedAt: at,
    updatedAt: at,
  },
};

describe('rows of releases from the first version', () => {
  async function world() {
    const rows = new MemoryRows();
    const log = keptLog();
    const changes = Object.entries(oldRows).map(([key, value]) => ({ op: 'insert', key, value }) as const);
    await rows.commit('test', changes);
    const partition = partitionOf(rows, 'test', log);
    return { rows, log, store: releaseStore(partition), pages: intranetStore(partition) };
  }

  it('are read as releases, audit entries and lines of today', async () => {
    const { store } = await world();
    const release = (await store.find(id))?.value;
    assert.deepEqual(release, {
      id,
      channel: 'intranet',
      newsId: 'n1',
      own: {},
      shown: { titles: { fi: 'Otsikko' }, notReady: ['sv'] },
      createdAt: at,
      state: { status: 'scheduled', at, by, approval, due, message: 'm1' },
      before: {
        texts: { fi: { ...text, checked: {}, ready: 1 } },
        source: { newsId: 'n1', revisions: { fi: 1 } },
        projectId: 'elma',
      },
      plans: 1,
      auditCount: 3,
    });
    assert.deepEqual(await store.audit.entry(id, 3), {
      number: 3,
      at,
      by,
      event: { action: 'schedule', due },
      before: { status: 'approved', approval },
    });
    const [line] = (await store.queue(9)).lines;
    assert.deepEqual([line?.status, 'state' in (line ?? {}), line?.fromNews], ['scheduled', false, true]);
  });

  it('are pages of the intranet as they were', async () => {
    const { pages } = await world();
    const before = oldRows[`intranet-page|${id}|fi`];
    assert.deepEqual((await pages.pages(id)).fi?.page, before);
  });

  it('are written back in the shape of today, with its version', async () => {
    const { rows, store } = await world();
    const before = await store.find(id);
    assert.ok(before);
    await rows.commit('test', store.replace(before, { ...before.value, auditCount: 4 }, []));
    const stored = await rows.get<Record<string, unknown>>('test', `release|${id}`);
    assert.deepEqual([stored?.value.v, 'is' in (stored?.value ?? {})], [3, false]);
  });

  it('that can not be read are reported and left out', async () => {
    const { rows, log, store } = await world();
    await rows.commit('test', [
      { op: 'put', key: 'release-queue|0|x|y', value: { id: 'y', state: 'burnt' } },
    ]);
    assert.equal((await store.queue(9)).lines.length, 1);
    assert.ok(JSON.stringify(log).includes('row.unreadable'));
  });
});

describe('releases of before an item stood behind each', () => {
  const words = { title: 'Otsikko', lead: 'Miksi', body: 'Teksti' };
  const swedish = { title: 'Rubrik', lead: 'Varför', body: 'Text' };
  const pinned = { at, by, revisions: { fi: 3, sv: 3 } };
  const plan = { approval: pinned, due, message: 'm1' };
  const urls = { fi: 'https://bigroom.example/intranet/fi/x', sv: 'https://bigroom.example/intranet/sv/x' };
  const states = {
    draft: { status: 'draft', at },
    approved: { status: 'approved', approval: pinned },
    scheduled: { status: 'scheduled', at, by, ...plan },
    publishing: { status: 'publishing', at, ...plan },
    published: { status: 'published', at, urls, ...plan },
    failed: { status: 'failed', at, reason: 'refused', attempts: 1, ...plan },
    uncertain: { status: 'uncertain', at, reason: 'noAnswer', attempts: 1, ...plan },
    cancelled: { status: 'cancelled', at, by },
  } as const;
  type Old = keyof typeof states;
  const groups: Partial<Record<Old, 0 | 1 | 2 | 3>> = {
    draft: 3,
    approved: 2,
    scheduled: 1,
    publishing: 1,
    failed: 0,
    uncertain: 0,
  };

  const storedText = (content: typeof words, checked = {}) => ({ ...content, revision: 3, by, at, checked });

  interface Before {
    readonly status: Old;
    readonly newsId?: NewsId;
    readonly fi?: typeof words;
    readonly sv?: typeof words | null;
    readonly waiver?: string;
  }

  /** Stores a release as version 2 did, with its line, its first audit entry, and the message that is to publish it. */
  async function storeOld(world: ReleaseWorld, { status, newsId, fi = words, sv = swedish, waiver }: Before) {
    const state =
      waiver !== undefined && 'approval' in states[status]
        ? { ...states[status], approval: { ...pinned, revisions: { fi: 3 }, waiver: { reason: waiver } } }
        : states[status];
    const texts = {
      fi: storedText(fi, { sv: 3 }),
      ...(sv !== null && { sv: storedText(sv, { fi: 3 }) }),
    };
    const source =
      newsId === undefined ? {} : { source: { newsId, revisions: { fi: 1, sv: 1 } }, projectId: 'elma' };
    const old = {
      v: 2,
      id,
      channel: 'intranet',
      createdAt: at,
      texts,
      ...source,
      state,
      plans: 1,
      auditCount: 1,
    };
    const isTimed = 'due' in state || status === 'published';
    const line = {
      v: 2,
      id,
      channel: 'intranet',
      status,
      titles: { fi: fi.title, ...(sv !== null && { sv: sv.title }) },
      notReady: sv === null ? ['sv'] : [],
      at,
      ...(isTimed && { due: status === 'published' ? at : due }),
      ...(newsId !== undefined && { projectId: 'elma', fromNews: true }),
    };
    const group = groups[status];
    const sortable = new Date(line.due ?? at).toISOString();
    const place =
      group === undefined
        ? `release-archive|${newestFirst(at)}|${id}`
        : `release-queue|${group}|${sortable}|${id}`;
    const rows: Record<string, object> = {
      [`release|${id}`]: old,
      [place]: line,
      [`release-audit|${id}|${newestNumberFirst(1)}`]: {
        v: 2,
        number: 1,
        at,
        by,
        event: { action: 'create' },
      },
    };
    for (const [language, text] of Object.entries(texts))
      for (const revision of [1, 2, 3]) {
        const { checked: _checked, ...content } = text;
        const title = revision < 3 ? `${text.title} ${String(revision)}` : text.title;
        const place = `release-text|${id}|${language}|${newestNumberFirst(revision)}`;
        rows[place] = { ...content, title, language, revision };
        if (revision === 2)
          rows[`${place}|parked|7`] = { ...content, title: 'Myöhässä', language, revision, parked: true };
      }
    if (line.due !== undefined) rows[`release-day|${homeDate(line.due).toString()}|${sortable}|${id}`] = line;
    const changes = Object.entries(rows).map(([key, value]) => ({ op: 'insert', key, value }) as const);
    const isWaiting = ['scheduled', 'publishing'].includes(status);
    const body = releaseMessage.body({ releaseId: id, revision: 'fi3-sv3' });
    await world.outbox.commit(changes, isWaiting ? [{ id: 'm1' as MessageId, dueAt: due, body }] : []);
    if (newsId !== undefined && status !== 'cancelled') {
      const store = newsStore(readablePartition(world.rows));
      const found = await store.find(newsId);
      assert.ok(found);
      const use = { in: 'release', id, channel: 'intranet', at } as const;
      await world.outbox.commit(store.replace(found, { ...found.value, uses: [use] }, []));
    }
  }

  /** An accepted item with the texts of the release, of revisions of its own. */
  async function itemOf(world: ReleaseWorld): Promise<NewsId> {
    const newsId = await world.acceptedNews('elma');
    await world.news.edit(coordinator, newsId, 'fi', words, 1);
    await world.news.edit(coordinator, newsId, 'sv', swedish, 1);
    await world.news.ready(coordinator, newsId, 'fi');
    await world.news.ready(coordinator, newsId, 'sv');
    return newsId;
  }

  const linesOf = async ({ store }: ReleaseWorld) =>
    [...(await store.queue(99)).lines, ...(await store.archive(99)).lines].filter((line) => line.id === id);

  for (const status of Object.keys(states) as Old[]) {
    it(`${status}: with the item's text have nothing of their own, and stay so`, async () => {
      const world = releaseWorld();
      const newsId = await itemOf(world);
      await storeOld(world, { status, newsId });
      const { release, movedOn } = await world.releases.get(coordinator, id);
      assert.deepEqual(
        [release.own, release.newsId, release.state.status, release.before, movedOn],
        [{}, newsId, status, undefined, false],
      );
      if ('approval' in release.state) assert.deepEqual(release.state.approval.revisions, { fi: 2, sv: 2 });
      assert.deepEqual(release.out?.urls, status === 'published' ? urls : undefined);
      const lines = await linesOf(world);
      const shown = status === 'draft' ? 'approved' : status;
      assert.deepEqual(
        lines.map((line) => [line.status, line.fromNews, line.projectId]),
        [[shown, true, 'elma']],
      );
      // Read again it is as it is.
      const again = await world.releases.get(coordinator, id);
      assert.deepEqual(again.release, release);
    });

    it(`${status}: with another text keep all of it as their deviation`, async () => {
      const world = releaseWorld();
      const newsId = await itemOf(world);
      const other = { ...words, title: 'Toinen otsikko' };
      await storeOld(world, { status, newsId, fi: other });
      const { release, languages, movedOn } = await world.releases.get(coordinator, id);
      const basedOn = status === 'draft' ? 1 : 2;
      assert.deepEqual(release.own, { fi: { ...other, basedOn, by, at } });
      assert.deepEqual(languages.sv, { status: 'ready', own: false });
      assert.equal(languages.fi.status, status === 'draft' ? 'behind' : 'ready');
      assert.deepEqual([release.state.status, movedOn], [status, false]);
      assert.equal((await linesOf(world)).length, 1);
    });

    it(`${status}: made from nothing get an item of the whole programme, and notify nobody`, async () => {
      const world = releaseWorld();
      await storeOld(world, { status });
      const { release, item } = await world.releases.get(coordinator, id);
      assert.ok(item);
      assert.deepEqual(
        [item.state.status, item.made, item.projectId, item.author.id, item.submittedAt, item.id],
        ['accepted', true, 'programme', 'kaisa', at, release.newsId],
      );
      assert.equal(item.uses.length, status === 'cancelled' ? 0 : 1);
      assert.deepEqual(textsOf(item), { fi: words, sv: swedish });
      assert.deepEqual([release.own, release.state.status], [{}, status]);
      const history = await world.news.history(coordinator, item.id, 'fi');
      assert.deepEqual(
        history.lines.map(({ revision, title, parked }) => [revision, title, parked === true]),
        [
          [3, 'Otsikko', false],
          [2, 'Otsikko 2', false],
          [2, 'Myöhässä', true],
          [1, 'Otsikko 1', false],
        ],
      );
      assert.equal((await world.news.list(coordinator, { state: 'submitted' })).lines.length, 0);
      assert.equal((await linesOf(world)).length, 1);
      assert.deepEqual((await linesOf(world))[0]?.fromNews, undefined);
      await world.pass({ minutes: 5 });
      assert.deepEqual(world.notices, []);
    });
  }

  for (const origin of ['same', 'other', 'behind', 'loose'] as const) {
    it(`planned go out as they were approved: ${origin}`, async () => {
      const world = releaseWorld();
      const fi = { ...words, title: origin === 'other' ? 'Toinen otsikko' : words.title };
      const newsId = origin === 'loose' ? undefined : await itemOf(world);
      if (origin === 'behind' && newsId !== undefined) {
        // The item's Swedish is behind; in the release somebody had looked at both.
        await world.news.edit(coordinator, newsId, 'fi', { ...words, body: 'Muu' }, 2);
        await world.news.ready(coordinator, newsId, 'fi');
        await world.news.edit(coordinator, newsId, 'fi', words, 3);
        await world.news.ready(coordinator, newsId, 'fi');
      }
      await storeOld(world, { status: 'scheduled', ...(newsId && { newsId }), fi });
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'published');
      const { fi: page, sv } = await world.pages.pages(id);
      assert.deepEqual([page?.page.title, page?.page.body, sv?.page.title], [fi.title, 'Teksti', 'Rubrik']);
    });

    for (const status of ['failed', 'uncertain', 'publishing'] as const) {
      it(`${status} go out as they were approved when they are tried again: ${origin}`, async () => {
        const world = releaseWorld();
        const fi = { ...words, title: origin === 'other' ? 'Toinen otsikko' : words.title };
        const newsId = origin === 'loose' ? undefined : await itemOf(world);
        await storeOld(world, { status, ...(newsId && { newsId }), fi });
        await world.releases.retry(coordinator, id);
        await world.pass({ hours: 23 });
        assert.equal((await world.stateOf(id)).status, 'published');
        const { fi: page, sv } = await world.pages.pages(id);
        assert.deepEqual([page?.page.title, page?.page.body, sv?.page.title], [fi.title, 'Teksti', 'Rubrik']);
      });
    }
  }

  it('approved with a waiver stay so, and go out in the languages that were approved', async () => {
    for (const isLoose of [false, true]) {
      const world = releaseWorld();
      const { item } = await world.news.submit(coordinator, submission({ words }));
      await world.news.accept(coordinator, item.id);
      const newsId = isLoose ? {} : { newsId: item.id };
      await storeOld(world, { status: 'approved', sv: null, waiver: 'Vain suomeksi', ...newsId });
      const { status, release } = await world.releases.get(coordinator, id);
      assert.equal(status, 'approved');
      assert.deepEqual(release.own, {});
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      assert.deepEqual(Object.keys(await world.pages.pages(id)), ['fi']);
    }
  });

  it('are settled once, whoever reads them at once', async () => {
    const world = releaseWorld();
    await storeOld(world, { status: 'draft' });
    const views = await Promise.all([1, 2, 3].map(() => world.releases.get(coordinator, id)));
    assert.deepEqual(new Set(views.map(({ item }) => item?.id)).size, 1);
    assert.equal((await world.news.list(coordinator, {})).lines.length, 1);
    assert.equal((await linesOf(world)).length, 1);
  });

  it('are settled before their item changes, so that nothing of it becomes a deviation', async () => {
    const world = releaseWorld();
    const newsId = await itemOf(world);
    await storeOld(world, { status: 'scheduled', newsId });
    await world.news.edit(coordinator, newsId, 'fi', { ...words, body: 'Uudempi' }, 2);
    const { release, languages } = await world.releases.get(coordinator, id);
    assert.deepEqual([release.own, languages.fi.status], [{}, 'inProgress']);
  });

  it('that are out can be corrected and taken down', async () => {
    const world = releaseWorld();
    const newsId = await itemOf(world);
    await storeOld(world, { status: 'published', newsId });
    await world.news.edit(coordinator, newsId, 'fi', { ...words, body: 'Korjattu' }, 2);
    assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
    await world.news.ready(coordinator, newsId, 'fi');
    await world.news.ready(coordinator, newsId, 'sv');
    await world.releases.correct(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.equal((await world.pages.pages(id)).fi?.page.body, 'Korjattu');
    await world.releases.takeDown(coordinator, id);
    await world.pass({ seconds: 1 });
    assert.equal((await world.stateOf(id)).status, 'takenDown');
    assert.equal((await linesOf(world)).length, 1);
  });
});
