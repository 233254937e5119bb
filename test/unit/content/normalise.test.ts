import assert from 'node:assert/strict';
import { normalise } from '../../../src/shared/normalise.js';

describe('text that is kept', () => {
  it('has no characters that can’t be seen', () => {
    const hidden =
      '\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202E\u2060\u2063\u2066\u2069\uFE0F\uFEFF\uFFF9\u{E0041}';
    for (const one of hidden) {
      assert.equal(
        normalise(`hyvin${one}vointi${one}alue`),
        'hyvinvointialue',
        one.codePointAt(0)?.toString(16),
      );
      assert.equal(normalise(`${one}1 ${one}`), '1 ');
    }
  });

  it('is composed, also where something stood between a letter and its mark', () => {
    assert.equal(normalise('A\u030Abo'), 'Åbo');
    assert.equal(normalise('a\u00AD\u0308'), 'ä');
  });

  it('keeps emoji, spaces that are not plain, and every letter', () => {
    const kept = [
      '👩\u200D⚕\uFE0F',
      '👨🏽\u200D👩🏽\u200D👧\u200D👦',
      '🏳\uFE0F\u200D🌈',
      '❤\uFE0F',
      '1\uFE0F\u20E3',
      '🇫🇮',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
      '1\u00A0234',
      'Åäö €½ – ”x” õ š ŋ ж',
    ];
    for (const text of kept) assert.equal(normalise(text), text);
  });

  it('keeps nothing that is hidden behind an emoji', () => {
    assert.equal(normalise('👍\u200D'), '👍');
    assert.equal(normalise('🏴\u{E0068}\u{E0069}'), '🏴');
  });

  it('keeps the sign of a personal identity code that a soft hyphen stands for', () => {
    assert.equal(normalise('131052\u00AD308T'), '131052-308T');
    assert.equal(normalise('131052-3\u00AD08T'), '131052-308T');
  });
});
