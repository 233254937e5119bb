import assert from 'node:assert/strict';
import { textStatus } from '../../../src/content/text.js';
import type { NewsId } from '../../../src/platform/ids.js';
import { newsStore } from '../../../src/news/store.js';
import { wordIndex } from '../../../src/news/search.js';
import { partitionOf } from '../../../src/platform/partition.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { readablePartition } from '../../world/partition.js';

const at = '2026-11-20T08:00:00Z';
const author = { id: 'vilma', name: 'Vilma' };
const by = { id: 'kaisa', name: 'Kaisa' };
const id = 'n1' as NewsId;
const text = { title: 'Otsikko', lead: 'Miksi', body: 'Mitä', revision: 1, by: author, at, checked: {} };
const line = { id, projectId: 'elma', authorName: 'Vilma', submittedAt: at, titles: { fi: 'Otsikko' } };

/** Rows as version 1 wrote them. */
const old: Readonly<Record<string, unknown>> = {
  'news|n1': {
    id,
    projectId: 'elma',
    author,
    submittedAt: at,
    originalLanguage: 'fi',
    is: { state: 'changesRequested', at, by, note: 'Missä?' },
    texts: { fi: text },
    audiences: ['residents'],
    wishedChannels: ['newsletter'],
    uses: [],
    auditCount: 2,
  },
  'news-line|any|any|any|0|n1': { ...line, state: 'changesRequested', missing: ['sv'], used: false },
  'news-audit|n1|999997': {
    number: 2,
    at,
    by,
    did: { action: 'requestChanges', text: 'Missä?' },
    before: { state: 'submitted', at },
  },
  'news-audit|n1|999998': { number: 1, at, by: author, did: { action: 'submit' } },
  'news-text|n1|fi|999998': {
    language: 'fi',
    revision: 1,
    by: author,
    at,
    title: 'Otsikko',
    lead: 'Miksi',
    body: 'Mitä',
  },
};

describe('stored news of version 1', () => {
  let rows: MemoryRows;
  beforeEach(async () => {
    rows = new MemoryRows();
    const changes = Object.entries(old).map(([key, value]) => ({ op: 'put', key, value }) as const);
    await rows.commit('test', changes);
  });

  it('reads as items, lines and audit entries of today', async () => {
    const store = newsStore(readablePartition(rows));
    const item = (await store.find(id))?.value;
    assert.deepEqual(item?.state, { status: 'changesRequested', at, by, note: 'Missä?' });
    // Until somebody could say so, a text was ready as soon as it was there.
    assert.deepEqual(item.texts.fi, { ...text, ready: 1 });
    const [first] = (await store.list({}, 10)).lines;
    assert.deepEqual(first, { ...line, status: 'changesRequested', missing: ['sv'], used: false });
    const trail = [...(await store.audit.page(id, 9)).lines].reverse();
    assert.deepEqual(trail, [
      { number: 1, at, by: author, event: { action: 'submit' } },
      {
        number: 2,
        at,
        by,
        event: { action: 'requestChanges', text: 'Missä?' },
        before: { status: 'submitted', at },
      },
    ]);
    assert.equal((await store.texts.revision(id, 'fi', 1))?.body, 'Mitä');
  });

  it('has no text ready whose body was never written', async () => {
    const stored = (await rows.get<Record<string, unknown>>('test', 'news|n1'))?.value;
    const texts = { fi: { ...text, body: '' }, sv: { ...text, revision: 4, checked: { fi: 1 } } };
    await rows.commit('test', [{ op: 'put', key: 'news|n1', value: { ...stored, texts } }]);
    const item = (await newsStore(readablePartition(rows)).find(id))?.value;
    assert.deepEqual([item?.texts.fi?.ready, item?.texts.sv?.ready], [0, 4]);
    assert.ok(item);
    assert.deepEqual([textStatus(item.texts, 'fi'), textStatus(item.texts, 'sv')], ['inProgress', 'ready']);
  });

  it('is written back in the shape of today', async () => {
    const store = newsStore(readablePartition(rows));
    const found = await store.find(id);
    assert.ok(found);
    await rows.commit('test', store.replace(found, { ...found.value, auditCount: 3 }, []));
    const stored = (await rows.get<Record<string, unknown>>('test', 'news|n1'))?.value;
    assert.equal(stored?.v, 3);
    assert.equal('is' in stored, false);
    assert.deepEqual((await store.find(id))?.value, { ...found.value, auditCount: 3 });
  });

  it('is found in the search, and forgotten with its words', async () => {
    const stored = { ...line, state: 'submitted', missing: ['sv'], used: false };
    const wordRow = `word|otsikko|0|${id}`;
    await rows.commit('test-words', [
      { op: 'insert', key: `of|${id}`, value: { words: ['otsikko'] } },
      { op: 'insert', key: wordRow, value: stored },
    ]);
    const index = wordIndex(readablePartition(rows, 'test-words'));
    const { lines } = await index.find('otsi');
    assert.deepEqual(
      lines.map(({ status }) => status),
      ['submitted'],
    );
    const current = { ...line, status: 'accepted', missing: [], used: false } as never;
    await index.update(id, () => Promise.resolve({ line: current, words: ['uusi'] }));
    assert.equal((await index.find('uusi')).lines.length, 1);
  });

  it('is left out of a list without affecting the others where its row cannot be read', async () => {
    await rows.commit('test', [{ op: 'put', key: 'news-line|any|any|any|1|n2', value: { id: 'n2' } }]);
    const reported: string[] = [];
    const store = newsStore(
      partitionOf(rows, 'test', { error: (_event, details) => reported.push(String(details?.key)) }),
    );
    assert.equal((await store.list({}, 10)).lines.length, 1);
    assert.deepEqual(reported, ['news-line|any|any|any|1|n2']);
  });
});
