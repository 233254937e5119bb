import assert from 'node:assert/strict';
import { AppError } from '../../../src/platform/errors.js';
import { hasPersonalId, assertNoPersonalData } from '../../../src/content/personal-data.js';

describe('personal identity codes', () => {
  it('are seen with every century sign in use', () => {
    const signs = '+-ABCDEFUVWXY';
    for (const sign of signs) assert.ok(hasPersonalId(`131052${sign}308T`), sign);
    for (const sign of signs.toLowerCase()) assert.ok(hasPersonalId(`131052${sign}308t`), sign);
    for (const sign of 'GTZ/ .1') assert.ok(!hasPersonalId(`131052${sign}308T`), sign);
  });

  it('are seen in the middle of a text and of an address', () => {
    assert.ok(hasPersonalId('Hänen tunnuksensa (131052-308T) on tässä.'));
    assert.ok(hasPersonalId('https://example.org/?id=131052-308T&x=1'));
  });

  it('are found with any dash in place of the hyphen', () => {
    for (const dash of '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00AD') {
      assert.ok(hasPersonalId(`131052${dash}308T`), dash.charCodeAt(0).toString(16));
    }
  });

  it('have their own check character', () => {
    const right = Array.from('0123456789ABCDEFHJKLMNPRSTUVWXY').filter((last) =>
      hasPersonalId(`131052-308${last}`),
    );
    assert.deepEqual(right, ['T']);
  });

  it('have a date that there is, in the century that the sign says', () => {
    // All with the right check character for their digits; 2000 was a leap year, 1900 was not.
    assert.ok(hasPersonalId('290200A901C'));
    assert.ok(!hasPersonalId('290200-901C'));
    assert.ok(!hasPersonalId('290200+901C'));
    assert.ok(!hasPersonalId('001352-308U'));
  });

  it('are no part of a longer run of digits and letters', () => {
    for (const text of ['1131052-308T', '131052-308T1', 'x131052-308T', '131052-308TT', '131052-3081234']) {
      assert.ok(!hasPersonalId(text), text);
    }
  });

  it('are reported at each field that holds one', () => {
    const fields = { title: '131052-308T', lead: 'x', 'words.body': '131052–308T' };
    assert.throws(
      () => assertNoPersonalData(fields),
      (error) => {
        assert.ok(error instanceof AppError);
        assert.deepEqual(error.details.fields, [
          { field: 'title', code: 'personalId' },
          { field: 'words.body', code: 'personalId' },
        ]);
        return error.code === 'text.personalData';
      },
    );
    assertNoPersonalData({ title: '', lead: 'Puhelin 040-1234567' });
  });
});
