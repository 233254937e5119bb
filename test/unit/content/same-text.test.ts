import assert from 'node:assert/strict';
import { sameParts } from '../../../src/content/same-text.js';

const text = (title: string, lead = '', body = '') => ({ title, lead, body });
const paragraph = 'Elma on nyt käytössä kaikissa alueen kunnissa, ja asiakkaat voivat varata aikoja.';

describe('what two languages have in the same words', () => {
  it('is a title, a lead, or one paragraph of the body', () => {
    const lead = 'Palvelu laajenee nyt koko alueelle';
    const one = text('Elma palvelee koko aluetta', lead, `Alku on omansa.\n\n${paragraph}`);
    assert.deepEqual(sameParts(one, one), ['title', 'lead', 'body']);
    assert.deepEqual(sameParts(one, text('Elma i hela regionen', lead, 'Början')), ['lead']);
    const swedish = text('Elma i hela regionen', 'Tjänsten', `Början\n\n${paragraph}\n\nSlut`);
    assert.deepEqual(sameParts(one, swedish), ['body']);
  });

  it('does not depend on spaces, line breaks and capitals', () => {
    const broken = `  ${paragraph.toUpperCase().replaceAll(' ', '\n')} `;
    assert.deepEqual(sameParts(text('', '', paragraph), text('', '', broken)), ['body']);
  });

  it('is nothing where it is names, numbers and addresses, or a few words', () => {
    for (const name of [
      text('Hankeradio 3/2026'),
      text('Elma Open Day 12.3.2026'),
      text('Elma', 'Anna Aho, Österbottens välfärdsområde, 050 123'),
      text('Elma', '', 'Anna Aho\nanna.aho@example.org\nhttps://example.org/elma/on/nyt/joka/kunnassa'),
      text('Elma', '', 'Kuva: Anna Aho'),
      text('', '', ''),
    ])
      assert.deepEqual(sameParts(name, name), [], JSON.stringify(name));
  });
});
