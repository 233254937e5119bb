import assert from 'node:assert/strict';
import { proposedText } from '../../../src/news/proposal.js';
import { completedLink } from '../../../src/shared/links.js';

describe('what a told story proposes', () => {
  const cases: readonly [what: string, body: string, title: string, lead: string][] = [
    ['two sentences', 'Elma avattiin. Se auttaa. Lisää tulee.', 'Elma avattiin', 'Se auttaa.'],
    [
      'a line of its own',
      'Elma on täällä\n\nSe auttaa liikkumaan.',
      'Elma on täällä',
      'Se auttaa liikkumaan.',
    ],
    ['one sentence', 'Elma avattiin eilen.', 'Elma avattiin eilen', ''],
    [
      'dates and abbreviations',
      'Elma avattiin 16.11. klo 9.00, esim. Kuopiossa. Se auttaa.',
      'Elma avattiin 16.11. klo 9.00, esim. Kuopiossa',
      'Se auttaa.',
    ],
    ['a list', '- Elma avattiin\n- Se auttaa', 'Elma avattiin', 'Se auttaa'],
    ['a question', 'Oletko jo kokeillut Elmaa? Kokeile.', 'Oletko jo kokeillut Elmaa?', 'Kokeile.'],
    ['a greeting in Finnish', 'Moi! Elma avattiin. Se auttaa.', 'Elma avattiin', 'Se auttaa.'],
    ['a greeting in Swedish', 'Hej! Vi provade Elma. Den hjälper.', 'Vi provade Elma', 'Den hjälper.'],
    ['a greeting in English', 'Good morning all,\nwe tried Elma.', 'we tried Elma', ''],
    ['a greeting before a comma', 'Hej, vi provade Elma. Den hjälper.', 'Vi provade Elma', 'Den hjälper.'],
    ['a greeting and nothing else', 'Hej!', 'Hej!', ''],
    ['news of a greeting', 'Hei maailma avattiin. Se auttaa.', 'Hei maailma avattiin', 'Se auttaa.'],
    ['nothing', '  \n ', '', ''],
  ];
  for (const [what, body, title, lead] of cases) {
    it(`of ${what}`, () => {
      assert.deepEqual(proposedText(body), { title, lead });
    });
  }

  it('fits, cut between words, and the lead says the whole of a title that was cut', () => {
    const long = `${'Elma auttaa liikkumaan hyvin '.repeat(6)}paremmin.`;
    const { title, lead } = proposedText(long);
    assert.ok(title.length <= 120 && title.endsWith('…'));
    assert.equal(lead, long);
    const clauses =
      'meillä oli eilen avajaiset Porvoossa ja paikalle tuli 54 ihmistä, kahvia riitti kaikille ja moni kysyi milloin seuraava kerta on tulossa';
    assert.deepEqual(proposedText(clauses), {
      title: 'meillä oli eilen avajaiset Porvoossa ja paikalle tuli 54 ihmistä, kahvia riitti kaikille',
      lead: clauses,
    });
    const endless = proposedText('ä'.repeat(5_000));
    assert.ok(endless.title.length <= 120 && endless.lead.length <= 500);
  });
});

describe('an address as people write it', () => {
  for (const [written, completed] of [
    ['elma.example.org', 'https://elma.example.org'],
    [' www.example.org/a?b=1 ', 'https://www.example.org/a?b=1'],
    ['example.org:8080/a', 'https://example.org:8080/a'],
    ['http://example.org', 'http://example.org'],
    ['ftp://example.org', 'ftp://example.org'],
    ['mailto:elma@example.org', 'mailto:elma@example.org'],
    ['elma@example.org', 'elma@example.org'],
    ['javascript:alert(1).fi', 'javascript:alert(1).fi'],
    ['Elma', 'Elma'],
    ['www.diat.fi', 'https://www.diat.fi'],
    ['diat.pptx', 'diat.pptx'],
    ['www.diat.fi/esitys.pptx', 'https://www.diat.fi/esitys.pptx'],
    ['//diat.fi', '//diat.fi'],
    ['data:text/html,x.fi', 'data:text/html,x.fi'],
    ['user:secret@diat.fi', 'user:secret@diat.fi'],
  ] as const) {
    it(`${written} is ${completed}`, () => {
      assert.equal(completedLink(written), completed);
    });
  }
});
