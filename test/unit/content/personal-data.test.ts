import assert from 'node:assert/strict';
import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import { parse } from '../../../src/platform/validation.js';
import { writtenLine, writtenText } from '../../../src/content/input.js';
import { hasPersonalId } from '../../../src/content/personal-data.js';

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

  it('are found with white space round the sign, also where a line ends', () => {
    for (const sign of [' - ', '\u00A0-\u00A0', '-\n', '\n-', '\u202F–\u2009', ' − ', '- \n', ' A ', ' + '])
      assert.ok(hasPersonalId(`Asiakas 131052${sign}308T kävi`), JSON.stringify(sign));
  });

  it('are found where their characters stand apart', () => {
    for (const text of [
      '131052-308 T',
      '131052-308\u00A0T',
      '131052-308\nT',
      '131052-308 **T**',
      '131052 - 308 T',
      '13 10 52-308T',
      '13 10 52 - 308 T',
      '13\u00A010\u00A052-308T',
      '13.10.52-308T',
      '13.10.52-308 T',
      '1 3 1 0 5 2 - 3 0 8 T',
      '1 3 1 0 5 2 A 3 0 8 T',
      'hetu 131052A308 t.',
      '131052-308 T, Seinäjoki',
    ])
      assert.ok(hasPersonalId(text), JSON.stringify(text));
  });

  it('are not seen in other numbers with spaces, dots and dashes', () => {
    for (const text of [
      '131052-308 Tampere',
      '131052-308 5',
      '13.10.52 - 308 tuntia',
      '13.10.52 – 308 T',
      '131 052-308 T',
      '040 123-4567',
      '050 612 3456',
      '+358 40 123 4567',
      '13.10.2026 klo 13.10-13.45',
      '1 310 52-308 T',
      'klo 9.00–10.30',
      'FI13 1052 3080 0012 34',
      'Y-tunnus 1310523-8',
      '60100 Seinäjoki',
      '13 1052 308',
    ])
      assert.ok(!hasPersonalId(text), text);
  });

  it('are rarely seen in numbers that are none', () => {
    // Telephone numbers in the groups in which people write them: none may be refused for its groups.
    let seen = 0;
    for (let number = 0; number < 3000; number += 1) {
      const digits = String(1_000_000 + number * 2_333).slice(0, 7);
      const text = `${['040', '044', '050', '045'][number % 4]} ${digits.slice(0, 3)}-${digits.slice(3)}`;
      if (hasPersonalId(`Soita ${text} tai ${text.replace('-', ' ')}.`)) seen += 1;
    }
    assert.equal(seen, 0);
  });

  it('are found behind characters that can’t be seen', () => {
    for (const hidden of '\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202E\u2060\u2063\u2066\u2069\uFE0F\uFEFF\u{E0041}') {
      const name = hidden.codePointAt(0)?.toString(16);
      const places = [
        `131052-308${hidden}T`,
        `131052${hidden}-308T`,
        `131052-${hidden}308T`,
        `13${hidden}1052-3${hidden}08T`,
      ];
      for (const text of places) assert.ok(hasPersonalId(text), `${name} in ${text}`);
    }
    assert.ok(hasPersonalId(Array.from('131052-308T').join('\u200B')));
    assert.ok(hasPersonalId(Array.from('131052-308T').join('\u0332')), 'underlined');
  });

  it('are found in other forms of the same characters', () => {
    for (const text of [
      '１３１０５２-３０８Ｔ',
      '131052－308T',
      '131052﹣308T',
      '131052﹘308T',
      '𝟏𝟑𝟏𝟎𝟓𝟐-𝟑𝟎𝟖𝐓',
      '１３１０５２Ａ３０８Ｔ',
    ])
      assert.ok(hasPersonalId(text), text);
  });

  it('are found as Markdown shows them', () => {
    const written = [
      '131052\\-308T',
      '131052&#45;308T',
      '131052&#x2d;308T',
      '131052&minus;308T',
      '131052-308&#8203;T',
      '131052-308&shy;T',
      '**131052**-308T',
      '131052*-*308T',
      '*131*052-**308**T',
      '131052-\\\n308T',
      '> 131052-\n> 308T',
      '[131052](https://example.org)-308T',
      '# 131052**-308T**',
    ];
    for (const text of written) assert.ok(hasPersonalId(text), text);
  });

  it('are found in addresses, however they are encoded', () => {
    const addresses = [
      'https://example.org/131052%2D308T',
      'https://example.org/%31%33%31%30%35%32-308T',
      'https://example.org/?q=131052%E2%80%93308T&x=1',
      'https://example.org/?q=100%&id=131052%20-%20308T',
      '[täällä](https://example.org/131052%2d308T)',
      '[täällä](https://example.org/131052&#45;308T)',
      '<https://example.org/131052%2D308T>',
      'mailto:131052%2D308T@example.org',
    ];
    for (const text of addresses) assert.ok(hasPersonalId(text), text);
  });

  it('are found with letters joined to them', () => {
    for (const text of [
      'hetu131052-308T',
      '131052-308Tn',
      'HETU131052A308TTA',
      'x131052-308T',
      '131052-308TT',
      'ä131052-308Tä',
      '_131052-308T_',
    ])
      assert.ok(hasPersonalId(text), text);
  });

  it('are no part of a longer run of digits, and other numbers are none', () => {
    const others = [
      '1131052-308T',
      '131052-308T1',
      '131052-3081234',
      'Puhelin 040-1234567',
      '+358 40 131 0523',
      '040 131052 - 308',
      '13.10.2052–30.8.2053',
      '131052 - 308 tilausta',
      '131052, 308T',
      'Tilaus 131052/308T',
      '131052 308T',
      '131052--308T',
      '131052\n\n308T',
      '131052-308S',
      '13%1052-308T',
      'FI21 1234 5600 0007 85',
      'Y-tunnus 1310523-0',
      'https://example.org/ab131052-324a-4abc-8def-0123456789ab',
    ];
    for (const text of others) assert.ok(!hasPersonalId(text), text);
  });

  it('are reported at each field that holds one, beside what else is wrong', () => {
    const schema = z.strictObject({
      title: writtenLine({ max: 20, min: 1 }),
      lead: writtenText({ max: 30 }),
      words: z.strictObject({ body: writtenText({ max: 100 }) }),
    });
    const thrown = (input: unknown): AppError => {
      try {
        parse(schema, input);
      } catch (error) {
        assert.ok(error instanceof AppError);
        return error;
      }
      throw new Error('taken');
    };
    const words = { body: '131052–308T' };
    const personal = thrown({ title: '131052-308T', lead: 'x', words });
    assert.equal(personal.code, 'text.personalData');
    assert.deepEqual(personal.details.fields, [
      { field: 'title', code: 'personalId' },
      { field: 'words.body', code: 'personalId' },
    ]);
    const both = thrown({ title: '\u200B', lead: 'x', words });
    assert.equal(both.code, 'input.invalid');
    assert.deepEqual(both.details.fields, [
      { field: 'title', code: 'required' },
      { field: 'words.body', code: 'personalId' },
    ]);
    parse(schema, { title: 'x', lead: 'Puhelin 040-1234567', words: { body: '' } });
  });
});
