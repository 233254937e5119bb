import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { intranetStore } from '../../../src/adapters/local-intranet/store.js';
import type { ReleaseId } from '../../../src/platform/ids.js';
import { partitionOf } from '../../../src/platform/partition.js';
import { releaseStore } from '../../../src/releases/store.js';
import { keptLog } from '../../world/outbox.js';

const id = '0123456789abcdef0123456789' as ReleaseId;
const at = '2026-11-23T08:00:00Z';
const due = '2026-11-24T07:00:00Z';
const by = { id: 'kaisa', name: 'Kaisa' };
const approval = { at, by, revisions: { fi: 1 }, waiver: { reason: 'vain suomeksi' } };
const text = { title: 'Otsikko', lead: '', body: 'Teksti', revision: 1, by, at };

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

  it('are read as releases, audit entries, lines and revisions of today', async () => {
    const { store } = await world();
    const { is: _is, ...rest } = oldRows[`release|${id}`] as Record<string, unknown>;
    const release = (await store.find(id))?.value;
    assert.deepEqual(release, {
      ...rest,
      state: { status: 'scheduled', at, by, approval, due, message: 'm1' },
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
    assert.equal((await store.history.page(id, 'fi', 9)).lines[0]?.title, 'Otsikko');
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
    assert.deepEqual([stored?.value.v, 'is' in (stored?.value ?? {})], [2, false]);
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
