import assert from 'node:assert/strict';
import { t } from '../../../src/i18n/messages.js';
import { languages } from '../../../src/shared/languages.js';
import { wordsOfRule } from '../../../src/shared/rule-words.js';
import type { Rule, Weekday } from '../../../src/sessions/series/rule.js';

const monthly = (interval: number, weekday: Weekday, week: 1 | 2 | 3 | 4 | -1): Rule => ({
  every: 'weekdayOfMonth',
  interval,
  weekday,
  week,
});
const weekly = (interval: number, ...weekdays: Weekday[]): Rule => ({ every: 'week', interval, weekdays });

const cases: readonly (readonly [rule: Rule, fi: string, sv: string, en: string])[] = [
  [
    monthly(1, 2, 1),
    'joka kuukauden ensimmäinen tiistai',
    'första tisdagen i varje månad',
    'the first Tuesday of every month',
  ],
  [
    monthly(2, 4, -1),
    'joka toisen kuukauden viimeinen torstai',
    'sista torsdagen varannan månad',
    'the last Thursday of every other month',
  ],
  [
    monthly(3, 6, 4),
    'joka kolmannen kuukauden neljäs lauantai',
    'fjärde lördagen var tredje månad',
    'the fourth Saturday of every third month',
  ],
  [
    monthly(12, 7, 3),
    'joka kahdennentoista kuukauden kolmas sunnuntai',
    'tredje söndagen var tolfte månad',
    'the third Sunday of every twelfth month',
  ],
  [
    { every: 'dayOfMonth', interval: 1, day: 15 },
    'joka kuukauden 15. päivä',
    'den 15:e varje månad',
    'the 15th of every month',
  ],
  [
    { every: 'dayOfMonth', interval: 2, day: 31 },
    'joka toisen kuukauden 31. päivä',
    'den 31:a varannan månad',
    'the 31st of every other month',
  ],
  [weekly(1, 1), 'joka maanantai', 'varje måndag', 'every Monday'],
  [weekly(1, 2, 4), 'joka tiistai ja torstai', 'varje tisdag och torsdag', 'every Tuesday and Thursday'],
  [weekly(2, 3), 'joka toinen keskiviikko', 'varannan onsdag', 'every other Wednesday'],
  [
    weekly(2, 1, 3, 5),
    'joka toisen viikon maanantai, keskiviikko ja perjantai',
    'måndag, onsdag och fredag varannan vecka',
    'Monday, Wednesday, and Friday of every other week',
  ],
  [weekly(3, 5), 'joka kolmas perjantai', 'var tredje fredag', 'every third Friday'],
  [weekly(21, 5), 'joka 21. perjantai', 'var 21:a fredag', 'every 21st Friday'],
  [{ every: 'day', interval: 1 }, 'joka päivä', 'varje dag', 'every day'],
  [{ every: 'day', interval: 2 }, 'joka toinen päivä', 'varannan dag', 'every other day'],
  [{ every: 'day', interval: 90 }, 'joka 90. päivä', 'var 90:e dag', 'every 90th day'],
];

describe('a rule in words', () => {
  for (const [rule, ...expected] of cases) {
    it(`is "${expected[0]}"`, () => {
      const words = languages.map((language) =>
        wordsOfRule((key, values) => t(language, key, values), language, rule),
      );
      assert.deepEqual(words, expected);
    });
  }

  it('ends with the time', () => {
    const words = languages.map((language) =>
      wordsOfRule((key, values) => t(language, key, values), language, monthly(1, 2, 1), '09:00'),
    );
    assert.deepEqual(words, [
      'joka kuukauden ensimmäinen tiistai klo 9.00',
      'första tisdagen i varje månad kl. 9.00',
      'the first Tuesday of every month at 9:00',
    ]);
  });
});
