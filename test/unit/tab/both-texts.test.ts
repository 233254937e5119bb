import assert from 'node:assert/strict';
import { bothTexts } from '../../../tab/shared/both-texts.js';

describe('two texts that were written at once', () => {
  it('keep every line of either, those that both have once', () => {
    const before = 'Sovimme:\n\n- ajan\n\nLopuksi kiitos.';
    const theirs = 'Sovimme:\n\n- ajan\n- paikan\n\nLopuksi kiitos.';
    const mine = 'Sovimme:\n\n- ajan\n\nLopuksi kiitos.\n\nEnsi kerralla jatketaan.';
    assert.equal(
      bothTexts(theirs, mine),
      'Sovimme:\n\n- ajan\n- paikan\n\nLopuksi kiitos.\n\nEnsi kerralla jatketaan.',
    );
    assert.equal(bothTexts(before, before), before);
  });

  it('have a line that both changed twice, theirs first', () => {
    assert.equal(bothTexts('Klo 9.\n\nLoppu', 'Klo 10.\n\nLoppu'), 'Klo 9.\n\nKlo 10.\n\nLoppu');
    assert.equal(bothTexts('- a\n- b', '- a\n- c'), '- a\n- b\n- c');
  });

  it('are the one that is there where the other is empty', () => {
    assert.equal(bothTexts('', 'Oma'), 'Oma');
    assert.equal(bothTexts('Toisen', ''), 'Toisen');
  });
});
