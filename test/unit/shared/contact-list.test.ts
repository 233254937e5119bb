import assert from 'node:assert/strict';
import { languageNamed, readContactList } from '../../../src/shared/contact-list.js';

/** Each person as `name|organisation|address|language`, or `?` with what is unclear. */
function read(...lines: readonly string[]): string[] {
  return readContactList(lines.join('\n')).entries.map(({ person, text }) =>
    person === undefined
      ? `? ${text}`
      : [person.name, person.organisation, person.address, person.language].join('|'),
  );
}

const eeva = 'Virtanen, Eeva||eeva.v@x.fi|';
const asa = 'Åsa Öst||asa@y.fi|';

describe('a list of addresses', () => {
  for (const [what, ...lines] of [
    ['of Outlook', '"Virtanen, Eeva" <eeva.v@x.fi>; Åsa Öst <asa@y.fi>'],
    ['with a separator at its end', '"Virtanen, Eeva" <eeva.v@x.fi>; Åsa Öst <asa@y.fi>; '],
    ['on several lines', '"Virtanen, Eeva" <eeva.v@x.fi>;', 'Åsa Öst <asa@y.fi>;'],
    ['with empty lines', '', '"Virtanen, Eeva" <eeva.v@x.fi>', ' ', ';', 'Åsa Öst <asa@y.fi>'],
    ['without quotation marks', 'Virtanen, Eeva <eeva.v@x.fi>; Åsa Öst <asa@y.fi>'],
    ['with commas', '"Virtanen, Eeva" <eeva.v@x.fi>, Åsa Öst <asa@y.fi>'],
    ['with commas and no quotation marks', 'Virtanen, Eeva <eeva.v@x.fi>, Åsa Öst <asa@y.fi>'],
    ['with round quotation marks', '”Virtanen, Eeva” <eeva.v@x.fi>; ’Åsa Öst’ <asa@y.fi>'],
    [
      'with characters that nobody sees',
      '\uFEFF"Virtanen, Eeva"\u00A0<eeva.v@x.fi\u200B>;\u200EÅsa Öst <asa@y.fi>',
    ],
    ['with links', 'Virtanen, Eeva <mailto:eeva.v@x.fi>; Åsa Öst <mailto:asa@y.fi>'],
    ['with tabs', 'Virtanen, Eeva <eeva.v@x.fi>\tÅsa Öst <asa@y.fi>'],
  ] as const) {
    it(`is read ${what}`, () => assert.deepEqual(read(...lines), [eeva, asa]));
  }

  it('has the address as the name where there is no other', () => {
    const bare = ['eeva.v@x.fi||eeva.v@x.fi|', 'asa@y.fi||asa@y.fi|'];
    assert.deepEqual(read('eeva.v@x.fi', 'asa@y.fi'), bare);
    assert.deepEqual(read('eeva.v@x.fi; asa@y.fi'), bare);
    assert.deepEqual(read('<eeva.v@x.fi>,<asa@y.fi>'), bare);
    assert.deepEqual(read("'eeva.v@x.fi' <eeva.v@x.fi>; asa@y.fi <asa@y.fi>"), bare);
  });

  it('keeps each person’s text and line, so that one of a line can be put right alone', () => {
    const { entries } = readContactList('\na@x.fi\r\n"B, B" <b@x>; C <c@x.fi>');
    assert.deepEqual(
      entries.map(({ line, text }) => [line, text]),
      [
        [2, 'a@x.fi'],
        [3, '"B, B" <b@x>'],
        [3, 'C <c@x.fi>'],
      ],
    );
  });

  for (const separator of ['; ', ', ', '\t'] as const) {
    for (const [broken, read1] of [
      ['kalle at example.fi', 'kalle at example.fi||kalle at example.fi|'],
      ['kalle(at)example.fi', 'kalle(at)example.fi||kalle(at)example.fi|'],
      ['kalle [at] example.fi', 'kalle [at] example.fi||kalle [at] example.fi|'],
      ['Kalle <kalle at example.fi>', 'Kalle||kalle at example.fi|'],
      ['Kalle Oja <kalle.example.fi>', 'Kalle Oja||kalle.example.fi|'],
      ['kalle@', 'kalle@||kalle@|'],
    ] as const) {
      it(`has one that is no address for itself: ${JSON.stringify(separator + broken)}`, () => {
        const [first, last] = ['Matti Meri <m@x.fi>', 'Sirpa Salo <s@x.fi>'];
        const [matti, sirpa] = ['Matti Meri||m@x.fi|', 'Sirpa Salo||s@x.fi|'];
        assert.deepEqual(read([first, broken, last].join(separator)), [matti, read1, sirpa]);
        assert.deepEqual(read([broken, first, last].join(separator)), [read1, matti, sirpa]);
        assert.deepEqual(read([first, last, broken].join(separator)), [matti, sirpa, read1]);
        assert.deepEqual(read([first, broken].join(separator)), [matti, read1]);
        assert.deepEqual(read(first, broken, last), [matti, read1, sirpa]);
      });
    }
  }

  it('has who is named without an address for themselves', () => {
    const [matti, sirpa] = ['Matti Meri||m@x.fi|', 'Sirpa Salo||s@x.fi|'];
    assert.deepEqual(read('Matti Meri <m@x.fi>; Kalle Oja; Sirpa Salo <s@x.fi>'), [
      matti,
      'Kalle Oja|||',
      sirpa,
    ]);
    assert.deepEqual(read('a@x.fi; b@x.fi; Kalle; c@x.fi').length, 4);
  });

  it('is unclear where names stand between addresses', () => {
    for (const text of ['Eeva; e@x.fi; e@y.fi', 'a@x.fi, Bo, c@x.fi']) {
      assert.deepEqual(read(text), [`? ${text}`]);
    }
  });
});

