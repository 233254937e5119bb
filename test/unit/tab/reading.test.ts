import assert from 'node:assert/strict';
import type { Texts } from '../../../src/content/text.js';
import { plainText } from '../../../tab/shared/plain-text.js';
import { textDifference } from '../../../tab/shared/word-difference.js';
import { languageToRead } from '../../../tab/shared/writing/subject.js';

describe('Markdown as it is read', () => {
  it('has no marks and no addresses', () => {
    const markdown = '## Elma\n\nElma **vastaa** [joka päivä](https://elma.example.org/a_b), *myös* öisin.';
    assert.equal(plainText(markdown), 'Elma\n\nElma vastaa joka päivä, myös öisin.');
    assert.equal(plainText('- yksi\n- kaksi\n\n> Hieno\n> juttu'), '• yksi\n• kaksi\n\nHieno\njuttu');
  });

  it('keeps what only looks like marks', () => {
    assert.equal(plainText('3 * 4 = 12, tiedosto_a_b ja 5 > 4'), '3 * 4 = 12, tiedosto_a_b ja 5 > 4');
    assert.equal(plainText('\\*tähti\\*'), '*tähti*');
  });
});

describe('a difference of texts', () => {
  it('is shown without marks', () => {
    assert.deepEqual(textDifference('**Elma** vastaa', '**Elma** kuulee'), [
      { kind: 'same', text: 'Elma ' },
      { kind: 'removed', text: 'vastaa' },
      { kind: 'added', text: 'kuulee' },
    ]);
  });

  it('shows the marks where nothing else changed', () => {
    const pieces = textDifference('[Elma](https://a.example.org)', '[Elma](https://b.example.org)');
    assert.ok(pieces.some(({ kind }) => kind === 'added'));
  });
});

describe('the text shown first where there is room for one', () => {
  const both = { fi: {}, sv: {} } as unknown as Texts;
  it("is in the reader's language", () => {
    assert.equal(languageToRead({ texts: both, originalLanguage: 'fi' }, 'sv'), 'sv');
    assert.equal(languageToRead({ texts: both, originalLanguage: 'sv' }, 'fi'), 'fi');
    assert.equal(languageToRead({ texts: both, originalLanguage: 'sv' }, 'en'), 'sv');
  });

  it('is one that is there', () => {
    const finnish = { fi: {} } as unknown as Texts;
    assert.equal(languageToRead({ texts: finnish, originalLanguage: 'fi' }, 'sv'), 'fi');
    assert.equal(languageToRead({ texts: {} }, 'sv'), 'sv');
  });
});
