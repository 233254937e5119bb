import assert from 'node:assert/strict';
import { asSentences, withDaysSpoken } from '../../bot/cards/spoken.js';
import { dayText, momentText } from '../../src/shared/dates.js';
import { languages } from '../../src/shared/languages.js';

const instants = ['2026-12-01T07:00:00Z', '2027-01-06T10:15:00Z', '2026-11-29T07:00:00Z'];

describe('bot: what a card says aloud', () => {
  it('names days in full, in each language', () => {
    assert.deepEqual(
      instants.map((at) => languages.map((language) => withDaysSpoken(language, momentText(language, at)))),
      [
        ['tiistaina 1. joulukuuta klo 9.00', 'tisdag 1 december kl. 9.00', 'Tuesday 1 December, 9:00'],
        ['keskiviikkona 6. tammikuuta klo 12.15', 'onsdag 6 januari kl. 12.15', 'Wednesday 6 January, 12:15'],
        ['sunnuntaina 29. marraskuuta klo 9.00', 'söndag 29 november kl. 9.00', 'Sunday 29 November, 9:00'],
      ],
    );
    assert.deepEqual(
      languages.map((language) => withDaysSpoken(language, dayText(language, instants[0]!, 'withYear'))),
      ['tiistaina 1. joulukuuta 2026', 'tisdag 1 december 2026', 'Tuesday 1 December 2026'],
    );
  });

  it('leaves other numbers alone', () => {
    for (const text of ['versio 1.12.', 'to 40.13. jotain', 'klo 9.00–9.30', 'ti']) {
      assert.equal(withDaysSpoken('fi', text), text);
    }
  });

  it('pauses between texts', () => {
    assert.equal(
      asSentences(['Hankeradio alkaa kohta', '', 'Milloin?.', 'Aihe:', 'Valmis.']),
      'Hankeradio alkaa kohta. Milloin? Aihe: Valmis.',
    );
  });
});
