import assert from 'node:assert/strict';
import { languages } from '../../../src/shared/languages.js';
import {
  dateProblem,
  dateShown,
  dateTyped,
  isDate,
  isTime,
  timeShown,
  timeTyped,
} from '../../../tab/shared/date-fields/typed.js';

describe('a date that somebody types', () => {
  const today = '2026-11-30';

  it('is read as people write it', () => {
    const written = {
      '1.12.2026': '2026-12-01',
      '01.12.2026': '2026-12-01',
      '1.12.26': '2026-12-01',
      '1. 12. 2026': '2026-12-01',
      'ti 1.12.2026': '2026-12-01',
      'tis 1.12': '2026-12-01',
      '1.12.': '2026-12-01',
      '1.12': '2026-12-01',
      '1/12': '2026-12-01',
      ' 30.11. ': '2026-11-30',
      '1 Dec 2026': '2026-12-01',
      'Tue 1 Dec': '2026-12-01',
      '1 December': '2026-12-01',
      '2026-12-01': '2026-12-01',
    };
    for (const [text, date] of Object.entries(written)) assert.equal(dateTyped(text, today), date, text);
  });

  it('is the next one where it has no year', () => {
    assert.equal(dateTyped('29.11.', today), '2027-11-29');
    assert.equal(dateTyped('7.1', today), '2027-01-07');
    assert.equal(dateTyped('29.2.', today), '2028-02-29');
  });

  it('is none where there is no such day', () => {
    for (const text of [
      '',
      '31.2.2027',
      '29.2.2027',
      '0.1.',
      '1.13.',
      'huomenna',
      '1',
      '1.12.20267',
      '2026-02-30',
    ])
      assert.equal(dateTyped(text, today), undefined, text);
  });

  it('is written so that it can be read again, in every language', () => {
    for (const language of languages)
      assert.equal(dateTyped(dateShown(language, '2026-12-01'), today), '2026-12-01', language);
    assert.equal(dateShown('fi', 'huomenna'), 'huomenna');
    assert.ok(isDate('2028-02-29') && !isDate('2027-02-29') && !isDate('1.12.2026'));
  });

  it('may be outside the days that there are to choose from', () => {
    const bounds = { min: '2026-12-01', max: '2026-12-31' };
    assert.equal(dateProblem('2026-11-30', bounds)?.code, 'field.tooEarly');
    assert.equal(dateProblem('2027-01-01', bounds)?.code, 'field.tooLate');
    assert.equal(dateProblem('31.2.', bounds)?.code, 'field.noSuchDay');
    for (const fine of ['', '2026-12-01', '2026-12-31']) assert.equal(dateProblem(fine, bounds), undefined);
  });
});

describe('a time that somebody types', () => {
  it('is read as people write it', () => {
    const written = {
      '9.30': '09:30',
      '9:30': '09:30',
      '930': '09:30',
      '0930': '09:30',
      '9': '09:00',
      '14': '14:00',
      'klo 9.30': '09:30',
      'kl. 14.05': '14:05',
      '9,30': '09:30',
      '0.00': '00:00',
    };
    for (const [text, time] of Object.entries(written)) assert.equal(timeTyped(text), time, text);
  });

  it('is none where the clock has no such time', () => {
    for (const text of ['', '24', '9.60', '25:00', 'aamulla', '9.3', '12345'])
      assert.equal(timeTyped(text), undefined, text);
  });

  it('is written so that it can be read again, in every language', () => {
    for (const language of languages)
      for (const time of ['00:05', '09:30', '23:59'])
        assert.equal(timeTyped(timeShown(language, time)), time, `${language} ${time}`);
    assert.equal(timeShown('fi', '09:30'), '9.30');
    assert.equal(timeShown('en', '09:30'), '9:30');
    assert.ok(!isTime('24:00') && !isTime('9:30'));
  });
});