describe('a list of columns', () => {
  const whole = 'Eeva Virtanen|Järjestö ry|eeva.v@x.fi|fi';
  for (const line of [
    'Eeva Virtanen; Järjestö ry; eeva.v@x.fi; fi',
    'Eeva Virtanen,Järjestö ry,eeva.v@x.fi,fi',
    'Eeva Virtanen\tJärjestö ry\teeva.v@x.fi\tfi',
    '"Eeva Virtanen";"Järjestö ry";"eeva.v@x.fi";"fi"',
    'Eeva Virtanen;Järjestö ry;Eeva V <eeva.v@x.fi>;fi;;',
    'eeva.v@x.fi;Eeva Virtanen;Järjestö ry;fi',
    'Eeva Virtanen;eeva.v@x.fi;Järjestö ry;fi',
    'Eeva Virtanen,"Järjestö ry",<eeva.v@x.fi>,fi',
  ]) {
    it(`is read with the address where it is: ${line}`, () => assert.deepEqual(read(line), [whole]));
  }

  for (const [line, expected] of [
    ['Eeva;eeva@x.fi', 'Eeva||eeva@x.fi|'],
    ['Eeva;eeva@x.fi;sv', 'Eeva||eeva@x.fi|sv'],
    ['Eeva;eeva@x.fi;klingon', 'Eeva||eeva@x.fi|klingon'],
    ['eeva@x.fi;sv', 'eeva@x.fi||eeva@x.fi|sv'],
    ['Eeva;;eeva@x.fi;', 'Eeva||eeva@x.fi|'],
    ['Virtanen, Eeva <eeva@x.fi>, fi', 'Virtanen, Eeva||eeva@x.fi|fi'],
    [
      '"Virtanen, Eeva","Yhdistys ""Apu"", ry",eeva@x.fi,fi',
      'Virtanen, Eeva|Yhdistys "Apu", ry|eeva@x.fi|fi',
    ],
    ['Virtanen, Eeva, Järjestö ry, eeva@x.fi, fi', '? Virtanen, Eeva, Järjestö ry, eeva@x.fi, fi'],
    ['Eeva;Järjestö;eeva@x.fi;fi;040 123', '? Eeva;Järjestö;eeva@x.fi;fi;040 123'],
    ['vain nimi', 'vain nimi|||'],
    ['Bo;;bo;fi', 'Bo||bo|fi'],
  ] as const) {
    it(`is read or called unclear: ${line}`, () => {
      assert.deepEqual(read(line), [expected]);
    });
  }

  it('may have a cell of several lines', () => {
    assert.deepEqual(read('Eeva\t"Järjestö\nry"\te@x.fi\tfi', 'Bo\t\tb@x.fi\tsv'), [
      'Eeva|Järjestö ry|e@x.fi|fi',
      'Bo||b@x.fi|sv',
    ]);
    // A quotation mark that nothing closes is one like any other character.
    assert.deepEqual(read('"Eeva\t\te@x.fi\tfi', 'Bo\t\tb@x.fi\tsv'), ['"Eeva||e@x.fi|fi', 'Bo||b@x.fi|sv']);
  });

  for (const [header, line] of [
    ['Nimi;Organisaatio;Sähköposti;Kieli', 'Eeva Virtanen;Järjestö ry;eeva.v@x.fi;fi'],
    ['Kieli;Sähköpostiosoite;Nimi;Organisaatio', 'fi;eeva.v@x.fi;Eeva Virtanen;Järjestö ry'],
    ['E-post,Namn,Språk,Organisation', 'eeva.v@x.fi,Eeva Virtanen,fi,Järjestö ry'],
    ['Language\tE-mail Address\tCompany\tFull name', 'fi\teeva.v@x.fi\tJärjestö ry\tEeva Virtanen'],
    ['\uFEFF"SUKUNIMI";"ETUNIMI";"S-posti:";"Yhdistys";"Kieli"', 'Virtanen;Eeva;eeva.v@x.fi;Järjestö ry;fi'],
    ['Förnamn;Efternamn;Telefon;Epostadress;Förening;Språk', 'Eeva;Virtanen;040;eeva.v@x.fi;Järjestö ry;fi'],
    [
      'First Name,Last Name,Company,E-mail Address,E-mail 2 Address,Language',
      'Eeva,Virtanen,Järjestö ry,eeva.v@x.fi,,fi',
    ],
    ['Nimi;Organisaatio;Yhteys;Kieli', 'Eeva Virtanen;Järjestö ry;eeva.v@x.fi;fi'],
    ['sep=;\nNimi;Organisaatio;Sa\u0308hko\u0308posti;Kieli', 'Eeva Virtanen;Järjestö ry;eeva.v@x.fi;fi'],
  ] as const) {
    it(`is read by the names of its columns: ${header}`, () => {
      assert.deepEqual(read(header, line), [whole]);
      const list = readContactList(`${header}\n${line}`);
      assert.equal(list.header, header.split('\n').at(-1));
      assert.equal(list.entries[0]?.text, line);
    });
  }

  it('has a header only at its top, and not where somebody’s name looks like one', () => {
    assert.deepEqual(read('Name; ; name@x.fi; en'), ['Name||name@x.fi|en']);
    assert.deepEqual(read('Sähköposti', 'a@x.fi', 'B <b@x.fi>'), ['a@x.fi||a@x.fi|', 'B||b@x.fi|']);
    assert.deepEqual(read('Nimi;Sähköposti', 'A;a@x.fi', 'B <b@x.fi>', 'C;'), [
      'A||a@x.fi|',
      'B||b@x.fi|',
      'C|||',
    ]);
  });

  it('is read again, and each of its people alone, with the same result', () => {
    for (const text of [
      'Kieli;Sähköposti;Nimi\nfi;a@x.fi;A\nsv;b;B',
      '"Virtanen, Eeva" <eeva.v@x.fi>, Öst, Åsa <asa@y.fi>\nBo;;bo@x.fi;fi\nC\t"c\nc"\tc@x.fi',
    ]) {
      const { header, entries } = readContactList(text);
      for (const { text: typed, person } of entries) {
        const alone = readContactList([...(header ? [header] : []), typed].join('\n'));
        assert.deepEqual(
          alone.entries.map((entry) => entry.person),
          [person],
          typed,
        );
      }
    }
  });

  it('is read to its end, whatever it is: what grew with its square would not come there', function () {
    this.timeout(60_000);
    for (const bit of ['"', ';', '; "', '<', '"a;', ' ', '"\n', '"a\n', ';;"";', '\t"', '@', ',"a"'])
      assert.doesNotThrow(() => readContactList(bit.repeat(Math.floor(200_000 / bit.length))), bit);
  });
});

describe('the name of a language', () => {
  for (const [language, ...names] of [
    [
      'fi',
      'fi',
      'FI',
      'fi-FI',
      'fi_FI',
      'fin',
      'suomi',
      'Suomen',
      'suomen kieli',
      'suomeksi',
      'finska',
      'på finska',
    ],
    ['sv', 'sv', 'sv-FI', 'sv-SE', 'swe', 'se', 'ruotsi', 'ruotsin', 'svenska', 'På svenska ', 'in Swedish'],
    ['en', 'en', 'en-GB', 'eng', 'englanti', 'englanniksi', 'på engelska', 'English\u200B'],
    [undefined, '', 'klingon', 'de', 'fi/sv', 'suomi, ruotsi'],
  ] as const) {
    it(`is ${language ?? 'none'} for ${names.join(', ')}`, () => {
      for (const name of names) assert.equal(languageNamed(name), language, name);
    });
  }
});
