import assert from 'node:assert/strict';
import {
  dateText,
  dateWithYearText,
  dayText,
  momentText,
  spanText,
  wallClockOf,
  withDatesWritten,
} from '../../../src/shared/dates.js';
import { languages } from '../../../src/shared/languages.js';

const start = '2026-12-01T07:00:00Z';

describe('dates as people write them', () => {
  it('are written in each language, in Helsinki time', () => {
    assert.deepEqual(
      languages.map((language) => momentText(language, start)),
      ['ti 1.12. klo 9.00', 'tis 1.12 kl. 9.00', 'Tue 1 Dec, 9:00'],
    );
    assert.deepEqual(
      languages.map((language) => spanText(language, start, '2026-12-01T07:30:00Z')),
      ['ti 1.12. klo 9.00–9.30', 'tis 1.12 kl. 9.00–9.30', 'Tue 1 Dec, 9:00–9:30'],
    );
    assert.deepEqual(
      languages.map((language) => dateText(language, start)),
      ['1.12.', '1.12', '1 Dec'],
    );
    assert.deepEqual(
      languages.map((language) => dateWithYearText(language, start)),
      ['1.12.2026', '1.12.2026', '1 Dec 2026'],
    );
    assert.deepEqual(
      languages.map((language) => dayText(language, start, 'withYear')),
      ['ti 1.12.2026', 'tis 1.12.2026', 'Tue 1 Dec 2026'],
    );
  });

  it('stand in the texts of faults as people write them, and nothing else changes', () => {
    const values = { earliest: '2026-12-01', limit: 500, name: '2026-12-01 luonnos', id: '0000-00-00' };
    assert.deepEqual(
      languages.map((language) => withDatesWritten(language, values)),
      ['1.12.2026', '1.12.2026', '1 Dec 2026'].map((earliest) => ({ ...values, earliest })),
    );
    assert.deepEqual(withDatesWritten('fi', undefined), {});
  });

  it('follow the clocks of Helsinki over midnight and in summer', () => {
    assert.deepEqual(wallClockOf('2026-07-05T21:05:00Z'), {
      year: 2026,
      month: 7,
      day: 6,
      weekday: 1,
      hour: 0,
      minute: 5,
    });
    assert.equal(wallClockOf('2026-01-04T12:00:00Z').weekday, 7);
  });
});
