import assert from 'node:assert/strict';
import { reindexNews } from '../../../src/news/module.js';
import { lineOf } from '../../../src/news/line.js';
import { wordsOf } from '../../../src/content/word-keys.js';
import { wordIndex } from '../../../src/news/search.js';
import { newsStore } from '../../../src/news/store.js';
import { readablePartition } from '../../world/partition.js';
import { coordinator, newsWorld, submission, type NewsWorld } from '../../make.js';

describe('news search', () => {
  let world: NewsWorld;
  beforeEach(async () => {
    world = newsWorld();
    const words = {
      title: 'Hankkeen hyödyt näkyvät',
      lead: 'Nyttan märks i Åbo',
      body: 'Älä unohda öljyä.',
    };
    await world.news.submit(coordinator, submission({ words }));
    await world.index();
  });

  const found = async (query: string) => (await world.news.search(coordinator, query, {})).lines.length;

  it('finds a word by its beginning, also where å, ä or ö comes next', async () => {
    for (const query of ['hy', 'hyö', 'hyödyt', 'NÄK', 'n', 'åb', 'äl', 'm märk', 'öl hy', 'nä'])
      assert.equal(await found(query), query === 'n' ? 0 : 1, query);
  });

  it('cuts a long word between characters, never within one', () => {
    const letter = '\u{10400}'.toLocaleLowerCase('fi');
    const [word] = wordsOf(`a${letter.repeat(50)}`);
    assert.equal(word, `a${letter.repeat(39)}`);
  });

  it('takes no notice of characters that can’t be seen', async () => {
    for (const [text, word] of [
      ['hyvin\u00ADvointi\u00ADalue', 'hyvinvointialue'],
      ['sote\u200Buudistus', 'soteuudistus'],
      ['palvelu\u200Cpolku', 'palvelupolku'],
      ['etä\u2060vastaanotto', 'etävastaanotto'],
      ['ﬁnanssi', 'finanssi'],
    ] as const)
      assert.deepEqual(wordsOf(text), [word]);
    for (const query of ['hyö\u00ADdyt', 'näky\u200Bvät']) assert.equal(await found(query), 1, query);
    const words = { title: 'Oma hyvin\u00ADvointi\u00ADalue', lead: 'x', body: 'sote\u200Buudistus' };
    await world.news.submit(coordinator, submission({ formId: 'form-0002', words }));
    await world.index();
    for (const query of ['hyvinvointialue', 'hyvin\u00ADvointi\u00ADalue', 'soteuudistus'])
      assert.equal(await found(query), 1, query);
  });

  it('indexes once more what was indexed by older rules, and only then', async () => {
    const store = newsStore(readablePartition(world.rows));
    const index = wordIndex(readablePartition(world.rows, 'test-words'));
    const [line] = (await store.list({}, 1)).lines;
    assert.ok(line);
    const { value: item } = (await store.find(line.id)) ?? assert.fail();
    const old = { line: lineOf(item), words: ['hyö', 'dyt'] };
    await index.update(line.id, () => Promise.resolve(old));
    assert.equal(await found('hyödyt'), 0);
    await reindexNews({ store, index, commit: world.commit });
    assert.equal(await found('hyödyt'), 1);
    assert.equal(await found('dyt'), 0);
    const before = world.trips();
    await reindexNews({ store, index, commit: world.commit });
    assert.equal(world.trips() - before, 1);
  });

  it('finds other forms of a word and the ends of compounds, in Finnish and in Swedish', async () => {
    const titles = { fi: 'Kunnan terapianavigaattori', sv: 'Om äldreomsorgen' };
    const words = { title: titles.fi, lead: 'Tiedotteet kerran viikossa', body: 'Kotihoidossa' };
    const { item } = await world.news.submit(coordinator, submission({ formId: 'form-0003', words }));
    const swedish = { title: titles.sv, lead: 'x', body: 'Projektets mötena' };
    await world.news.edit(coordinator, item.id, 'sv', swedish, 0);
    await world.index();
    for (const query of [
      'tiedote',
      'tiedotetta',
      'navigaattori',
      'navigaattoreita',
      'kunta',
      'kuntien',
      'hoito',
      'hoitoa',
      'omsorg',
      'omsorgens',
      'projekt',
      'möte',
      'kunta omsorg',
      'äldreomsorg',
    ])
      assert.equal(await found(query), 1, query);
    assert.equal(await found('hanke'), 1);
    for (const query of ['kuntoutus', 'tieto', 'hanke tiedote', 'vårdhem'])
      assert.equal(await found(query), 0, query);
  });

  it('takes the same trips to find a word, whatever there is', async () => {
    const tripsOf = async (query: string): Promise<number> => {
      const before = world.trips();
      await world.news.search(coordinator, query, {});
      return world.trips() - before;
    };
    const before = await tripsOf('hankkeiden tiedotteet');
    for (const number of [1, 2, 3, 4, 5]) {
      const words = { title: `Hanke ${String(number)}`, lead: 'Tiedote', body: 'Hankkeista' };
      await world.news.submit(coordinator, submission({ formId: `form-001${String(number)}`, words }));
    }
    await world.index();
    assert.equal(await tripsOf('hankkeiden tiedotteet'), before);
    assert.ok(before <= 10, String(before));
  });

  it('goes on with the indexing where it was stopped', async () => {
    for (let number = 0; number < 40; number += 1)
      await world.news.submit(
        coordinator,
        submission({ formId: `form-1${String(number).padStart(3, '0')}` }),
      );
    const store = newsStore(readablePartition(world.rows));
    const index = wordIndex(readablePartition(world.rows, 'test-words'));
    let pages = 0;
    const list: typeof store.list = (...asked) => {
      if (pages++ === 1) throw new Error('stopped');
      return store.list(...asked);
    };
    await assert.rejects(reindexNews({ store: { ...store, list }, index, commit: world.commit }));
    const read: string[] = [];
    const find: typeof store.find = (id) => {
      read.push(id);
      return store.find(id);
    };
    await reindexNews({ store: { ...store, find }, index, commit: world.commit });
    assert.equal(new Set(read).size, 11);
    assert.equal(await index.indexingProgress(), 'done');
    const { lines } = await world.news.list(coordinator, {});
    for (const { id } of lines) assert.notEqual((await index.wordsOf(id)).length, 0);
  });

  it('finds nothing by what begins no word', async () => {
    for (const query of ['hz', 'ödyt', 'hyod', 'hy zz']) assert.equal(await found(query), 0, query);
  });
});
