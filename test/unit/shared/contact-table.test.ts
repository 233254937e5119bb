import assert from 'node:assert/strict';
import { personOfRow, readContactTable } from '../../../src/shared/contact-table.js';

/** Each person as `name|organisation|address|language`. */
function people(text: string): string[] {
  const { columns, rows } = readContactTable(text);
  return rows.map((cells) => {
    const { name, organisation, address, language } = personOfRow(columns, cells);
    return [name, organisation, address, language].join('|');
  });
}

const eeva = 'Eeva Virtanen|Järjestö ry|eeva@x.fi|suomi';
const asa = 'Åsa Öst|Kommunen|asa@y.fi|svenska';

describe('a table of contacts', () => {
  for (const [what, separator] of [
    ['tabs, as Excel copies them', '\t'],
    ['semicolons', ';'],
    ['commas', ','],
    ['bars', '|'],
  ] as const) {
    it(`is read by ${what}, without a header`, () => {
      const lines = [
        ['Eeva Virtanen', 'Järjestö ry', 'eeva@x.fi', 'suomi'],
        ['Åsa Öst', 'Kommunen', 'asa@y.fi', 'svenska'],
      ];
      const text = lines.map((cells) => cells.join(separator)).join('\r\n');
      assert.deepEqual(readContactTable(text).columns, ['name', 'organisation', 'address', 'language']);
      assert.deepEqual(people(text), [eeva, asa]);
    });
  }

  for (const [language, header] of [
    ['Finnish', 'Kieli;Sähköposti;Sukunimi;Etunimi;Puhelin;Organisaatio'],
    ['Swedish', 'Språk;E-post;Efternamn;Förnamn;Telefon;Organisation'],
    ['English', 'Language;E-mail address;Last name;First name;Phone;Company'],
  ] as const) {
    it(`is read in any order below a header in ${language}`, () => {
      const table = readContactTable(
        `${header}\nsuomi;eeva@x.fi;Virtanen;Eeva;+358 40 1;Järjestö ry\n;;;;;\n`,
      );
      assert.deepEqual(table.columns, [
        'language',
        'address',
        'lastName',
        'firstName',
        'skip',
        'organisation',
      ]);
      assert.equal(table.header?.[0], header.split(';')[0]);
      assert.deepEqual(people(`${header}\nsuomi;eeva@x.fi;Virtanen;Eeva;+358 40 1;Järjestö ry`), [eeva]);
    });
  }

  it('keeps separators and line ends inside of quotation marks', () => {
    const text = 'Nimi;Organisaatio;Sähköposti\n"Virtanen; Eeva";"Järjestö\n""Apu"" ry";eeva@x.fi';
    assert.deepEqual(people(text), ['Virtanen; Eeva|Järjestö "Apu" ry|eeva@x.fi|']);
  });

  it('leaves the line out by which spreadsheets say how columns are parted', () => {
    assert.deepEqual(people('sep=;\nEeva;eeva@x.fi\nBo;bo@x.fi'), ['Eeva||eeva@x.fi|', 'Bo||bo@x.fi|']);
  });

  it('keeps rows that lack their address, and short ones', () => {
    const text =
      'Eeva;Järjestö;eeva@x.fi;fi\nBo;Kommunen;;sv\nAino;Yhdistys;aino@x.fi\nOuti;Kunta;outi@x.fi;fi';
    assert.deepEqual(people(text).slice(1, 3), ['Bo|Kommunen||sv', 'Aino|Yhdistys|aino@x.fi|']);
  });

  it('takes two addresses of a person for one: the first', () => {
    const { columns } = readContactTable('Nimi;Sähköposti;E-post\nEeva;eeva@x.fi;e@y.fi');
    assert.deepEqual(columns, ['name', 'address', 'skip']);
  });
});

describe('a list of mailboxes as a table', () => {
  const both = ['Virtanen, Ville||ville@x.fi|', 'Åsa Öst||asa@y.fi|'];
  for (const text of [
    '"Virtanen, Ville" <ville@x.fi>; Åsa Öst <asa@y.fi>',
    'Virtanen, Ville <ville@x.fi>\nÅsa Öst <asa@y.fi>',
    'Virtanen, Ville <ville@x.fi>, Åsa Öst <asa@y.fi>',
    '"Virtanen, Ville" <ville@x.fi>;\n"Åsa Öst" <asa@y.fi>;',
  ])
    it(`is read: ${JSON.stringify(text)}`, () => assert.deepEqual(people(text), both));

  for (const text of [
    'a@x.fi\nb@x.fi',
    'a@x.fi, b@x.fi',
    'a@x.fi b@x.fi',
    'a@x.fi;b@x.fi',
    'Sähköposti\na@x.fi\nb@x.fi',
  ])
    it(`of addresses alone is read: ${JSON.stringify(text)}`, () =>
      assert.deepEqual(people(text), ['a@x.fi||a@x.fi|', 'b@x.fi||b@x.fi|']));

  it('keeps who can’t be read, to be put right', () => {
    assert.deepEqual(readContactTable('Ville\nbo@x.fi').rows, [
      ['Ville', ''],
      ['bo@x.fi', 'bo@x.fi'],
    ]);
  });

  for (const text of [
    'Matti Meri <m@x.fi>; kalle at example.fi; Sirpa Salo <s@x.fi>',
    'Matti Meri <m@x.fi>, kalle at example.fi, Sirpa Salo <s@x.fi>',
    'Matti Meri <m@x.fi>;\nkalle at example.fi;\nSirpa Salo <s@x.fi>',
    'Matti Meri <m@x.fi>\tkalle at example.fi\tSirpa Salo <s@x.fi>',
  ])
    it(`has a row for each, also for one that is no address: ${JSON.stringify(text)}`, () =>
      assert.deepEqual(readContactTable(text).rows, [
        ['Matti Meri', 'm@x.fi'],
        ['kalle at example.fi', 'kalle at example.fi'],
        ['Sirpa Salo', 's@x.fi'],
      ]));

  it('has a row for each of two of whom one has no address', () => {
    assert.deepEqual(readContactTable('Matti Meri <m@x.fi>; kalle at example.fi').rows, [
      ['Matti Meri', 'm@x.fi'],
      ['kalle at example.fi', 'kalle at example.fi'],
    ]);
  });

  it('is empty where nothing was pasted', () => {
    assert.deepEqual(readContactTable(' \n;;\n').rows, []);
  });
});
