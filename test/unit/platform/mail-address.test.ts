import assert from 'node:assert/strict';
import { fieldFaults } from '../../../src/platform/errors.js';
import { mailAddressSchema, shownAddress } from '../../../src/platform/mail-address.js';
import { parse } from '../../../src/platform/validation.js';

function read(typed: string): string {
  try {
    return parse(mailAddressSchema, typed);
  } catch (error) {
    return fieldFaults(error)
      .map(({ code }) => code)
      .join();
  }
}

describe('a mail address', () => {
  for (const typed of [
    ' Eeva@X.fi\t\n',
    '\u00A0eeva@x.fi\u2003',
    'eeva@x.fi\u200B',
    '\uFEFFeeva@x.fi\u200E',
    'ee\u00ADva@x.fi',
    'eeva\u2060@x.fi',
    '\u202Aeeva@x.fi\u202C',
    'ｅｅｖａ＠ｘ．ｆｉ',
    '<eeva@x.fi>',
    '(eeva@x.fi)',
    '"eeva@x.fi"',
    "'eeva@x.fi'",
    'mailto:eeva@x.fi',
    'MAILTO:eeva%40x.fi?subject=Hei%20vain',
    '<mailto:eeva@x.fi>',
    'smtp:eeva@x.fi',
    'eeva@x.fi;',
    'eeva@x.fi, ',
    'eeva@x.fi.',
    'Eeva Virtanen <eeva@x.fi>',
    'Eeva Virtanen <eeva@x.fi>;',
    '"Virtanen, Eeva" <eeva@x.fi>',
    "'eeva@x.fi' <eeva@x.fi>",
    'eeva@x.fi<mailto:eeva@x.fi>',
    'eeva@x.fi (Eeva Virtanen)',
  ]) {
    it(`is read out of ${JSON.stringify(typed)}`, () => assert.equal(read(typed), 'eeva@x.fi'));
  }

  for (const [typed, kept] of [
    ['Ville@Äänekoski.fi', 'ville@xn--nekoski-4waa.fi'],
    ['ville@a\u0308a\u0308nekoski.fi', 'ville@xn--nekoski-4waa.fi'],
    ['ville@xn--nekoski-4waa.fi', 'ville@xn--nekoski-4waa.fi'],
    ['ryhmä <ryhma@järjestö.fi>', 'ryhma@xn--jrjest-bua3m.fi'],
    ['a@пример.рф', 'a@xn--e1afmkfd.xn--p1ai'],
    ['a+b.c@posti.ää.fi', 'a+b.c@posti.xn--4caa.fi'],
  ] as const) {
    it(`has a domain that travels in ASCII: ${typed}`, () => assert.equal(read(typed), kept));
  }

  it('is shown in its own letters, and is the same again when it is read', () => {
    assert.equal(shownAddress('ville@xn--nekoski-4waa.fi'), 'ville@äänekoski.fi');
    for (const same of ['eeva@x.fi', 'a@xn--.fi', 'nonsense', '']) assert.equal(shownAddress(same), same);
  });

  for (const typed of ['jörgen@example.fi', 'Åsa <åsa@example.fi>', 'åsa@öst.fi']) {
    it(`has its own fault for the part before @: ${typed}`, () =>
      assert.equal(read(typed), 'localPartNotAscii'));
  }

  for (const typed of [
    'outi',
    'outi@',
    '@x.fi',
    'a b@c.fi',
    'a@b.fi\r\nBcc: x@y.fi',
    'a@b.fi, c@d.fi',
    'a@b.fi;c@d.fi',
    'a@b',
    'a@-b.fi',
    'a@b-.fi',
    'a@b..fi',
    'a@1.2.3.4',
    'a@b.f',
    'a@ä ä.fi',
    'a@ä_a.fi',
    'a@x%2Efi',
    'a@ä/b.fi',
    'a@@b.fi',
    '.a@b.fi',
    'a..b@c.fi',
    'ö ö@b.fi',
    'Eeva <>',
    'Eeva <outi>',
    '<a@b.fi> x',
  ]) {
    it(`is not ${JSON.stringify(typed)}`, () => assert.equal(read(typed), 'notAnAddress'));
  }

  it('is not empty, and not too long, by hand or by design', () => {
    for (const typed of ['', ' \u200B', '<>', 'mailto:']) assert.equal(read(typed), 'required', typed);
    assert.equal(read(`${'a'.repeat(260)}@b.fi`), 'tooLong');
    for (const mark of [',', '"', '<', '(', 'mailto:']) {
      assert.equal(read(`${mark.repeat(100_000)}x`), 'tooLong', mark);
    }
  });
});
