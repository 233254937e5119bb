import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { languages } from '../../../src/shared/languages.js';
import { countWords } from '../../../tab/shared/plain-text.js';
import { paragraphsOf, wordDifference } from '../../../tab/shared/word-difference.js';
import { textsOf } from '../../../tab/text.js';

describe('a readable difference', () => {
  const before = 'Elma vastaa kysymyksiin arkisin.';
  const after = 'Elma vastaa kysymyksiin joka päivä, myös öisin.';

  it('marks words, not letters', () => {
    const pieces = wordDifference(before, after);
    assert.deepEqual(pieces[0], { kind: 'same', text: 'Elma vastaa kysymyksiin ' });
    assert.ok(pieces.some((piece) => piece.kind === 'removed' && piece.text === 'arkisin'));
  });

  it('holds both texts whole', () => {
    const pairs = [
      [before, after],
      ['', after],
      [before, ''],
      ['Yksi kaksi\n\nkolme', 'Yksi  kaksi\nneljä kolme '],
      ['a b c', 'x y z'],
    ] as const;
    for (const [older, newer] of pairs) {
      const pieces = wordDifference(older, newer);
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.text)
          .join('');
      assert.equal(without('added'), older);
      assert.equal(without('removed'), newer);
    }
  });

  it('shows a rewritten sentence as one change', () => {
    assert.deepEqual(wordDifference('Sohva ja kahvikuppi', 'Aivan toinen otsikko'), [
      { kind: 'removed', text: 'Sohva ja kahvikuppi' },
      { kind: 'added', text: 'Aivan toinen otsikko' },
    ]);
  });

  it('falls into paragraphs', () => {
    const paragraphs = paragraphsOf(wordDifference('Yksi\n\nKaksi', 'Yksi\n\nKaksi\n\nKolme'));
    assert.deepEqual(paragraphs, [
      [{ kind: 'same', text: 'Yksi' }],
      [{ kind: 'same', text: 'Kaksi' }],
      [{ kind: 'added', text: 'Kolme' }],
    ]);
  });

  it('is nothing but the same for equal texts', () => {
    assert.deepEqual(wordDifference(before, before), [{ kind: 'same', text: before }]);
  });
});

describe('the number of words', () => {
  it('leaves out marks and addresses', () => {
    assert.equal(countWords('**Kaksi** sanaa'), 2);
    assert.equal(countWords('- yksi\n- [kaksi kolme](https://elma.example.org/a-b)'), 3);
    assert.equal(countWords('https://elma.example.org/en'), 0);
    assert.equal(countWords(''), 0);
  });

  it('takes what is written together as one', () => {
    assert.equal(countWords('sote-ammattilainen sanoi 1,5 tuntia, EU:n mukaan'), 6);
  });
});

describe('texts of the tab', () => {
  const texts = textsOf({
    language: 'sv',
    texts: { 'news.words': '{count, plural, one {# ord} other {# ord}}', 'shared.close': 'Stäng' },
  });

  it('fills in what is given', () => {
    assert.equal(texts.t('news.words', { count: 3 }), '3 ord');
    assert.equal(texts.t('shared.close'), 'Stäng');
  });

  it('shows the key where there is no text', () => {
    assert.equal(texts.t('shared.cancel'), 'shared.cancel');
  });
});

describe('words of the tab', () => {
  const textsIn = (language: string): [string, string][] =>
    Object.entries(
      JSON.parse(readFileSync(`src/i18n/tab/${language}.json`, 'utf8')) as Record<string, string>,
    );

  it('name a language in a phrase that is selected, never after a comma or in brackets', () => {
    for (const language of languages)
      for (const [key, text] of textsIn(language)) assert.doesNotMatch(text, /\{language\}/, key);
  });

  it('offer a way back, and no second word for cancelling, beside a verb that cancels', () => {
    const wayBack = { fi: 'Takaisin', sv: 'Tillbaka', en: 'Go back' };
    for (const language of languages)
      assert.equal(new Map(textsIn(language)).get('shared.cancel'), wayBack[language]);
  });
});
