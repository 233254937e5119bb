import assert from 'node:assert/strict';
import type { Language } from '../../../src/shared/languages.js';
import { datesOf } from '../../../tab/shared/dates.js';

const now = () => new Date('2026-11-22T10:00:00Z');
const inLanguage = (language: Language) => datesOf(language, now);

describe('dates as people say them', () => {
  it('says the moment in each language, in Helsinki time', () => {
    const moment = '2026-12-01T07:00:00Z';
    assert.equal(inLanguage('fi').moment(moment), 'ti 1.12. klo 9.00');
    assert.equal(inLanguage('sv').moment(moment), 'tis 1.12 kl. 9.00');
    assert.equal(inLanguage('en').moment(moment), 'Tue 1 Dec, 9:00');
  });

  it('follows summer time', () => {
    assert.equal(inLanguage('fi').time('2026-07-01T06:05:00Z'), '9.05');
    assert.equal(inLanguage('fi').time('2026-01-01T06:05:00Z'), '8.05');
    assert.equal(inLanguage('en').time('2026-01-01T22:30:00Z'), '0:30');
  });

  it('adds the year where it is another', () => {
    assert.equal(inLanguage('fi').day('2027-01-05T10:00:00Z'), 'ti 5.1.2027');
    assert.equal(inLanguage('sv').day('2027-01-05T10:00:00Z'), 'tis 5.1.2027');
    assert.equal(inLanguage('en').day('2027-01-05T10:00:00Z'), 'Tue 5 Jan 2027');
  });

  it('is as short as is still clear', () => {
    assert.equal(inLanguage('fi').brief('2026-11-22T07:12:00Z'), 'tänään klo 9.12');
    assert.equal(inLanguage('sv').brief('2026-11-22T07:12:00Z'), 'i dag kl. 9.12');
    assert.equal(inLanguage('en').brief('2026-11-22T07:12:00Z'), 'today, 9:12');
    assert.equal(inLanguage('fi').brief('2026-11-20T07:12:00Z'), 'pe 20.11.');
  });

  it('counts days by the Helsinki calendar', () => {
    const dates = inLanguage('fi');
    assert.equal(dates.daysSince('2026-11-21T21:59:00Z'), 1, 'before midnight in Helsinki');
    assert.equal(dates.daysSince('2026-11-21T22:01:00Z'), 0, 'after midnight in Helsinki');
    assert.equal(dates.plainDay('2026-12-01'), 'ti 1.12.');
    assert.equal(dates.isPast('2026-11-21'), true);
    assert.equal(dates.isPast('2026-11-22'), false);
  });
});
