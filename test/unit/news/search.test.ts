import assert from 'node:assert/strict';
import { reindexNews } from '../../../src/news/module.js';
import { lineOf } from '../../../src/news/types.js';
import { wordIndex, wordsOf } from '../../../src/news/search.js';
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
    await reindexNews({ store, index });
    assert.equal(await found('hyödyt'), 1);
    assert.equal(await found('dyt'), 0);
    const before = world.trips();
    await reindexNews({ store, index });
    assert.equal(world.trips() - before, 1);
  });

  it('finds nothing by what begins no word', async () => {
    for (const query of ['hz', 'ödyt', 'hyod', 'hy zz']) assert.equal(await found(query), 0, query);
  });
});
