import assert from 'node:assert/strict';
import { missingTexts, textIn, textToRead } from '../../../src/shared/translated.js';

const finnish = { text: 'Suomeksi', language: 'fi' } as const;
const both = { ...finnish, translations: { sv: { text: 'På svenska' } } } as const;
const unnamed = { text: 'Muistiinpanot' };

describe('a text that is written in each language by itself', () => {
  it('is read in one’s own language, else as it was first written, else in any other', () => {
    assert.deepEqual(textToRead('sv', both), { text: 'På svenska', language: 'sv' });
    assert.deepEqual(textToRead('fi', both), finnish);
    assert.deepEqual(textToRead('en', both), finnish);
    assert.deepEqual(textToRead('sv', finnish), finnish);
    assert.deepEqual(textToRead('sv', unnamed), unnamed);
    const emptied = { ...both, text: ' ' };
    assert.deepEqual(textToRead('fi', emptied), { text: 'På svenska', language: 'sv' });
    assert.equal(textToRead('fi', { ...finnish, text: '' }), undefined);
    assert.equal(textToRead('fi', undefined), undefined);
  });

  it('is of a language where it was written in it', () => {
    assert.equal(textIn('fi', both), both);
    assert.equal(textIn('sv', both), both.translations.sv);
    assert.equal(textIn('en', both), undefined);
    assert.equal(textIn('fi', unnamed), undefined);
    assert.equal(textIn('fi', undefined), undefined);
  });

  it('is owed in the public languages once it is written, and once it is known in which', () => {
    assert.deepEqual(missingTexts(finnish), ['sv']);
    assert.deepEqual(missingTexts(both), []);
    assert.deepEqual(missingTexts({ text: 'In English', language: 'en' }), ['fi', 'sv']);
    assert.deepEqual(missingTexts({ ...both, text: '' }), ['fi']);
    assert.deepEqual(missingTexts({ ...finnish, text: '' }), []);
    assert.deepEqual(missingTexts(unnamed), []);
    assert.deepEqual(missingTexts(undefined), []);
  });
});
